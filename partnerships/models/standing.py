"""How agreements stand on a day: the one definition behind figures, lists and pages.

All of it follows from the dates, so nothing waits for the morning's run. A renewal that is signed
early takes over on its first day; until then the agreement it renews is in force.
"""

from datetime import date, timedelta

from django.db.models import Case, CharField, F, Q, Value, When

from accounts.models import Organisation
from partnerships.enums import SIGNED_STATUSES, AgreementStatus, Standing


def renewal_days() -> int:
    """How early the organisation wants to renegotiate."""
    return Organisation.objects.current().renewal_days


def taken_over(on: date) -> Q:
    """Agreements whose signed renewal has begun by `on`."""
    return Q(renewal__signed_on__lte=on, renewal__valid_from__lte=on)


def held(on: date) -> Q:
    """Signed agreements that had begun by `on` and were neither ended nor taken over."""
    return (
        Q(status__in=SIGNED_STATUSES, valid_from__lte=on, signed_on__lte=on)
        & (Q(ended_on=None) | Q(ended_on__gt=on))
        & (
            Q(renewal__signed_on=None)
            | Q(renewal__signed_on__gt=on)
            | Q(renewal__valid_from__gt=on)
        )
        & (~Q(status=AgreementStatus.RENEWED) | Q(renewal__isnull=False))
    )


def in_force(on: date) -> Q:
    """Agreements in force on a day, also those renewed or ended since."""
    return held(on) & (Q(valid_to=None) | Q(valid_to__gte=on))


def expired(on: date) -> Q:
    """Agreements whose last day has passed and that nobody has renewed or ended."""
    return held(on) & Q(valid_to__lt=on)


def up_for_renewal(on: date, days: int) -> Q:
    """In force or expired, the day to renegotiate or the last one near, and no renewal signed."""
    limit = on + timedelta(days=days)
    return (
        held(on)
        & (Q(renew_on__lte=limit) | Q(valid_to__lte=limit))
        & (Q(renewal__signed_on=None) | Q(renewal__signed_on__gt=on))
    )


def standing(on: date) -> Case:
    """The `Standing` of each agreement on `on`."""
    signed = Q(status=AgreementStatus.ACTIVE)
    return Case(
        When(in_force(on), then=Value(Standing.ACTIVE.value)),
        When(expired(on), then=Value(Standing.EXPIRED.value)),
        When(signed & taken_over(on), then=Value(Standing.RENEWED.value)),
        When(signed, then=Value(Standing.COMING.value)),
        default=F("status"),
        output_field=CharField(),
    )
