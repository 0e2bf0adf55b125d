"""The sheet before contact: its arguments, how far the tips are followed, and its paper."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.documents import work_head
from accounts.models import Organisation
from cabi_crm.pdf import Rendering
from cabi_crm.pdf.work import first_that_fits, lay_out_work
from cabi_crm.ui.templatetags.ui import as_local_date, phone
from companies.documents.ground import Ground, ground_of
from companies.documents.known import answers
from companies.enums import Argument, Tip
from companies.models import Preparation, Workplace
from companies.rules.cadence import due_on
from companies.rules.preparation import Footing, pitch, tips

TEXT_SIZES = (10.0, 9.7, 9.4, 9.1, 8.8, 8.5)  # points; the largest that makes it one page
LINES = 3  # to write on under each question of the empty sheet
TASKS_NAMED = 3


@dataclass(frozen=True)
class Card:
    """One argument: what to say, and what we know that bears it out."""

    title: str
    text: str


def pitch_cards(ground: Ground) -> list[Card]:
    """The four arguments of the catalogue, those that speak to this firm first."""
    texts = {
        Argument.ONE_CONTACT: one_contact(ground),
        Argument.TASKS_SOLVED: tasks_solved(ground),
        Argument.FREE: free(ground),
        Argument.LOCAL: _("Local firms lend a hand to people who live here."),
    }
    return [Card(str(each.label), texts[each]) for each in pitch(ground.texts("motivation"))]


def one_contact(ground: Ground) -> str:
    """The name and number to ring."""
    way = ground.way_in
    if way is None:
        return _("Nobody owns the workplace yet.")
    name = f"{way.name}, {phone(way.phone)}" if way.phone else way.name
    return f"{name}. {way.cover_text}." if way.is_away else f"{name}."


def tasks_solved(ground: Ground) -> str:
    """The tasks that were seen there."""
    if not ground.tasks:
        return _("Look for tasks on the visit; none is noted yet.")
    named = ", ".join(ground.tasks[:TASKS_NAMED]).lower()
    return _("We have seen: %(tasks)s.") % {"tasks": named}


def free(ground: Ground) -> str:
    """Who pays for the first thing in the bag."""
    first = next((row for row in ground.instruments if row.b), None)
    return f"{first.a}: {first.b}" if first else _("Our help costs nothing.")


def tip_lines(ground: Ground, organisation: Organisation, next_step: Any) -> list[tuple[Tip, bool]]:
    """Each tip and whether it is followed here."""
    place, rows = ground.workplace, ground.rows
    last = as_local_date(place.last_contact_at) if place.last_contact_at else None
    visit = next(iter(rows.get("visit", ())), None)
    way = ground.way_in
    footing = Footing(
        on=ground.on,
        last_visit=visit.day if visit else None,
        last_contact=last,
        offer_made=bool(rows.get("offer")),
        has_owner=way is not None,
        is_covered=way is not None and (not way.is_away or bool(way.cover_name)),
        prepared=ground.own is not None,
        contact_due=due_on(
            last, place.owner_since, organisation.contacts_a_year.get(place.level, 0)
        ),
        seasons=len(rows.get("season", ())),
        windows=len(rows.get("window", ())),
        next_step=next_step is not None,
    )
    return list(tips(footing).items())


def meaning(tip: Tip) -> str:
    """What a tip asks for here, in a few words."""
    return {
        Tip.VISIT: _("a visit within the last year"),
        Tip.CONCRETE: _("a concrete offer is noted on a visit"),
        Tip.ONE_WAY_IN: _("an owner, and somebody who covers"),
        Tip.PREPARED: _("the sheet below is filled in"),
        Tip.VISIBLE: _("contact as often as the level asks for"),
        Tip.TIMING: _("busy seasons are noted"),
        Tip.ROUTINES: _("good and bad times to visit are noted"),
        Tip.FOLLOW_UP: _("a next step is planned"),
    }[tip]


@dataclass(frozen=True)
class Question:
    """A question of the sheet, and what to say to it."""

    text: str
    answer: str = ""
    origin: str = ""


def questions(ground: Ground, names: tuple[str, ...], *, blank: bool = False) -> list[Question]:
    """The questions of these names with their answers; without them on an empty sheet."""
    found = {} if blank else answers(ground)
    rows = []
    for name in names:
        label = str(getattr(Preparation._meta.get_field(name), "verbose_name", name))
        known = found.get(name)
        rows.append(Question(label, known.text, known.origin) if known else Question(label))
    return rows


def sheet_pdf(workplace: Workplace, *, language: str, blank: bool) -> bytes:
    """The sheet as PDF: filled with what we know, or with lines to write on."""
    with translation.override(language):
        ground = ground_of(workplace, on=timezone.localdate(), with_similar=True)
        own = ground.own
        title = _("Preparation")
        head = work_head(title, sub=f"{workplace.name} · {workplace.address}", language=language)
        context = {
            "six": questions(ground, Preparation.SIX, blank=blank),
            "seven": questions(ground, Preparation.SEVEN, blank=blank),
            "sources": [row.a for row in ground.sources],
            "found_at": own.sources if own and not blank else "",
            "pitch": pitch_cards(ground),
            "ask": own.ask if own and not blank else "",
            "lines": range(LINES if blank else 1),
            "blank": blank,
            "edited": own.updated_at if own and not blank else None,
            "edited_by": own.by.name if own and not blank else "",
        }

        def lay_out_size(step: int) -> Rendering:
            variables = {"--text": f"{TEXT_SIZES[step]:g}"}
            return lay_out_work(
                "companies/preparation_paper.html", head, context, variables=variables
            )

        laid_out = first_that_fits(lay_out_size, TEXT_SIZES if not blank else TEXT_SIZES[:1])
        # What takes two pages anyway is set to be read easily.
        return (laid_out if blank or laid_out.page_count == 1 else lay_out_size(0)).write()
