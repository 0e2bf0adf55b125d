import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from accounts.enums import Role
from accounts.models import Event
from companies import actions
from companies.enums import ImportStatus
from companies.models import Company, CvrImport, Workplace
from tests.companies.register import company, unit
from tests.factories import UserFactory
from tests.tables import fingerprint

pytestmark = pytest.mark.django_db
PAGE = "/virksomheder/import/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """Uploads go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def alice(client):
    """Alice is administrator and logged in."""
    alice = UserFactory(name="Alice Prøvesen", role=Role.ADMINISTRATOR, language="en")
    client.force_login(alice, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    with translation.override("en"):
        yield alice


def upload(*documents, name="levering.jsonl", data=None) -> SimpleUploadedFile:
    content = "\n".join(json.dumps(each) for each in documents).encode() if data is None else data
    return SimpleUploadedFile(name, content)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def received(by, *documents, **options) -> CvrImport:
    return actions.receive_delivery(upload=upload(*documents, **options), by=by)


def test_an_upload_is_previewed_and_nothing_is_imported(client, alice, media):
    response = client.post(PAGE, {"file": upload(company(), unit(), company(99000016))})
    delivery = CvrImport.objects.get()
    assert response["Location"] == reverse("companies:import_detail", args=[delivery.pk])
    assert (delivery.status, delivery.uploaded_by) == (ImportStatus.PREVIEWED, alice)
    assert (delivery.preview["created"], delivery.preview["rejected"]) == (2, 1)
    assert Company.objects.count() == Workplace.objects.count() == 0
    assert [path.name for path in files_in(media)] == ["levering.jsonl"]


def test_the_preview_shows_counts_and_refusals_and_both_ways_on(client, alice):
    delivery = received(alice, company(), unit(), company(99000016))
    html = client.get(f"{PAGE}{delivery.pk}/").content.decode()
    assert "99000016" in html
    assert "The check digit of the CVR number is wrong." in html
    assert f'action="{PAGE}{delivery.pk}/udfoer/"' in html
    assert f'action="{PAGE}{delivery.pk}/kasser/"' in html


def test_carrying_out_imports_and_throws_the_file_away(
    client, alice, media, django_capture_on_commit_callbacks
):
    delivery = received(alice, company(), unit())
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"{PAGE}{delivery.pk}/udfoer/", follow=True)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.result["created"]) == (ImportStatus.DONE, 2)
    assert Workplace.objects.get().company == Company.objects.get()
    assert files_in(media) == []
    html = response.content.decode()
    assert "The import is carried out." in html
    assert "udfoer" not in html


def test_pressing_twice_does_it_once(client, alice):
    delivery = received(alice, company(), unit())
    client.post(f"{PAGE}{delivery.pk}/udfoer/")
    after = CvrImport.objects.get().result
    client.post(f"{PAGE}{delivery.pk}/udfoer/")
    client.post(f"{PAGE}{delivery.pk}/kasser/")
    assert CvrImport.objects.get().result == after
    assert CvrImport.objects.get().status == ImportStatus.DONE
    assert Event.objects.filter(action="register_imported").count() == 1
    assert Event.objects.filter(action="import_carried_out").count() == 1


def running(delivery, since: timedelta) -> CvrImport:
    """The delivery as another press of the button has left it."""
    delivery.status, delivery.started_at = ImportStatus.RUNNING, timezone.now() - since
    delivery.save()
    return delivery


def test_a_second_press_during_the_run_imports_nothing_and_says_so(client, alice):
    delivery = running(received(alice, company(), unit()), timedelta(minutes=5))
    response = client.post(f"{PAGE}{delivery.pk}/udfoer/", follow=True)
    html = response.content.decode()
    assert "The import is running already." in html
    assert "udfoer" not in html
    assert Company.objects.count() == 0
    assert CvrImport.objects.get().status == ImportStatus.RUNNING


def test_a_run_cannot_be_thrown_away(client, alice, media):
    delivery = running(received(alice, company()), timedelta(minutes=5))
    response = client.post(f"{PAGE}{delivery.pk}/kasser/", follow=True)
    assert "The import is running, so the file cannot be thrown away." in response.content.decode()
    assert CvrImport.objects.get().status == ImportStatus.RUNNING
    assert len(files_in(media)) == 1


def test_a_run_that_died_can_be_carried_out_again(client, alice):
    delivery = running(received(alice, company(), unit()), timedelta(minutes=61))
    html = client.get(f"{PAGE}{delivery.pk}/").content.decode()
    assert "The import broke off halfway." in html
    assert "kasser" not in html
    client.post(f"{PAGE}{delivery.pk}/kasser/")
    client.post(f"{PAGE}{delivery.pk}/udfoer/")
    assert CvrImport.objects.get().status == ImportStatus.DONE
    assert Workplace.objects.count() == 1


