"""The inbox, the form of a new enquiry, its page, and everything that is posted there."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.enums import AreaKind, Role
from accounts.models import Notice, OpeningHours, WorkingArea
from companies import actions
from companies.models import Activity, Enquiry
from tests.companies.test_deadlines import at
from tests.factories import (
    AbsenceFactory,
    CompanyFactory,
    EnquiryFactory,
    UserFactory,
    WorkplaceFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def monday():
    """Monday at ten; nobody has set the opening hours: 8–16."""
    OpeningHours.objects.all().delete()
    with time_machine.travel(at("2026-11-23 10.00"), tick=False):
        yield


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def firms(response):
    return [row["enquiry"].firm for row in response.context["rows"]]


def named(name, **more):
    return WorkplaceFactory(company=CompanyFactory(name=name), **more)


def sent(web, **said):
    """What the form of a new enquiry sends."""
    form = web.get(url("enquiry_new")).context["form"]
    day = timezone.localdate().strftime("%d.%m.%Y")
    base = {"channel": "phone", "subject": "Ring til os", "on": day, "at": ""}
    return {**base, "submission": form["submission"].value(), **said}


@pytest.fixture
def five(alice):
    """Mine, one of a colleague I cover for, nobody's, a late one and an answered one."""
    bob, now = UserFactory(name="Bob Prøvesen"), timezone.now()
    AbsenceFactory(user=bob, cover=alice)
    EnquiryFactory(workplace=named("Min"), assigned_to=alice)
    EnquiryFactory(workplace=named("Bobs"), assigned_to=bob)
    EnquiryFactory(workplace=None, company_name="Fælles")
    EnquiryFactory(
        workplace=named("Sen"),
        assigned_to=UserFactory(name="Charlie Prøvesen"),
        received_at=now - timedelta(days=3),
    )
    EnquiryFactory(workplace=named("Færdig"), assigned_to=alice, answered_at=now, answered_by=alice)
    EnquiryFactory(workplace=named("Slettet"), removed_at=now)


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        ("", ["Sen", "Min", "Bobs", "Fælles"]),
        ("open", ["Sen", "Min", "Bobs", "Fælles"]),
        ("mine", ["Min", "Bobs"]),
        ("nobody", ["Fælles"]),
        ("late", ["Sen"]),
        ("answered", ["Færdig"]),
        ("in_time", ["Færdig"]),
    ],
)
def test_the_inbox_shows_what_is_asked_for_the_first_due_on_top(web, five, show, shown):
    response = web.get(url("enquiries"), {"show": show})
    assert firms(response) == shown
    counts = {tab["show"]: tab["count"] for tab in response.context["tabs"]}
    assert counts == {"open": 4, "mine": 2, "nobody": 1, "late": 1, "answered": None}


def test_what_i_do_for_a_colleague_is_marked(web, five):
    text = web.get(url("enquiries")).content.decode()
    assert "for Bob Prøvesen" in text
    assert "for Alice" not in text
    assert "nobody has it yet" in text


@pytest.mark.parametrize("words", ["Fæll", "pakk", "Mette", "Bob"])
def test_the_inbox_is_searched_by_firm_person_question_and_colleague(web, words):
    EnquiryFactory(
        workplace=None,
        company_name="Fællesbageriet",
        person="Mette Holm",
        subject="Pakkeri",
        assigned_to=UserFactory(name="Bob Prøvesen"),
    )
    EnquiryFactory(workplace=named("Andre"))
    assert firms(web.get(url("enquiries"), {"q": words})) == ["Fællesbageriet"]


def test_the_inbox_says_that_opening_hours_are_assumed(web):
    assert "Nobody has set the opening hours" in web.get(url("enquiries")).content.decode()
    OpeningHours.objects.create(weekday=1, opens_at="09:00", closes_at="15:00")
    assert "Nobody has set" not in web.get(url("enquiries")).content.decode()


