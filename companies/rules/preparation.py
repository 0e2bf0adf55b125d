"""Which arguments come first, and how far the tips for a lasting cooperation are followed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from companies.enums import Argument, Tip, Trait

VISIT_IS_FRESH = timedelta(days=365)

# Which argument speaks to whom: why a workplace wants to, and what it then likes to hear first.
SPEAKS_TO = {
    Trait.LOCAL: Argument.LOCAL,
    Trait.TASKS_DONE: Argument.TASKS_SOLVED,
    Trait.TRY_OUT: Argument.FREE,
    Trait.GOOD_STORY: Argument.LOCAL,
    Trait.RECRUIT: Argument.ONE_CONTACT,
}


def pitch(motivations: Iterable[str]) -> list[Argument]:
    """All four arguments: those that speak to the motivations first, else the catalogue's order."""
    wanted = {SPEAKS_TO[Trait(each)] for each in motivations if each in SPEAKS_TO}
    return sorted(Argument, key=lambda argument: argument not in wanted)


@dataclass(frozen=True)
class Footing:
    """What the tips are judged by."""

    on: date
    last_visit: date | None = None
    last_contact: date | None = None
    offer_made: bool = False
    has_owner: bool = False
    is_covered: bool = True  # somebody answers today, the owner or a cover
    prepared: bool = False
    contact_due: date | None = None
    seasons: int = 0
    windows: int = 0
    next_step: bool = False


def tips(footing: Footing) -> dict[Tip, bool]:
    """Each tip in the catalogue's order, and whether it is followed at this workplace."""
    visited = footing.last_visit
    due = footing.contact_due
    return {
        Tip.VISIT: visited is not None and footing.on - visited <= VISIT_IS_FRESH,
        Tip.CONCRETE: footing.offer_made,
        Tip.ONE_WAY_IN: footing.has_owner and footing.is_covered,
        Tip.PREPARED: footing.prepared,
        Tip.VISIBLE: footing.last_contact is not None and (due is None or due >= footing.on),
        Tip.TIMING: footing.seasons > 0,
        Tip.ROUTINES: footing.windows > 0,
        Tip.FOLLOW_UP: footing.next_step,
    }


def own_words(said: str, known: str) -> str:
    """What is kept of a note: nothing when it only repeats what is known from elsewhere.

    So what is known stays marked with where it comes from, and follows it, until it is edited.
    """
    same = " ".join(said.split()) == " ".join(known.split())
    return "" if same else said.strip()
