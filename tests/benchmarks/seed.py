"""Fills a database for the benchmarks, past the actions: `… -m tests.benchmarks.seed 100000`."""

# ruff: noqa: E402, S311, S608 - settings come before models; chance and names are our own
import os
import sys
import time
from datetime import date, timedelta
from itertools import chain
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cabi_crm.settings")
os.environ.setdefault("CABI_MODE", "demo")
import django

django.setup()

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from cabi_crm.demo.agreements import set_goals
from cabi_crm.demo.firms import make_firms
from cabi_crm.demo.history import KINDS, OUTCOMES, WITH_OUTCOME, pick
from cabi_crm.demo.logos import organisation_logo
from cabi_crm.demo.names import TITLES, TRADES, person_name, phone
from cabi_crm.demo.people import make_organisation, make_staff
from cabi_crm.demo.texts import note_for
from companies.actions import keep_dates
from companies.enums import RelationshipLevel
from companies.models import (
    Activity,
    Company,
    ContactPerson,
    Enquiry,
    Industry,
    SeasonPeak,
    Task,
    VisitWindow,
    Workplace,
)
from companies.rules import band_of, sector_of_form, workplace_search_text
from partnerships.models import Agreement, AgreementTemplate, Commitment

BATCH = 2000
OWNED_SINCE = "2024-01-01"
SLOTS = [(weekday, part) for weekday in range(1, 6) for part in (8, 10, 12, 14)]
CONSULTANTS = 25
CONTACTS, ACTIVITIES = 2, 5  # a workplace
SHARE_WITH_AGREEMENT = 50  # one workplace in so many
LEVELS = (RelationshipLevel.PASSIVE, RelationshipLevel.CONTACT, RelationshipLevel.COLLABORATION)


def seed(count):
    """`count` workplaces of three quarters as many companies, and what belongs to them."""
    call_command("migrate", verbosity=0)
    take_your_time()
    random, today = Random(f"bench {count}"), timezone.localdate()
    with transaction.atomic():
        make_organisation(organisation_logo())
        staff = make_staff()
        users = [*staff.consultants, *more_consultants(staff.consultants[0])]
        firms = list(
            make_firms(
                random,
                companies=count * 3 // 4,
                units=count,
                today=today,
                first_cvr=9_900_000,
                first_p_number=1_900_000_000,
            )
        )
        places = add_workplaces(firms, users, random, today)
        add_contact_persons(places, random, today)
        add_activities(places, users, random, today)
        keep_dates(Workplace.objects.all())
        add_agreements(places[::SHARE_WITH_AGREEMENT], random, today)
        add_times(places, random, today)
        add_tasks(places, users, random, today)
        add_enquiries(places, users, random, today)
        set_goals(today.year)
    settle()


