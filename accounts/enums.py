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

    ACTIVITY_CANCELLED = "activity_cancelled", _("Activity cancelled")
    ACTIVITY_EDITED = "activity_edited", _("Activity edited")
    ACTIVITY_LOGGED = "activity_logged", _("Activity logged")
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
    COMPANY_STATUS_CHANGED = "company_status_changed", _("Company status changed")
    CONTACT_ADDED = "contact_added", _("Contact person added")
    CONTACT_EDITED = "contact_edited", _("Contact person edited")
    CONTACT_LEFT = "contact_left", _("Contact person left")
    CONTACT_RESTORED = "contact_restored", _("Contact person back")
    DEMO_LOADED = "demo_loaded", _("Demo loaded")
    DOOR_OPENED = "door_opened", _("Door opened")
    GOALS_SET = "goals_set", _("Goals set")
    IMPORT_CARRIED_OUT = "import_carried_out", _("Import carried out")
    IMPORT_DISCARDED = "import_discarded", _("Import thrown away")
    IMPORT_RECEIVED = "import_received", _("Import received")
    LANGUAGE_CHOSEN = "language_chosen", _("Language chosen")
    LEVEL_CHANGED = "level_changed", _("Level changed")
    LOG_IN_FAILED = "log_in_failed", _("Log-in refused")
    LOGGED_IN = "logged_in", _("Logged in")
    LOGGED_OUT = "logged_out", _("Logged out")
    NOTICE_DISMISSED = "notice_dismissed", _("Notice put away")
    ORGANISATION_CHANGED = "organisation_changed", _("Organisation changed")
    OWNER_CHANGED = "owner_changed", _("Owner changed")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    PASSWORD_RESET = "password_reset", _("Password chosen by link")
    PASSWORD_SET = "password_set", _("Password set")
    PROFILE_SAVED = "profile_saved", _("Profile saved")
    RECOVERY_CODES_GENERATED = "recovery_codes_generated", _("Recovery codes made")
    REGISTER_IMPORT_STARTED = "register_import_started", _("Register import begun")
    REGISTER_IMPORTED = "register_imported", _("Register imported")
    RENEWALS_REMINDED = "renewals_reminded", _("Reminders of renewal sent")
    SECTOR_CHANGED = "sector_changed", _("Sector changed")
    TEAM_CREATED = "team_created", _("Team added")
    TEAM_RENAMED = "team_renamed", _("Team renamed")
    TEMPLATE_ADDED = "template_added", _("Wording added")
    TEMPLATE_SAVED = "template_saved", _("Wording saved")
    TOTP_ACTIVATED = "totp_activated", _("Second factor turned on")
    TOTP_DEACTIVATED = "totp_deactivated", _("Second factor turned off")
    USER_CHANGED = "user_changed", _("Colleague changed")
    USER_CREATED = "user_created", _("Colleague added")
    USER_INVITED = "user_invited", _("Colleague invited")
    VISITING_TIMES_SAVED = "visiting_times_saved", _("Visiting times saved")
    WORKPLACE_CEASED = "workplace_ceased", _("Workplace ceased")
    WORKPLACES_IMPORTED = "workplaces_imported", _("List of workplaces imported")


class NoticeKind(models.TextChoices):
    """What a notice on the home page is about."""

    WORKPLACE_CEASED = "workplace_ceased", _("Workplace ceased")
    WORKPLACE_MOVED = "workplace_moved", _("Workplace moved")
    COMPANY_IN_TROUBLE = "company_in_trouble", _("Company in trouble")
    RENEWAL_OPEN = "renewal_open", _("Agreement up for renewal")
    RENEWAL_SOON = "renewal_soon", _("Agreement to be renegotiated within 30 days")
    RENEWAL_DUE = "renewal_due", _("Agreement to be renegotiated now")
