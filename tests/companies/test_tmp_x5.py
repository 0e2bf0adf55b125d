import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import *
from companies.models import *
from datetime import timedelta

pytestmark = pytest.mark.django_db
import re


@pytest.mark.parametrize(
    "name", ["workplace", "history", "preparation", "contacts", "service", "AGR"]
)
def test_it(client, name):
    alice = UserFactory(language="en")
    client.force_login(alice)
    places = [
        WorkplaceFactory(company=CompanyFactory(name=f"F{n}"), owner=UserFactory())
        for n in range(3)
    ]
    for p in places:
        v = ActivityFactory(workplace=p)
        v.task_opportunities.create(workplace=p, area="cleaning")
        ContactPersonFactory(workplace=p)
        EnquiryFactory(workplace=p)
        ActivityFactory(workplace=p, planned=True)
        ServiceEntry.objects.create(
            workplace=p, user=alice, kind="advice", minutes=10, on=timezone.localdate()
        ) if name == "service" else None
    view = "partnerships:for_workplace" if name == "AGR" else f"companies:{name}"
    address = reverse(view, args=[places[1].pk]) + "?liste=alle&nr=2&af=3"
    with CaptureQueriesContext(
        connection,
    ) as got:
        assert client.get(address).status_code == 200
    print("\n=====", name, len(got))
    for q in got:
        print("  ", re.sub(r"SELECT .*? FROM", "SELECT .. FROM", q["sql"])[:230])