def test_the_inbox_asks_as_often_for_thirty_as_for_one(web, alice, django_assert_max_num_queries):
    AbsenceFactory(user=UserFactory(), cover=alice)
    EnquiryFactory(workplace=named("A", owner=alice), assigned_to=alice)
    with django_assert_max_num_queries(8) as one:
        web.get(url("enquiries"))
    for _more in range(24):
        EnquiryFactory(workplace=named("B"), assigned_to=UserFactory())
    with django_assert_max_num_queries(8) as many:
        web.get(url("enquiries"))
    assert len(one) == len(many)


def test_the_page_of_one_asks_few_questions(web, alice, django_assert_max_num_queries):
    enquiry = EnquiryFactory(workplace=named("A", owner=alice), assigned_to=alice)
    with django_assert_max_num_queries(9):
        web.get(url("enquiry", enquiry.pk))


def test_a_known_firm_is_taken_down_and_its_owner_told(web, alice):
    bob = UserFactory(name="Bob Prøvesen")
    place = named("Bageren", owner=bob)
    response = web.post(url("enquiry_new"), sent(web, workplace=place.pk), follow=True)
    enquiry = Enquiry.objects.get()
    assert (enquiry.workplace, enquiry.assigned_to, enquiry.registered_by) == (place, bob, alice)
    assert enquiry.due_at == at("2026-11-24 10.00")
    text = response.content.decode()
    assert "The enquiry is saved. Bob Prøvesen answers it." in text
    assert f'action="{url("enquiry_remove", enquiry.pk)}"' in text
    assert Notice.objects.get().recipient == bob


def test_the_same_form_sent_twice_is_one_enquiry(web):
    data = sent(web, company_name="Nyt Firma")
    for _twice in range(2):
        assert web.post(url("enquiry_new"), data).status_code == 302
    assert Enquiry.objects.count() == 1


def test_the_form_offers_the_workplaces_that_fit_what_is_typed(web):
    places = [named("Havnens Bageri"), named("Byens Bageri")]
    named("Smeden")
    part = web.get(url("enquiry_new"), {"company_name": "bageri"}, **HTMX, HTTP_HX_TARGET="firms")
    text = part.content.decode()
    assert "<form" not in text
    assert [f'value="{place.pk}"' in text for place in places] == [True, True]
    assert "Smeden" not in text
    near = web.get(url("enquiry_new"), {"company_name": "Smeden ApS"})
    assert [place.name for place in near.context["found"]] == ["Smeden"]


def test_without_a_script_a_button_finds_the_workplace_and_keeps_what_is_typed(web):
    place = named("Havnens Bageri")
    data = sent(web, company_name="Havnens", phone="20304050", find="1")
    response = web.post(url("enquiry_new"), data)
    assert response.status_code == 200
    assert response.context["found"] == [place]
    text = response.content.decode()
    assert 'value="20304050"' in text
    assert "Ring til os" in text
    assert not Enquiry.objects.exists()


