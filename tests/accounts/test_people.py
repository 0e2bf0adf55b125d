"""Users, the organisation, notices and language, from the pages that change them."""

import pytest
from django.core import mail
from django.test import Client

from accounts.actions import notify
from accounts.enums import NoticeKind
from accounts.models import Event, Notice, Organisation, Team, User
from tests.world import World

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Dorte Nyansat",
    "email": "Dorte@Example.invalid",
    "title": "",
    "phone": "58 80 29 80",
    "role": "consultant",
    "team": "",
    "is_active": "on",
}


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_new_colleague_is_invited_by_mail(world: World) -> None:
    admin = logged_in(world.users["administrator"])
    answer = admin.post("/administration/kolleger/ny/", NEW)
    assert answer.status_code == 302
    user = User.objects.get(email="dorte@example.invalid")
    assert not user.has_usable_password()
    assert [message.to for message in mail.outbox] == [["dorte@example.invalid"]]
    assert "/konto/adgangskode/valg/" in mail.outbox[0].body
    assert Event.objects.filter(action="user_created", object_id=str(user.pk)).exists()


def test_the_invited_colleague_chooses_a_password_and_gets_in(world: World) -> None:
    logged_in(world.users["administrator"]).post("/administration/kolleger/ny/", NEW)
    link = next(word for word in mail.outbox[0].body.split() if "/valg/" in word)
    path = "/" + link.split("/", 3)[3]
    guest = Client()
    form = guest.get(path, follow=True)
    answer = guest.post(
        form.request["PATH_INFO"],
        {"password1": "skov-hest-lampe-42", "password2": "skov-hest-lampe-42"},
    )
    assert answer.status_code == 302, answer.content
    answer = guest.post(
        "/konto/log-ind/",
        {"login": "dorte@example.invalid", "password": "skov-hest-lampe-42"},
    )
    assert answer.status_code == 302
    assert guest.get("/").status_code == 200


