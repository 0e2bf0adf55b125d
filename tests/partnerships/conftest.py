"""A carpenter and a consultant, and agreements at each stage of their life."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Organisation, User
from companies.models import Company, ContactPerson, Workplace
from partnerships import actions
from partnerships.models import Agreement, AgreementTemplate
from partnerships.rules import Promise

Make = Callable[..., Agreement]


@pytest.fixture
def organisation(db) -> Organisation:
    return Organisation.objects.update_or_create(
        pk=1,
        defaults={
            "label": "Jobcenter Prøveby",
            "municipality_code": "0330",
            "municipality_name": "Prøveby",
            "town": "Prøveby",
            "signatory_name": "Vibe Sølund",
            "signatory_title": "Jobcenterchef",
        },
    )[0]


def make_user(name: str, role: Role = Role.CONSULTANT) -> User:
    email = f"{name.split(maxsplit=1)[0].lower()}@example.invalid"
    return User.objects.create_user(email, "et langt kodeord", name=name, role=role)


@pytest.fixture
def alice(db) -> User:
    return make_user("Alice Engvang")


@pytest.fixture
def bob(db) -> User:
    return make_user("Bob Lyngby")


@pytest.fixture
def workplace(db, alice) -> Workplace:
    company = Company.objects.create(cvr_number="99000015", name="Solbakkens Tømrer ApS")
    place = Workplace(
        company=company,
        p_number="1900005261",
        name="Solbakkens Tømrer",
        street="Prøvevej 1",
        postcode="4200",
        town="Slagelse",
        owner=alice,
    )
    place.refresh_derived([])
    place.save()
    ContactPerson.objects.create(
        workplace=place, name="Ronja Solbakke", phone="12345678", is_main=True
    )
    return place


@pytest.fixture
def template(db) -> AgreementTemplate:
    return AgreementTemplate.objects.get(name="De syv punkter, ordlyd fra 2014")


@pytest.fixture
def draft(organisation, workplace, alice, template) -> Agreement:
    """A draft with nothing in it but what the system knew."""
    return actions.start_agreement(workplace=workplace, by=alice, template=template)


@pytest.fixture
def fill(alice) -> Callable[..., Agreement]:
    """Fills a draft so that it can be sent."""

    def filled(agreement: Agreement, numbers: tuple[int, ...] = (1, 4, 7)) -> Agreement:
        promises = [Promise(n, f"Vi aftaler punkt {n}.", n, "Ronja Solbakke") for n in numbers]
        actions.save_points(agreement=agreement, by=alice, promises=promises)
        actions.save_period(agreement=agreement, by=alice, valid_from=date(2026, 12, 1))
        actions.save_signatories(
            agreement=agreement,
            by=alice,
            company_signatory="Ronja Solbakke",
            company_signatory_title="Tømrermester",
            organisation_signatory="Vibe Sølund",
            organisation_signatory_title="Jobcenterchef",
            place="Prøveby",
        )
        return agreement

    return filled


@pytest.fixture
def ready(draft, fill) -> Agreement:
    """A draft that lacks nothing."""
    return fill(draft)


@pytest.fixture
def sent(ready, alice) -> Agreement:
    """For signature, with its paper kept."""
    actions.send_for_signature(agreement=ready, by=alice)
    return ready


@pytest.fixture
def active(sent, alice) -> Agreement:
    """Signed today."""
    return actions.register_signature(agreement=sent, by=alice, signed_on=timezone.localdate())
