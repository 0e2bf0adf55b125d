"""The bag: what can be offered on a day, how its wording changes, and its paper."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Event, Organisation
from tests.factories import UserFactory
from tests.pdf.paperkit import opened, page_count, text
from toolbox.actions import WORDING
from toolbox.documents import bag_pdf
from toolbox.models import Instrument

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def web(client):
    client.force_login(UserFactory(language="en"))
    return client


@pytest.fixture
def administrator(client):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR, language="en"))
    return client


def url(name, *args):
    return reverse(f"toolbox:{name}", args=args)


def placement():
    return Instrument.objects.get(code="virksomhedspraktik")


def wording(instrument, **more):
    return {name: getattr(instrument, name) or "" for name in WORDING} | more


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2026, 1, 31), True),
        (date(2026, 2, 1), False),
        (date(2020, 1, 1), True),
        (date(2019, 12, 31), False),
    ],
)
def test_job_rotation_can_be_offered_until_it_was_abolished(day, valid):
    found = Instrument.objects.valid_on(day).filter(code="jobrotation")
    assert found.exists() is valid


def test_everything_in_the_bag_is_worded_in_both_languages():
    for each in Instrument.objects.all():
        for name in ("name", "what", "duration", "pays"):
            danish, english = (getattr(each, f"{name}_{code}") for code in ("da", "en"))
            assert danish, f"{each.code} {name}"
            assert english, f"{each.code} {name}"


def test_nothing_unverified_says_that_it_was_checked_and_no_old_scheme_dates_from_the_act():
    for each in Instrument.objects.all():
        assert (each.checked_on is None) is each.is_unverified, each.code
        assert (each.valid_from == date(2020, 1, 1)) <= each.basis.startswith("LAB"), each.code
    assert Instrument.objects.get(code="loentilskud").confidence == "secondary"


def test_the_page_shows_what_can_be_offered_and_marks_what_is_not_verified(web):
    text = web.get(url("bag")).content.decode()
    assert "Work placement" in text
    assert "Not verified" in text
    assert text.index("Ordinary job") < text.index("Can no longer be offered")
    assert text.index("Can no longer be offered") < text.index("Job rotation")
    assert "Add to the bag" not in text
    assert web.get(url("instrument_edit", placement().pk)).status_code == 404


def test_the_page_asks_as_often_for_many_rows(web, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as few:
        web.get(url("bag"))
    for number in range(30):
        Instrument.objects.create(
            code=f"nyt-{number}", name_da="Nyt", name_en="New", valid_from=TODAY()
        )
    with django_assert_max_num_queries(8) as many:
        web.get(url("bag"))
    assert len(many) == len(few)


def test_a_new_wording_ends_the_old_one_and_keeps_it(administrator):
    old, today = placement(), TODAY()
    data = wording(old, what_da="Nye ord", on=today.isoformat())
    answer = administrator.post(url("instrument_edit", old.pk), data, follow=True)
    assert "The wording is saved." in answer.content.decode()
    old.refresh_from_db()
    new = Instrument.objects.valid_on(today).get(code=old.code)
    assert old.valid_to == today - timedelta(days=1)
    assert old.what_da != "Nye ord"
    assert (new.what_da, new.valid_from, new.valid_to) == ("Nye ord", today, None)
    event = Event.objects.get(action="instrument_revised")
    assert event.changes["fields"] == ["what_da"]
    assert administrator.post(url("instrument_edit", old.pk), data).status_code == 422  # twice
    assert Instrument.objects.filter(code=old.code).count() == 2


def test_a_wording_that_nobody_can_have_used_is_written_over(administrator):
    old, today = placement(), TODAY()
    for words in ("Første forsøg", "Andet forsøg"):
        now = Instrument.objects.valid_on(today).get(code=old.code)
        data = wording(now, what_da=words, on=today.isoformat())
        administrator.post(url("instrument_edit", now.pk), data)
    assert Instrument.objects.filter(code=old.code).count() == 2
    assert Instrument.objects.valid_on(today).get(code=old.code).what_da == "Andet forsøg"


def test_a_wording_cannot_begin_before_the_one_it_follows(administrator):
    old = placement()
    data = wording(old, what_da="Nye ord", on="2019-01-01")
    answer = administrator.post(url("instrument_edit", old.pk), data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "The wording until now begins later than that." in text
    assert "Nye ord" in text


def test_a_last_day_is_set_and_taken_back(administrator):
    offered, today = placement(), TODAY()
    answer = administrator.post(
        url("instrument_end", offered.pk), {"last_day": today.isoformat()}, follow=True
    )
    undo = f"{url('instrument_end', offered.pk)}?before="
    assert f'action="{undo}"' in answer.content.decode()
    offered.refresh_from_db()
    assert offered.valid_to == today
    administrator.post(undo)
    offered.refresh_from_db()
    assert offered.valid_to is None
    answer = administrator.post(url("instrument_end", offered.pk), {"last_day": "engang"})
    assert (answer.status_code, "engang" in answer.content.decode()) == (422, True)
    offered.refresh_from_db()
    assert offered.valid_to is None


def revised(administrator, instrument, on):
    """The wording from `on`."""
    data = wording(instrument, what_da="Nye ord", on=on.isoformat())
    assert administrator.post(url("instrument_edit", instrument.pk), data).status_code == 302
    return Instrument.objects.get(code=instrument.code, valid_from=on)


@pytest.mark.parametrize("last_day", ["", "2030-01-01", "today"])
def test_a_last_day_never_reaches_a_later_wording(administrator, last_day):
    old, today = placement(), TODAY()
    revised(administrator, old, today)
    said = {"last_day": today.isoformat() if last_day == "today" else last_day}
    answer = administrator.post(url("instrument_end", old.pk), said)
    assert answer.status_code == 422
    assert "There is a later wording" in answer.content.decode()
    old.refresh_from_db()
    assert old.valid_to == today - timedelta(days=1)
    # An old undo would do the same.
    administrator.post(f"{url('instrument_end', old.pk)}?before={last_day}")
    assert Instrument.objects.valid_on(today).filter(code=old.code).count() == 1


def test_a_last_day_before_the_first_is_refused(administrator):
    offered = placement()
    answer = administrator.post(url("instrument_end", offered.pk), {"last_day": "2019-01-01"})
    assert answer.status_code == 422
    assert "after that." in answer.content.decode()
    offered.refresh_from_db()
    assert offered.valid_to is None


def test_a_revision_that_reaches_a_later_wording_is_refused(administrator):
    old, today = placement(), TODAY()
    revised(administrator, old, today)
    Instrument.objects.filter(pk=old.pk).update(valid_to=None)  # from before this was refused
    for on in (today, today - timedelta(days=5), today + timedelta(days=5)):
        data = wording(old, what_da="Andre ord", on=on.isoformat())
        answer = administrator.post(url("instrument_edit", old.pk), data)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["on"]
    assert Instrument.objects.filter(code=old.code).count() == 2


def test_the_day_of_a_check_is_set_and_taken_back(administrator):
    offered = placement()
    before = offered.checked_on
    Instrument.objects.filter(pk=offered.pk).update(checked_on=date(2025, 1, 1))
    administrator.post(url("instrument_check", offered.pk))
    offered.refresh_from_db()
    assert offered.checked_on == TODAY()
    administrator.post(f"{url('instrument_check', offered.pk)}?before=2025-01-01")
    offered.refresh_from_db()
    assert offered.checked_on == date(2025, 1, 1) != before


def test_something_new_is_added_once(administrator):
    data = wording(placement(), code="ny-start", valid_from=TODAY().isoformat(), order="70")
    administrator.post(url("instrument_new"), data)
    answer = administrator.post(url("instrument_new"), data)
    assert answer.status_code == 422
    assert "This code is in the bag already." in answer.content.decode()
    assert Instrument.objects.filter(code="ny-start").count() == 1


# On paper.


@pytest.mark.parametrize(
    ("language", "name", "title"),
    [
        ("da", "Virksomhedspraktik", "Det kan vi tilbyde"),
        ("en", "Wage subsidy", "What we can offer"),
    ],
)
def test_the_whole_bag_is_two_tagged_pages_at_most(language, name, title):
    Organisation.objects.update_or_create(pk=1, defaults={"label": "Jobcenter Prøveby"})
    pdf = bag_pdf(Instrument.objects.valid_on(TODAY()), language=language)
    assert page_count(pdf) <= 2
    document = opened(pdf)
    assert str(document.Root.Lang) == language
    assert bool(document.Root.MarkInfo.Marked)
    said = text(pdf)
    for shown in (name, title, "Jobcenter Prøveby", "LAB §§ 57–65"):
        assert shown in said, shown
    assert "Jobrotation" not in said


def test_only_what_is_ticked_is_printed(web):
    ticked = [each.pk for each in Instrument.objects.filter(code__in=("mentor", "jobrotation"))]
    answer = web.get(url("bag_paper"), {"valgt": [*ticked, "x"], "language": "da"})
    said = text(answer.content)
    assert "Mentor *" in said
    assert "Virksomhedspraktik" not in said
    assert "Jobrotation" not in said  # it has ended
    assert answer["Content-Disposition"] == 'attachment; filename="tasken-da.pdf"'
