"""Times and spans in words: until when, and how long that is."""

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOUR = 60
LONG = 10 * HOUR  # minutes of a span; from here on single ones say nothing


def moment_words(moment: datetime, now: datetime) -> str:
    """A moment as people say it: today at 14.30, tomorrow at 9.00, Friday at 10.00, or a date."""
    day, today = timezone.localdate(moment), timezone.localdate(now)
    away = (day - today).days
    if away in {-1, 0, 1}:
        word = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[away]
    elif 1 < away < 7:
        word = formats.date_format(day, "l")
    else:
        word = formats.date_format(day, "SHORT_DATE_FORMAT")
    at = formats.time_format(timezone.localtime(moment))
    return _("%(day)s at %(time)s") % {"day": word, "time": at}


def span_words(minutes: int, *, opening: bool = False) -> str:
    """A span as people say it: 45 min., 2 hours 10 min., 14 hours; or in opening hours."""
    hours, rest = divmod(minutes, HOUR)
    if minutes >= LONG:
        hours, rest = round(minutes / HOUR), 0
    words = []
    if hours:
        text = ngettext("%(n)d hour", "%(n)d hours", hours)
        if opening:
            text = ngettext("%(n)d opening hour", "%(n)d opening hours", hours)
        words.append(text % {"n": hours})
    if rest or not hours:
        words.append(_("%(n)d min.") % {"n": rest})
    return " ".join(words)


def countdown_words(
    *, due: datetime, now: datetime, minutes: int, answered: datetime | None
) -> tuple[str, str]:
    """Until when an answer is promised, and how long that is: two short sentences.

    `minutes` of open time are left at the answer, or now; negative ones are past the promise.
    """
    span = span_words(abs(minutes), opening=True)
    late = _("%(span)s too late") % {"span": span} if minutes else _("Too late")
    if answered is not None:
        said = _("Answered %(when)s") % {"when": moment_words(answered, now)}
        return said, _("In time") if answered <= due else late
    when = {"when": moment_words(due, now)}
    if now > due:
        return _("The answer was due %(when)s") % when, late
    return _("Answer no later than %(when)s") % when, _("%(span)s left") % {"span": span}
