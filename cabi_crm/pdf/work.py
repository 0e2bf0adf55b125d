"""Working documents: A4 sheets for the bag, the firm's table and the drawer."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from cabi_crm.pdf.engine import NO_VARIABLES, Rendering, Resource, lay_out
from cabi_crm.pdf.logos import Logo
from cabi_crm.pdf.typography import clean, long_date

LANGUAGES = ("da", "en")


@dataclass(frozen=True)
class WorkHead:
    """What stands on top of each working document, and at its foot."""

    title: str
    sub: str
    organisation: str
    printed_on: date
    language: str
    logo: Logo | None = None
    demo: bool = False

    @property
    def foot(self) -> str:
        """What it is, whose and from when, for the foot of each page."""
        parts = [
            self.title,
            self.organisation,
            gettext("printed %(day)s") % {"day": long_date(self.printed_on, self.language)},
            "DEMO" if self.demo else "",
        ]
        return " · ".join(clean(part) for part in parts if part)


def lay_out_work(
    template: str,
    head: WorkHead,
    context: Mapping[str, Any],
    *,
    variables: Mapping[str, str] = NO_VARIABLES,
) -> Rendering:
    """A template that extends `pdf/work.html`, laid out in the language of its head."""
    with translation.override(head.language):
        html = render_to_string(template, {**context, "head": head})
    logo = {"resource:organisation-logo": _resource(head.logo)} if head.logo else {}
    return lay_out(html, resources=logo, stylesheet="work", variables=variables)


def _resource(logo: Logo) -> Resource:
    return Resource(logo.content, logo.mime)


def first_that_fits(
    lay_out_step: Callable[[int], Rendering], steps: Sequence[Any], *, pages: int = 1
) -> Rendering:
    """The first of the steps that fills no more than `pages`; the last one when none does.

    Each step must take no more room than the one before it: the search halves them.
    """
    done: dict[int, Rendering] = {}

    def fits(step: int) -> bool:
        done[step] = lay_out_step(step)
        return done[step].page_count <= pages

    # Most documents fit at once; only for the others is the rest searched.
    step = 0 if fits(0) else bisect_left(range(len(steps) - 1), True, lo=1, key=fits)
    step = min(step, len(steps) - 1)
    return done.get(step) or lay_out_step(step)
