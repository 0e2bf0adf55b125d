"""My page, the directory of who sits with what, and how the organisation works."""

from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import AreaKind, Role
from accounts.models import Event, OpeningHours, Organisation, Team, WorkingArea
from tests.factories import AbsenceFactory, UserFactory

pytestmark = pytest.mark.django_db
HOURS = {
    "opens_1": "9", "closes_1": "15", "opens_2": "9.00", "closes_2": "15.30",
    "opens_4": "09:00", "closes_4": "17:00",
}  # fmt: skip
SETTINGS = {
    "hotline": "58 80 29 80",
    "response_hours": "6",
    "contacts_passive": "1",
    "contacts_contact": "2",
    "contacts_collaboration": "4",
    "contacts_partnership": "6",
    "confirm_months": "12",
    "closed_on_24_december": "on",
}


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def admin(client, organisation):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR, language="en"))
    return client


@pytest.fixture
def organisation():
    return Organisation.objects.create(pk=1, label="Jobcenter Prøveby")


def url(name, *args):
    return reverse(f"accounts:{name}", args=args)


def test_my_phone_title_and_mails_are_mine_to_change(web, alice):
    sent = {"title": "Konsulent", "phone": "10 20 30 40", "mail_alerts": "on"}
    assert web.post(url("own"), sent | {"role": "manager", "name": "En anden"}).status_code == 302
    alice.refresh_from_db()
    assert (alice.title, alice.phone) == ("Konsulent", "10 20 30 40")
    assert (alice.mail_digest, alice.mail_alerts) == (False, True)
    assert (alice.role, alice.name) == (Role.CONSULTANT, "Alice Prøvesen")
    assert Event.objects.get(action="own_page_saved").changes["phone"] == ["", "10 20 30 40"]


def test_a_phone_number_that_is_none_is_refused_and_kept(web, alice):
    answer = web.post(url("own"), {"title": "Konsulent", "phone": "12"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_phone"' in page
    assert 'value="12"' in page
    alice.refresh_from_db()
    assert alice.title == ""


def test_several_postcodes_are_added_at_once_and_each_once(web, alice):
    for _time in range(2):
        sent = {"kind": AreaKind.POSTCODE, "text": "4200, 4220,4200"}
        assert web.post(url("area_add"), sent).status_code == 302
    areas = WorkingArea.objects.filter(user=alice).values_list("text", flat=True)
    assert list(areas) == ["4200", "4220"]
    assert Event.objects.filter(action="working_area_added").count() == 2


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("postcode", "4200, Slagelse", "“Slagelse” is no postcode"),
        ("industry", " , ", "Fill this in."),
        ("industry", "x" * 81, "is too long"),
        ("task", "ring til 010180-1234", "looks like a CPR number"),
    ],
)
def test_what_is_no_area_is_refused_and_kept(web, kind, text, said):
    answer = web.post(url("area_add"), {"kind": kind, "text": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'href="#id_area_text"' in page
    assert not WorkingArea.objects.exists()


def test_an_area_taken_off_can_be_put_back(web, alice):
    area = WorkingArea.objects.create(user=alice, kind=AreaKind.INDUSTRY, text="Hoteller")
    answer = web.post(url("area_remove", area.pk), follow=True)
    event = Event.objects.get(action="working_area_removed")
    assert url("area_restore", event.pk) in answer.content.decode()
    assert not WorkingArea.objects.exists()
    assert web.post(url("area_restore", event.pk)).status_code == 302
    assert WorkingArea.objects.get().text == "Hoteller"


def test_another_persons_area_is_not_mine_to_take_off(web):
    area = WorkingArea.objects.create(user=UserFactory(), kind=AreaKind.TASK, text="Messer")
    assert web.post(url("area_remove", area.pk)).status_code == 404


def test_the_directory_finds_who_sits_with_a_postcode(web, alice):
    bob = UserFactory(name="Bob Prøvesen")
    WorkingArea.objects.create(user=bob, kind=AreaKind.POSTCODE, text="4220")
    found = web.get(url("directory"), {"q": "422"}).content.decode()
    assert "Bob Prøvesen" in found
    assert "Alice Prøvesen" not in found
    assert "Bob Prøvesen" not in web.get(url("directory"), {"kind": "industry"}).content.decode()
    assert "Nobody fits" in web.get(url("directory"), {"q": "findes ikke"}).content.decode()


def test_the_directory_says_who_is_away_and_asks_as_often_for_many(
    web, alice, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8) as one:
        web.get(url("directory"), {"q": "Alice"})
    today = timezone.localdate()
    for number in range(5):
        person = UserFactory(team=Team.objects.create(name=f"Team {number}"), phone="10203040")
        WorkingArea.objects.create(user=person, kind=AreaKind.INDUSTRY, text=f"Branche {number}")
        cover = alice if number else None
        AbsenceFactory(user=person, cover=cover, starts_on=today, ends_on=date(2099, 1, 9))
    with django_assert_max_num_queries(8) as many:
        page = web.get(url("directory")).content.decode()
    assert len(many) <= len(one) + 1  # the areas are read when there is somebody to read them of
    assert page.count("Alice Prøvesen covers until") == 4
    assert page.count("nobody covers") == 1
    assert 'href="tel:10203040"' in page


def test_opening_hours_and_deadlines_are_saved_with_what_changed(admin, organisation):
    assert admin.post(url("operations"), HOURS | SETTINGS).status_code == 302
    hours = OpeningHours.objects.values_list("weekday", "opens_at", "closes_at")
    assert list(hours) == [
        (1, time(9), time(15)),
        (2, time(9), time(15, 30)),
        (4, time(9), time(17)),
    ]
    organisation.refresh_from_db()
    assert (organisation.response_hours, organisation.contacts_partnership) == (6, 6)
    assert organisation.closed_on_5_june is False
    changed = Event.objects.get(action="organisation_changed").changes
    assert changed["response_hours"] == ["8", "6"]
    assert "confirm_months" not in changed
    assert Event.objects.filter(action="opening_hours_changed").count() == 1
    assert admin.post(url("operations"), HOURS | SETTINGS).status_code == 302
    assert Event.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"closes_1": ""}, "closes_1", "Fill in both times."),
        ({"opens_1": "15.30"}, "closes_1", "Close later than you open."),
        ({"opens_1": "ni"}, "opens_1", "Write the time as 9.30."),
        (dict.fromkeys(HOURS, ""), "opens_1", "Open on at least one day."),
        ({"response_hours": "0"}, "response_hours", ""),
        ({"contacts_passive": "99"}, "contacts_passive", ""),
    ],
)
def test_hours_that_cannot_be_are_refused_and_nothing_is_saved(
    admin, organisation, sent, field, said
):
    before = list(OpeningHours.objects.values_list("weekday", "closes_at"))
    answer = admin.post(url("operations"), HOURS | SETTINGS | sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in page
    assert said in page
    assert 'value="58 80 29 80"' in page
    assert list(OpeningHours.objects.values_list("weekday", "closes_at")) == before
    organisation.refresh_from_db()
    assert organisation.response_hours == 8


def test_a_job_centre_begins_with_the_usual_hours():
    assert [str(row) for row in OpeningHours.objects.all()] == [
        "Mandag 09.00–15.00",
        "Tirsdag 09.00–15.00",
        "Onsdag 09.00–15.00",
        "Torsdag 09.00–17.00",
        "Fredag 09.00–13.00",
    ]


def test_my_page_shows_what_is_to_come_and_not_what_is_over(web, alice):
    AbsenceFactory(user=alice, starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 9))
    AbsenceFactory(user=alice, starts_on=date(2099, 1, 5), ends_on=date(2099, 1, 9))
    page = web.get(url("own")).content.decode()
    assert "05/01/2099–09/01/2099" in page
    assert "05/01/2026" not in page


