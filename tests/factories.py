"""The smallest valid row of each model; variants as traits. Invented firms and people only."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import Role
from accounts.models import Absence, User
from companies.actions import keep_dates
from companies.enums import ActivityKind, ActivityStatus, EnquiryChannel, IndustrySystem, Outcome
from companies.models import Activity, Company, ContactPerson, Enquiry, Industry, Workplace


class UserFactory(DjangoModelFactory):
    """A consultant; `role` makes it somebody else."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"konsulent{n}@example.invalid")
    name = factory.Sequence(lambda n: f"Konsulent Nr{n}")
    role = Role.CONSULTANT


class IndustryFactory(DjangoModelFactory):
    class Meta:
        model = Industry
        django_get_or_create = ("system", "code")

    system = IndustrySystem.DB25
    code = "561110"
    text = "Restauranter"


class CompanyFactory(DjangoModelFactory):
    class Meta:
        model = Company

    cvr_number = factory.Sequence(lambda n: f"98{n:06d}")
    name = factory.Sequence(lambda n: f"Firma {n} ApS")


class WorkplaceFactory(DjangoModelFactory):
    """An active workplace with eight employees in Slagelse, found by its name."""

    class Meta:
        model = Workplace
        skip_postgeneration_save = True

    company = factory.SubFactory(CompanyFactory)
    p_number = factory.Sequence(lambda n: f"19{n:08d}")
    name = factory.SelfAttribute("company.name")
    street = "Havnegade 4"
    postcode = "4200"
    town = "Slagelse"
    municipality_code = "0330"
    employees = 8
    industry = factory.SubFactory(IndustryFactory)
    owner = None
    owner_since = factory.LazyAttribute(lambda row: timezone.localdate() if row.owner else None)

    @factory.post_generation
    def derived(self, create, extracted, **kwargs):
        self.refresh_derived([])
        if create:
            self.save(update_fields=["search_text", "size_band"])


class ContactPersonFactory(DjangoModelFactory):
    class Meta:
        model = ContactPerson

    workplace = factory.SubFactory(WorkplaceFactory)
    name = factory.Sequence(lambda n: f"Kontakt Nr{n}")


class ActivityFactory(DjangoModelFactory):
    """A visit held a week ago, with a positive outcome; `planned` is one for tomorrow."""

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    class Params:
        planned = factory.Trait(
            status=ActivityStatus.PLANNED,
            outcome="",
            starts_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1)),
        )

    workplace = factory.SubFactory(WorkplaceFactory)
    user = factory.SubFactory(UserFactory)
    kind = ActivityKind.VISIT
    status = ActivityStatus.HELD
    outcome = Outcome.POSITIVE
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=7))

    @factory.post_generation
    def dates(self, create, extracted, **more):
        """The workplace knows its last contact, as after an action."""
        keep_dates(Workplace.objects.filter(pk=self.workplace_id))


class AbsenceFactory(DjangoModelFactory):
    """A colleague away today, without cover."""

    class Meta:
        model = Absence

    user = factory.SubFactory(UserFactory)
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.SelfAttribute("starts_on")


class EnquiryFactory(DjangoModelFactory):
    """A question by phone an hour ago, to be answered tomorrow; nobody has it yet."""

    class Meta:
        model = Enquiry

    workplace = factory.SubFactory(WorkplaceFactory)
    channel = EnquiryChannel.PHONE
    subject = "Kan I hjælpe os på lageret?"
    received_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    due_at = factory.LazyAttribute(lambda row: row.received_at + timedelta(days=1))
