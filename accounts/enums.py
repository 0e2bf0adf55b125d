"""Roles, and what a notice is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a user's work is; decides what they may see (design, who may see what)."""

    CONSULTANT = "consultant", _("Company consultant")
    CASEWORKER = "caseworker", _("Caseworker")
    RECRUITER = "recruiter", _("Recruitment consultant")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
    READER = "reader", _("Reader")


# Who sees company data at all, and who may change it.
COMPANY_READERS = frozenset(
    {
        Role.CONSULTANT,
        Role.CASEWORKER,
        Role.RECRUITER,
        Role.MANAGER,
        Role.ADMINISTRATOR,
        Role.READER,
    }
)
COMPANY_WRITERS = frozenset(
    {Role.CONSULTANT, Role.CASEWORKER, Role.RECRUITER, Role.MANAGER, Role.ADMINISTRATOR}
)
AGREEMENT_WRITERS = frozenset({Role.CONSULTANT, Role.RECRUITER, Role.MANAGER})
OWNERS = frozenset({Role.CONSULTANT, Role.RECRUITER})
FIGURE_READERS = frozenset({Role.MANAGER, Role.READER})


class Weekday(models.IntegerChoices):
    """Days on which the organisation may be open."""

    MONDAY = 1, pgettext_lazy("heading", "Monday")
    TUESDAY = 2, pgettext_lazy("heading", "Tuesday")
    WEDNESDAY = 3, pgettext_lazy("heading", "Wednesday")
    THURSDAY = 4, pgettext_lazy("heading", "Thursday")
    FRIDAY = 5, pgettext_lazy("heading", "Friday")


class AreaKind(models.TextChoices):
    """What a user can sit with."""

    POSTCODE = "postcode", _("Postcode")
    INDUSTRY = "industry", _("Industry")
    TARGET_GROUP = "target_group", _("Target group")
    TASK = "task", _("Task")


class MailKind(models.TextChoices):
    """What a mail is for."""

    DIGEST = "digest", _("The day in the morning")
    ALERT = "alert", _("Urgent")


