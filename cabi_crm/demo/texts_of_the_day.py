"""Danish sentences of the demo's enquiries, tasks, seasons and preparations."""

# What a firm asks, how it asks, and who takes it: owner's, another's, or nobody's.
ENQUIRIES = (
    ("phone", "Vil høre, om vi kender en, der kan hjælpe på lageret tre formiddage om ugen."),
    (
        "email",
        "Spørger, hvordan de søger om løntilskud til deres praktikant.",
    ),
    ("hotline", "Har brug for en ekstra hånd fra på mandag og vil ringes op."),
    ("web", "Vil gerne have besøg af en konsulent. De har aldrig samarbejdet med kommunen før."),
    ("meeting", "Spurgte på netværksmødet, om vi kan fortælle om mentorordningen."),
    ("phone", "Er utilfreds med at vente på svar om papirerne til praktikken."),
    ("email", "Spørger, hvem der er deres faste kontakt nu."),
)
ANSWERS = (
    "Ringede tilbage samme dag. Vi mødes i næste uge.",
    "Sendte vejledningen og aftalte, at jeg hjælper med ansøgningen.",
    "Aftalt, at jeg kommer forbi og ser på opgaverne.",
)
# A firm we do not know yet: name, postcode, who asks.
STRANGERS = (
    ("Fjordlund Cykler", "4220", "Astrid Havtoft"),
    ("Nyholm Gartneri", "4261", "Bent Lundkær"),
)
# What is to be done, and whether it was promised to the firm.
TASKS = (
    ("Send brochuren om mentorordningen", True),
    ("Ring om forsikring af praktikanten", True),
    ("Find tre, der kan tage formiddagene", True),
    ("Skriv oplæg til teammødet om sæsonvirksomheder", False),
    ("Ajourfør kontaktpersonerne i Korsør", False),
)
# The busy season of a trade by the months in which it begins.
SEASONS = {
    1: ("Statusopgørelse", "En til at tælle og mærke op."),
    3: ("Forårsklargøring", "Udendørs hjælp, også for den, der er ny."),
    4: ("Haver og plantning", "Lette opgaver ude, fire timer om dagen."),
    5: ("Udendørs maling", "Afdækning og oprydning."),
    6: ("Sommersæson", "Opvask, borde og anretning."),
    8: ("Travlt efter ferien", "Oprydning og varemodtagelse."),
    9: ("Høst", "Sortering og pakning."),
    10: ("Granlægning", "Klipning og bundtning, siddende eller stående."),
    11: ("Julehandel", "Indpakning og opfyldning."),
    12: ("Julefrokoster", "Opvask og opdækning om aftenen."),
}
PRODUCTS = (
    "Mest faste kunder i lokalområdet; en fjerdedel kommer gennem kommunen og boligforeningerne.",
    "Private kunder i Slagelse og omegn, flest om foråret.",
    "Et par store kunder og mange små. Ordrerne kommer med kort varsel.",
)
SKILLS = (
    "At møde til tiden og sige til. Resten lærer vi fra os.",
    "Rolige hænder og lyst til orden.",
    "Lidt dansk, så man kan forstå en besked.",
)
ASK_WHOM = ("Værkføreren, aldrig ejeren", "Ejeren selv, på mobilen", "Den, der står i butikken")
PAUSES = ("Er midt i en ombygning", "Har lige ansat to og vil have ro på")
TASK_TITLES = {
    "cleaning": "Gøre rent i værksted og kantine",
    "stock": "Stille varer frem og tælle op",
    "office": "Scanne og arkivere",
    "packing": "Pakke og mærke",
    "kitchen": "Opvask og grønt",
    "grounds": "Holde hæk og indkørsel",
    "service": "Tage imod ved skranken",
    "accounts": "Indtaste bilag",
    "caretaking": "Småreparationer",
    "other": "Forefaldende opgaver",
}
# The six questions about a firm, as somebody noted them, and the seven it will ask.
PREPARED = {
    "industry_situation": "Ordrerne er stabile, men de enkle opgaver er svære at finde folk til.",
    "industry_skills": "Fagbrev til det tunge. Til resten er mødestabilitet nok.",
    "recent_years": "Voksede med to mand for to år siden og har holdt niveauet.",
    "sources": "Deres hjemmeside, avisen og en snak med naboen.",
    "which_person": "En, der er klar til få timer i rolige rammer.",
    "why_special_terms": "For at prøve sig frem. Det er gratis og uden bindinger.",
    "what_they_manage": "Ja: enkle opgaver med en fast kollega ved siden af.",
    "why_here": "Det er tæt på, I er få, og I har opgaver, der gentager sig.",
}
ASKS = (
    ("en i praktik på lageret", "12", "4", "kommunen betaler"),
    ("en til opvask og grønt", "9", "13", "kommunen betaler"),
)
