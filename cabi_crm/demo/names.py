"""Invented names of firms, people and streets, and the numbers of the fictional 99-series."""

from dataclasses import dataclass, field
from random import Random

CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
# Numbers above those of the sample delivery, so that both can stand in one database.
FIRST_CVR = 9_950_000
FIRST_P_NUMBER = 1_950_000_000

FIRST_NAMES = (
    "Agnete", "Alma", "Anker", "Asger", "Astrid", "Aya", "Benedikte", "Bertil", "Bjørk", "Dagny",
    "Ditlev", "Ebbe", "Edith", "Ejnar", "Elin", "Esben", "Fatma", "Filippa", "Frode", "Gerda",
    "Gorm", "Gry", "Hamid", "Hedvig", "Ingolf", "Iver", "Jasmin", "Jeppe", "Kaya", "Kjeld",
    "Laust", "Leila", "Liv", "Magna", "Malthe", "Nadja", "Njal", "Oda", "Odin", "Palle",
    "Ragna", "Regitze", "Samir", "Selma", "Signe", "Sigurd", "Solvej", "Storm", "Sylvester",
    "Tilde", "Torben", "Tove", "Troels", "Ulrikke", "Uffe", "Vagn", "Vibe", "Viggo", "Yrsa", "Åse",
)  # fmt: skip
LAST_NAMES = (
    "Birkvang", "Bøgetoft", "Dybmose", "Egetved", "Ellebæk-Lund", "Elmkær", "Engtoft", "Fyrreholt",
    "Gåsemose", "Havskov", "Hyldetoft", "Kildetoft", "Klitvang", "Kornvang", "Lyngtoft",
    "Lærkemose", "Løvtoft", "Mosetoft", "Nøddemose", "Piletoft", "Ravntoft", "Rugvang", "Sivkær",
    "Skovtoft", "Slåenkær", "Solvang-Holt", "Storkemose", "Strandtoft", "Tjørnemose", "Tranemose",
    "Ulvetoft", "Vibemose", "Vildtoft", "Åtoft", "Ørnetoft", "Østmose",
)  # fmt: skip
FIRM_HEADS = (
    "Alke", "Birke", "Bregne", "Brombær", "Bøge", "Dyb", "Ege", "Elle", "Enge", "Fjord", "Fyrre",
    "Gran", "Gylden", "Hassel", "Hav", "Hede", "Hybens", "Hylde", "Kilde", "Klit", "Klokke",
    "Lind", "Lyng", "Lærke", "Løv", "Mose", "Muslinge", "Nord", "Nødde", "Pile", "Ravn", "Rose",
    "Rug", "Rønne", "Siv", "Skov", "Sol", "Stork", "Strand", "Svale", "Tang", "Tjørne", "Vibe",
    "Viol", "Æble", "Ørne",
)  # fmt: skip
FIRM_TAILS = (
    "borg", "bæk", "dal", "eng", "gaard", "holm", "holt", "høj", "kær", "krog", "lund", "mark",
    "rød", "skrænt", "toft", "vang", "vig", "vænge",
)  # fmt: skip
STREETS = (
    "Algade", "Bakkevej", "Brogade", "Bygaden", "Dyrehaven", "Engvej", "Fabriksvej", "Havnegade",
    "Hovedgaden", "Håndværkervej", "Industrivej", "Jernbanegade", "Kirkevej", "Markvej",
    "Møllevej", "Nørregade", "Rosenvænget", "Skolegade", "Skovvej", "Smedevej", "Stationsvej",
    "Strandvejen", "Torvet", "Vestergade", "Østergade",
)  # fmt: skip
# Postcode, town, share of the workplaces (domain reference 3.7).
TOWNS = (
    (4200, "Slagelse", 38), (4220, "Korsør", 19), (4230, "Skælskør", 12), (4241, "Vemmelev", 7),
    (4242, "Boeslunde", 5), (4261, "Dalmose", 6), (4262, "Sandved", 4), (4270, "Høng", 9),
)  # fmt: skip
TITLES = (
    "Indehaver", "Daglig leder", "Direktør", "Driftsleder", "HR-ansvarlig", "Værkfører",
    "Souschef", "Bogholder", "Produktionschef", "Butikschef", "Køkkenchef", "Formand",
)  # fmt: skip


@dataclass(frozen=True)
class Trade:
    """A line of business: what firms are called, the register's code, tasks there and its peaks."""

    words: tuple[str, ...]
    code: str
    text: str
    areas: tuple[str, ...]
    does: str
    peaks: tuple[int, ...] = field(default=())
    form: str = ""


