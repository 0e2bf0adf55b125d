"""The fixed choices of company work, and named groups of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """Who owns a company; derived from its form at first import, corrected by people."""

    PRIVATE = "private", _("Private")
    PUBLIC = "public", _("Public")
    ASSOCIATION = "association", _("Association")


class IndustrySystem(models.TextChoices):
    """The register's code lists; codes of different lists are never compared."""

    DB07 = "DB07", "DB07"
    DB25 = "DB25", "DB25"


class CompanyStatus(models.TextChoices):
    """The register's word for how a company stands, in four groups that matter to us."""

    NORMAL = "normal", _("Normal")
    BANKRUPTCY = "bankruptcy", _("Under bankruptcy")
    CLOSING = "closing", _("Being wound up")
    DISSOLVED = "dissolved", _("Dissolved")


class RelationshipLevel(models.TextChoices):
    """How far the work with a workplace has come, in ascending order."""

    PASSIVE = "passive", _("Passive")
    CONTACT = "contact", _("Contact")
    COLLABORATION = "collaboration", _("Collaboration")
    PARTNERSHIP = "partnership", _("Partnership")


LEVEL_ORDER = tuple(RelationshipLevel.values)


class Tone(models.TextChoices):
    """How people speak to each other at a workplace."""

    INFORMAL = "informal", _("Informal and humorous")
    QUIET = "quiet", _("Quiet and calm")
    DIRECT = "direct", _("Direct and brisk")
    FORMAL = "formal", _("Formal and polite")


class OpeningChannel(models.TextChoices):
    """How the first contact came about.

    The catalogue: visit 78 %, network 50 %, call guide 42 %, phone campaign 27 %.
    """

    VISIT = "visit", _("Personal visit")
    NETWORK = "network", _("Company network")
    CALL_GUIDE = "call_guide", _("Call guide")
    CAMPAIGN = "campaign", _("Phone campaign")
    INBOUND = "inbound", _("They contacted us")


class ActivityKind(models.TextChoices):
    """What happened between a workplace and us."""

    VISIT = "visit", _("Visit")
    CALL = "call", _("Phone call")
    EMAIL = "email", _("E-mail")
    MEETING = "meeting", _("Meeting")
    EVENT = "event", _("Event")
    NOTE = "note", _("Note")
    AGREEMENT = "agreement", _("Agreement signed")


# A note to ourselves is not a contact with the firm.
CONTACT_KINDS = frozenset(set(ActivityKind.values) - {ActivityKind.NOTE.value})


class ActivityStatus(models.TextChoices):
    """From plan to fact."""

    PLANNED = "planned", _("Planned")
    AGREED = "agreed", _("Agreed with the firm")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATUSES = frozenset({ActivityStatus.PLANNED, ActivityStatus.AGREED})


class Outcome(models.TextChoices):
    """How a visit went; a no is never lost, it is not now."""

    POSITIVE = "positive", _("Positive")
    NEUTRAL = "neutral", _("Neutral")
    NOT_NOW = "not_now", _("Not now")
    PROBLEM = "problem", _("Problem")


# A no is followed up with something concrete (catalogue: be concrete at the second visit).
NO_FOR_NOW = frozenset({Outcome.NOT_NOW, Outcome.PROBLEM})


class TaskArea(models.TextChoices):
    """Areas of tasks to look for on a visit (catalogue: relieve the key employees)."""

    CLEANING = "cleaning", _("Cleaning")
    STOCK = "stock", _("Stock")
    OFFICE = "office", _("Office")
    PACKING = "packing", _("Packing")
    KITCHEN = "kitchen", _("Kitchen and washing-up")
    GROUNDS = "grounds", _("Grounds")
    SERVICE = "service", _("Customer service")
    ACCOUNTS = "accounts", _("Bookkeeping and invoices")
    CARETAKING = "caretaking", _("Caretaking")
    OTHER = "other", _("Other")


class LeadKind(models.TextChoices):
    """What a consultant may spot besides tasks."""

    FLEXJOB = "flexjob", _("Flexjob")
    REDUCED_HOURS = "reduced_hours", _("Reduced hours")
    MENTOR = "mentor", _("Mentor")
    UPSKILLING = "upskilling", _("Upskilling")


class DayPart(models.IntegerChoices):
    """Two-hour slots of a visiting day, by the hour they start."""

    EARLY = 8, "8–10"
    LATE_MORNING = 10, "10–12"
    NOON = 12, "12–14"
    AFTERNOON = 14, "14–16"