def test_a_mistake_keeps_what_was_typed(world: World) -> None:
    admin = logged_in(world.users["administrator"])
    answer = admin.post("/administration/kolleger/ny/", {**NEW, "phone": "12", "role": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="Dorte Nyansat"' in page
    assert 'href="#id_phone"' in page
    assert 'href="#id_role"' in page
    assert not User.objects.filter(email__iexact=NEW["email"]).exists()


def test_one_address_is_one_person(world: World) -> None:
    admin = logged_in(world.users["administrator"])
    taken = world.users["manager"].email.upper()
    answer = admin.post("/administration/kolleger/ny/", {**NEW, "email": taken})
    assert answer.status_code == 422


def test_a_closed_user_is_out_on_the_next_request(world: World) -> None:
    person = world.users["consultant"]
    client = logged_in(person)
    assert client.get("/").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_changed_role_holds_from_the_next_request(world: World) -> None:
    person = world.users["manager"]
    client = logged_in(person)
    assert client.get("/overblik/").status_code == 200
    User.objects.filter(pk=person.pk).update(role="auditor")
    assert client.get("/overblik/").status_code == 404


def test_nobody_signs_up_by_themselves(world: World) -> None:
    password = "langt-kodeord-1"
    asked = {"email": "x@example.invalid", "password1": password, "password2": password}
    answer = Client().post("/konto/tilmelding/", asked)
    assert not User.objects.filter(email="x@example.invalid").exists()
    assert answer.status_code == 200


def test_log_in_does_not_tell_who_has_an_account(world: World) -> None:
    known = {"login": world.users["consultant"].email, "password": "forkert-kodeord"}
    unknown = {"login": "ingen@example.invalid", "password": "forkert-kodeord"}
    answers = [Client().post("/konto/log-ind/", data) for data in (known, unknown)]
    errors = [str(answer.context["form"].errors) for answer in answers]
    assert errors[0] == errors[1]


def test_the_organisation_is_saved_with_what_changed(world: World) -> None:
    admin = logged_in(world.users["administrator"])
    data = {
        "label": "Slagelse Kommune – Virksomhedsindgangen",
        "municipality_name": "Slagelse",
        "municipality_code": "0330",
        "renewal_days": "45",
    }
    answer = admin.post("/administration/", data)
    assert answer.status_code == 302
    assert Organisation.objects.get().renewal_days == 45
    event = Event.objects.filter(action="organisation_changed").first()
    assert event
    assert event.changes["label"] == ["Jobcenter Prøveby", data["label"]]


def test_the_last_administrator_stays(world: World) -> None:
    admin = world.users["administrator"]
    client = logged_in(admin)
    data = {"name": admin.name, "email": admin.email, "role": "reader", "is_active": "on"}
    answer = client.post(f"/administration/kolleger/{admin.pk}/", data)
    assert answer.status_code == 422
    assert "administrator" in answer.content.decode()
    admin.refresh_from_db()
    assert admin.role == "administrator"


def test_teams_are_made_and_renamed(world: World) -> None:
    client = logged_in(world.users["administrator"])
    assert client.post("/administration/teams/", {"name": "Team Nord"}).status_code == 302
    team = Team.objects.get(name="Team Nord")
    assert client.post("/administration/teams/", {"name": "Team Nord"}).status_code == 422
    answer = client.post(f"/administration/teams/{team.pk}/", {"name": "Team Nordvest"})
    assert answer.status_code == 302
    team.refresh_from_db()
    assert team.name == "Team Nordvest"
    actions = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-2:] == ["team_created", "team_renamed"]


def test_log_in_log_out_and_a_wrong_password_are_events(world: World) -> None:
    person = world.users["consultant"]
    person.set_password("skov-hest-lampe-42")
    person.save(update_fields=["password"])
    before = Event.objects.count()
    client = Client()
    for password in ("forkert-kodeord", "skov-hest-lampe-42"):
        client.post("/konto/log-ind/", {"login": person.email, "password": password})
    client.post(
        "/konto/adgangskode/",
        {
            "oldpassword": "skov-hest-lampe-42",
            "password1": "eng-ko-lanterne-77",
            "password2": "eng-ko-lanterne-77",
        },
    )
    client.post("/konto/log-ud/")
    new = Event.objects.order_by("pk")[before:]
    assert [(event.action, event.actor, event.object_id) for event in new] == [
        ("log_in_failed", None, str(person.pk)),
        ("logged_in", person, str(person.pk)),
        ("password_changed", person, str(person.pk)),
        ("logged_out", person, str(person.pk)),
    ]


def test_pages_are_danish_whatever_the_browser_prefers(world: World) -> None:
    answer = Client(headers={"accept-language": "en-GB,en"}).get("/konto/log-ind/")
    assert 'lang="da"' in answer.content.decode()


def test_a_notice_is_put_away_by_its_owner_only(world: World) -> None:
    owner, other = world.users["consultant"], world.users["manager"]
    notice = notify(
        recipient=owner, kind=NoticeKind.WORKPLACE_CEASED, subject="Ålykke Café", link="/"
    )
    url = f"/administration/besked/{notice.pk}/set/"
    assert logged_in(other).post(url).status_code == 404
    assert logged_in(owner).post(url).status_code == 302
    assert not Notice.objects.unseen_by(owner).filter(pk=notice.pk).exists()


def test_the_language_is_remembered(world: World) -> None:
    person = world.users["consultant"]
    client = logged_in(person)
    assert 'lang="da"' in client.get("/").content.decode()
    answer = client.post("/sprog/", {"language": "en", "next": "/"})
    assert answer["Location"] == "/"
    assert 'lang="en"' in client.get("/").content.decode()


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_the_language_switch_sends_nobody_away(world: World, target: str) -> None:
    answer = Client().post("/sprog/", {"language": "en", "next": target})
    assert answer["Location"] == "/"
