"""Both known wordings of the seven points, in Danish and English."""

from datetime import date
from typing import Any, ClassVar

from django.db import migrations

PURPOSE_DA = (
    "Sammen hjælper vi borgere med at få og bevare fodfæste på arbejdsmarkedet\n"
    "og lokale virksomheder med at få den arbejdskraft, de efterspørger."
)
PURPOSE_EN = (
    "Together we help citizens to gain and keep a foothold in the labour market\n"
    "and local companies to find the people they are looking for."
)

# number → title in Danish and English; the wording of 2014
FIRST = {
    1: ("Deltagelse i et partnerskabsnetværk", "Taking part in a partnership network"),
    2: (
        "Samarbejde om at fastholde sygemeldte medarbejdere",
        "Working together to keep employees who are on sick leave",
    ),
    3: (
        "Annoncering af ledige job på www.jobnet.dk",
        "Advertising vacancies on www.jobnet.dk",
    ),
    4: (
        "Aftale om virksomhedspraktik, løntilskudsansættelse, voksenlærling, mentorordning m.m.",
        "Work placements, wage-subsidised jobs, adult apprenticeships, mentoring and more",
    ),
    5: (
        "Opkvalificering af medarbejdere, jobrotation samt voksenlærlinge",
        "Training of employees, job rotation and adult apprenticeships",
    ),
    6: (
        "Deltagelse og rekruttering ved jobmesser",
        "Taking part in and recruiting at job fairs",
    ),
    7: ("Andet – speciel indsats", "Other – a special initiative"),
}
# the later wording
LATER = {
    1: ("Deltagelse i Partnerskabsnetværket", "Taking part in the partnership network"),
    2: (
        "Sundhedsfremme og fastholdelse af sygemeldte",
        "Health promotion and keeping employees who are on sick leave",
    ),
    3: ("Rekruttering af nye medarbejdere", "Recruiting new employees"),
    4: (
        "Opkvalificering og afklaring af ledige",
        "Training and work trials for people out of work",
    ),
    5: (
        "Opkvalificering af virksomhedens medarbejdere",
        "Training of the company’s own employees",
    ),
    6: (
        "Deltagelse og rekruttering ved messer og events",
        "Taking part in and recruiting at fairs and events",
    ),
    7: ("Andet – særligt tilrettelagt indsats", "Other – a specially arranged initiative"),
}
# number → help, suggested wording and unit, each in Danish and English
PARTS = {
    1: (
        ("Møder med de andre partnere, to gange om året.", "Meetings with the other partners."),
        (
            (
                "Virksomheden deltager i netværkets møder. Kommunen indkalder og samler "
                "erfaringerne, så de kommer andre arbejdspladser til gode."
            ),
            (
                "The company takes part in the network’s meetings. The municipality calls the "
                "meetings and gathers what was learnt for the benefit of other workplaces."
            ),
        ),
        ("Møder om året", "Meetings a year"),
    ),
    2: (
        (
            "Tidlig samtale, når en medarbejder er sygemeldt.",
            "An early talk when an employee is on sick leave.",
        ),
        (
            (
                "Virksomheden ringer til sin faste konsulent inden 14 dage, når en medarbejder er "
                "sygemeldt. Sammen lægger vi en plan for at vende tilbage."
            ),
            (
                "The company calls its consultant within 14 days when an employee is on sick "
                "leave. Together we make a plan for coming back."
            ),
        ),
        ("Samtaler pr. sag", "Talks a case"),
    ),
    3: (
        (
            "Ledige job slås op, og vi finder kandidater.",
            "Vacancies are advertised and we find candidates.",
        ),
        (
            (
                "Virksomheden slår sine ledige job op på jobnet.dk og giver konsulenten besked. "
                "Kommunen foreslår egnede kandidater."
            ),
            (
                "The company advertises its vacancies on jobnet.dk and tells the consultant. The "
                "municipality suggests suitable candidates."
            ),
        ),
        ("Job om året", "Jobs a year"),
    ),
    4: (
        ("Et aftalt antal borgere om året.", "An agreed number of citizens a year."),
        (
            (
                "Virksomheden stiller pladser til rådighed, hver med sin egen mentor og et klart "
                "formål. Kommunen følger op og kommer samme dag, hvis noget driller."
            ),
            (
                "The company offers places, each with its own mentor and a clear purpose. The "
                "municipality follows up and comes the same day if something goes wrong."
            ),
        ),
        ("Pladser om året", "Places a year"),
    ),
    5: (
        ("Kurser og voksenlærlinge.", "Courses and adult apprentices."),
        (
            (
                "En gang om året gennemgår vi sammen, hvilke kompetencer virksomheden får brug "
                "for. Kommunen viser vej til kurser og voksenlærlingeordningen."
            ),
            (
                "Once a year we go through the skills that the company will need. The "
                "municipality shows the way to courses and adult apprenticeships."
            ),
        ),
        ("Medarbejdere om året", "Employees a year"),
    ),
    6: (
        ("Stand og samtaler på årets messe.", "A stand and talks at the year’s fair."),
        (
            (
                "Virksomheden møder op med en stand og holder korte samtaler på stedet. Kommunen "
                "forbereder de ledige inden messen."
            ),
            (
                "The company comes with a stand and holds short talks on the spot. The "
                "municipality prepares the job seekers before the fair."
            ),
        ),
        ("Messer om året", "Fairs a year"),
    ),
    7: (
        (
            "En særlig indsats, som ikke er dækket ovenfor.",
            "A special initiative that is not covered above.",
        ),
        ("", ""),
        ("Antal om året", "Number a year"),
    ),
}
# Recruiting is more than adverts in the later wording.
LATER_PARTS = {
    3: (
        ("Vi finder kandidater til ledige job.", "We find candidates for vacancies."),
        (
            (
                "Virksomheden fortæller konsulenten om sine ledige job. Kommunen foreslår egnede "
                "kandidater og følger op efter ansættelsen."
            ),
            (
                "The company tells the consultant about its vacancies. The municipality suggests "
                "suitable candidates and follows up after they are hired."
            ),
        ),
        ("Job om året", "Jobs a year"),
    ),
}
# Job rotation ended with the reform; its exact last day is not known.
WARNING_POINT, WARNING_FROM = 5, date(2026, 2, 1)
WARNING_DA = "Jobrotation er ophørt i 2026 og kan ikke aftales længere."
WARNING_EN = "Job rotation ended in 2026 and can no longer be agreed."

