"""Users, teams, absences, the organisation, messages, drafts and the audit trail."""

from accounts.models.absences import Absence, Covers, WayIn
from accounts.models.drafts import Draft
from accounts.models.messages import Mail, Notice
from accounts.models.organisation import OpeningHours, Organisation
from accounts.models.people import Team, User, WorkingArea
from accounts.models.trail import Event, EventChain

__all__ = [
    "Absence",
    "Covers",
    "Draft",
    "Event",
    "EventChain",
    "Mail",
    "Notice",
    "OpeningHours",
    "Organisation",
    "Team",
    "User",
    "WayIn",
    "WorkingArea",
]
