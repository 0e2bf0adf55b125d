"""Which step follows which, dates and numbers: tables without a database."""

from datetime import date

import pytest

from partnerships.enums import AgreementStatus, Gap
from partnerships.rules import a_year_after, agreement_number, gaps, may_become, renewal_opens

DRAFT, SENT, ACTIVE, RENEWED, ENDED, DROPPED = AgreementStatus.values
ALLOWED = {
    (DRAFT, SENT), (DRAFT, DROPPED),
    (SENT, DRAFT), (SENT, ACTIVE), (SENT, DROPPED),
    (ACTIVE, RENEWED), (ACTIVE, ENDED),
    (DROPPED, DRAFT),
}  # fmt: skip
WHOLE = {
    "company_name": "Solbakkens Tømrer",
    "valid_from": date(2026, 12, 1),
    "renew_on": date(2027, 12, 1),
    "company_signatory": "Ronja Solbakke",
    "organisation_signatory": "Vibe Sølund",
}


@pytest.mark.parametrize("status", AgreementStatus.values)
@pytest.mark.parametrize("target", AgreementStatus.values)
def test_an_agreement_goes_only_where_the_table_says(status, target):
    assert may_become(status, target) == ((status, target) in ALLOWED)


def test_a_renewal_opens_sixty_days_before():
    assert renewal_opens(date(2027, 3, 1), 60) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("year", "serial", "number"), [(2026, 1, "2026-001"), (2026, 1000, "2026-1000")]
)
def test_a_number_is_year_and_serial(year, serial, number):
    assert agreement_number(year, serial) == number


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 12, 1), date(2027, 12, 1)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_year_after(day, later):
    assert a_year_after(day) == later


@pytest.mark.parametrize(
    ("changed", "wordings", "missing"),
    [
        ({}, ["Vi aftaler."], []),
        ({}, [], [Gap.POINTS]),
        ({}, ["Vi aftaler.", "  "], [Gap.WORDING]),
        ({"company_name": ""}, ["x"], [Gap.NAME]),
        ({"valid_from": None, "renew_on": None}, ["x"], [Gap.VALID_FROM, Gap.RENEW_ON]),
        (
            {"company_signatory": "", "organisation_signatory": ""},
            ["x"],
            [Gap.COMPANY_SIGNATORY, Gap.ORGANISATION_SIGNATORY],
        ),
    ],
)
def test_what_is_missing_is_named(changed, wordings, missing):
    assert gaps(WHOLE | changed, wordings) == missing
