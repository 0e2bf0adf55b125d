"""Template tags for every page: icons, dates in words, grouped numbers, form fields."""

import functools
from datetime import date, datetime, time, timedelta
from typing import Any

from django import template
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cabi_crm.ui.forms import style

register = template.Library()


@register.simple_tag
@functools.cache
def icon(name: str, size: str = "") -> SafeString:
    """A line icon from the sprite; `size` is empty or "s". Always beside a word."""
    css = "icon icon-s" if size == "s" else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        css,
        static("img/icons.svg"),
        name,
    )


def as_local_date(value: date | datetime) -> date:
    """The day in Copenhagen of a date or a moment."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.simple_tag
def component(name: str, **values: Any) -> SafeString:
    """The same as including `components/{name}.html`, drawn once for the same few words.

    For small components in long lists; their values must be plain text.
    """
    texts = tuple(sorted((key, str(value)) for key, value in values.items()))
    return drawn(name, texts, get_language() or "")


@functools.lru_cache(maxsize=512)
def drawn(name: str, texts: tuple[tuple[str, str], ...], _language: str) -> SafeString:
    """A component with its texts filled in; the language belongs to what is remembered."""
    return SafeString(get_template(f"components/{name}.html").render(dict(texts)))


@register.filter
def ago(value: date | datetime | None) -> str:
    """How long ago, in words: today, yesterday, 12 days ago, 3 months ago; never when empty."""
    if value is None:
        return _("never")
    days = (timezone.localdate() - as_local_date(value)).days
    if days < 0:
        return when(value)
    if days <= 1:
        return _("today") if days == 0 else _("yesterday")
    return long_ago(days)


def long_ago(days: int) -> str:
    """Two days or more, in the unit people would use."""
    if days < 14:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    if days < 60:
        return ngettext("%(n)s week ago", "%(n)s weeks ago", days // 7) % {"n": days // 7}
    if days < 730:
        return ngettext("%(n)s month ago", "%(n)s months ago", days // 30) % {"n": days // 30}
    return ngettext("%(n)s year ago", "%(n)s years ago", days // 365) % {"n": days // 365}


@register.filter
def overdue_by(value: date) -> str:
    """How long a day is over, in the unit people would use: 5 days, 3 weeks, 2 months."""
    days = (timezone.localdate() - value).days
    if days < 14:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if days < 60:
        return ngettext("%(n)s week", "%(n)s weeks", days // 7) % {"n": days // 7}
    return ngettext("%(n)s month", "%(n)s months", days // 30) % {"n": days // 30}


@register.filter
def when(value: date | datetime | None) -> str:
    """When something comes: today 9.00, tomorrow, Thursday 26.11., or a full date."""
    if value is None:
        return ""
    day, today = as_local_date(value), timezone.localdate()
    at = f" {clock(value)}".rstrip() if isinstance(value, datetime) else ""
    if day in (today, today + timedelta(days=1)):
        word = _("today") if day == today else _("tomorrow")
        return word + at
    if today < day < today + timedelta(days=7):
        return formats.date_format(day, "l") + at
    return formats.date_format(day, "SHORT_DATE_FORMAT") + at


@register.filter
def clock(value: datetime) -> str:
    """The time of day: 9.30; nothing at midnight, which stands for a day without an hour."""
    local = timezone.localtime(value)
    return formats.time_format(local) if local.time() != time.min else ""


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in figures: 24.12.2026."""
    return formats.date_format(as_local_date(value), "SHORT_DATE_FORMAT") if value else ""


@register.filter
def long_day(value: date | datetime | None) -> str:
    """A date in words: 24. december 2026."""
    return formats.date_format(as_local_date(value), "DATE_FORMAT") if value else ""


@register.filter
def cvr(value: str) -> str:
    """A CVR number in pairs: 99 00 00 15."""
    return "\N{NO-BREAK SPACE}".join(value[i : i + 2] for i in range(0, len(value), 2))


@register.filter
def p_number(value: str) -> str:
    """A P-number as it is read aloud: 19 0000 5261."""
    return "\N{NO-BREAK SPACE}".join(part for part in (value[:2], value[2:6], value[6:]) if part)


@register.filter
def phone(value: str) -> str:
    """An eight-digit Danish number in pairs; any other as it stands."""
    digits = str(value).removeprefix("+45").replace(" ", "")
    if len(digits) == 8 and digits.isdigit():
        return cvr(digits)
    return str(value)


@register.filter
def tel(value: str) -> str:
    """What a `tel:` link needs: digits and a leading plus."""
    return "".join(sign for sign in str(value) if sign.isdigit() or sign == "+")


@register.simple_tag
def control(bound: Any) -> SafeString:
    """A form field's input with its class, also for forms of libraries that know none."""
    if "class" not in bound.field.widget.attrs:
        style(bound.field)
    return SafeString(bound)


@register.filter
def widget_kind(bound: Any) -> str:
    """Which component draws a form field: check, choices, select, textarea, file or input."""
    name = type(bound.field.widget).__name__.lower()
    for kind in ("checkboxselectmultiple", "radioselect", "checkbox", "select", "textarea", "file"):
        if kind in name:
            return kind
    return "input"
