"""Everything that writes accounts, and the one way to write the audit trail."""

from accounts.actions.absences import (
    OverlapError,
    mail_of_uncovered,
    remove_absence,
    restore_absence,
    save_absence,
)
from accounts.actions.areas import (
    add_working_areas,
    remove_working_area,
    restore_working_area,
)
from accounts.actions.calendar import make_calendar_address, stop_calendar
from accounts.actions.drafts import drop_draft, keep_draft, purge_drafts
from accounts.actions.mail import (
    deliver_mail,
    deliver_waiting,
    forget_old_mails,
    leave_mail,
    put_back_cut_off_mails,
    send_again,
    write_mail,
)
from accounts.actions.messages import (
    dismiss_notice,
    dismiss_notices,
    notify,
)
from accounts.actions.organisation import (
    save_opening_hours,
    save_operations,
    save_organisation,
)
from accounts.actions.people import (
    LastAdministratorError,
    choose_language,
    invite,
    note_digest,
    record_account_use,
    save_own_page,
    save_team,
    save_user,
)
from accounts.actions.queue import (
    later,
    put_back_lost_work,
    throw_away_old_work,
)
from accounts.actions.trail import (
    broken_events,
    changed_fields,
    record,
)

__all__ = [
    "LastAdministratorError",
    "OverlapError",
    "add_working_areas",
    "broken_events",
    "changed_fields",
    "choose_language",
    "deliver_mail",
    "deliver_waiting",
    "dismiss_notice",
    "dismiss_notices",
    "drop_draft",
    "forget_old_mails",
    "invite",
    "keep_draft",
    "later",
    "leave_mail",
    "mail_of_uncovered",
    "make_calendar_address",
    "note_digest",
    "notify",
    "purge_drafts",
    "put_back_cut_off_mails",
    "put_back_lost_work",
    "record",
    "record_account_use",
    "remove_absence",
    "remove_working_area",
    "restore_absence",
    "restore_working_area",
    "save_absence",
    "save_opening_hours",
    "save_operations",
    "save_organisation",
    "save_own_page",
    "save_team",
    "save_user",
    "send_again",
    "stop_calendar",
    "throw_away_old_work",
    "write_mail",
]
