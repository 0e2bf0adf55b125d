"""Who may change what in company work."""

from accounts.access import may_edit_companies, may_own
from accounts.enums import Role
from accounts.models import User
from companies.enums import ActivityKind, HandoverStatus
from companies.models import Activity, Handover


def may_change_activity(user: User, activity: Activity) -> bool:
    """All who work with companies; a signed agreement's line belongs to the agreement."""
    return may_edit_companies(user) and activity.kind != ActivityKind.AGREEMENT


def may_keep_portfolios(user: User) -> bool:
    """Those who own workplaces, and the managers: settle levels and owners, hand over."""
    return may_own(user) or user.role == Role.MANAGER


def may_hand_over(user: User, handover: Handover) -> bool:
    """The giver and managers, while it is open; the taker reads."""
    is_theirs = user.role == Role.MANAGER or handover.giver_id == user.pk
    return is_theirs and handover.status == HandoverStatus.OPEN