def test_a_run_that_fails_leaves_the_delivery_waiting_and_a_trace(client, alice, media):
    delivery = received(alice, company())
    for path in files_in(media):
        path.write_text('{"error": 1}')
    client.post(f"{PAGE}{delivery.pk}/udfoer/")
    assert CvrImport.objects.get().status == ImportStatus.PREVIEWED
    actions_left = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert actions_left == ["import_received", "import_claimed", "import_failed"]
    response = client.post(f"{PAGE}{delivery.pk}/kasser/", follow=True)
    assert "What was imported before stays." in response.content.decode()


def test_an_import_leaves_a_trace_before_it_writes_and_a_preview_leaves_none(client, alice):
    delivery = received(alice, company())
    assert not Event.objects.filter(action="register_import_started").exists()
    client.post(f"{PAGE}{delivery.pk}/udfoer/")
    names = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert names[-4:] == [
        "import_claimed",
        "register_import_started",
        "register_imported",
        "import_carried_out",
    ]


def test_throwing_away_imports_nothing(client, alice, media, django_capture_on_commit_callbacks):
    delivery = received(alice, company())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{PAGE}{delivery.pk}/kasser/")
    assert CvrImport.objects.get().status == ImportStatus.DISCARDED
    assert Company.objects.count() == 0
    assert files_in(media) == []
    client.post(f"{PAGE}{delivery.pk}/udfoer/")
    assert Company.objects.count() == 0


def test_a_file_that_is_gone_is_said_plainly(client, alice, media):
    delivery = received(alice, company())
    for path in files_in(media):
        path.unlink()
    response = client.post(f"{PAGE}{delivery.pk}/udfoer/", follow=True)
    assert "The file is no longer here. Upload it again." in response.content.decode()
    assert CvrImport.objects.get().status == ImportStatus.PREVIEWED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The submitted file is empty."),
        (b"cvr;navn\n", "is not a delivery from the CVR register."),
        (b'{"error": 1}', "holds no documents from the CVR register."),
    ],
)
def test_a_file_that_is_no_delivery_is_refused_and_not_kept(client, alice, media, data, sentence):
    before = fingerprint()
    response = client.post(PAGE, {"file": upload(data=data)})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert files_in(media) == []
    assert fingerprint() == before


def test_a_form_without_a_file_says_so(client, alice):
    response = client.post(PAGE, {})
    assert response.status_code == 422
    assert "Fill this in." in response.content.decode()


def test_a_file_that_is_too_large_is_refused_with_the_limit(client, alice, media, settings):
    settings.IMPORT_MAX_BYTES = 1_000_000
    response = client.post(PAGE, {"file": upload(data=b"[" + b" " * 1_000_001)})
    assert response.status_code == 422
    assert "The file is larger than 1 MB." in response.content.decode()
    assert files_in(media) == []


@pytest.mark.parametrize(
    "name",
    ["../../x.json", "CON", "ø" * 300, "a\u202eb.json", "😀.json", ";rm -rf.json", "x.", "-"],
)
def test_a_file_may_be_called_anything(client, alice, media, name):
    response = client.post(PAGE, {"file": upload(company(), name=name)})
    assert response.status_code == 302
    (path,) = files_in(media)
    assert path.parent.parent == media / "imports"
    assert len(path.name.encode()) < 200
    assert client.get(response["Location"]).status_code == 200


def test_many_refusals_are_paged(client, alice):
    delivery = received(alice, *[company(99000016) for _each in range(120)])
    first = client.get(f"{PAGE}{delivery.pk}/").content.decode()
    last = client.get(f"{PAGE}{delivery.pk}/?page=3").content.decode()
    assert (first.count("99000016"), last.count("99000016")) == (50, 20)


def test_a_delivery_that_breaks_off_warns(client, alice):
    delivery = received(alice, data=b"[" + json.dumps(company()).encode() + b", {")
    html = client.get(f"{PAGE}{delivery.pk}/").content.decode()
    assert "The file breaks off." in html
    assert delivery.preview["created"] == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_others_than_administrators_find_nothing(client, alice, role):
    delivery = received(alice, company())
    bob = UserFactory(role=role)
    client.force_login(bob, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    before = fingerprint()
    for path in ("", f"{delivery.pk}/"):
        assert client.get(PAGE + path).status_code == 404
    for path in ("", f"{delivery.pk}/udfoer/", f"{delivery.pk}/kasser/"):
        assert client.post(PAGE + path).status_code == 404
    assert fingerprint() == before


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_imports_asks_the_same_however_long_it_is(
    client, alice, number, django_assert_max_num_queries
):
    for _each in range(number):
        received(alice, company())
    with django_assert_max_num_queries(6):
        html = client.get(PAGE).content.decode()
    assert html.count("levering.jsonl") == number
