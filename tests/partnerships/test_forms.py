"""What each step accepts, and what it says when it does not."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from partnerships.forms.deeds import EndForm, SignatureForm
from partnerships.forms.steps import (
    ContactsForm,
    PartiesForm,
    PeriodForm,
    PointsForm,
    SignatoriesForm,
)
from partnerships.rules import Promise

PARTIES = {"company_name": "Solbakkens Tømrer", "language": "da"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>'


@pytest.fixture(autouse=True)
def danish():
    with translation.override("da"):
        yield


def test_an_unchosen_point_shows_the_suggested_wording(draft):
    card = PointsForm(draft).cards()[3]
    assert card["is_on"] is False
    assert card["text"].value() == card["point"].wording("commitment", "da")


def test_only_points_that_are_switched_on_are_promised(draft):
    data = {"on_4": "on", "text_4": " Fire pladser. ", "quantity_4": "4", "text_1": "Ikke med."}
    form = PointsForm(draft, data, strict=True)
    assert form.is_valid(), form.errors
    assert form.answers() == {"promises": [Promise(4, "Fire pladser.", 4, "")]}


def test_an_agreement_needs_a_point_before_it_goes_on(draft):
    form = PointsForm(draft, {}, strict=True)
    assert form.non_field_errors() == ["Vælg mindst ét punkt."]


def test_a_chosen_point_needs_its_wording_before_it_goes_on(draft):
    form = PointsForm(draft, {"on_3": "on", "text_3": " "}, strict=True)
    assert form.errors == {"text_3": ["Punkt 3: skriv, hvad vi aftaler."]}


def test_half_filled_a_step_is_kept_when_the_way_is_not_on(draft):
    assert PointsForm(draft, {"on_3": "on", "text_3": ""}).is_valid()
    assert SignatoriesForm(draft, {}).is_valid()
    assert not SignatoriesForm(draft, {}, strict=True).is_valid()


@pytest.mark.parametrize("quantity", ["-1", "fire", "10000", "1,5"])
def test_a_quantity_is_a_whole_number(draft, quantity):
    form = PointsForm(draft, {"on_1": "on", "text_1": "Vi ses.", "quantity_1": quantity})
    assert list(form.errors) == ["quantity_1"]


def test_mistakes_in_a_card_that_is_switched_off_do_not_matter(draft):
    data = {"on_1": "on", "text_1": "Vi ses.", "quantity_2": "fire", "text_2": "010190-1234"}
    assert PointsForm(draft, data, strict=True).is_valid()


def test_point_five_warns_about_job_rotation(draft):
    warnings = {card["point"].number: card["warning"] for card in PointsForm(draft).cards()}
    assert warnings[5] == "Jobrotation er ophørt i 2026 og kan ikke aftales længere."
    assert [number for number, text in warnings.items() if text] == [5]


@pytest.mark.parametrize(
    ("form", "field"),
    [(PointsForm, "text_1"), (ContactsForm, "company_contact"), (SignatoriesForm, "place")],
)
def test_a_cpr_number_is_refused_wherever_it_is_typed(draft, form, field):
    bound = form(draft, {"on_1": "on", field: "Ring om 010190-1234"})
    assert field in bound.errors


def test_the_period_begins_today_and_is_renegotiated_in_a_year(draft):
    form = PeriodForm(draft)
    today = timezone.localdate()
    assert form["valid_from"].value() == today
    assert form["renew_on"].value() == today.replace(year=today.year + 1)


def test_dates_come_in_their_order(draft):
    data = {"valid_from": "01.12.2026", "renew_on": "01.12.2026", "valid_to": "30.11.2026"}
    assert set(PeriodForm(draft, data).errors) == {"renew_on", "valid_to"}


def test_a_logo_is_checked_and_a_hostile_one_refused(draft):
    data = PARTIES | {"template": draft.template_id}
    good = PartiesForm(draft, data, {"logo_file": SimpleUploadedFile("logo.svg", SVG)})
    assert good.is_valid(), good.errors
    assert good.answers()["logo"].mime == "image/svg+xml"
    bad = SVG.replace(b"<path", b"<script>alert(1)</script><path")
    refused = PartiesForm(draft, data, {"logo_file": SimpleUploadedFile("logo.svg", bad)})
    assert list(refused.errors) == ["logo_file"]


def test_an_empty_name_keeps_the_one_there_was(draft):
    form = PartiesForm(draft, {"company_name": "", "template": draft.template_id, "language": "en"})
    assert form.is_valid(), form.errors
    assert form.answers()["company_name"] == "Solbakkens Tømrer"


def test_nobody_signs_tomorrow():
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = SignatureForm({"signed_on": tomorrow.strftime("%d.%m.%Y")})
    assert form.errors == {"signed_on": ["Dagen er ikke kommet endnu."]}


def test_an_end_needs_a_reason(active):
    form = EndForm(active, {"on": timezone.localdate().strftime("%d.%m.%Y"), "reason": ""})
    assert form.errors == {"reason": ["Skriv, hvorfor den ophører."]}
