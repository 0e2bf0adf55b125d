"""One small municipality: a user of each role and one row of everything an address can name."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.actions import make_calendar_address, record
from accounts.enums import AreaKind, MailKind, MailStatus, NoticeKind, Role
from accounts.models import Absence, Event, Mail, Notice, Organisation, Team, User, WorkingArea
from companies.actions import begin_handover, keep_dates
from companies.enums import (
    ActivityKind,
    ActivityStatus,
    ImportStatus,
    Outcome,
    RelationshipLevel,
)
from companies.models import (
    Activity,
    Company,
    ContactPerson,
    CvrImport,
    Enquiry,
    Handover,
    IndustrySource,
    Preparation,
    SeasonPeak,
    ServiceEntry,
    Task,
    TaskOpportunity,
    Workplace,
)
from partnerships.enums import AgreementStatus
from partnerships.models import (
    Agreement,
    AgreementDocument,
    AgreementPoint,
    AgreementTemplate,
    Commitment,
)
from toolbox.models import Instrument

# Words that only these rows hold: none may turn up in an answer to somebody without rights.
CANARIES = ("Kanariefuglens Tømrerforretning", "Kanarie Kontaktsen", "99000015", "1900005261")

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>'


@dataclass(frozen=True)
class World:
    """The rows by name."""

    users: dict[str, User]
    deactivated: User
    company: Company
    workplace: Workplace
    contact: ContactPerson
    former_contact: ContactPerson
    visit: Activity
    planned: Activity
    cancelled: Activity
    removed: Activity
    draft: Agreement
    agreement: Agreement
    document: AgreementDocument
    template: AgreementTemplate
    notice: Notice
    mail: Mail
    source: IndustrySource
    source_removed: IndustrySource
    instrument: Instrument
    calendar_secret: str
    delivery: CvrImport
    goals_set: Event
    seen: TaskOpportunity
    seen_gone: TaskOpportunity
    seen_removed: TaskOpportunity
    service: ServiceEntry
    service_removed: ServiceEntry
    enquiry: Enquiry
    enquiry_removed: Enquiry
    relation_set: Event
    handover: Handover
    round_planned: Event
    absence: Absence
    absence_removed: Absence
    area: WorkingArea
    area_removed: Event
    task: Task
    task_done: Task
    task_removed: Task
    season: SeasonPeak
    season_removed: SeasonPeak


def make_handover(giver: User, taker: User, workplace: Workplace, manager: User) -> dict[str, Any]:
    """A handover of one workplace, and a round of it that the manager planned."""
    handover = begin_handover(giver=giver, taker=taker, workplaces=[workplace.pk], by=giver)
    planned = record("handover_round_planned", by=manager, on=handover, changes={"visits": []})
    return {"handover": handover, "round_planned": planned}


def make_world() -> World:
    """Make and return it; a dozen inserts."""
    Organisation.objects.update_or_create(
        pk=1,
        defaults={
            "label": "Jobcenter Prøveby",
            "municipality_code": "0330",
            "municipality_name": "Prøveby",
            "logo": LOGO,
            "logo_type": "image/svg+xml",
        },
    )
    team = Team.objects.create(name="Virksomhedsteamet")
    users = {
        role.value: User.objects.create_user(
            f"{role.value}@example.invalid",
            "et langt kodeord",
            name=f"{role.value.title()} Prøvesen",
            role=role,
            team=team,
        )
        for role in Role
    }
    deactivated = User.objects.create_user(
        "tidligere@example.invalid",
        "et langt kodeord",
        name="Tidligere Prøvesen",
        role=Role.CONSULTANT,
        is_active=False,
    )
    consultant = users[Role.CONSULTANT]
    company, workplace, contact, former = make_company(consultant)
    visit, planned, cancelled, removed = make_activities(workplace, consultant)
    template = make_template()
    draft, agreement, document = make_agreements(workplace, consultant, template)
    return World(
        users=users,
        deactivated=deactivated,
        company=company,
        workplace=workplace,
        contact=contact,
        former_contact=former,
        visit=visit,
        planned=planned,
        cancelled=cancelled,
        removed=removed,
        draft=draft,
        agreement=agreement,
        document=document,
        template=template,
        **make_sightings(workplace, consultant),
        **make_enquiries(workplace, consultant),
        **make_tasks(workplace, consultant),
        **make_seasons(workplace),
        notice=Notice.objects.create(
            recipient=consultant,
            kind=NoticeKind.WORKPLACE_CEASED,
            subject=workplace.name,
            link=f"/virksomheder/{workplace.pk}/",
        ),
        **make_preparation(workplace, consultant),
        mail=make_mail(consultant, workplace.name),
        calendar_secret=make_calendar_address(by=consultant),
        **make_people_facts(consultant),
        **make_handover(consultant, deactivated, workplace, users[Role.MANAGER]),
        relation_set=record(
            "relation_set",
            by=users[Role.MANAGER],
            on=workplace,
            changes={"level": ["contact", workplace.level], "owner": [None, consultant.pk]},
        ),
        goals_set=record(
            "goals_set", by=users[Role.MANAGER], changes={"year": 2026, "goals": {}}
        ),
        delivery=CvrImport.objects.create(
            file_name="levering.json",
            status=ImportStatus.PREVIEWED,
            uploaded_by=users[Role.ADMINISTRATOR],
            preview={
                "read": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0,
                "skipped": 0, "reasons": [],
            },
        ),
    )  # fmt: skip


def make_people_facts(consultant: User) -> dict[str, Any]:
    """A holiday to come, one that was taken back, and what the consultant sits with."""
    summer = date(timezone.localdate().year + 1, 7, 5)
    away = [
        Absence.objects.create(
            user=consultant, starts_on=day, ends_on=day + timedelta(days=14), removed_at=removed_at
        )
        for day, removed_at in ((summer, None), (summer + timedelta(days=60), timezone.now()))
    ]
    changes = {"kind": AreaKind.TASK, "text": "Messer", "user": consultant.pk}
    return {
        "absence": away[0],
        "absence_removed": away[1],
        "area": WorkingArea.objects.create(user=consultant, kind=AreaKind.POSTCODE, text="4200"),
        "area_removed": record("working_area_removed", by=consultant, changes=changes),
    }


def make_company(owner: User) -> tuple[Company, Workplace, ContactPerson, ContactPerson]:
    """A carpenter with one workplace, one contact person and one who has left."""
    company = Company.objects.create(cvr_number=CANARIES[2], name=CANARIES[0])
    workplace = Workplace(
        company=company,
        p_number=CANARIES[3],
        name=CANARIES[0],
        street="Prøvevej 1",
        postcode="4200",
        town="Slagelse",
        municipality_code="0330",
        employees=12,
        level=RelationshipLevel.PARTNERSHIP,
        owner=owner,
    )
    workplace.refresh_derived([CANARIES[1]])
    workplace.save()
    contact = ContactPerson.objects.create(
        workplace=workplace, name=CANARIES[1], phone="+4512345678", is_main=True
    )
    former = ContactPerson.objects.create(
        workplace=workplace, name="Forhenværende Kontaktsen", left_on=timezone.localdate()
    )
    return company, workplace, contact, former


def make_activities(workplace: Workplace, user: User) -> list[Activity]:
    """A visit that was held, a call that is planned, one that was cancelled, one removed."""
    now = timezone.now()
    held, planned = ActivityStatus.HELD, ActivityStatus.PLANNED
    rows = [
        (ActivityKind.VISIT, held, now - timedelta(days=9), Outcome.POSITIVE, None),
        (ActivityKind.CALL, planned, now + timedelta(days=1), "", None),
        (ActivityKind.CALL, ActivityStatus.CANCELLED, now + timedelta(days=2), "", None),
        (ActivityKind.VISIT, held, now - timedelta(days=8), Outcome.NEUTRAL, now),
    ]
    made = [
        Activity.objects.create(
            workplace=workplace,
            user=user,
            kind=kind,
            status=status,
            starts_at=at,
            outcome=outcome,
            removed_at=removed_at,
        )
        for kind, status, at, outcome, removed_at in rows
    ]
    keep_dates(Workplace.objects.filter(pk=workplace.pk))
    return made


def make_sightings(workplace: Workplace, user: User) -> dict[str, Any]:
    """A task that is there and one that is gone; service given, and an entry that was deleted."""
    today, now = timezone.localdate(), timezone.now()
    seen = {"workplace": workplace, "area": "stock"}
    given = {"workplace": workplace, "user": user, "kind": "advice", "on": today, "minutes": 30}
    return {
        "seen": TaskOpportunity.objects.create(**seen),
        "seen_gone": TaskOpportunity.objects.create(gone_on=today, **seen),
        "seen_removed": TaskOpportunity.objects.create(removed_at=timezone.now(), **seen),
        "service": ServiceEntry.objects.create(**given),
        "service_removed": ServiceEntry.objects.create(removed_at=now, **given),
    }


def make_enquiries(workplace: Workplace, owner: User) -> dict[str, Enquiry]:
    """One that waits for an answer, and one that was deleted."""
    now = timezone.now()
    common: dict[str, Any] = {
        "workplace": workplace,
        "channel": "phone",
        "subject": "Hvem kan hjælpe på lageret?",
        "received_at": now,
        "due_at": now + timedelta(days=1),
        "assigned_to": owner,
    }
    return {
        "enquiry": Enquiry.objects.create(**common),
        "enquiry_removed": Enquiry.objects.create(removed_at=now, **common),
    }


def make_seasons(workplace: Workplace) -> dict[str, SeasonPeak]:
    """A busy season, and one that was deleted."""
    weeks = {"workplace": workplace, "from_week": 40, "to_week": 47}
    return {
        "season": SeasonPeak.objects.create(name="Granlægning", **weeks),
        "season_removed": SeasonPeak.objects.create(
            name="Juletræer", removed_at=timezone.now(), **weeks
        ),
    }


def make_template() -> AgreementTemplate:
    """A wording with two points, beside those that migrations bring."""
    template = AgreementTemplate.objects.create(
        name="Prøveordlyd",
        purpose_da="Vi hjælper hinanden.",
        purpose_en="We help each other.",
        valid_from=date(2020, 1, 1),
    )
    for number, title in ((1, "Virksomhedspraktik"), (4, "Mentor")):
        AgreementPoint.objects.create(
            template=template, number=number, title_da=title, title_en=title
        )
    return template


def make_agreements(
    workplace: Workplace, owner: User, template: AgreementTemplate
) -> tuple[Agreement, Agreement, AgreementDocument]:
    """A draft, an active agreement and the paper that was signed."""
    today = timezone.localdate()
    common = {
        "workplace": workplace,
        "company": workplace.company,
        "template": template,
        "owner": owner,
        "company_name": workplace.name,
        "logo": LOGO,
        "logo_type": "image/svg+xml",
    }
    draft = Agreement.objects.create(number="2026-901", **common)
    agreement = Agreement.objects.create(
        number="2026-902",
        status=AgreementStatus.ACTIVE,
        signed_on=today - timedelta(days=30),
        valid_from=today - timedelta(days=30),
        renew_on=today + timedelta(days=335),
        **common,
    )
    for each in (draft, agreement):
        for point in template.points.all():
            Commitment.objects.create(agreement=each, point=point, text="Vi tager imod to om året.")
    document = AgreementDocument.objects.create(
        agreement=agreement,
        version=1,
        language="da",
        pdf=b"%PDF-1.7 prove",
        sha256="0" * 64,
        snapshot={},
        made_by=owner,
    )
    return draft, agreement, document


def make_preparation(workplace: Workplace, user: User) -> dict[str, Any]:
    """The carpenter's sheet, a source that is used and one that was removed; a thing in the bag."""
    Preparation.objects.create(workplace=workplace, by=user, products=workplace.name)
    address = {"url": "https://example.invalid/"}
    now = timezone.now()
    return {
        "source": IndustrySource.objects.create(name="Prøvekilden", **address),
        "source_removed": IndustrySource.objects.create(name="Væk", removed_at=now, **address),
        "instrument": Instrument.objects.create(
            code="proeve", name_da="Prøve", name_en="Trial", valid_from=date(2020, 1, 1)
        ),
    }


def make_mail(recipient: User, about: str) -> Mail:
    """A mail of which nobody knows whether it came through."""
    return Mail.objects.create(
        recipient=recipient,
        kind=MailKind.ALERT,
        key="prøve",
        address=recipient.email,
        subject=about,
        body=about,
        status=MailStatus.UNCERTAIN,
        try_at=timezone.now(),
    )


def make_tasks(workplace: Workplace, user: User) -> dict[str, Task]:
    """A task promised to the carpenter, one that is done and one that was deleted."""
    now, due = timezone.now(), timezone.localdate() + timedelta(days=1)
    common = {"workplace": workplace, "user": user, "due_on": due, "is_promise": True}
    return {
        "task": Task.objects.create(text="Send papirerne", **common),
        "task_done": Task.objects.create(text="Ring tilbage", done_at=now, **common),
        "task_removed": Task.objects.create(text="Slettet opgave", removed_at=now, **common),
    }
