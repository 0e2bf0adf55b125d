"""CPR numbers are kept out of free text, and nothing else is."""

import pytest
from django import forms

from cabi_crm.ui.guards import GuardedForm, holds_cpr


@pytest.mark.parametrize(
    "text",
    [
        "010270-1234",
        "0102701234",
        "010270 1234",
        "010270 - 1234",
        "010270–1234",
        "01 02 70 1234",
        "01.02.70-1234",
        "01/02/1970-1234",
        "01021970-1234",
        "610270-1234",
        "Ring til 290200-9999, han vil gerne begynde.",
        "cpr:311299-0001.",
    ],
)
def test_what_looks_like_a_cpr_number_is_found(text):
    assert holds_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CVR 99013494",
        "99 01 34 94",
        "tlf. 10 20 30 41",
        "+45 10 20 30 41",
        "4510203041",
        "P-nummer 1012345678",
        "P-nr. 1012345678",
        "1900005261",
        "24.12.2026 kl. 9.30",
        "10.12.26 1400",
        "uge 48, 2026",
        "320170-1234",
        "011370-1234",
        "12345678901234",
        "1.234.567.890",
    ],
)
def test_phone_numbers_dates_and_register_numbers_are_left_alone(text):
    assert not holds_cpr(text)


class NoteForm(GuardedForm):
    title = forms.CharField(label="Overskrift")
    note = forms.CharField(label="Note")


def test_the_refusal_names_the_field_and_keeps_what_was_typed():
    form = NoteForm({"title": "Besøg", "note": "Borger 010270-1234"})
    assert not form.is_valid()
    assert list(form.errors) == ["note"]
    assert "“Note”" in form.errors["note"][0]
    assert form["note"].value() == "Borger 010270-1234"
