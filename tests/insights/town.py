"""A job centre with two teams, agreements in every state and contacts, all by the calendar."""

from datetime import date, datetime, timedelta
from itertools import count

from django.utils import timezone

from accounts.enums import Role
from accounts.models import Organisation, Team, User
from companies.actions import keep_dates
from companies.enums import ActivityKind, ActivityStatus, EnquiryChannel
from companies.models import Activity, Company, Enquiry, Workplace
from partnerships.enums import AgreementStatus
from partnerships.models import Agreement, AgreementTemplate, Commitment

serial = count(1)


def person(name, role=Role.CONSULTANT, team=None, **more):
    return User.objects.create_user(
        f"{name.lower()}@example.invalid",
        None,
        name=f"{name} Prøvesen",
        role=role,
        team=team,
        **more,
    )


def workplace(owner=None, employees=5, *, ceased=False):
    number = next(serial)
    company = Company.objects.create(cvr_number=f"{99000000 + number}", name=f"Firma {number}")
    place = Workplace(
        company=company,
        p_number=f"{1900000000 + number}",
        name=f"Firma {number}",
        employees=employees,
        owner=owner,
        ceased_on=timezone.localdate() if ceased else None,
    )
    place.refresh_derived([])
    place.save()
    return place


def contact(place, days_ago, kind=ActivityKind.VISIT, **more):
    fields = {"status": ActivityStatus.HELD, "user": place.owner or User.objects.first(), **more}
    made = Activity.objects.create(
        workplace=place, kind=kind, starts_at=timezone.now() - timedelta(days=days_ago), **fields
    )
    keep_dates(Workplace.objects.filter(pk=place.pk))
    return made


def agreement(owner, status=AgreementStatus.ACTIVE, *, signed=None, renew=None, points=(), **more):
    """An agreement; signed ones need a day, and are renewed a year later unless told."""
    place = more.pop("workplace", None) or workplace(owner)
    template = AgreementTemplate.objects.order_by("-valid_from").first() or wording()
    found = Agreement.objects.create(
        number=f"P-{next(serial)}",
        workplace=place,
        company=place.company,
        template=template,
        owner=owner,
        status=status,
        company_name=place.name,
        signed_on=signed,
        valid_from=signed,
        renew_on=renew or (signed and signed + timedelta(days=365)),
        **more,
    )
    for number in points:
        point, _made = template.points.get_or_create(
            number=number, defaults={"title_da": f"Punkt {number}", "title_en": f"Point {number}"}
        )
        Commitment.objects.create(agreement=found, point=point, text="Vi lover det.")
    return found


def enquiry(owner, due_in, answered_after=None, **more):
    """Asked a minute ago, due in so many seconds; answered so many seconds after it was due."""
    now = timezone.now()
    due = now + timedelta(seconds=due_in)
    answer = {} if answered_after is None else {"answered_by": owner, "response_minutes": 90}
    return Enquiry.objects.create(
        company_name="Prøvefirmaet",
        channel=EnquiryChannel.PHONE,
        subject="Ring til os.",
        assigned_to=owner,
        received_at=now - timedelta(minutes=1),
        due_at=due,
        answered_at=None if answered_after is None else due + timedelta(seconds=answered_after),
        **answer,
        **more,
    )


def wording():
    return AgreementTemplate.objects.create(
        name="Prøve", purpose_da="Vi", purpose_en="We", valid_from=date(2014, 1, 1)
    )


def noon(day):
    return timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=12)))


def organisation():
    return Organisation.objects.update_or_create(
        pk=1,
        defaults={
            "label": "Jobcenter Prøveby",
            "municipality_code": "0330",
            "municipality_name": "Prøveby",
        },
    )[0]


class Town:
    """Alice (north) and Bob (south) make agreements, Rita recruits, Dorte manages."""

    def __init__(self):
        organisation()
        self.north, self.south = (Team.objects.create(name=name) for name in ("Nord", "Syd"))
        self.alice = person("Alice", team=self.north)
        self.bob = person("Bob", team=self.south)
        self.rita = person("Rita", Role.RECRUITER, team=self.south)
        self.dorte = person("Dorte", Role.MANAGER)
        self.left = person("Lone", team=self.north, is_active=False)
        today = timezone.localdate()
        self.make_agreements(today)
        self.make_contacts()
        self.make_enquiries()

    def make_agreements(self, today):
        day = date(today.year, 1, 1)
        points = {self.alice: (1, 4), self.bob: (1, 4, 7), self.left: (2,)}
        for owner, number in ((self.alice, 4), (self.bob, 2), (self.left, 1)):
            for place in range(number):
                agreement(
                    owner,
                    signed=day,
                    renew=today + timedelta(days=(-5, 20, 50, 200)[place]),
                    points=points[owner],
                )
        last_year = date(today.year - 1, 1, 1)
        old = agreement(self.alice, AgreementStatus.RENEWED, signed=last_year, points=(1,))
        agreement(self.alice, signed=today, renewed_from=old, workplace=old.workplace)
        agreement(
            self.bob, AgreementStatus.ENDED, signed=last_year, ended_on=day, end_reason="Lukket"
        )
        agreement(self.bob, AgreementStatus.DRAFT)
        agreement(self.rita, AgreementStatus.FOR_SIGNATURE)

    def make_contacts(self):
        for employees, days in ((1, 3), (5, 10), (15, 300), (15, 400), (30, 5), (70, 5), (300, 5)):
            contact(workplace(self.bob, employees), days)
        contact(workplace(self.alice, 12), 5, ActivityKind.NOTE)
        contact(workplace(self.alice, 12), 5, removed_at=timezone.now())
        contact(workplace(self.alice, 12), -5, status=ActivityStatus.PLANNED)
        contact(workplace(self.alice, 12, ceased=True), 5)
        contact(workplace(None, None), 20)
        workplace(None, 8)

    def make_enquiries(self):
        for owner, due_in, answered_after in (
            (self.alice, 30, -5), (self.alice, 30, 0), (self.alice, -30, 5),
            (self.bob, -30, -5), (self.bob, -30, None), (None, -30, None), (None, 30, None),
        ):  # fmt: skip
            enquiry(owner, due_in, answered_after)
        enquiry(self.bob, -30, -5, removed_at=timezone.now())
