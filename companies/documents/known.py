"""What can be answered before a visit without having been written down for it."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabi_crm.ui.templatetags.ui import day, phone
from companies.documents.ground import Ground
from companies.enums import Trait
from companies.models import Preparation, Workplace

OFFERED_FIRST = 4  # instruments named in an answer; the rest is in the bag


@dataclass(frozen=True)
class Known:
    """An answer we have without having written it here, and where it comes from."""

    text: str
    origin: str = ""


def known_of(ground: Ground) -> dict[str, Known]:
    """What can be answered already, by the names of the notes."""
    found = {
        "industry_situation": from_others(ground, "industry_situation"),
        "industry_skills": industry_skills(ground),
        "recent_years": recent_years(ground.workplace),
        "products": products(ground.workplace),
        "tone": tone(ground.workplace),
        "similar_firms": similar(ground),
        "which_person": which_person(ground),
        "what_they_manage": what_they_manage(ground),
        "why_here": why_here(ground),
        "bottom_line": bottom_line(ground),
        "help_and_schemes": help_and_schemes(ground),
        "follow_up": follow_up(ground),
    }
    return {name: known for name, known in found.items() if known and known.text}


def from_others(ground: Ground, name: str) -> Known | None:
    """The same note on the sheet of the closest firm in the industry."""
    rows = ((row.a if name == "industry_situation" else row.b, row) for row in ground.others)
    said, other = next(((said, row) for said, row in rows if said), ("", None))
    if other is None:
        return None
    return Known(said, _("from %(other)s, %(day)s") % {"other": other.c, "day": day(other.at)})


def industry_skills(ground: Ground) -> Known | None:
    """What people must be able to do here; else what was found out about the industry."""
    if ground.workplace.skill_demands:
        return Known(ground.workplace.skill_demands, from_profile())
    return from_others(ground, "industry_skills")


def from_profile() -> str:
    """Where the profile's words come from."""
    return _("from the profile")


def recent_years(workplace: Workplace) -> Known:
    """Age, size and standing, as the register has them."""
    company, parts = workplace.company, []
    started = workplace.started_on or company.started_on
    if started:
        parts.append(_("Started in %(year)s.") % {"year": started.year})
    if workplace.size_text:
        month = workplace.employment_month
        counted = f" ({date_format(month, 'F Y')})" if month else ""
        parts.append(f"{workplace.size_text}{counted}.")
    if company.is_in_trouble:
        parts.append(f"{company.get_status_display()}.")
    return Known(" ".join(parts), _("from the register"))


def products(workplace: Workplace) -> Known:
    """What the profile says that they make, for whom."""
    return Known(workplace.products or workplace.about, from_profile())


def tone(workplace: Workplace) -> Known:
    """How people speak to each other, as the profile says it."""
    parts = [workplace.get_tone_display() if workplace.tone else "", workplace.culture]
    return Known(". ".join(part.rstrip(".") for part in parts if part), from_profile())


def similar(ground: Ground) -> Known:
    """The names of similar firms that work well with us."""
    names = [f"{each.name} ({each.town})" for each in ground.similar[:3]]
    return Known(", ".join(names), _("from the history"))


def which_person(ground: Ground) -> Known | None:
    """Whom they said they could take, the last time it was noted."""
    said = ground.texts("can_take")
    return Known(said[0], _("from the latest visit")) if said else None


def what_they_manage(ground: Ground) -> Known | None:
    """The tasks that were seen."""
    if not ground.tasks:
        return None
    text = _("Tasks seen at yours: %(tasks)s.") % {"tasks": ", ".join(ground.tasks).lower()}
    return Known(text, _("from the history"))


def why_here(ground: Ground) -> Known | None:
    """Why the workplace wants to."""
    labels = dict(Trait.choices)
    wishes = [str(labels[each]) for each in ground.texts("motivation")]
    return Known(". ".join(wishes) + ".", from_profile()) if wishes else None


def bottom_line(ground: Ground) -> Known:
    """Who pays what for the instruments that firms meet first."""
    lines = [f"{name}: {pays}" for _group, name, pays, *_rest in ground.instruments[:2] if pays]
    return Known("\n".join(lines), _("from the bag"))


def help_and_schemes(ground: Ground) -> Known:
    """What is in the bag."""
    names = [row.a for row in ground.instruments]
    text = ", ".join(names[:OFFERED_FIRST])
    if more := len(names) - OFFERED_FIRST:
        more_text = ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
        text = f"{text} {more_text}" if more > 0 else text
    return Known(text, _("from the bag"))


def follow_up(ground: Ground) -> Known | None:
    """The name to ring, and who covers today."""
    way = ground.way_in
    if way is None:
        return None
    text = _("Yes. Ring %(name)s") % {"name": way.name}
    text = f"{text}, {phone(way.phone)}." if way.phone else f"{text}."
    return Known(f"{text} {way.cover_text}." if way.is_away else text, _("from the owner"))


def answers(ground: Ground) -> dict[str, Known]:
    """Our own words where there are any, else what is known."""
    found = known_of(ground)
    for name in Preparation.NOTES:
        if ground.own and (said := getattr(ground.own, name)):
            found[name] = Known(said)
    return found
