"""One small municipality: a user of each role and one row of everything an address can name."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.actions import record
from accounts.enums import NoticeKind, Role
from accounts.models import Event, Notice, Organisation, Team, User
from companies.actions import keep_dates
from companies.enums import (
    ActivityKind,
    ActivityStatus,
    ImportStatus,
    Outcome,
    RelationshipLevel,
)
from companies.models import Activity, Company, ContactPerson, CvrImport, Workplace
from partnerships.enums import AgreementStatus
from partnerships.models import (
    Agreement,
    AgreementDocument,
    AgreementPoint,
    AgreementTemplate,
    Commitment,
)

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
    delivery: CvrImport
    goals_set: Event


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
        notice=Notice.objects.create(
            recipient=consultant,
            kind=NoticeKind.WORKPLACE_CEASED,
            subject=workplace.name,
            link=f"/virksomheder/{workplace.pk}/",
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
