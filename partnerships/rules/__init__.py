"""Which step an agreement may take next, and when it is up for renewal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.enums import NoticeKind
from partnerships.enums import AgreementStatus, Gap

RENEWAL_SOON = 30  # days (catalogue: reminders 60, 30 and 0 days before)
NEXT: dict[str, frozenset[str]] = {
    AgreementStatus.DRAFT: frozenset({AgreementStatus.FOR_SIGNATURE, AgreementStatus.DROPPED}),
    AgreementStatus.FOR_SIGNATURE: frozenset(
        {AgreementStatus.DRAFT, AgreementStatus.ACTIVE, AgreementStatus.DROPPED}
    ),
    AgreementStatus.ACTIVE: frozenset({AgreementStatus.RENEWED, AgreementStatus.ENDED}),
    AgreementStatus.RENEWED: frozenset(),
    AgreementStatus.ENDED: frozenset(),
    AgreementStatus.DROPPED: frozenset({AgreementStatus.DRAFT}),
}


@dataclass(frozen=True)
class Promise:
    """What is agreed under the point with this number."""

    number: int
    text: str
    quantity: int | None = None
    responsible: str = ""


def may_become(status: str, target: str) -> bool:
    """Whether an agreement may go from `status` to `target`; nothing is skipped."""
    return target in NEXT[status]


def renewal_opens(renew_on: date, days: int) -> date:
    """The first day an agreement is up for renewal."""
    return renew_on - timedelta(days=days)


def renewal_stage(days_left: int, opens: int) -> NoticeKind | None:
    """What to remind of so many days before the renewal; None while it is not up for it.

    `opens` is the organisation's own number of days. Negative days are overdue.
    """
    steps = {
        opens: NoticeKind.RENEWAL_OPEN,
        RENEWAL_SOON: NoticeKind.RENEWAL_SOON,
        0: NoticeKind.RENEWAL_DUE,
    }
    reached = [days for days in steps if days_left <= days]
    return steps[min(reached)] if reached else None


def agreement_number(year: int, serial: int) -> str:
    """The number printed on the paper, such as 2026-014."""
    return f"{year}-{serial:03d}"


def a_year_after(day: date) -> date:
    """The same day next year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def gaps(fields: Mapping[str, object], wordings: Iterable[str]) -> list[Gap]:
    """What is missing before signing: `fields` by name, `wordings` of the chosen points."""
    chosen = list(wordings)
    missing = {
        Gap.NAME: not fields["company_name"],
        Gap.POINTS: not chosen,
        Gap.WORDING: not all(text.strip() for text in chosen),
        Gap.VALID_FROM: not fields["valid_from"],
        Gap.RENEW_ON: not fields["renew_on"],
        Gap.COMPANY_SIGNATORY: not fields["company_signatory"],
        Gap.ORGANISATION_SIGNATORY: not fields["organisation_signatory"],
    }
    return [gap for gap, lacks in missing.items() if lacks]
