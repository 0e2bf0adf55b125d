"""The pages as a browser meets them: lists, steps, papers, wordings."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.filters import EventFilter
from companies.documents.brief import brief_pdf
from partnerships import actions
from partnerships.enums import AgreementStatus
from partnerships.models import Agreement, AgreementTemplate, Commitment
from tests.partnerships.conftest import make_user
from tests.pdf.paperkit import text

HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(alice) -> Client:
    browser = Client()
    browser.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def numbers(answer) -> list[str]:
    return sorted(row.number for row in answer.context["list"].page)


def listed(client, **query) -> list[str]:
    return numbers(client.get(reverse("partnerships:list"), query))


@pytest.fixture
def several(workplace, alice, bob, organisation, template) -> dict[str, Agreement]:
    """One of each kind: active, up for renewal, draft, ended, dropped."""
    today = timezone.localdate()
    made = {}
    for name, status, renew, signed, owner in (
        ("active", "active", today + timedelta(days=200), today, alice),
        ("due", "active", today + timedelta(days=20), today - timedelta(days=345), bob),
        ("late", "active", today - timedelta(days=3), today - timedelta(days=368), alice),
        ("draft", "draft", None, None, alice),
        ("dropped", "dropped", None, None, alice),
        ("ended", "ended", today, today - timedelta(days=800), alice),
    ):
        agreement = actions.start_agreement(workplace=workplace, by=owner, template=template)
        ending = {"ended_on": today, "end_reason": "Lukket."} if status == "ended" else {}
        Agreement.objects.filter(pk=agreement.pk).update(
            status=status, renew_on=renew, signed_on=signed, valid_from=signed, **ending
        )
        made[name] = Agreement.objects.get(pk=agreement.pk)
    point = template.points.get(number=4)
    Commitment.objects.create(agreement=made["active"], point=point, text="Fire.")
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["active", "due", "late", "draft", "ended"]),
        ({"status": "active"}, ["active", "due", "late"]),
        ({"status": "renewal"}, ["due", "late"]),
        ({"status": "renewal", "days": "0"}, ["late"]),
        ({"status": "renewal", "days": "365"}, ["active", "due", "late"]),
        ({"status": "in_work"}, ["draft"]),
        ({"status": "dropped"}, ["dropped"]),
        ({"status": "ended"}, ["ended"]),
        ({"point": "4"}, ["active"]),
        ({"point": "5"}, []),
        ({"owner": "me", "status": "active"}, ["active", "late"]),
        ({"q": "tømrer slag"}, ["active", "due", "late", "draft", "ended"]),
        ({"q": "findes ikke"}, []),
        ({"town": "Slagelse", "status": "draft"}, ["draft"]),
    ],
)
def test_the_list_shows_exactly_what_the_filters_say(client, several, query, expected):
    assert listed(client, **query) == sorted(several[name].number for name in expected)


def test_the_list_counts_as_the_querysets_do(client, several, bob):
    today = timezone.localdate()
    found = Agreement.objects
    year = {"year": str(today.year)}
    assert len(listed(client, **year)) == found.new_in(today.year).count()
    mine = {"owner": str(bob.pk), "status": "active"}
    assert len(listed(client, **mine)) == found.active(today).owned_by(bob).count() == 1
    soon = {"status": "renewal", "days": "30"}
    assert len(listed(client, **soon)) == found.up_for_renewal(today, 30).count()


def test_the_list_answers_htmx_with_its_rows_only(client, several):
    answer = client.get(reverse("partnerships:list"), headers=HTMX)
    assert b"<html" not in answer.content
    assert b"2026" in answer.content or str(timezone.localdate().year).encode() in answer.content


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_more_rows_cost_no_more_queries(client, several, workplace, alice, template):
    places = [
        reverse("partnerships:list"),
        reverse("partnerships:for_workplace", args=[workplace.pk]),
        reverse("partnerships:agreement", args=[several["active"].pk]),
        reverse("partnerships:templates"),
    ]
    before = [queries(client, url) for url in places]
    for _ in range(5):
        more = actions.start_agreement(workplace=workplace, by=alice, template=template)
        point = template.points.get(number=2)
        Commitment.objects.create(agreement=more, point=point, text="To.")
        Commitment.objects.create(
            agreement=several["active"],
            point=template.points.exclude(commitments__agreement=several["active"]).first(),
            text="Mere.",
        )
    after = [queries(client, url) for url in places]
    assert after == before
    assert before[0] <= 8


def test_an_agreement_is_begun_once_however_often_the_button_is_pressed(
    client, workplace, template, organisation
):
    page = client.get(reverse("partnerships:new"))
    key = str(page.context["submission"])
    url = reverse("partnerships:start", args=[workplace.pk])
    first, second = (client.post(url, {"submission": key}) for _ in range(2))
    agreement = Agreement.objects.get()
    assert first["Location"] == second["Location"] == step_of(agreement, 1)


def step_of(agreement: Agreement, number: int) -> str:
    return reverse("partnerships:step", args=[agreement.pk, number])


def test_a_refused_step_answers_422_and_keeps_what_was_typed(client, draft):
    data = {"valid_from": "31.02.2026", "renew_on": "01.12.2027", "valid_to": "", "go": "next"}
    answer = client.post(step_of(draft, 4), data)
    assert answer.status_code == 422
    assert b"31.02.2026" in answer.content
    assert b"error-summary" in answer.content


def test_back_keeps_a_half_filled_step(client, draft):
    answer = client.post(step_of(draft, 5), {"company_signatory": "Ronja", "go": "back"})
    assert answer["Location"] == step_of(draft, 4)
    draft.refresh_from_db()
    assert draft.company_signatory == "Ronja"


def test_saving_on_the_way_answers_with_nothing(client, draft):
    answer = client.post(step_of(draft, 3), {"company_contact": "Palle Sørup", "go": "auto"})
    assert (answer.status_code, answer.content) == (204, b"")
    draft.refresh_from_db()
    assert draft.company_contact == "Palle Sørup"


def test_the_check_names_what_is_missing_and_where(client, draft):
    answer = client.post(step_of(draft, 6), {"go": "next"})
    assert answer.status_code == 422
    places = [gap["url"] for gap in answer.context["gaps"]]
    assert places == [step_of(draft, 2), step_of(draft, 4), step_of(draft, 4), step_of(draft, 5)]


def test_a_sent_agreement_leads_from_every_step_to_the_last(client, sent):
    assert client.get(step_of(sent, 2)).templates[0].name == "partnerships/step_done.html"
    answer = client.post(step_of(sent, 2), {"on_1": "on", "text_1": "Nyt", "go": "next"})
    assert answer["Location"] == reverse("partnerships:agreement", args=[sent.pk])
    assert sent.commitments.count() == 3


def test_a_draft_cannot_jump_to_the_end(client, draft):
    assert client.get(step_of(draft, 7))["Location"] == step_of(draft, 6)
    assert client.get(step_of(draft, 99))["Location"] == step_of(draft, 6)


def test_the_kept_paper_is_the_very_bytes_that_were_hashed(client, active):
    document = active.documents.get()
    answer = client.get(reverse("partnerships:document", args=[active.pk, 1]))
    assert hashlib.sha256(answer.content).hexdigest() == document.sha256
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;")


def test_a_paper_that_was_changed_is_said_to_be(client, active, monkeypatch):
    page = client.get(reverse("partnerships:agreement", args=[active.pk]))
    assert "Uændret siden" in page.content.decode()
    document = page.context["documents"][0]
    document.pdf = b"andet"
    assert not document.is_intact


@pytest.mark.parametrize(
    "query", [{}, {"paper": "a3"}, {"language": "en"}, {"full": "1"}, {"paper": "nonsens"}]
)
def test_the_paper_prints_in_every_form(client, active, query):
    answer = client.get(reverse("partnerships:paper", args=[active.pk]), query)
    assert answer.content.startswith(b"%PDF-")


def test_the_blank_paper_prints(client, template):
    answer = client.get(reverse("partnerships:blank", args=[template.pk]), {"language": "en"})
    assert answer.content.startswith(b"%PDF-")


def test_signatures_are_registered_on_the_page(client, sent):
    url = reverse("partnerships:sign", args=[sent.pk])
    today = timezone.localdate().strftime("%d.%m.%Y")
    client.post(url, {"signed_on": today, "place": "Prøveby", "show_on_wall": "on"})
    sent.refresh_from_db()
    assert sent.status == AgreementStatus.ACTIVE
    assert sent.show_on_wall
    assert client.post(url, {"signed_on": today}).status_code == 302


def test_taking_back_dropping_and_restoring_have_their_buttons(client, sent):
    for name, status in (
        ("take_back", "draft"),
        ("discard", "dropped"),
        ("restore", "draft"),
    ):
        client.post(reverse(f"partnerships:{name}", args=[sent.pk]))
        sent.refresh_from_db()
        assert sent.status == status
    assert sent.version == 2


def test_renewing_leads_to_the_form_of_the_new_one(client, active):
    answer = client.post(reverse("partnerships:renew", args=[active.pk]))
    assert answer["Location"] == step_of(active.renewal, 1)
    page = client.get(reverse("partnerships:agreement", args=[active.renewal.pk]))
    assert page.context["chain"] == [active]


def test_an_end_is_registered_with_its_reason(client, active):
    url = reverse("partnerships:end", args=[active.pk])
    assert client.post(url, {"on": "", "reason": ""}).status_code == 422
    today = timezone.localdate().strftime("%d.%m.%Y")
    client.post(url, {"on": today, "reason": "Virksomheden lukker."})
    active.refresh_from_db()
    assert active.end_reason == "Virksomheden lukker."


def test_the_workplace_shows_how_its_agreement_stands(client, active, workplace):
    page = client.get(reverse("companies:workplace", args=[workplace.pk])).content.decode()
    assert reverse("partnerships:agreement", args=[active.pk]) in page
    assert reverse("partnerships:for_workplace", args=[workplace.pk]) in page


def administrator() -> Client:
    browser = Client()
    browser.force_login(
        make_user("Ada Min", Role.ADMINISTRATOR),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return browser


def test_an_administrator_adds_edits_and_publishes_a_version(db, template):
    browser = administrator()
    browser.post(reverse("partnerships:template_new", args=[template.pk]))
    version = AgreementTemplate.objects.order_by("pk").last()
    url = reverse("partnerships:template", args=[version.pk])
    page = browser.get(url)
    data = {name: value or "" for name, value in page.context["form"].initial.items()}
    for form in page.context["points"]:
        data |= {form.add_prefix(n): v or "" for n, v in form.initial.items()}
    data |= {"name": "Vores ordlyd", "published": "on", "p1-title_da": "Netværk"}
    data["valid_from"] = "01.01.2026"
    assert browser.post(url, data)["Location"] == reverse("partnerships:templates")
    version.refresh_from_db()
    assert version.points.get(number=1).title_da == "Netværk"
    assert version in AgreementTemplate.objects.offered(date(2026, 6, 1))


def test_a_wording_in_use_can_only_be_taken_off_the_market(draft, template):
    browser = administrator()
    url = reverse("partnerships:template", args=[template.pk])
    browser.post(url, {"valid_to": "", "name": "Andet navn", "p1-title_da": "Andet"})
    template.refresh_from_db()
    assert (template.published, template.name) == (False, "De syv punkter, ordlyd fra 2014")
    assert template.points.get(number=1).title_da == "Deltagelse i et partnerskabsnetværk"


def test_a_wording_in_use_cannot_end_before_it_began(draft, template):
    url = reverse("partnerships:template", args=[template.pk])
    answer = administrator().post(url, {"valid_to": "01.01.1999", "published": "on"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    template.refresh_from_db()
    assert template.valid_to is None


def test_a_very_long_search_finds_nothing_and_breaks_nothing(client, several):
    answer = client.get(reverse("partnerships:list"), {"q": "a " * 1000})
    assert answer.status_code == 200
    assert client.get(reverse("partnerships:list"), {"q": "a " * 100}).status_code == 200
    assert administrator().get(reverse("accounts:users"), {"q": "a" * 60_000}).status_code == 200
    assert not EventFilter({"q": "a" * 201}).form.is_valid()


def test_the_list_offers_the_points_that_exist(client, several, template):
    template.points.create(number=9, title_da="Vores niende", title_en="Our ninth")
    answer = client.get(reverse("partnerships:list"))
    offered = [key for key, _label in answer.context["list"].filterset.form.fields["point"].choices]
    assert offered == ["", "1", "2", "3", "4", "5", "6", "7", "9"]
    assert listed(client, point="9") == []


def test_the_brief_names_the_day_on_which_the_agreement_is_renegotiated(active, alice):
    Agreement.objects.filter(pk=active.pk).update(valid_from=timezone.localdate())
    said = text(brief_pdf(active.workplace, language="da", reader=alice))
    assert f"Aftale: Aktiv, genforhandles {active.renew_on:%d.%m.%Y}" in said
    assert "genforhandles" not in text(brief_pdf(active.workplace, language="da"))