class SizeBand(models.TextChoices):
    """Employees at a workplace; under 20 is small, 50 and more is large (catalogue)."""

    ONE = "0-1", _("0–1 employees")
    FEW = "2-9", _("2–9 employees")
    SMALL = "10-19", _("10–19 employees")
    MEDIUM = "20-49", _("20–49 employees")
    LARGE = "50-99", _("50–99 employees")
    LARGEST = "100+", _("100 employees or more")


class TraitKind(models.TextChoices):
    """Which group a trait of a workplace belongs to."""

    MOTIVATION = "motivation", _("Why they want to")
    CONSIDERATION = "consideration", _("What the work asks of people")


class Trait(models.TextChoices):
    """Facts about a workplace that are ticked rather than written; each belongs to one group."""

    LOCAL = "local", _("Wants to do something for the area")
    TASKS_DONE = "tasks_done", _("Wants tasks done")
    TRY_OUT = "try_out", _("Wants to try one out")
    GOOD_STORY = "good_story", _("Wants to be known for it")
    RECRUIT = "recruit", _("Looks for staff")
    CUSTOMERS = "customers", _("Contact with customers")
    LIFTING = "lifting", _("Heavy lifting")
    ALONE = "alone", _("Work alone")
    NOISE = "noise", _("Noise")
    STANDING = "standing", _("On one’s feet all day")
    PACE = "pace", _("High pace")
    EARLY = "early", _("Early mornings")
    DRIVING = "driving", _("Driving licence needed")
    DANISH = "danish", _("Good Danish needed")


MOTIVATIONS = (Trait.LOCAL, Trait.TASKS_DONE, Trait.TRY_OUT, Trait.GOOD_STORY, Trait.RECRUIT)
CONSIDERATIONS = tuple(trait for trait in Trait if trait not in MOTIVATIONS)


class Channel(models.TextChoices):
    """How a workplace prefers that we come to it."""

    VISIT = "visit", _("Visit")
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")


class TimingWarning(models.TextChoices):
    """What speaks against coming at a moment, the weightiest first."""

    PAUSE = "pause", _("They want a pause until %(day)s: %(reason)s")
    ASKED_ENOUGH = (
        "asked_enough",
        _("They want to be asked %(most)s times a month at most, and have been asked %(asked)s."),
    )
    REST = "rest", _("They asked for rest until %(day)s; they were last asked on %(last)s.")
    PEAK = "peak", _("They are busy: %(name)s, weeks %(first)s–%(last)s.")
    BAD_DAY = "bad_day", _("%(weekday)s does not suit them.")
    BAD_HOUR = "bad_hour", _("%(weekday)s %(hours)s does not suit them.")
    CLOSED = "closed", _("We are closed on %(what)s.")


class EnquiryChannel(models.TextChoices):
    """How a firm turned to us."""

    PHONE = "phone", _("Phone")
    HOTLINE = "hotline", _("Hotline")
    EMAIL = "email", _("E-mail")
    WEB = "web", _("Website")
    MEETING = "meeting", _("Meeting")


class Argument(models.TextChoices):
    """What a small firm gets out of it (catalogue L990–996), in the catalogue’s order."""

    ONE_CONTACT = "one_contact", _("One contact at the job centre")
    TASKS_SOLVED = "tasks_solved", _("You get some tasks done")
    FREE = "free", _("It is free")
    LOCAL = "local", _("You take responsibility for the area")


class Tip(models.TextChoices):
    """Tips for a lasting cooperation (catalogue L966–1031) that the system can see.

    The ninth, little paperwork, is seen once there are placements with papers.
    """

    VISIT = "visit", _("Visit the company")
    CONCRETE = "concrete", _("Be concrete")
    ONE_WAY_IN = "one_way_in", _("Offer one way in")
    PREPARED = "prepared", _("Prepare for the company’s questions")
    VISIBLE = "visible", _("Be visible and easy to reach")
    TIMING = "timing", _("Be careful with the timing")
    ROUTINES = "routines", _("Know the company’s routines")
    FOLLOW_UP = "follow_up", _("Follow up")


class SuggestionKind(models.TextChoices):
    """Why somebody should be contacted now, the strongest reason first."""

    ANSWER_DUE = "answer_due", _("An answer is due")
    SEASON = "season", _("The busy season is near")
    RENEWAL = "renewal", _("The agreement is up for renewal")
    COME_BACK = "come_back", _("They said we may come back now")
    CADENCE = "cadence", _("It is too long since the last contact")
    NEW_FIRM = "new_firm", _("Newly started")
    BANK_CHECK = "bank_check", _("Much is happening: check the level")


class SuggestionAnswer(models.TextChoices):
    """What became of a suggestion."""

    DONE = "done", _("Done")
    POSTPONED = "postponed", _("Postponed")
    DISMISSED = "dismissed", _("Dismissed")


