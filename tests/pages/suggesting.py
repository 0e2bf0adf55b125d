"""Firms and what makes the home page suggest them, on a Monday in November."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.models import Event
from cabi_crm.pages.today import day_of
from companies.enums import (
    EnquiryChannel,
)
from companies.models import (
    Enquiry,
)
from partnerships.enums import AgreementStatus
from partnerships.models import Agreement, AgreementTemplate
from tests.factories import ActivityFactory, CompanyFactory, WorkplaceFactory

MONDAY = date(2026, 11, 23)


def days(number: int) -> date:
    return MONDAY + timedelta(days=number)


def firm(owner, name="Auto A", **more):
    return WorkplaceFactory(company=CompanyFactory(name=name), owner=owner, **more)


def spoken(place, ago: int, **more):
    return ActivityFactory(
        workplace=place, user=place.owner, starts_at=timezone.now() - timedelta(days=ago), **more
    )


def suggested(user) -> dict[str, str]:
    """Firm and why, as the day says it."""
    return {each.name: each.why for each in day_of(user, timezone.now()).suggestions}


def enquiry(**more):
    now = timezone.now()
    fields = {
        "channel": EnquiryChannel.PHONE,
        "subject": "Hjælp til lageret",
        "received_at": now,
        "due_at": now + timedelta(hours=5),
    }
    return Enquiry.objects.create(**fields | more)


def agreement(owner, place, renew_on: date) -> Agreement:
    return Agreement.objects.create(
        number="2025-901",
        workplace=place,
        company=place.company,
        template=AgreementTemplate.objects.first(),
        owner=owner,
        status=AgreementStatus.ACTIVE,
        company_name=place.name,
        signed_on=days(-300),
        valid_from=days(-300),
        renew_on=renew_on,
    )


def answer(client, place, **said):
    token = f"cadence:{days(-112).isoformat()}"
    url = reverse("companies:suggestion", args=[place.pk])
    return client.post(url, {"reasons": token, **said})


def undo(client, place) -> str:
    """Undo of the newest answer, and what the page says then."""
    event = Event.objects.filter(action="suggestion_answered").first()
    url = reverse("companies:suggestion_undo", args=[place.pk])
    return client.post(f"{url}?event={event.pk}", follow=True).content.decode()
