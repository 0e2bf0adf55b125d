"""Everything that writes accounts, and the one way to write the audit trail."""

from accounts.actions.messages import (
    dismiss_notice,
    notify,
)
from accounts.actions.organisation import (
    save_organisation,
)
from accounts.actions.people import (
    LastAdministratorError,
    choose_language,
    invite,
    record_account_use,
    save_team,
    save_user,
)
from accounts.actions.trail import (
    broken_events,
    changed_fields,
    record,
)

__all__ = [
    "LastAdministratorError",
    "broken_events",
    "changed_fields",
    "choose_language",
    "dismiss_notice",
    "invite",
    "notify",
    "record",
    "record_account_use",
    "save_organisation",
    "save_team",
    "save_user",
]
