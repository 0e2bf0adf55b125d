"""A Monday morning, a consultant and a firm that is overdue."""

import pytest
import time_machine

from accounts.models import Organisation
from cabi_crm.db import local_moment
from companies.enums import (
    RelationshipLevel,
)
from tests.factories import UserFactory
from tests.pages.suggesting import (
    MONDAY,
    firm,
    spoken,
)


@pytest.fixture
def monday_morning():
    with time_machine.travel(local_moment(MONDAY).replace(hour=9), tick=False):
        yield


@pytest.fixture
def alice():
    Organisation.objects.update_or_create(
        pk=1, defaults={"label": "Jobcenter Prøveby", "municipality_code": "0330"}
    )
    return UserFactory(name="Alice Prøvesen", language="da")


@pytest.fixture
def late(alice):
    place = firm(alice, level=RelationshipLevel.PARTNERSHIP)
    spoken(place, 112)
    return place
