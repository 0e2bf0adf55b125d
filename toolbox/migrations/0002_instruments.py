"""The instruments of November 2026, in words for firms. Rates change each year and are left out."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CHECKED = date(2026, 11, 23)
ACT = date(2020, 1, 1)  # the Act on an active employment effort (LAB)
ALWAYS = date(2000, 1, 1)  # older than our work; the day says nothing about the law
FIELDS = (
    "code", "name_da", "name_en", "what_da", "what_en", "duration_da", "duration_en",
    "pays_da", "pays_en", "basis", "confidence", "valid_from", "valid_to",
)  # fmt: skip
ROWS = [
    (
        "virksomhedspraktik", "Virksomhedspraktik", "Work placement",
        ("En ledig er hos jer i en periode for at lære noget, vise hvad han eller hun kan, eller finde ud af, "
        "om jobbet passer. Der skal være et rimeligt forhold mellem ordinært ansatte og dem, der er hos jer med støtte; "
        "alle virksomheder kan dog tage én."),
        ("A jobseeker is with you for a while to learn, to show what they can do or to find out whether the job fits. "
        "There must be a reasonable ratio of ordinary staff to people with support; every firm may take one."),
        "Op til 4 uger for jobparate og dagpengemodtagere, 8 uger for nyuddannede, 13 uger for andre. Kan i nogle tilfælde forlænges.",
        "Up to 4 weeks for those ready for work, 8 weeks for new graduates, 13 weeks for others. Can sometimes be extended.",
        "I betaler ingen løn: personen beholder sin ydelse, og kommunen dækker skader.",
        "You pay no wage: the person keeps their benefit, and the municipality covers damage.",
        "LAB §§ 57–65", "verified", ACT, None,
    ),
    (
        "loentilskud", "Løntilskud", "Wage subsidy",
        ("I ansætter en ledig og får tilskud til lønnen. Ansættelsen skal øge antallet af ansatte, og der skal være et "
        "rimeligt forhold mellem ordinært ansatte og dem med støtte."),
        ("You employ a jobseeker and get a subsidy for the wage. The job must come on top of your staff, and there must be "
        "a reasonable ratio of ordinary staff to people with support."),
        "Op til 6 måneder hos private og 4 måneder hos offentlige, længere for nogle grupper.",
        "Up to 6 months with private and 4 months with public employers, longer for some groups.",
        "I betaler løn: private efter overenskomst, og kommunen giver et tilskud pr. time. Spørg os om satsen.",
        "You pay the wage, private firms by collective agreement; the municipality pays a subsidy an hour. Ask us for the rate.",
        "LAB §§ 66–81", "secondary", ACT, None,
    ),
    (
        "smaajob", "Småjob og lønnede timer", "Small jobs and paid hours",
        "En almindelig ansættelse på få timer om ugen. Timerne kan lægges oven i en praktik og blive til flere hen ad vejen.",
        "An ordinary job of a few hours a week. The hours can go with a work placement and become more as time goes.",
        "Som I aftaler.", "As you agree.",
        "I betaler løn efter overenskomst for timerne. Der er intet tilskud.",
        "You pay the wage of the collective agreement for the hours. There is no subsidy.",
        "", "secondary", ALWAYS, None,
    ),
    (
        "mini-fleksjob", "Mini-fleksjob", "Mini flexjob",
        "Et fleksjob på få timer om ugen, i praksis højst ti. Godt til opgaver, som nøglemedarbejderne ellers bruger tid på.",
        "A flexjob of a few hours a week, in practice ten at most. Good for tasks that your key staff spend time on now.",
        "Bevilges for 5 år ad gangen; fast efter den første periode for personer over 40 år.",
        "Granted for 5 years at a time; permanent after the first period for people over 40.",
        "I betaler for det arbejde, der bliver udført. Kommunen betaler fleksløntilskud til personen.",
        "You pay for the work that is done. The municipality pays the person a supplement.",
        "LAB kap. 20, §§ 116 ff.", "verified", ACT, None,
    ),
    (
        "fleksjob", "Fleksjob", "Flexjob",
        "En ansættelse med skånehensyn til en person, hvis arbejdsevne er varigt og væsentligt nedsat. Tid og opgaver aftales, så de passer.",
        "A job for somebody whose capacity for work is permanently and substantially reduced. Hours and tasks are agreed so that they fit.",
        "Bevilges for 5 år ad gangen; fast efter den første periode for personer over 40 år.",
        "Granted for 5 years at a time; permanent after the first period for people over 40.",
        "I betaler for det arbejde, der bliver udført. Kommunen betaler fleksløntilskud til personen.",
        "You pay for the work that is done. The municipality pays the person a supplement.",
        "LAB kap. 20, §§ 116 ff.", "verified", ACT, None,
    ),
    (
        "mentor", "Mentor", "Mentor",
        ("En kollega hos jer, eller en udefra, hjælper den nye ud over det, en arbejdsgiver normalt gør. Der laves en skriftlig aftale "
        "med mål, opgaver og timer."),
        ("A colleague of yours, or somebody from outside, helps the new one beyond what an employer normally does. A written "
        "agreement states goal, tasks and hours."),
        "Op til 6 måneder ad gangen; kan fornys.", "Up to 6 months at a time; can be renewed.",
        "Kommunen kan betale mentorens timer og uddannelse.",
        "The municipality can pay for the mentor’s hours and training.",
        "LAB kap. 26, §§ 167 ff.", "unverified", ACT, None,
    ),
    (
        "voksenlaerling", "Voksenlærling", "Adult apprentice",
        ("En person på mindst 25 år tager en erhvervsuddannelse hos jer med en uddannelsesaftale. En ledig, der har en uddannelse, skal have "
        "været ledig i 6 måneder, og en ledig må ikke have været ansat hos jer de seneste 6 måneder. Søges i VITAS senest en måned efter start."),
        ("Somebody of at least 25 takes a vocational education with you under a training agreement. A jobseeker with a trade must have "
        "been unemployed for 6 months, and a jobseeker must not have been employed by you in the last 6 months. Apply in VITAS within a month of the start."),
        "Hele praktiktiden for ledige; op til 2 år for beskæftigede ufaglærte i fag på positivlisten.",
        "All practical training for the unemployed; up to 2 years for employed people without a trade, in trades on the positive list.",
        "I betaler løn og kan få et tilskud pr. time. Spørg os om satsen.",
        "You pay the wage and can get a subsidy an hour. Ask us for the rate.",
        "LAB §§ 154–160", "secondary", ACT, None,
    ),
    (
        "igu", "Integrationsgrunduddannelse (IGU)", "Integration basic training (IGU)",
        ("En flygtning eller familiesammenført på 18–50 år arbejder hos jer og går i skole i 23 uger undervejs. "
        "I praktiktiden arbejder han eller hun mindst 25 timer om ugen."),
        ("A refugee or a family member of one, 18 to 50 years old, works with you and goes to school for 23 weeks of the time. "
        "While working it is at least 25 hours a week."),
        "2 år. Skal være begyndt senest 31.12.2027.", "2 years. Must have begun by 31.12.2027.",
        "I betaler løn i praktiktiden. Private virksomheder kan få en bonus.",
        "You pay a wage while they work. Private firms can get a bonus.",
        "", "verified", ALWAYS, date(2027, 12, 31),
    ),
    (
        "fastholdelse", "Fastholdelse af sygemeldte", "Keeping staff on sick leave",
        "Er en af jeres egne syg længe, kan vi hjælpe: delvis raskmelding, § 56-aftale, hjælpemidler, mentor eller praktik på egen arbejdsplads.",
        ("When one of your own is ill for long, we can help: return for part of the time, a § 56 agreement, aids, a mentor or a placement at "
        "their own workplace."),
        "Efter behov.", "As needed.",
        "Afhænger af ordningen. Vores råd er gratis.", "Depends on the scheme. Our advice is free.",
        "", "unverified", ALWAYS, None,
    ),
    (
        "personlig-assistance", "Personlig assistance", "Personal assistance",
        "En medarbejder med en varig funktionsnedsættelse kan få en kollega eller en udefra til at hjælpe med bestemte opgaver. Søges i VITAS.",
        "A member of staff with a lasting disability can get a colleague or somebody from outside to help with certain tasks. Apply in VITAS.",
        "Efter bevilling.", "As granted.",
        "Spørg os, hvad kommunen kan betale.", "Ask us what the municipality can pay.",
        "", "unverified", ALWAYS, None,
    ),
    (
        "nytteindsats", "Nytteindsats", "Community work",
        "Kun hos offentlige arbejdsgivere: en ledig arbejder for sin ydelse. Tillidsrepræsentanten får besked, og det praktiske drøftes.",
        "With public employers only: a jobseeker works for their benefit. The shop steward is told, and the practical side is discussed.",
        "Ingen grænse siden 1.1.2025. Op til 37 timer om ugen.", "No limit since 1.1.2025. Up to 37 hours a week.",
        "I betaler ingen løn: personen beholder sin ydelse.", "You pay no wage: the person keeps their benefit.",
        "LAB kap. 13", "unverified", date(2025, 1, 1), None,
    ),
    (
        "virksomhedscenter", "Virksomhedscenter", "Company centre",
        "I har flere faste pladser, eller flere små virksomheder går sammen om dem, med én konsulent fra os som fast kontakt.",
        "You have several standing places, or several small firms share them, with one consultant from us as your contact.",
        "Som vi aftaler.", "As we agree.",
        "Efter aftale.", "As agreed.",
        "", "secondary", ALWAYS, None,
    ),
    (
        "ordinaer", "Ordinær ansættelse", "Ordinary job",
        "I ansætter på almindelige vilkår. Vi finder kandidater, der passer til opgaven.",
        "You hire on ordinary terms. We find candidates who fit the task.",
        "Som I aftaler.", "As you agree.",
        "I betaler løn. Vores hjælp er gratis.", "You pay the wage. Our help is free.",
        "", "secondary", ALWAYS, None,
    ),
    (
        "jobrotation", "Jobrotation", "Job rotation",
        "En medarbejder er på uddannelse, imens en ledig vikarierer mindst 10 timer om ugen. Ordningen er afskaffet i 2026; den præcise dato er ikke bekræftet.",
        ("A member of staff is in training while a jobseeker stands in for at least 10 hours a week. The scheme was abolished in 2026; the exact "
        "date is not confirmed."),
        "Op til 6 måneder.", "Up to 6 months.",
        "I betalte løn og fik et tilskud pr. time.", "You paid the wage and got a subsidy an hour.",
        "LAB §§ 149–153", "unverified", ACT, date(2026, 1, 31),
    ),
]  # fmt: skip


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put them in the bag in this order."""
    Instrument = apps.get_model("toolbox", "Instrument")
    Instrument.objects.bulk_create(
        Instrument(
            **row,
            checked_on=None if row["confidence"] == "unverified" else CHECKED,
            order=10 * (number + 1),
        )
        for number, row in enumerate(dict(zip(FIELDS, row, strict=True)) for row in ROWS)
    )


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take out those that came with this migration."""
    codes = [row[0] for row in ROWS]
    apps.get_model("toolbox", "Instrument").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("toolbox", "0001_initial")]

    operations = [migrations.RunPython(fill, take_out)]