TRADES = (
    Trade(
        ("Café", "Spisehus", "Køkken"),
        "561110",
        "Servering af mad i restauranter og på caféer",
        ("kitchen", "cleaning", "service"),
        "Frokost og middag, og selskaber i weekenden.",
        (6, 7, 12),
    ),
    Trade(
        ("Smedje", "Maskinfabrik", "Stål"),
        "251100",
        "Fremstilling af metalkonstruktioner",
        ("stock", "packing", "caretaking"),
        "Stålkonstruktioner og reparationer for landbrug og industri.",
    ),
    Trade(
        ("Malerfirma", "Malerne"),
        "433410",
        "Malerforretninger",
        ("cleaning", "stock", "accounts"),
        "Maler for private, boligforeninger og kommunen.",
        (5, 6, 8),
    ),
    Trade(
        ("VVS", "Blik og Rør"),
        "432200",
        "VVS- og blikkenslagerforretninger",
        ("stock", "office", "accounts"),
        "Service og installationer, mest hos private.",
        (11, 12, 1),
    ),
    Trade(
        ("Nærkøb", "Købmandsgård"),
        "471120",
        "Supermarkeder",
        ("stock", "service", "packing"),
        "Dagligvarer, pakkeshop og udbringning til ældre.",
        (11, 12),
    ),
    Trade(
        ("Feriecenter", "Camping"),
        "552000",
        "Ferieboliger",
        ("cleaning", "grounds", "kitchen"),
        "Udlejning af hytter, med rengøring hver lørdag.",
        (5, 6, 7, 8),
    ),
    Trade(
        ("Blomster",),
        "477610",
        "Blomsterforretninger",
        ("service", "packing", "cleaning"),
        "Buketter, bårebuketter og dekorationer.",
        (5, 11, 12),
    ),
    Trade(
        ("Vognmandsforretning", "Transport"),
        "494100",
        "Vejgodstransport",
        ("stock", "office", "caretaking"),
        "Kører gods for byggemarkeder og landbrug.",
    ),
    Trade(
        ("Planteskole", "Gartneri"),
        "013000",
        "Planteformering",
        ("grounds", "packing", "stock"),
        "Planter til haver og anlæg, og grantræer før jul.",
        (4, 5, 11, 12),
    ),
    Trade(
        ("Auto", "Autoværksted"),
        "452010",
        "Autoreparationsværksteder mv.",
        ("cleaning", "stock", "office"),
        "Værksted med dækhotel og klargøring.",
        (4, 10, 11),
    ),
    Trade(
        ("Genbrug", "Miljø"),
        "382100",
        "Behandling og bortskaffelse af ikke-farligt affald",
        ("packing", "stock", "grounds"),
        "Sorterer og videresælger byggeaffald.",
    ),
    Trade(
        ("Rengøring", "Ejendomsservice"),
        "812100",
        "Almindelig rengøring i bygninger",
        ("cleaning", "caretaking", "office"),
        "Rengøring af kontorer, skoler og trapper.",
        (6, 7),
    ),
    Trade(
        ("Tømrer og Snedker", "Byg"),
        "433200",
        "Tømrer- og bygningssnedkervirksomhed",
        ("stock", "cleaning", "accounts"),
        "Renovering, køkkener og vinduer.",
        (4, 5, 9),
    ),
    Trade(
        ("Bageri", "Konditori"),
        "107110",
        "Fremstilling af friske bageriprodukter",
        ("packing", "kitchen", "service"),
        "Brød og kager til egne butikker og kantiner.",
        (2, 12),
    ),
    Trade(
        ("Revision", "Regnskab"),
        "692000",
        "Bogføring og revision, skatterådgivning",
        ("office", "accounts", "service"),
        "Bogføring og regnskab for små firmaer.",
        (2, 3, 5),
    ),
    Trade(
        ("Museum",),
        "910210",
        "Museer",
        ("service", "caretaking", "office"),
        "Lokalhistorie, skoletjeneste og et lille magasin.",
        (6, 7),
        "FOR",
    ),
    Trade(
        ("Idrætsforening", "Hallen"),
        "931200",
        "Sportsklubber",
        ("grounds", "caretaking", "kitchen"),
        "Hal og baner, drevet af frivillige og to ansatte.",
        (8, 9),
        "FOR",
    ),
    Trade(
        ("Børnehave",),
        "889130",
        "Børnehaver",
        ("kitchen", "grounds", "cleaning"),
        "Børnehave med eget køkken og stor legeplads.",
        (),
        "KOM",
    ),
    Trade(
        ("Plejecenter",),
        "871020",
        "Plejehjem",
        ("kitchen", "cleaning", "service"),
        "Plejeboliger med produktionskøkken.",
        (7, 12),
        "KOM",
    ),
)


def cvr_numbers(count: int, first: int = FIRST_CVR) -> list[str]:
    """`count` fictional CVR numbers in ascending order, each with a valid check digit."""
    numbers: list[str] = []
    while len(numbers) < count:
        digits = str(first)
        total = sum(weight * int(digit) for weight, digit in zip(CVR_WEIGHTS, digits, strict=True))
        check = -total % 11
        if check < 10:
            numbers.append(f"{digits}{check}")
        first += 1
    return numbers


def person_name(random: Random) -> str:
    """A Danish name nobody is known to have."""
    return f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"


def phone(index: int) -> str:
    """A telephone number of the invented series 58 00 00 00 to 58 00 99 99."""
    return f"5800{index % 10_000:04d}"