def test_my_page_asks_as_often_for_many_rows(web, alice, django_assert_max_num_queries):
    def furnish(year):
        AbsenceFactory(user=alice, cover=UserFactory(), starts_on=date(year, 1, 5))
        AbsenceFactory(user=UserFactory(), cover=alice)
        WorkingArea.objects.create(user=alice, kind=AreaKind.POSTCODE, text=str(year))

    furnish(2098)
    with django_assert_max_num_queries(8) as one:
        web.get(url("own"))
    for year in range(2099, 2102):
        furnish(year)
    with django_assert_max_num_queries(8) as many:
        web.get(url("own"))
    assert len(many) == len(one)


def test_postcodes_are_offered_to_those_whom_enquiries_come_to(web, client):
    page = web.get(url("own")).content.decode()
    assert 'value="postcode"' in page
    assert "come to whoever sits with the postcode" in page
    client.force_login(UserFactory(role=Role.CASEWORKER, language="en"))
    page = client.get(url("own")).content.decode()
    assert 'value="postcode"' not in page
    assert "come to whoever sits with the postcode" not in page
    assert "Colleagues find you by it." in page
    sent = {"kind": AreaKind.POSTCODE, "text": "4200"}
    assert client.post(url("area_add"), sent).status_code == 422
    assert not WorkingArea.objects.exists()


def test_a_danish_number_stands_in_pairs_and_stays_as_it_was_kept(client):
    user = UserFactory(phone="+4558123456")
    client.force_login(user)
    page = client.get(reverse("accounts:own")).content.decode()
    assert 'value="58 12 34 56"' in page
    said = {"title": "Konsulent", "phone": "58 12 34 56"}
    assert client.post(reverse("accounts:own"), said).status_code == 302
    user.refresh_from_db()
    assert (user.title, user.phone) == ("Konsulent", "+4558123456")