def test_a_workplace_may_be_chosen_beforehand(web):
    place = named("Bageren")
    text = web.get(url("enquiry_new"), {"workplace": place.pk}).content.decode()
    assert f'name="workplace" value="{place.pk}"' in text
    assert web.get(url("enquiry_new"), {"workplace": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"company_name": ""}, "company_name"),
        ({"workplace": "99999"}, "workplace"),
        ({"subject": ""}, "subject"),
        ({"subject": "Om 010190-1234"}, "subject"),
        ({"phone": "12"}, "phone"),
        ({"email": "x"}, "email"),
        ({"postcode": "42"}, "postcode"),
        ({"channel": "pigeon"}, "channel"),
        ({"on": "24.11.2026"}, "on"),
        ({"at": "10.01"}, "at"),
        ({"on": "den dag"}, "on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(web, wrong, field):
    data = sent(web, company_name="Nyt Firma", person="Mette Holm") | wrong
    response = web.post(url("enquiry_new"), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert 'value="Mette Holm"' in response.content.decode()
    assert not Enquiry.objects.exists()


def test_one_from_last_week_is_late_at_once(web):
    web.post(url("enquiry_new"), sent(web, company_name="Nyt", on="16.11.2026", at="9.00"))
    enquiry = Enquiry.objects.get()
    assert enquiry.received_at == at("2026-11-16 09.00")
    assert "too late" in web.get(url("enquiry", enquiry.pk)).content.decode()


def answer(**said):
    day = timezone.localdate().strftime("%d.%m.%Y")
    return {"answer": "Vi kommer torsdag.", "kind": "call", "on": day, "at": "", **said}


def test_an_answer_is_saved_logged_and_can_be_undone(web, alice):
    enquiry = EnquiryFactory(workplace=named("Bageren"))
    response = web.post(url("enquiry_answer", enquiry.pk), answer(), follow=True)
    enquiry.refresh_from_db()
    assert (enquiry.answered_by, enquiry.answered_at) == (alice, timezone.now())
    text = response.content.decode()
    assert "The answer is saved." in text
    assert "In time" in text
    assert Activity.objects.held().get().workplace == enquiry.workplace
    web.post(url("enquiry_reopen", enquiry.pk))
    assert Enquiry.objects.open().get() == enquiry
    assert not Activity.objects.kept().exists()
    again = web.get(url("enquiry", enquiry.pk)).context["form"]
    assert again["answer"].value() == "Vi kommer torsdag."
    assert (
        "Vi kommer torsdag." not in web.get(url("history", enquiry.workplace_id)).content.decode()
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answer": " "}, "answer"),
        ({"answer": "Borger 010190-1234"}, "answer"),
        ({"kind": "note"}, "kind"),
        ({"at": "10.01"}, "at"),
        ({"at": "8.00"}, "at"),
    ],
)
def test_a_wrong_answer_is_refused_and_kept(web, wrong, field):
    enquiry = EnquiryFactory(workplace=named("Bageren"))
    response = web.post(url("enquiry_answer", enquiry.pk), answer(**wrong))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Enquiry.objects.open().exists()


def test_an_answer_in_the_minute_of_the_question_counts(web):
    enquiry = EnquiryFactory(
        workplace=named("Bageren"), received_at=timezone.now() - timedelta(minutes=4, seconds=30)
    )
    web.post(url("enquiry_answer", enquiry.pk), answer(at="9.55"))
    enquiry.refresh_from_db()
    assert enquiry.answered_at == enquiry.received_at
    assert enquiry.response_minutes == 0


def test_who_comes_second_is_told_who_answered(web):
    enquiry, bob = EnquiryFactory(), UserFactory(name="Bob Prøvesen")
    actions.answer_enquiry(
        enquiry=enquiry, by=bob, answer="Ja", answered_at=timezone.now(), kind="call"
    )
    response = web.post(url("enquiry_answer", enquiry.pk), answer(), follow=True)
    assert "Bob Prøvesen has answered it already." in response.content.decode()
    enquiry.refresh_from_db()
    assert enquiry.answer == "Ja"


def test_taking_and_passing_on_can_be_undone(web, alice):
    enquiry, bob = EnquiryFactory(), UserFactory(name="Bob Prøvesen")
    text = web.post(url("enquiry_take", enquiry.pk), {"holder": ""}, follow=True).content.decode()
    assert "You answer it now." in text
    undo = f"{url('enquiry_assign', enquiry.pk)}?to="
    assert f'action="{undo}"' in text
    web.post(url("enquiry_assign", enquiry.pk), {"to": bob.pk})
    enquiry.refresh_from_db()
    assert enquiry.assigned_to == bob
    web.post(undo)
    enquiry.refresh_from_db()
    assert enquiry.assigned_to is None


def test_somebody_was_faster(web):
    bob = UserFactory()
    enquiry = EnquiryFactory(assigned_to=bob)
    text = web.post(url("enquiry_take", enquiry.pk), {"holder": ""}, follow=True).content.decode()
    assert "Somebody was faster" in text
    enquiry.refresh_from_db()
    assert enquiry.assigned_to == bob


@pytest.mark.parametrize("to", ["999999", "x"])
def test_it_is_passed_on_only_to_a_colleague_who_may_answer(web, to):
    reader = UserFactory(role=Role.READER)
    enquiry = EnquiryFactory()
    for chosen in (to, reader.pk):
        text = web.post(url("enquiry_assign", enquiry.pk), {"to": chosen}, follow=True)
        assert "Choose a colleague who may answer." in text.content.decode()
    enquiry.refresh_from_db()
    assert enquiry.assigned_to is None


def test_an_unknown_firm_is_found_tied_and_untied(web):
    place = named("Havnens Bageri")
    enquiry = EnquiryFactory(workplace=None, company_name="Havnens Bageri ApS")
    page = web.get(url("enquiry_tie", enquiry.pk))
    assert page.context["found"] == [place]
    text = web.post(url("enquiry_tie", enquiry.pk), {"workplace": place.pk}, follow=True)
    undo = f"{url('enquiry_tie', enquiry.pk)}?workplace="
    assert f'action="{undo}"' in text.content.decode()
    assert Enquiry.objects.get().workplace == place
    web.post(undo)
    assert Enquiry.objects.get().workplace is None


def test_what_was_taken_down_can_be_put_right(web):
    enquiry = EnquiryFactory(workplace=None, company_name="Nyt Firma")
    data = {"channel": "email", "subject": "To ting", "person": "Bo", "company_name": "Nyere Firma"}
    web.post(url("enquiry_edit", enquiry.pk), data)
    enquiry.refresh_from_db()
    assert (enquiry.subject, enquiry.firm, enquiry.channel) == ("To ting", "Nyere Firma", "email")
    refused = web.post(url("enquiry_edit", enquiry.pk), data | {"company_name": ""})
    assert refused.status_code == 422
    assert "To ting" in refused.content.decode()


def test_deleting_can_be_undone(web):
    enquiry = EnquiryFactory()
    text = web.post(url("enquiry_remove", enquiry.pk), follow=True).content.decode()
    assert f'action="{url("enquiry_restore", enquiry.pk)}"' in text
    assert web.get(url("enquiry", enquiry.pk)).status_code == 404
    web.post(url("enquiry_restore", enquiry.pk))
    assert Enquiry.objects.open().get() == enquiry


def test_a_reader_reads_and_changes_nothing(client):
    client.force_login(UserFactory(role=Role.READER, language="en"))
    enquiry = EnquiryFactory()
    text = client.get(url("enquiry", enquiry.pk)).content.decode()
    assert enquiry.subject in text
    assert "Save the answer" not in text
    assert "New enquiry" not in client.get(url("enquiries")).content.decode()


def test_the_page_says_who_covers(web, alice):
    bob = UserFactory(name="Bob Prøvesen")
    AbsenceFactory(user=bob, cover=alice)
    text = web.get(url("enquiry", EnquiryFactory(assigned_to=bob).pk)).content.decode()
    assert "Alice Prøvesen covers" in text
    assert "I answer it" not in text


def test_an_answer_of_another_day_needs_its_time(web):
    asked, due = timezone.now() - timedelta(days=7), at("2026-11-20 10.00")
    enquiry = EnquiryFactory(workplace=named("Bageren"), received_at=asked, due_at=due)
    response = web.post(url("enquiry_answer", enquiry.pk), answer(on="20.11.2026"))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["at"]
    text = response.content.decode()
    assert "Write the time: it decides whether the answer came in time." in text
    assert "Vi kommer torsdag." in text
    assert '<details class="when" open>' in text
    web.post(url("enquiry_answer", enquiry.pk), answer(on="20.11.2026", at="14.00"))
    enquiry.refresh_from_db()
    assert enquiry.in_time is False


def test_a_corrected_postcode_says_who_answers_now(web):
    bob = UserFactory(name="Bob Prøvesen")
    WorkingArea.objects.create(user=bob, kind=AreaKind.POSTCODE, text="4200")
    enquiry = EnquiryFactory(workplace=None, company_name="Nyt Firma", postcode="9990")
    data = {"channel": "phone", "subject": "Hjælp", "company_name": "Nyt Firma"}
    page = web.post(url("enquiry_edit", enquiry.pk), data | {"postcode": "4200"}, follow=True)
    assert "The enquiry is saved. Bob Prøvesen answers it." in page.content.decode()
