"""Who may change what in company work."""

from accounts.access import may_edit_companies
from accounts.models import User
from companies.enums import ActivityKind
from companies.models import Activity


def may_change_activity(user: User, activity: Activity) -> bool:
    """All who work with companies; a signed agreement's line belongs to the agreement."""
    return may_edit_companies(user) and activity.kind != ActivityKind.AGREEMENT
