"""Everything that writes companies, workplaces, contact persons and activities."""

from companies.actions.activities import (
    cancel_activity,
    edit_activity,
    keep_dates,
    log_activity,
    plan_activity,
    remove_activity,
    reopen_activity,
    restore_activity,
    withdrawn_by,
)
from companies.actions.contacts import mark_contact_left, restore_contact, save_contact_person
from companies.actions.delivery_files import DeliveryError
from companies.actions.importing import ImportReport, Reason, import_cvr
from companies.actions.table_files import TableError
from companies.actions.tables import RowReason, TableReport, import_workplaces
from companies.actions.uploads import carry_out_delivery, discard_delivery, receive_delivery
from companies.actions.workplaces import (
    give_up_ownership,
    open_door,
    save_local_facts,
    save_profile,
    save_visit_windows,
    set_level,
    set_owner,
    set_sector,
    take_ownership,
)

__all__ = [
    "DeliveryError",
    "ImportReport",
    "Reason",
    "RowReason",
    "TableError",
    "TableReport",
    "cancel_activity",
    "carry_out_delivery",
    "discard_delivery",
    "edit_activity",
    "give_up_ownership",
    "import_cvr",
    "import_workplaces",
    "keep_dates",
    "log_activity",
    "mark_contact_left",
    "open_door",
    "plan_activity",
    "receive_delivery",
    "remove_activity",
    "reopen_activity",
    "restore_activity",
    "restore_contact",
    "save_contact_person",
    "save_local_facts",
    "save_profile",
    "save_visit_windows",
    "set_level",
    "set_owner",
    "set_sector",
    "take_ownership",
    "withdrawn_by",
]
