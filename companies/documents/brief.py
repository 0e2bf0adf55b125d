"""The brief: all that matters for a visit, on one side of A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.documents import work_head
from accounts.models import User
from cabi_crm.pdf import Rendering
from cabi_crm.pdf.typography import clean, shortened
from cabi_crm.pdf.work import first_that_fits, lay_out_work
from cabi_crm.ui.panels import workplace_panels
from cabi_crm.ui.templatetags.ui import cvr, day, p_number, phone
from companies.documents.ground import Ground, ground_of
from companies.documents.preparation import Question, questions
from companies.models import Activity, Preparation, SeasonPeak, Task, VisitWindow, Workplace

CONTACTS, PROMISES, SIMILAR, TIMES = 3, 5, 3, 6


@dataclass(frozen=True)
class Size:
    """How the page is set: the size of its text, and how many letters a text may have."""

    text: float
    letters: int
    rows: int = PROMISES


# Tried in this order until the brief fits on one page; each takes less room than the one before.
SIZES = (
    Size(10.5, 1000),
    Size(10, 500),
    Size(9.5, 320),
    Size(9.2, 220),
    Size(9, 150),
    Size(8.8, 100, 3),
    Size(8.5, 60, 2),
)


@dataclass(frozen=True)
class Line:
    """A line of a list: what it begins with, and what it says."""

    lead: str
    text: str = ""


@dataclass(frozen=True)
class Brief:
    """What the brief says, already in words."""

    facts: Sequence[Line]
    way_in: str
    contacts: Sequence[Line]
    promises: Sequence[Line]
    seasons: Sequence[Line]
    good: Sequence[str]
    avoid: Sequence[str]
    tasks: str
    similar: Sequence[Line]
    seven: Sequence[Question]
    ask: str
    prepared: bool


def brief_of(ground: Ground, reader: User | None = None) -> Brief:
    """Gather what the brief says to `reader`, in the language that is on."""
    place = ground.workplace
    windows = list(VisitWindow.objects.filter(workplace=place))
    return Brief(
        facts=[*who(place), *known_above(place, reader)],
        way_in=way_in(ground),
        contacts=last_contacts(place),
        promises=promises(place),
        seasons=seasons(place),
        good=[str(each) for each in windows if each.is_good],
        avoid=[str(each) for each in windows if not each.is_good],
        tasks=", ".join(ground.tasks),
        similar=similar_lines(ground),
        seven=questions(ground, Preparation.SEVEN),
        ask=ground.own.ask if ground.own else "",
        prepared=ground.own is not None,
    )


def who(place: Workplace) -> list[Line]:
    """What kind of firm it is, and whom we speak with there."""
    company, people = place.company, place.people
    both = (_("CVR"), cvr(company.cvr_number), _("P-number"), p_number(place.p_number))
    numbers = "{} {}, {} {}".format(*both)
    industry = ", ".join(part for part in (str(place.industry or ""), place.size_text) if part)
    lines = [
        Line(_("Address"), place.address),
        Line(_("Numbers"), numbers),
        Line(_("Industry"), industry),
        Line(_("Level"), str(place.get_level_display())),
        Line(_("What they do"), place.about),
        Line(_("Tone"), str(place.get_tone_display()) if place.tone else ""),
        Line(_("Contact persons"), "; ".join(person_text(each) for each in people[:3])),
    ]
    return [line for line in lines if line.text]


def known_above(place: Workplace, reader: User | None) -> list[Line]:
    """What other parts of the system tell of it, such as an agreement to be renegotiated."""
    facts = workplace_panels.facts_of(place, reader) if reader else ()
    return [Line(each.label, ", ".join(t for t in (each.text, each.meta) if t)) for each in facts]


def person_text(person: Any) -> str:
    """A contact person on one line."""
    parts = (person.name, person.title, phone(person.phone) if person.phone else "")
    return ", ".join(part for part in parts if part)


def way_in(ground: Ground) -> str:
    """The one to ring, and who covers."""
    way = ground.way_in
    if way is None:
        return ""
    parts = [way.name, way.title, phone(way.phone) if way.phone else ""]
    text = ", ".join(part for part in parts if part)
    if way.is_away:
        number = f", {phone(way.cover_phone)}" if way.cover_phone else ""
        text = f"{text}. {way.cover_text}{number}"
    return text


def last_contacts(place: Workplace) -> list[Line]:
    """The last three contacts, newest first."""
    rows = Activity.objects.contacts().filter(workplace=place).select_related("user")
    return [
        Line(
            " · ".join(
                str(part)
                for part in (
                    day(each.starts_at),
                    each.get_kind_display(),
                    each.user.name,
                    each.get_outcome_display() if each.outcome else "",
                )
                if part
            ),
            each.note or each.offer or each.can_take,
        )
        for each in rows.newest_first()[:CONTACTS]
    ]


def promises(place: Workplace) -> list[Line]:
    """What was promised to the firm and is not done."""
    rows = Task.objects.open().filter(workplace=place, is_promise=True).select_related("user")
    return [
        Line(_("before %(day)s") % {"day": day(each.due_on)}, f"{each.text} ({each.user.name})")
        for each in rows.order_by("due_on", "pk")[:PROMISES]
    ]


def seasons(place: Workplace) -> list[Line]:
    """When they are busy, and how early to be there."""
    text = _("weeks %(first)d–%(last)d; be there %(lead)d weeks ahead")
    return [
        Line(
            each.name,
            text % {"first": each.from_week, "last": each.to_week, "lead": each.lead_weeks},
        )
        for each in SeasonPeak.objects.filter(workplace=place)[:TIMES]
    ]


def similar_lines(ground: Ground) -> list[Line]:
    """Similar firms that work well with us, and how it went there."""
    rows = []
    for each in ground.similar[:SIMILAR]:
        went = ngettext("%(n)d visit went well", "%(n)d visits went well", each.good)
        parts = [each.town, went % {"n": each.good}]
        if each.bad:
            bad = ngettext("%(n)d with a problem", "%(n)d with a problem", each.bad)
            parts.append(bad % {"n": each.bad})
        rows.append(Line(each.name, ", ".join(part for part in parts if part)))
    return rows


def cut(lines: Sequence[Line], size: Size, *, rows: int = 0) -> list[Line]:
    """The lines at this size: not too many, none too long; `rows` as many as are always shown."""
    return [
        Line(shortened(clean(line.lead), size.letters), shortened(clean(line.text), size.letters))
        for line in lines[: rows or size.rows]
    ]


def at_size(said: Brief, size: Size) -> dict[str, Any]:
    """What the page shows at this size."""
    return {
        "brief": said,
        "facts": cut(said.facts, size, rows=len(said.facts)),
        "way_in": shortened(clean(said.way_in), max(size.letters, 120)),
        "contacts": cut(said.contacts, size),
        "promises": cut(said.promises, size),
        "seasons": cut(said.seasons, size),
        "good": said.good[: 2 * size.rows],
        "avoid": said.avoid[: 2 * size.rows],
        "tasks": shortened(said.tasks, size.letters),
        "similar": cut(said.similar, size),
        "seven": [
            Question(each.text, shortened(clean(each.answer), size.letters))
            for each in said.seven
            if each.answer
        ],
        "unanswered": [each.text for each in said.seven if not each.answer],
    }


def brief_pdf(workplace: Workplace, *, language: str, reader: User | None = None) -> bytes:
    """The brief as PDF; long texts are set smaller and then cut until it is one page."""
    with translation.override(language):
        said = brief_of(ground_of(workplace, on=timezone.localdate(), with_similar=True), reader)
        name = shortened(clean(workplace.name), 90)
        head = work_head(name, sub=_("Company brief"), language=language)

        def lay_out_size(step: int) -> Rendering:
            size = SIZES[step]
            variables = {"--text": f"{size.text:g}"}
            return lay_out_work(
                "companies/brief_paper.html", head, at_size(said, size), variables=variables
            )

        return first_that_fits(lay_out_size, SIZES).write()