class ServiceKind(models.TextChoices):
    """What we did for a firm (catalogue: the octopus role, in place of an HR department)."""

    ADVICE = "advice", _("Advice on schemes")
    RECRUITING = "recruiting", _("Help to recruit")
    PAPERWORK = "paperwork", _("Paperwork")
    FOLLOW_UP = "follow_up", _("Follow-up on a person")
    RETENTION = "retention", _("Help to keep somebody on sick leave")
    NETWORK = "network", _("Network and events")
    OTHER = "other", _("Other")


class HandoverStatus(models.TextChoices):
    """How far the handing over of workplaces has come."""

    OPEN = "open", _("In progress")
    DONE = "done", _("Handed over")
    DROPPED = "dropped", _("Dropped")


class ImportStatus(models.TextChoices):
    """How far an import through the browser has come."""

    PREVIEWED = "previewed", _("Previewed")
    RUNNING = "running", _("Being carried out")
    DONE = "done", _("Carried out")
    DISCARDED = "discarded", _("Thrown away")


class Refusal(models.TextChoices):
    """Why a document of a register delivery is refused; `detail` is a line or a number."""

    UNREADABLE_LINE = "unreadable_line", _("Line %(detail)s is not readable JSON.")
    NOT_A_DOCUMENT = "not_a_document", _("This is not a document of the register.")
    BROKEN_OFF = "broken_off", _("The file breaks off or cannot be read from here on.")
    CVR_MISSING = "cvr_missing", _("The company has no CVR number.")
    CVR_SHAPE = "cvr_shape", _("A CVR number has eight digits.")
    CVR_CHECKSUM = "cvr_checksum", _("The check digit of the CVR number is wrong.")
    P_MISSING = "p_missing", _("The production unit has no P-number.")
    P_SHAPE = "p_shape", _("A P-number has ten digits.")
    NAME_MISSING = "name_missing", _("There is no name.")
    COMPANY_MISSING = "company_missing", _("The production unit names no company.")
    COMPANY_UNKNOWN = (
        "company_unknown",
        _("Its company, CVR %(detail)s, is neither in the delivery nor known already."),
    )


class TableFault(models.TextChoices):
    """Why a row of a table of workplaces is refused; `detail` is a row, a number or a length."""

    COLUMN_MISSING = "column_missing", _("The column is missing.")
    COLUMN_TWICE = "column_twice", _("Column “%(detail)s” says the same. Keep one of them.")
    EMPTY = "empty", _("The cell is empty.")
    UNCLOSED = "unclosed", _("A quotation mark is not closed, or stands where it may not.")
    TOO_MANY_CELLS = "too_many_cells", _("The row has more cells than there are columns.")
    MERGED = "merged", _("Cells are merged. Split them, and write in each.")
    FORMULA = "formula", _("The cell holds a formula without a result. Write the value itself.")
    ERROR_VALUE = "error_value", _("The cell holds the spreadsheet’s error %(detail)s.")
    SCIENTIFIC = (
        "scientific",
        _("The spreadsheet has shortened the number to %(detail)s. Format the column as text."),
    )
    CVR_SHAPE = "table_cvr_shape", _("A CVR number has eight digits.")
    CVR_SHORT = "cvr_short", _("A digit is missing; the spreadsheet may have dropped a zero.")
    CVR_IS_P = "cvr_is_p", _("This is a P-number. Here belongs a CVR number of eight digits.")
    CVR_CHECKSUM = "table_cvr_checksum", _("The check digit of the CVR number is wrong.")
    P_SHAPE = "table_p_shape", _("A P-number has ten digits.")
    P_IS_CVR = "p_is_cvr", _("This is a CVR number. Here belongs a P-number of ten digits.")
    P_TWICE = "p_twice", _("The P-number stands in row %(detail)s already.")
    P_OF_ANOTHER = "p_of_another", _("The workplace is known, but belongs to CVR %(detail)s.")
    TOO_LONG = "too_long", _("The text is longer than %(detail)s signs.")
    CPR = "cpr", _("This looks like a CPR number. Take it out.")
    POSTCODE = "postcode", _("A postcode has four digits.")
    MUNICIPALITY = "municipality", _("A municipality code has up to four digits.")
    INDUSTRY = "industry", _("An industry code has six digits.")
    EMPLOYEES = "employees", _("Write a whole number, or an interval such as 10-19.")
    PHONE = "phone", _("Write the number with at least eight digits.")
    EMAIL = "email", _("This is not an e-mail address.")
    WEBSITE = "website", _("This is not a web address.")
    OWNER = "owner", _("No consultant who may log in has this e-mail address.")
    LEVEL = "level", _("Write passive, contact, collaboration or partnership.")
    CONTACT_NAMELESS = "contact_nameless", _("The contact person’s name is missing.")