def take_your_time():
    """A web request may not take half a minute; filling a table on a busy machine may."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


def more_consultants(like):
    return [
        User.objects.create(
            email=f"bench{n}@demo.invalid",
            name=f"Konsulent {n}",
            role=Role.CONSULTANT,
            team=like.team,
            password=like.password,
        )
        for n in range(CONSULTANTS - 5)
    ]


def add_workplaces(firms, users, random, today):
    industries = {
        t.code: Industry.objects.get_or_create(system="DB07", code=t.code, text=t.text)[0].pk
        for t in TRADES
    }
    companies = list(enumerate(firms, start=1))
    insert(
        Company,
        (
            {
                "id": number,
                "cvr_number": firm.cvr_number,
                "name": firm.name,
                "form_code": firm.form[0],
                "form_text": firm.form[2],
                "sector": sector_of_form(firm.form[0]).value,
                "status": "normal",
                "industry_id": industries[firm.trade.code],
                "advertising_protection": firm.protected,
                "started_on": firm.started.isoformat(),
            }
            for number, firm in companies
        ),
    )
    return [
        new_workplace(firm, unit, users, random)
        | {"company_id": number, "industry_id": industries[firm.trade.code]}
        for number, firm in companies
        for unit in firm.units
    ]


def new_workplace(firm, unit, users, random):
    """One row but for its id; its search text waits for the contact persons."""
    names = [person_name(random) for _ in range(CONTACTS)]
    words = [unit.name, firm.name, firm.cvr_number, str(unit.p_number), unit.town]
    return {
        "p_number": str(unit.p_number),
        "name": unit.name,
        "street": f"{unit.street} {unit.house}",
        "postcode": str(unit.postcode),
        "town": unit.town,
        "municipality_code": "0330",
        "employees": unit.employees,
        "ordinary_fte": unit.fte,
        "size_band": band_of(unit.employees, None),
        "advertising_protection": unit.protected,
        "phone": unit.phone,
        "email": unit.email,
        "started_on": unit.started.isoformat(),
        "ceased_on": unit.ceased.isoformat() if unit.ceased else None,
        "search_text": workplace_search_text(words, names),
        "level": random.choices(LEVELS, (60, 25, 15))[0].value,
        **owned(random.choice(users) if random.random() < 0.6 else None),
        "about": firm.trade.does,
        "people": names,
    }


def owned(user):
    return {"owner_id": user and user.pk, "owner_since": user and OWNED_SINCE}


def add_contact_persons(places, random, today):
    people = [place.pop("people") for place in places]
    for number, place in enumerate(places, start=1):
        place["id"] = number
    insert(Workplace, places)
    insert(
        ContactPerson,
        (
            {
                "id": number * CONTACTS + position,
                "workplace_id": number,
                "name": name,
                "title": random.choice(TITLES),
                "phone": phone(random.randrange(10_000)),
                "is_main": position == 0,
                "confirmed_on": (today - timedelta(days=random.randint(5, 500))).isoformat(),
            }
            for number, names in enumerate(people, start=1)
            for position, name in enumerate(names)
        ),
    )


def add_activities(places, users, random, today):
    """Five a workplace over two years, a few of them still to come."""
    rows = (
        new_activity(place, users, random, today) for place in places for _ in range(ACTIVITIES)
    )
    insert(Activity, ({"id": number, **row} for number, row in enumerate(rows, start=1)))


def new_activity(place, users, random, today):
    planned = random.random() < 0.03
    days = random.randint(-20, 3) if planned else random.randint(1, 730)
    kind = "visit" if planned else pick(random, KINDS)
    outcome = "" if planned or kind not in WITH_OUTCOME else pick(random, OUTCOMES)
    return {
        "workplace_id": place["id"],
        "kind": kind,
        "status": "planned" if planned else "held",
        "starts_at": f"{today - timedelta(days=days)} {random.randint(7, 14):02}:00:00",
        "user_id": place["owner_id"] or random.choice(users).pk,
        "outcome": outcome,
        "return_on": (today + timedelta(days=60)).isoformat() if outcome == "not_now" else None,
        "note": note_for(random, kind, outcome, []),
        "submission": key(random),
    }


def add_times(places, random, today):
    """A busy season at one workplace in five, visiting hours at one in three."""
    insert(
        SeasonPeak,
        (
            {
                "workplace_id": place["id"],
                "name": "Granlægning",
                "from_week": random.randint(1, 46),
                "to_week": random.randint(47, 52),
                "lead_weeks": random.randint(2, 8),
                "submission": key(random),
            }
            for place in random.sample(places, len(places) // 5)
        ),
    )
    insert(
        VisitWindow,
        (
            {
                "workplace_id": place["id"],
                "weekday": weekday,
                "part": part,
                "is_good": random.random() < 0.7,
                "said_on": today.isoformat(),
            }
            for place in random.sample(places, len(places) // 3)
            for weekday, part in random.sample(SLOTS, 3)
        ),
    )


def add_tasks(places, users, random, today):
    """Two hundred for each user, a fifth of them open."""
    insert(
        Task,
        (
            {
                "workplace_id": random.choice(places)["id"],
                "user_id": user.pk,
                "text": "Send beskrivelsen af fleksjob",
                "due_on": (today + timedelta(days=random.randint(-3, 40))).isoformat(),
                "is_promise": True,
                "done_at": None if number % 5 == 0 else f"{today - timedelta(days=1)} 10:00:00",
                "submission": key(random),
            }
            for user in users
            for number in range(200)
        ),
    )


def add_enquiries(places, users, random, today):
    """One for every ten workplaces, answered; eight of each user wait."""
    answered = [(place, place["owner_id"], True) for place in places[::10] if place["owner_id"]]
    waiting = [(random.choice(places), user.pk, False) for user in users for _ in range(8)]
    insert(Enquiry, (new_enquiry(*each, random, today) for each in answered + waiting))


def new_enquiry(place, user, is_answered, random, today):
    days = random.randint(1, 700) if is_answered else 0
    day = today - timedelta(days=days)
    return {
        "workplace_id": place["id"],
        "channel": "phone",
        "subject": "Søger hjælp til rengøring, 10 timer om ugen",
        "received_at": f"{day} 08:00:00",
        "due_at": f"{day} {random.randint(9, 14):02}:00:00",
        "assigned_to_id": user,
        "answered_at": f"{day} 12:00:00" if is_answered else None,
        "answered_by_id": user if is_answered else None,
        "submission": key(random),
    }


def key(random):
    return f"{random.getrandbits(128):032x}"


def insert(model, rows):
    """Write rows as dictionaries the quickest way the database knows; other columns are empty."""
    rows = iter(rows)
    first = next(rows)
    now = timezone.now().strftime("%Y-%m-%d %H:%M:%S")
    rest = {
        field.column: now if field.get_internal_type() == "DateTimeField" else blank(field)
        for field in model._meta.concrete_fields
        if field.column not in first and not (field.null or field.primary_key)
    }
    columns, constant = [*first, *rest], tuple(rest.values())
    lines = (tuple(row.values()) + constant for row in chain([first], rows))
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join("?" * len(columns))
            cursor.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", lines)
            return
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for line in lines:
                copy.write_row(line)
        sequence = connection.ops.sequence_reset_sql(no_style(), [model])
        cursor.execute(sequence[0])


def blank(field):
    return False if field.get_internal_type() == "BooleanField" else ""


def add_agreements(places, random, today):
    template = AgreementTemplate.objects.offered(today)[0]
    points = list(template.points.all())
    made = [new_agreement(n, place, template, random, today) for n, place in enumerate(places)]
    Agreement.objects.bulk_create(made, batch_size=BATCH)
    Commitment.objects.bulk_create(
        (
            Commitment(
                agreement=agreement,
                point=point,
                text=point.wording("commitment", "da") or "Virksomheden viser et hold rundt.",
                quantity=2,
            )
            for agreement in made
            for point in random.sample(points, 4)
        ),
        batch_size=BATCH,
    )
    Workplace.objects.filter(pk__in=[place["id"] for place in places]).update(
        level=RelationshipLevel.PARTNERSHIP
    )


def new_agreement(number, place, template, random, today):
    signed = today - timedelta(days=random.randint(1, 700))
    ended = random.random() < 0.15
    return Agreement(
        number=f"{signed.year}-{number:05d}",
        workplace_id=place["id"],
        company_id=place["company_id"],
        template=template,
        owner_id=place["owner_id"] or 1,
        status="ended" if ended else "active",
        company_name=place["name"],
        valid_from=signed,
        renew_on=date(signed.year + 2, signed.month, min(signed.day, 28)),
        signed_on=signed,
        ended_on=today if ended else None,
        end_reason="Flyttet" if ended else "",
        company_signatory=place["name"],
        organisation_signatory="Benedikte Elmkær",
        place="Slagelse",
    )


def settle():
    """Let the database look at what it has got."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    begun = time.perf_counter()
    seed(int(sys.argv[1]))
    print(f"{sys.argv[1]} workplaces in {time.perf_counter() - begun:.0f} s")
