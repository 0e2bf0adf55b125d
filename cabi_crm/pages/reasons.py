"""Why somebody should be contacted now, in words."""

from collections.abc import Callable, Mapping
from datetime import date

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabi_crm.pages.day import Suggestion
from companies.enums import RelationshipLevel, SuggestionKind
from companies.models import Workplace
from companies.rules.suggestions import Place, Ranked, Reason, Visiting, visiting


def answer_due(reason: Reason, place: Place, on: date) -> str:
    """An enquiry that a colleague has to answer."""
    subject = {"subject": reason.about}
    if reason.days < 0:
        return _("They should have had an answer: %(subject)s") % subject
    return _("They wait for an answer: %(subject)s") % subject


def season(reason: Reason, place: Place, on: date) -> str:
    """A busy season within its lead time."""
    words = {"n": reason.number, "name": reason.about.lower()}
    return (
        ngettext(
            "Busy in %(n)s week (%(name)s). Be ahead of it.",
            "Busy in %(n)s weeks (%(name)s). Be ahead of it.",
            reason.number,
        )
        % words
    )


def renewal(reason: Reason, place: Place, on: date) -> str:
    """An agreement to be renegotiated."""
    days = reason.days
    if days == 0:
        return _("The agreement is to be renegotiated today.")
    if days < 0:
        late = ngettext(
            "The agreement should have been renegotiated %(n)s day ago.",
            "The agreement should have been renegotiated %(n)s days ago.",
            -days,
        )
        return late % {"n": -days}
    soon = ngettext(
        "The agreement is to be renegotiated in %(n)s day.",
        "The agreement is to be renegotiated in %(n)s days.",
        days,
    )
    return soon % {"n": days}


def come_back(reason: Reason, place: Place, on: date) -> str:
    """A *not now* whose day has come."""
    back = date.fromisoformat(reason.occasion)
    day = date_format(back, "j. F" if back.year == on.year else "DATE_FORMAT")
    return _("They said “not now” and that we may come back on %(day)s.") % {"day": day}


def cadence(reason: Reason, place: Place, on: date) -> str:
    """Too long since the last contact, for the level."""
    words = {
        "level": RelationshipLevel(place.level).label,
        "n": reason.number,
        "days": (on - (place.last_contact_on or on)).days,
    }
    if place.last_contact_on is None:
        never = ngettext(
            "%(level)s: %(n)s contact a year, none yet.",
            "%(level)s: %(n)s contacts a year, none yet.",
            reason.number,
        )
        return never % words
    last = ngettext(
        "%(level)s: %(n)s contact a year, the last %(days)s days ago.",
        "%(level)s: %(n)s contacts a year, the last %(days)s days ago.",
        reason.number,
    )
    return last % words


def new_firm(reason: Reason, place: Place, on: date) -> str:
    """A firm that has just started."""
    if reason.days == 0:
        return _("Starts today.")
    words = {"n": reason.days}
    return ngettext("Started %(n)s day ago.", "Started %(n)s days ago.", reason.days) % words


def bank_check(reason: Reason, place: Place, on: date) -> str:
    """Much is happening although the level says passive."""
    words = {"n": reason.number}
    return _("Passive, but %(n)s contacts in half a year: is the level still right?") % words


Words = Callable[[Reason, Place, date], str]
WORDS: Mapping[SuggestionKind, Words] = {
    SuggestionKind.ANSWER_DUE: answer_due,
    SuggestionKind.SEASON: season,
    SuggestionKind.RENEWAL: renewal,
    SuggestionKind.COME_BACK: come_back,
    SuggestionKind.CADENCE: cadence,
    SuggestionKind.NEW_FIRM: new_firm,
    SuggestionKind.BANK_CHECK: bank_check,
}


def why(reason: Reason, place: Place, on: date) -> str:
    """One reason in words, in the language in force."""
    return WORDS[reason.kind](reason, place, on)


def also(reasons: tuple[Reason, ...]) -> str:
    """The reasons after the first, named shortly: *Also: newly started*; empty when there is none.

    A kind is named once.
    """
    kinds = dict.fromkeys(reason.kind for reason in reasons[1:])
    kinds.pop(reasons[0].kind, None)
    names = ", ".join(str(kind.label).lower() for kind in kinds)
    return _("Also: %(reasons)s") % {"reasons": names} if names else ""


def pill(reason: Reason) -> tuple[str, str]:
    """A word for what is pressing, and its kind; both empty for the rest."""
    if reason.kind == SuggestionKind.ANSWER_DUE:
        return _("Waits for an answer"), "late" if reason.days < 0 else "due"
    if reason.kind == SuggestionKind.RENEWAL and reason.days < 0:
        return _("Overdue"), "late"
    if reason.kind == SuggestionKind.RENEWAL:
        return _("To be renewed"), "due"
    return "", ""


def hours(span: tuple[int, int]) -> str:
    """Hours of a day: 8–12."""
    return f"{span[0]}–{span[1]}"


def suits(found: Visiting) -> str:
    """When a visit suits today or the next time; empty when nothing is known."""
    if found.good:
        return _("good time today %(hours)s") % {"hours": ", ".join(map(hours, found.good))}
    if found.next_good:
        weekday, span = found.next_good
        words = {"day": str(WEEKDAYS[weekday - 1]).lower(), "hours": hours(span)}
        return _("next good time %(day)s %(hours)s") % words
    return ""


def warning(found: Visiting, on: date) -> str:
    """That today, or some hours of it, do not suit; empty when they may."""
    if found.bad_day:
        return _("Not on a %(day)s") % {"day": str(WEEKDAYS[on.weekday()]).lower()}
    if found.bad:
        return _("Not today %(hours)s") % {"hours": ", ".join(map(hours, found.bad))}
    return ""


def token(reasons: tuple[Reason, ...]) -> str:
    """The reasons as a suggestion's form sends them back."""
    return ",".join(f"{reason.kind.value}:{reason.occasion}" for reason in reasons)


def suggestion(
    ranked: Ranked,
    workplace: Workplace,
    slots: Mapping[tuple[int, int], bool],
    on: date,
    names: Mapping[int, str],
) -> Suggestion:
    """A suggestion in words. `names` are the colleagues that are covered for."""
    place, first = ranked.place, ranked.reasons[0]
    found = visiting(slots, on)
    pill_text, pill_kind = pill(first)
    return Suggestion(
        key=place.pk,
        name=place.name,
        url=reverse("companies:workplace", args=[place.pk]),
        town=place.town,
        why=why(first, place, on),
        also=also(ranked.reasons),
        token=token(ranked.reasons),
        # The cadence names the level itself.
        level=""
        if first.kind == SuggestionKind.CADENCE
        else str(RelationshipLevel(place.level).label),
        phone=workplace.phone_to_ring,
        suits=suits(found),
        bad=warning(found, on),
        pill=pill_text,
        pill_kind=pill_kind,
        protected=workplace.is_protected,
        for_whom=names.get(workplace.owner_id or 0, ""),
    )
