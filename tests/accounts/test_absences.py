"""Absences: entering, changing, taking back, and what managers and covers are told."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.enums import NoticeKind, Role
from accounts.models import Absence, Event, Mail, Notice, Team, User
from cabi_crm.db import is_postgresql
from cabi_crm.pages.team import team_of
from tests.factories import AbsenceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def team():
    return Team.objects.create(name="Team Prøve")


@pytest.fixture
def alice(team):
    return UserFactory(name="Alice Prøvesen", team=team, language="en")


@pytest.fixture
def bob(team):
    return UserFactory(name="Bob Prøvesen", team=team, language="en", phone="10203042")


@pytest.fixture
def manager(team):
    return UserFactory(name="Mona Prøvesen", role=Role.MANAGER, team=team, language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def url(name, *args):
    return reverse(f"accounts:{name}", args=args)


def days(first, last, cover=None):
    form = {"starts_on": f"{first:%d.%m.%Y}", "ends_on": f"{last:%d.%m.%Y}"}
    return form | ({"cover": cover.pk} if cover else {"cover": ""})


def uncovered(user):
    return Notice.objects.filter(recipient=user, kind=NoticeKind.ABSENCE_UNCOVERED, seen_at=None)


def test_my_holiday_with_a_cover_is_entered_once_and_nobody_is_warned(
    web, alice, bob, manager, today
):
    sent = days(today, today + timedelta(days=4), bob)
    for _time in range(2):
        assert web.post(url("absence_new"), sent).status_code == 302
    absence = Absence.objects.get()
    assert (absence.user, absence.cover) == (alice, bob)
    assert Absence.objects.today().stand_in(alice) == bob
    assert Notice.objects.count() == 0
    assert Event.objects.filter(action="absence_entered").count() == 1


def test_it_comes_back_by_itself(alice, bob, today):
    AbsenceFactory(user=alice, cover=bob, starts_on=today, ends_on=today)
    assert Absence.objects.covers(today).served_by(bob) == [bob, alice]
    assert Absence.objects.covers(today + timedelta(days=1)).served_by(bob) == [bob]


@pytest.mark.parametrize(
    ("first", "last", "field", "said"),
    [
        (3, 1, "ends_on", "The last day is before the first."),
        (-3, -1, "ends_on", "This day is over."),
        (0, 900, "ends_on", "more than two years"),
    ],
)
def test_days_that_cannot_be_are_refused_and_kept(web, bob, today, first, last, field, said):
    sent = days(today + timedelta(days=first), today + timedelta(days=last), bob)
    answer = web.post(url("absence_new"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'href="#id_{field}"' in page
    assert f'value="{sent["starts_on"]}"' in page
    assert f'<option value="{bob.pk}" selected>' in page
    assert not Absence.objects.exists()


def test_days_on_which_i_am_away_already_are_refused_by_name(web, alice, today):
    AbsenceFactory(user=alice, starts_on=date(2027, 7, 5), ends_on=date(2027, 7, 23))
    answer = web.post(url("absence_new"), days(date(2027, 7, 20), date(2027, 7, 30)))
    assert answer.status_code == 422
    assert "is away 05/07/2027–23/07/2027 already" in answer.content.decode()
    assert Absence.objects.count() == 1


def test_only_who_may_own_workplaces_covers_for_an_owner(web, alice, manager, today):
    answer = web.post(url("absence_new"), days(today, today, manager))
    assert answer.status_code == 422
    assert 'href="#id_cover"' in answer.content.decode()


def test_a_cover_who_is_away_too_is_allowed_and_said(web, bob, today):
    AbsenceFactory(user=bob, starts_on=today, ends_on=today)
    answer = web.post(url("absence_new"), days(today, today, bob), follow=True)
    assert "Bob Prøvesen is away" in answer.content.decode()
    assert Absence.objects.count() == 2


def test_what_is_entered_is_said_with_the_cover_and_can_be_undone(web, bob, today):
    answer = web.post(url("absence_new"), days(today, today, bob), follow=True)
    text = answer.content.decode()
    assert "You are away 23/11/2026. Bob Prøvesen covers." in text
    undo = url("absence_remove", Absence.objects.get().pk)
    assert f'action="{undo}"' in text
    web.post(undo)
    assert Absence.objects.get().removed_at


def test_who_covers_for_somebody_is_told_when_they_enter_days_themselves(web, alice, bob, today):
    carl = UserFactory(name="Carl Prøvesen")
    AbsenceFactory(user=carl, cover=alice, starts_on=today, ends_on=today)
    text = web.post(url("absence_new"), days(today, today, bob), follow=True).content.decode()
    assert "You also cover for Carl Prøvesen 23/11/2026. Bob Prøvesen takes over that" in text
    Absence.objects.filter(user=alice).delete()
    text = web.post(url("absence_new"), days(today, today), follow=True).content.decode()
    assert "Nobody does then" in text


def test_the_pages_name_who_really_covers(client, alice, bob, manager, today):
    client.force_login(manager)
    carl = UserFactory(name="Carl Prøvesen", phone="58101213", team=bob.team)
    AbsenceFactory(user=alice, cover=bob, starts_on=today, ends_on=today)
    away = AbsenceFactory(user=bob, cover=carl, starts_on=today, ends_on=today)
    text = client.get(url("absences")).content.decode()
    assert "Carl Prøvesen covers: Bob Prøvesen is away too" in text
    assert 'href="tel:58101213"' in text
    away.cover = None
    away.save()
    page = client.get(url("absences"))
    assert {row.user for row in page.context["uncovered"]} == {alice, bob}
    assert "Bob Prøvesen is away too" in page.content.decode()


def test_without_a_cover_the_teams_manager_is_told_once(web, alice, bob, manager, today):
    UserFactory(role=Role.MANAGER, team=Team.objects.create(name="Et andet team"))
    answer = web.post(url("absence_new"), days(today, today), follow=True)
    assert "Nobody covers" in answer.content.decode()
    absence = Absence.objects.get()
    assert [notice.subject for notice in Notice.objects.all()] == ["Alice Prøvesen"]
    assert uncovered(manager).exists()
    assert [mail.recipient for mail in Mail.objects.all()] == [manager]
    later = days(today, today + timedelta(days=1))
    assert web.post(url("absence_edit", absence.pk), later).status_code == 302
    assert Notice.objects.count() == 1
    web.post(url("absence_edit", absence.pk), days(today, today, bob))
    assert not uncovered(manager).exists()


def test_without_a_manager_in_the_team_all_managers_are_told(alice, manager, today):
    loner = UserFactory(name="Ene Prøvesen")
    other = UserFactory(role=Role.MANAGER)
    absence = Absence(user=loner, starts_on=today, ends_on=today)
    actions.save_absence(absence=absence, by=loner)
    assert {notice.recipient for notice in Notice.objects.all()} == {manager, other}


def test_who_is_told_of_a_team_without_a_manager_can_do_something_about_it(client, manager, today):
    orphan = UserFactory(name="Frie Prøvesen", team=Team.objects.create(name="Uden leder"))
    absence = Absence(user=orphan, starts_on=today, ends_on=today)
    actions.save_absence(absence=absence, by=orphan)
    client.force_login(manager)
    assert uncovered(manager).get().link.startswith(url("absences"))
    assert f'id="fravaer-{absence.pk}"' in client.get(url("absences")).content.decode()
    assert client.get(url("absence_edit", absence.pk)).status_code == 200
    assert list(team_of(manager, timezone.now()).uncovered) == [absence]


def test_each_manager_who_is_asked_about_somebody_leads_them(team):
    teams = [team, Team.objects.create(name="Uden leder"), Team.objects.create(name="To"), None]
    managers = [UserFactory(role=Role.MANAGER, team=each) for each in (team, teams[2], teams[2])]
    people = [*managers, UserFactory(role=Role.MANAGER, is_active=False, team=teams[1])]
    people += [UserFactory(team=each) for each in teams]
    for user in people:
        asked = User.objects.managers_of(user)
        led_by = {each for each in managers if user in User.objects.led_by(each)}
        assert {*asked} == led_by - {user} or not user.is_active


ROLES = [Role.CONSULTANT, Role.RECRUITER, Role.CASEWORKER, Role.MANAGER, Role.READER, Role.AUDITOR]


@pytest.mark.parametrize(
    ("away", "covers"),
    [
        (Role.CONSULTANT, {Role.CONSULTANT, Role.RECRUITER}),
        (Role.CASEWORKER, {*ROLES} - {Role.READER, Role.AUDITOR}),
        (Role.READER, {*ROLES} - {Role.AUDITOR}),
        (Role.AUDITOR, {*ROLES} - {Role.AUDITOR}),
    ],
)
def test_a_cover_may_do_what_the_one_away_does(client, manager, today, away, covers):
    colleagues = {role: UserFactory(role=role, team=manager.team) for role in ROLES}
    user = UserFactory(role=away, team=manager.team)
    for by, name, more in (
        (user, "absence_new", {}),
        (manager, "absence_enter", {"user": user.pk}),
    ):
        client.force_login(by)
        for role, cover in colleagues.items():
            sent = days(today, today, cover) | more
            status = client.post(url(name), sent).status_code
            assert status == (302 if role in covers else 422), (name, role)
            Absence.objects.all().delete()


def test_a_cover_with_other_work_leaves_it_uncovered_and_the_managers_are_told(
    alice, bob, manager, today
):
    admin = UserFactory(role=Role.ADMINISTRATOR)
    absence = AbsenceFactory(user=alice, cover=bob, starts_on=today, ends_on=today)
    kept = AbsenceFactory(user=UserFactory(role=Role.READER), cover=bob, starts_on=today)
    bob.role = Role.CASEWORKER
    actions.save_user(user=bob, by=admin, changes={"role": ["consultant", "caseworker"]})
    for row in (absence, kept):
        row.refresh_from_db()
    assert (absence.cover, kept.cover) == (None, bob)
    assert [notice.subject for notice in uncovered(manager)] == ["Alice Prøvesen"]
    event = Event.objects.get(action="absence_changed")
    assert event.changes == {"cover": ["Bob Prøvesen", ""]}


def test_whoever_gets_more_work_needs_another_cover(manager, today):
    admin, reader = UserFactory(role=Role.ADMINISTRATOR), UserFactory(role=Role.READER)
    other = UserFactory(role=Role.READER)
    AbsenceFactory(user=reader, cover=other, starts_on=today, ends_on=today)
    reader.role = Role.CONSULTANT
    actions.save_user(user=reader, by=admin, changes={"role": ["reader", "consultant"]})
    assert Absence.objects.get().cover is None
    assert uncovered(manager).count() == 1


def test_what_is_put_away_is_found_by_an_index(alice):
    if is_postgresql():  # it knows how few rows there are
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    waiting = Notice.objects.filter(kind=NoticeKind.ENQUIRY_NEW, link="/x/", seen_at=None)
    assert "notice_waiting_by_link" in waiting.explain()


def test_a_far_absence_without_cover_is_mailed_when_it_comes_near(alice, manager, today):
    first = today + timedelta(days=30)
    absence = Absence(user=alice, starts_on=first, ends_on=first)
    actions.save_absence(absence=absence, by=alice)
    assert not Mail.objects.exists()
    assert uncovered(manager).exists()
    assert actions.mail_of_uncovered(on=today) == 0
    absence.starts_on = absence.ends_on = today + timedelta(days=2)
    absence.save()
    assert [actions.mail_of_uncovered(on=today) for _time in range(2)] == [1, 0]
    assert "Alice Prøvesen is away from" in Mail.objects.get().body


def test_a_cover_who_leaves_leaves_it_uncovered(alice, bob, manager, today):
    AbsenceFactory(user=alice, cover=bob, starts_on=today, ends_on=today)
    bob.is_active = False
    actions.save_user(user=bob, by=manager, changes={"is_active": ["True", ""]})
    assert Absence.objects.today().stand_in(alice) == alice
    assert Absence.objects.without_cover().count() == 1
    # Whoever closed the account knows; here it was the only manager.
    assert Notice.objects.count() == 0


def test_taking_back_is_undone(web, alice, bob, today):
    absence = AbsenceFactory(user=alice, cover=bob, starts_on=today, ends_on=today)
    answer = web.post(url("absence_remove", absence.pk), follow=True)
    assert url("absence_restore", absence.pk) in answer.content.decode()
    assert Absence.objects.today().stand_in(alice) == alice
    web.post(url("absence_restore", absence.pk))
    assert Absence.objects.today().stand_in(alice) == bob
    actions_seen = Event.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions_seen) == ["absence_taken_back", "absence_restored"]


def test_an_undo_that_comes_too_late_says_what_is_in_the_way(web, alice, bob, today):
    absence = AbsenceFactory(user=alice, cover=bob, starts_on=today, ends_on=today)
    actions.remove_absence(absence=absence, by=alice)
    AbsenceFactory(user=alice, starts_on=today, ends_on=today)
    answer = web.post(url("absence_restore", absence.pk), follow=True)
    assert "already. Change that absence instead." in answer.content.decode()
    absence.refresh_from_db()
    assert absence.removed_at is not None


def test_a_manager_enters_who_rang_in_sick_and_nobody_of_another_team(
    client, alice, bob, manager, today
):
    stranger = UserFactory(team=Team.objects.create(name="Et andet team"))
    UserFactory(role=Role.MANAGER, team=stranger.team)
    client.force_login(manager)
    sent = days(today, today + timedelta(days=2), bob)
    refused = client.post(url("absence_enter"), sent | {"user": stranger.pk})
    assert refused.status_code == 422
    assert client.post(url("absence_enter"), sent | {"user": alice.pk}).status_code == 302
    assert Absence.objects.get().user == alice
    others = AbsenceFactory(user=stranger, starts_on=today, ends_on=today)
    assert client.get(url("absence_edit", others.pk)).status_code == 404


def test_a_manager_is_refused_a_cover_who_owns_nothing(client, alice, bob, manager, today):
    client.force_login(manager)
    for cover, said in ((manager, "may not. Choose a consultant"), (alice, "somebody else")):
        sent = days(today, today, cover) | {"user": alice.pk}
        answer = client.post(url("absence_enter"), sent)
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_a_colleagues_absence_is_not_mine_to_change(web, bob, today):
    absence = AbsenceFactory(user=bob, starts_on=today, ends_on=today)
    for name in ("absence_edit", "absence_remove"):
        assert web.post(url(name, absence.pk), days(today, today)).status_code == 404


def test_the_managers_page_shows_uncovered_first_and_asks_as_often_for_many(
    client, alice, bob, manager, today, django_assert_max_num_queries
):
    client.force_login(manager)
    AbsenceFactory(user=bob, cover=alice, starts_on=today, ends_on=today)
    with django_assert_max_num_queries(6) as one:
        client.get(url("absences"))
    for week in range(1, 4):
        first = today + timedelta(weeks=week)
        person = UserFactory(team=alice.team)
        AbsenceFactory(user=person, cover=bob, starts_on=first, ends_on=first)
    AbsenceFactory(user=alice, starts_on=today + timedelta(days=9), ends_on=date(2027, 1, 1))
    far = today + timedelta(weeks=9)
    AbsenceFactory(user=UserFactory(name="Senere Prøvesen"), starts_on=far, ends_on=far)
    with django_assert_max_num_queries(6) as many:
        page = client.get(url("absences")).content.decode()
    assert len(many) == len(one)
    assert page.index("Alice Prøvesen") < page.index("Away now") < page.index("The next four weeks")
    assert "Senere Prøvesen" not in page


def test_the_cover_sees_and_puts_away_notices_of_the_one_away(client, alice, bob, today):
    notice = actions.notify(
        recipient=alice, kind=NoticeKind.WORKPLACE_CEASED, subject="Prøvefirma", link="/"
    )
    client.force_login(bob)
    assert client.post(url("notice_dismiss", notice.pk)).status_code == 404
    AbsenceFactory(user=alice, cover=bob, starts_on=today, ends_on=today)
    assert list(Notice.objects.unseen_by(bob)) == [notice]
    assert list(Notice.objects.unseen_by(alice)) == [notice]
    assert client.post(url("notice_dismiss", notice.pk)).status_code == 302
    assert not Notice.objects.unseen_by(alice).exists()
    assert Event.objects.get(action="notice_dismissed").actor == bob


def test_a_manager_who_covers_for_another_manager_is_told_once(alice, bob, manager, today):
    AbsenceFactory(user=UserFactory(role=Role.MANAGER, team=manager.team), cover=manager)
    absence = Absence(user=alice, starts_on=today, ends_on=today)
    actions.save_absence(absence=absence, by=bob)
    assert [notice.recipient for notice in Notice.objects.unseen_by(manager)] == [manager]
    assert actions.mail_of_uncovered(on=today) == 0
    assert Mail.objects.filter(recipient=manager, key__contains=f"-{absence.pk}-").count() == 1
