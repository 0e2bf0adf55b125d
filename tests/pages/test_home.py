"""The home page shows what today asks of me, and only me."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cabi_crm.db import local_moment
from companies.enums import ActivityKind, ActivityStatus
from companies.models import Activity, Company, ContactPerson
from tests.world import World

pytestmark = pytest.mark.django_db


def page_of(user) -> str:
    client = Client()
    client.force_login(user)
    return client.get("/").content.decode()


def planned(world: World, user, days: int, note: str) -> Activity:
    return Activity.objects.create(
        workplace=world.workplace,
        kind=ActivityKind.VISIT,
        status=ActivityStatus.PLANNED,
        starts_at=timezone.now() + timedelta(days=days),
        user=user,
        note=note,
    )


def test_overdue_comes_before_today_and_next_week_is_left_out(world: World) -> None:
    me = world.users["consultant"]
    planned(world, me, -3, "for-tre-dage-siden")
    planned(world, me, 2, "om-to-dage")
    planned(world, me, 12, "om-tolv-dage")
    page = page_of(me)
    assert page.index("for-tre-dage-siden") < page.index("om-to-dage")
    assert "om-tolv-dage" not in page
    assert "Overskredet" in page


def test_other_peoples_plans_are_not_mine(world: World) -> None:
    planned(world, world.users["manager"], 0, "lederens-egen-plan")
    assert "lederens-egen-plan" not in page_of(world.users["consultant"])


def test_deleted_plans_are_gone(world: World) -> None:
    me = world.users["consultant"]
    plan = planned(world, me, 0, "slettet-plan")
    Activity.objects.filter(pk=plan.pk).update(removed_at=timezone.now())
    assert "slettet-plan" not in page_of(me)


def test_the_row_rings_the_first_to_ring_and_marks_a_protected_firm(world: World) -> None:
    me = world.users["consultant"]
    planned(world, me, 0, "dagens-plan")
    ContactPerson.objects.filter(workplace=world.workplace).update(is_main=False)
    ContactPerson.objects.filter(pk=world.contact.pk).update(phone="10203041", is_main=True)
    assert 'href="tel:10203041"' in page_of(me)
    assert "Beskyttet" not in page_of(me)
    Company.objects.update(advertising_protection=True)
    assert "Beskyttet" in page_of(me)


def test_a_plan_without_an_hour_shows_none(world: World) -> None:
    me = world.users["consultant"]
    plan = planned(world, me, 1, "uden-klokkeslæt")
    plan.starts_at = local_moment(timezone.localdate() + timedelta(days=1))
    plan.save()
    page = page_of(me)
    assert "00.00" not in page
    assert '<span class="entry-time">–</span>' in page


def test_the_page_costs_the_same_whatever_waits(
    world: World, django_assert_max_num_queries
) -> None:
    me = world.users["consultant"]
    for n in range(15):
        planned(world, me, -n, f"plan-{n}")
    client = Client()
    client.force_login(me)
    with django_assert_max_num_queries(12):
        assert client.get("/").status_code == 200