TEMPLATES = (
    (
        "De syv punkter, ordlyd fra 2014",
        "Slagelses partnerskabsaftale, som den er gengivet i Cabis katalog fra 2014",
        date(2014, 1, 1),
        FIRST,
        PARTS,
    ),
    (
        "De syv punkter, nyere ordlyd",
        "Slagelses partnerskabsaftale, som Cabi gengiver den i en senere case",
        date(2020, 1, 1),
        LATER,
        {**PARTS, **LATER_PARTS},
    ),
)


def add(apps: Any, schema_editor: Any) -> None:
    """Add the two templates with their points."""
    template_model = apps.get_model("partnerships", "AgreementTemplate")
    for name, source, valid_from, titles, parts in TEMPLATES:
        template = template_model.objects.create(
            name=name,
            source=source,
            purpose_da=PURPOSE_DA,
            purpose_en=PURPOSE_EN,
            valid_from=valid_from,
        )
        for number, (title_da, title_en) in titles.items():
            texts, warns = parts[number], number == WARNING_POINT
            template.points.create(
                number=number,
                title_da=title_da,
                title_en=title_en,
                help_da=texts[0][0],
                help_en=texts[0][1],
                commitment_da=texts[1][0],
                commitment_en=texts[1][1],
                unit_da=texts[2][0],
                unit_en=texts[2][1],
                warning_da=WARNING_DA if warns else "",
                warning_en=WARNING_EN if warns else "",
                warning_from=WARNING_FROM if warns else None,
            )


def remove(apps: Any, schema_editor: Any) -> None:
    """Take the two templates away; a used one stops the way back."""
    names = [name for name, *_rest in TEMPLATES]
    apps.get_model("partnerships", "AgreementTemplate").objects.filter(name__in=names).delete()


class Migration(migrations.Migration):
    """The seven points of the partnership agreement."""

    dependencies: ClassVar = [("partnerships", "0003_dropped_agreements")]
    operations: ClassVar = [migrations.RunPython(add, remove)]
