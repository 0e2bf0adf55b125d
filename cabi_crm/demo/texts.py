"""Danish sentences that notes, profiles and agreements of the demo are put together from."""

from random import Random

# What a note begins with, by how the visit went.
OPENINGS = {
    "positive": (
        "God snak over en kop kaffe.",
        "Blev vist rundt og hilste på de fleste.",
        "De var glade for, at vi kom forbi.",
        "Kort, men godt besøg mellem to kunder.",
        "De har travlt, og det er den rigtige slags travlt.",
        "Mødtes i kantinen med leder og medarbejderrepræsentant.",
        "De havde selv tænkt over, hvad de kunne bruge hjælp til.",
    ),
    "neutral": (
        "Besøgte dem for at holde forbindelsen ved lige.",
        "Lederen var på vej ud ad døren, så det blev kort.",
        "Afleverede materiale og aftalte at tales ved.",
        "Alt går som det plejer.",
        "De hører gerne fra os, men har ikke noget lige nu.",
        "Talte mest om, hvordan det går i branchen.",
    ),
    "not_now": (
        "Det passer ikke lige nu.",
        "De har lige fået to nye og vil have dem på plads først.",
        "De er midt i en ombygning.",
        "Ordrebogen er tynd her i vinter.",
        "Højsæsonen begynder om lidt, så der er ikke tid til oplæring.",
    ),
    "problem": (
        "De var utilfredse med, at de ventede længe på svar sidst.",
        "Aftalen fra sidst var ikke nået frem til værkstedet.",
        "De synes, der er for mange forskellige, der ringer.",
        "De havde forventet en, der kunne begynde med det samme.",
    ),
}
# Relieving the key employees: what was seen that somebody else could do.
SEEN = {
    "cleaning": (
        "Svendene gør selv rent fredag eftermiddag, og det bruger de to timer på.",
        "Omklædning og kantine trænger til en fast hånd.",
        "Rengøring af hylder og maskiner bliver ved med at blive skubbet.",
    ),
    "stock": (
        "Varemodtagelsen hober sig op mandag og torsdag.",
        "Lageret skal tælles op og mærkes om.",
        "En til at stille varer frem om morgenen ville give luft.",
    ),
    "office": (
        "Der ligger en bunke scanning og arkivering.",
        "Telefonen bliver passet af den, der står nærmest.",
        "De mangler en til at holde kalenderen og ringe kunder op.",
    ),
    "packing": (
        "Pakkebordet er en flaskehals, når der er mange ordrer.",
        "Pakning og mærkning kan gøres siddende.",
        "Returvarer venter tit en uge på at blive pakket ud.",
    ),
    "kitchen": (
        "Opvasken tager kokken væk fra komfuret.",
        "De kunne bruge hjælp til grønt og opvask tre formiddage.",
        "Bordene skal dækkes fra klokken ti.",
    ),
    "grounds": (
        "Hækken og indkørslen er der ingen, der har tid til.",
        "Udearealerne skal gøres klar til sæsonen.",
        "Grantræer skal bindes op i ugerne før jul.",
    ),
    "service": (
        "De vil gerne have en ekstra ved kassen om eftermiddagen.",
        "Gæsterne spørger mest om vej, så det kan læres på en dag.",
        "En, der kan lide at snakke med ældre kunder, ville passe godt ind.",
    ),
    "accounts": (
        "Indehaveren sidder med fakturaer søndag aften.",
        "Bilag skal sorteres, før de går til bogholderen.",
        "Rykkere bliver ikke sendt, fordi ingen når det.",
    ),
    "caretaking": (
        "Småreparationer bliver liggende: pærer, dørpumper og hylder.",
        "De mangler en pedel et par timer om ugen.",
        "Varevognene skal vaskes og fyldes op.",
    ),
}
# What a note ends with; an empty line is a note that ends where it is.
CLOSINGS = {
    "positive": (
        "Vi aftalte, at jeg ringer om en måneds tid.",
        "De vil tale med de ansatte om det først.",
        "De er åbne for nogle få timer om ugen til en start.",
        "De kender en kollega i byen, som også kunne være interesseret.",
        "De lagde vægt på mødestabilitet mere end på erfaring.",
        "",
    ),
    "neutral": (
        "Jeg sender et par linjer om, hvad vi kan hjælpe med.",
        "Husk at komme efter klokken ti, når vognene er kørt.",
        "De foretrækker at blive ringet op frem for mail.",
        "",
        "",
    ),
    "not_now": (
        "Vi aftalte, hvornår jeg må vende tilbage.",
        "De vil gerne høre fra os igen, når der er ro på.",
        "",
    ),
    "problem": (
        "Jeg undskyldte og lovede svar inden fredag.",
        "Taget op på teammødet, så det ikke sker igen.",
        "Aftalt, at de fremover kun hører fra mig.",
    ),
}
CALLS = (
    "Ringede og fulgte op på besøget. De har ikke noget nyt.",
    "De ringede selv: der bliver brug for en ekstra fra næste måned.",
    "Fik fat i den daglige leder og aftalte et besøg.",
    "Svarede på spørgsmål om løntilskud og sendte et link.",
    "De er tilfredse med forløbet indtil nu.",
    "Ingen kunne tale, så vi aftalte at tales ved i næste uge.",
    "Drøftede, om de vil være med på jobmessen.",
)
EMAILS = (
    "Sendte referat og de datoer, vi talte om.",
    "De kvitterede for materialet om voksenlærlinge.",
    "Sendte invitation til netværksmøde for små virksomheder.",
    "Svarede på en forespørgsel om virksomhedspraktik.",
)
MEETINGS = (
    "Statusmøde med leder og medarbejderrepræsentant. Samarbejdet fortsætter som aftalt.",
    "Møde om sygefravær og fastholdelse. De vil gerne have os med tidligere.",
    "Gennemgik aftalen punkt for punkt. To punkter bliver brugt meget, ét slet ikke.",
    "Talte om efterårets rekruttering. De får brug for to mand til lageret.",
)
EVENTS = (
    "De deltog i partnerskabsnetværkets morgenmøde.",
    "De havde stand på jobmessen og talte med mange.",
    "De holdt oplæg om deres erfaringer for ti andre små virksomheder.",
)
NOTES = (
    "Har hørt, at de har vundet en større ordre. Tag det op næste gang.",
    "Der er kommet ny daglig leder. Kontaktpersonen er opdateret.",
    "Nævnt i lokalavisen for deres nye butik.",
    "Nabofirmaet anbefalede dem som et godt sted at begynde.",
)
CAN_TAKE = (
    "En, der kan møde stabilt og har lyst til at være på farten.",
    "En med kørekort, der kan klare lette løft.",
    "En rolig person. Der er plads til at begynde med få timer.",
    "En, der gerne vil arbejde alene om formiddagen.",
    "Gerne en, der vil lære faget og måske blive voksenlærling.",
)
OFFERS = (
    "Fire ugers praktik, tre formiddage om ugen.",
    "Seks timer om ugen på almindelig løn, begynd gerne i næste måned.",
    "En plads i tretten uger med mulighed for lønnede timer undervejs.",
    "Prøv tre dage, og så taler vi om det fredag.",
)
PLANS = (
    "Følg op på aftalen om få timer.",
    "Hils på den nye leder.",
    "Tal om sommerens bemanding.",
    "Gennemgå partnerskabsaftalen.",
    "Hør, hvordan praktikken går.",
    "",
    "",
)
CULTURES = (
    "Der er plads til en bemærkning, og man hjælper hinanden, når det brænder på.",
    "Stille værksted, hvor man passer sit og spiser sammen klokken tolv.",
    "Tempoet er højt. Man siger tingene lige ud, og så er det glemt.",
    "Pænt og ordentligt. Kunderne skal mødes med et smil.",
    "Mest ældre medarbejdere, som gerne lærer fra sig.",
    "Ung flok, der snakker meget. Kan være larmende.",
)
SPARKS = (
    "Har selv været uden arbejde og vil give chancen videre.",
    "Sidder i erhvervsforeningen og kender alle.",
    "Fortæller gerne andre, hvordan de kom i gang.",
    "Brænder for at få unge i lære.",
)
END_REASONS = (
    "Virksomheden flyttede til en anden kommune.",
    "Virksomheden ønskede ikke at fortsætte efter ejerskiftet.",
)


def visit_note(random: Random, outcome: str, areas: list[str]) -> str:
    """Two to four sentences about a visit that went `outcome` and where `areas` were seen."""
    parts = [random.choice(OPENINGS[outcome])]
    parts += [random.choice(SEEN[area]) for area in areas if area in SEEN]
    parts.append(random.choice(CLOSINGS[outcome]))
    return " ".join(part for part in parts if part)


def note_for(random: Random, kind: str, outcome: str, areas: list[str]) -> str:
    """What was written down about an activity of `kind`."""
    pools = {"call": CALLS, "email": EMAILS, "meeting": MEETINGS, "event": EVENTS, "note": NOTES}
    if kind == "visit":
        return visit_note(random, outcome or "neutral", areas)
    return random.choice(pools[kind])
