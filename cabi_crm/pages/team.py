"""What a manager must see first: who is away with nobody to cover, and answers that are late."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import Absence, User
from cabi_crm.pages.agenda import enquiry_item
from cabi_crm.pages.day import Item
from companies.models import Enquiry

SHOWN = 10
AHEAD = timedelta(days=28)


@dataclass(frozen=True)
class Team:
    """What waits for a manager; of a late enquiry `for_whom` is who should answer it."""

    uncovered: Sequence[Absence]
    late: Sequence[Item]


def team_of(manager: User, now: datetime) -> Team:
    """Absences of the next weeks that nobody covers, and late enquiries: two queries.

    Late enquiries of nobody, or of who may no longer log in, are every manager's.
    """
    today, people = timezone.localdate(now), User.objects.led_by(manager)
    away = Absence.objects.not_over(today).without_cover().filter(user__in=people)
    soon = away.filter(starts_on__lte=today + AHEAD).select_related("user")
    late = Enquiry.objects.late(now).filter(
        Q(assigned_to=None) | Q(assigned_to__is_active=False) | Q(assigned_to__in=people)
    )
    items = [
        replace(
            enquiry_item(each, now, {}),
            for_whom=each.assigned_to.name
            if each.assigned_to and each.assigned_to.is_active
            else "",
        )
        for each in late.with_firm().order_by("due_at", "pk")[:SHOWN]
    ]
    return Team(list(soon.order_by("starts_on", "pk")[:SHOWN]), items)