class MailStatus(models.TextChoices):
    """How far a mail has come."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNCERTAIN = "uncertain", _("Perhaps sent")
    GIVEN_UP = "given_up", _("Given up")


class Deed(models.TextChoices):
    """What can stand in the audit trail, in words; whoever records something new names it here."""

    ABSENCE_CHANGED = "absence_changed", _("Absence changed")
    ABSENCE_ENTERED = "absence_entered", _("Absence entered")
    ABSENCE_RESTORED = "absence_restored", _("Absence put back")
    ABSENCE_TAKEN_BACK = "absence_taken_back", _("Absence taken back")
    ACTIVITY_CANCELLED = "activity_cancelled", _("Activity cancelled")
    ACTIVITY_EDITED = "activity_edited", _("Activity edited")
    ACTIVITY_LOGGED = "activity_logged", _("Activity logged")
    ACTIVITY_MOVED = "activity_moved", _("Activity moved")
    ACTIVITY_PLANNED = "activity_planned", _("Activity planned")
    ACTIVITY_REMOVED = "activity_removed", _("Activity deleted")
    ACTIVITY_REOPENED = "activity_reopened", _("Activity planned again")
    ACTIVITY_RESTORED = "activity_restored", _("Deletion undone")
    AGREEMENT_BROUGHT_OVER = "agreement_brought_over", _("Agreement brought over from paper")
    AGREEMENT_DROPPED = "agreement_dropped", _("Agreement dropped")
    AGREEMENT_EDITED = "agreement_edited", _("Agreement edited")
    AGREEMENT_ENDED = "agreement_ended", _("Agreement ended")
    AGREEMENT_OWNER_CHANGED = "agreement_owner_changed", _("Agreement handed over")
    AGREEMENT_POINTS_SAVED = "agreement_points_saved", _("Points of the agreement saved")
    AGREEMENT_RENEWAL_BEGUN = "agreement_renewal_begun", _("Renewal begun")
    AGREEMENT_RENEWED = "agreement_renewed", _("Agreement renewed")
    AGREEMENT_RESTORED = "agreement_restored", _("Agreement taken up again")
    AGREEMENT_SENT_FOR_SIGNATURE = "agreement_sent_for_signature", _("Agreement sent for signature")
    AGREEMENT_SIGNED = "agreement_signed", _("Agreement signed by both")
    AGREEMENT_STARTED = "agreement_started", _("Agreement begun")
    AGREEMENT_TAKEN_BACK = "agreement_taken_back", _("Agreement taken back as a draft")
    AGREEMENT_WALL_CONSENT = "agreement_wall_consent", _("Consent to the wall of partners")
    CALENDAR_STARTED = "calendar_started", _("Calendar address made")
    CALENDAR_STOPPED = "calendar_stopped", _("Calendar address stopped")
    BANK_CHECK_BROUGHT_BACK = "bank_check_brought_back", _("Level to be checked again")
    BANK_CHECK_PUT_OFF = "bank_check_put_off", _("Check of the level put off")
    COMPANY_STATUS_CHANGED = "company_status_changed", _("Company status changed")
    CONTACT_ADDED = "contact_added", _("Contact person added")
    CONTACT_CONFIRMED = "contact_confirmed", _("Contact person confirmed")
    CONTACT_EDITED = "contact_edited", _("Contact person edited")
    CONTACT_LEFT = "contact_left", _("Contact person left")
    CONTACT_RESTORED = "contact_restored", _("Contact person back")
    CONTACT_TERMS_SAVED = "contact_terms_saved", _("Agreement on contact saved")
    CONTACT_UNCONFIRMED = "contact_unconfirmed", _("Confirmation undone")
    DEMO_LOADED = "demo_loaded", _("Demo loaded")
    DOOR_OPENED = "door_opened", _("Door opened")
    ENQUIRY_ANSWERED = "enquiry_answered", _("Enquiry answered")
    ENQUIRY_ASSIGNED = "enquiry_assigned", _("Enquiry passed on")
    ENQUIRY_EDITED = "enquiry_edited", _("Enquiry edited")
    ENQUIRY_ESCALATED = "enquiry_escalated", _("Late enquiry told to the manager")
    ENQUIRY_RECEIVED = "enquiry_received", _("Enquiry received")
    ENQUIRY_REMOVED = "enquiry_removed", _("Enquiry deleted")
    ENQUIRY_REOPENED = "enquiry_reopened", _("Enquiry open again")
    ENQUIRY_RESTORED = "enquiry_restored", _("Enquiry brought back")
    ENQUIRY_TIED = "enquiry_tied", _("Enquiry tied to a workplace")
    ENQUIRY_WARNED = "enquiry_warned", _("Deadline of an enquiry called to mind")
    GOALS_SET = "goals_set", _("Goals set")
    HANDOVER_BEGUN = "handover_begun", _("Handover begun")
    HANDOVER_DROPPED = "handover_dropped", _("Handover dropped")
    HANDOVER_FINISHED = "handover_finished", _("Workplaces handed over")
    HANDOVER_ITEM_REMOVED = "handover_item_removed", _("Workplace taken off the handover")
    HANDOVER_ITEM_RESTORED = "handover_item_restored", _("Workplace back on the handover")
    HANDOVER_NOTED = "handover_noted", _("Handover list filled in")
    HANDOVER_RESUMED = "handover_resumed", _("Handover taken up again")
    HANDOVER_ROUND_CANCELLED = "handover_round_cancelled", _("Joint round called off")
    HANDOVER_ROUND_PLANNED = "handover_round_planned", _("Joint round planned")
    HANDOVER_ROUND_UNDONE = "handover_round_undone", _("Joint round taken back")
    HANDOVER_UNDONE = "handover_undone", _("Handover undone")
    IMPORT_CARRIED_OUT = "import_carried_out", _("Import carried out")
    IMPORT_CLAIMED = "import_claimed", _("Import begun")
    IMPORT_DISCARDED = "import_discarded", _("Import thrown away")
    IMPORT_FAILED = "import_failed", _("Import broken off")
    IMPORT_RECEIVED = "import_received", _("Import received")
    INSTRUMENT_ADDED = "instrument_added", _("Instrument added")
    INSTRUMENT_CHECKED = "instrument_checked", _("Instrument checked")
    INSTRUMENT_ENDED = "instrument_ended", _("Instrument ended")
    INSTRUMENT_RESUMED = "instrument_resumed", _("Instrument goes on")
    INSTRUMENT_REVISED = "instrument_revised", _("Instrument reworded")
    LANGUAGE_CHOSEN = "language_chosen", _("Language chosen")
    LEAD_DROPPED = "lead_dropped", _("Lead not there any more")
    LEAD_RESTORED = "lead_restored", _("Lead put back")
    LEAD_SPOTTED = "lead_spotted", _("Lead spotted")
    LEVEL_CHANGED = "level_changed", _("Level changed")
    LOG_IN_FAILED = "log_in_failed", _("Log-in refused")
    LOGGED_IN = "logged_in", _("Logged in")
    LOGGED_OUT = "logged_out", _("Logged out")
    MAIL_LEFT = "mail_left", _("Mail left unsent")
    MAIL_SENT_AGAIN = "mail_sent_again", _("Mail sent again")
    NOTICE_DISMISSED = "notice_dismissed", _("Notice put away")
    OPENING_HOURS_CHANGED = "opening_hours_changed", _("Opening hours changed")
    ORGANISATION_CHANGED = "organisation_changed", _("Organisation changed")
    OWN_PAGE_SAVED = "own_page_saved", _("Own page saved")
    OWNER_CHANGED = "owner_changed", _("Owner changed")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    PASSWORD_RESET = "password_reset", _("Password chosen by link")
    PASSWORD_SET = "password_set", _("Password set")
    PAUSE_ENDED = "pause_ended", _("Pause ended")
    PAUSE_RESUMED = "pause_resumed", _("Pause taken up again")
    PREPARATION_SAVED = "preparation_saved", _("Preparation saved")
    PROFILE_SAVED = "profile_saved", _("Profile saved")
    RECOVERY_CODES_GENERATED = "recovery_codes_generated", _("Recovery codes made")
    REGISTER_IMPORT_STARTED = "register_import_started", _("Register import begun")
    REGISTER_IMPORTED = "register_imported", _("Register imported")
    RENEWALS_REMINDED = "renewals_reminded", _("Reminders of renewal sent")
    RELATION_SET = "relation_set", _("Level and owner set")
    RELATION_SET_BACK = "relation_set_back", _("Level and owner as before")
    SEASON_ADDED = "season_added", _("Busy season added")
    SEASON_EDITED = "season_edited", _("Busy season changed")
    SEASON_REMOVED = "season_removed", _("Busy season deleted")
    SEASON_RESTORED = "season_restored", _("Busy season put back")
    SECTOR_CHANGED = "sector_changed", _("Sector changed")
    SERVICE_NOTED = "service_noted", _("Service noted")
    SERVICE_REMOVED = "service_removed", _("Service deleted")
    SERVICE_RESTORED = "service_restored", _("Service put back")
    SOURCE_CHECKED = "source_checked", _("Source checked")
    SOURCE_REMOVED = "source_removed", _("Source removed")
    SOURCE_RESTORED = "source_restored", _("Source back")
    SOURCE_SAVED = "source_saved", _("Source saved")
    SUGGESTION_ANSWERED = "suggestion_answered", _("Suggestion answered")
    SUGGESTION_TAKEN_UP = "suggestion_taken_up", _("Suggestion taken up again")
    TASK_ADDED = "task_added", _("Task added")
    TASK_DONE = "task_done", _("Task done")
    TASK_EDITED = "task_edited", _("Task edited")
    TASK_MOVED = "task_moved", _("Task moved")
    TASK_REMOVED = "task_removed", _("Task deleted")
    TASK_REOPENED = "task_reopened", _("Task opened again")
    TASK_RESTORED = "task_restored", _("Deletion of a task undone")
    TASK_SEEN_ADDED = "task_seen_added", _("Task seen added")
    TASK_SEEN_EDITED = "task_seen_edited", _("Task seen edited")
    TASK_SEEN_GONE = "task_seen_gone", _("Task not there any more")
    TASK_SEEN_REMOVED = "task_seen_removed", _("Task seen taken back")
    TASK_SEEN_RESTORED = "task_seen_restored", _("Task put back")
    TEAM_CREATED = "team_created", _("Team added")
    TEAM_RENAMED = "team_renamed", _("Team renamed")
    TEMPLATE_ADDED = "template_added", _("Wording added")
    TEMPLATE_SAVED = "template_saved", _("Wording saved")
    TOTP_ACTIVATED = "totp_activated", _("Second factor turned on")
    TOTP_DEACTIVATED = "totp_deactivated", _("Second factor turned off")
    TRAITS_SAVED = "traits_saved", _("Traits of the workplace saved")
    USER_CHANGED = "user_changed", _("Colleague changed")
    USER_CREATED = "user_created", _("Colleague added")
    USER_INVITED = "user_invited", _("Colleague invited")
    VISITING_TIMES_SAVED = "visiting_times_saved", _("Visiting times saved")
    WORKING_AREA_ADDED = "working_area_added", _("Working area added")
    WORKING_AREA_REMOVED = "working_area_removed", _("Working area taken off")
    WORKPLACE_CEASED = "workplace_ceased", _("Workplace ceased")
    WORKPLACE_MOVED = "workplace_moved", _("Workplace moved")
    WORKPLACES_IMPORTED = "workplaces_imported", _("List of workplaces imported")


class NoticeKind(models.TextChoices):
    """What a notice on the home page is about."""

    ABSENCE_UNCOVERED = "absence_uncovered", _("Absence without cover")
    MAIL_STUCK = "mail_stuck", _("Mail not sent")
    WORKPLACE_CEASED = "workplace_ceased", _("Workplace ceased")
    WORKPLACE_MOVED = "workplace_moved", _("Workplace moved")
    COMPANY_IN_TROUBLE = "company_in_trouble", _("Company in trouble")
    HANDOVER = "handover", _("Workplaces that change hands")
    ENQUIRY_NEW = "enquiry_new", _("New enquiry")
    ENQUIRY_LEFT = "enquiry_left", _("Enquiry of a colleague who has left")
    ENQUIRY_SOON = "enquiry_soon", _("Enquiry to be answered soon")
    ENQUIRY_LATE = "enquiry_late", _("Enquiry past its deadline")
    RENEWAL_OPEN = "renewal_open", _("Agreement up for renewal")
    RENEWAL_SOON = "renewal_soon", _("Agreement to be renegotiated within 30 days")
    RENEWAL_DUE = "renewal_due", _("Agreement to be renegotiated now")
