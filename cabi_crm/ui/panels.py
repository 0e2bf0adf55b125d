"""Places that upper apps fill: tabs and facts of a page, what a handover or a leaver leaves.

An upper app registers in its `AppConfig.ready`; the lower app shows what is registered and never
names who did.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Tab:
    """A tab on the page of one object: `url_name` takes the object's pk."""

    slug: str
    label: Any
    url_name: str
    order: int


@dataclass(frozen=True)
class Fact:
    """A line in the right column: what, its value, a link and a smaller line under it."""

    label: str
    text: str
    url: str = ""
    meta: str = ""
    order: int = 50


Facts = Callable[[Any, Any], Iterable[Fact]]


@dataclass
class Panels:
    """What is registered for the pages of one kind of object."""

    tabs: list[Tab] = field(default_factory=list)
    facts: list[Facts] = field(default_factory=list)
    columns: dict[str, Callable[[Any], Any]] = field(default_factory=dict)

    def add_tab(self, tab: Tab) -> None:
        """Register a tab; registering twice changes nothing."""
        if tab not in self.tabs:
            self.tabs.append(tab)
            self.tabs.sort(key=lambda each: each.order)

    def add_facts(self, facts: Facts) -> None:
        """Register a function (object, user) → facts."""
        if facts not in self.facts:
            self.facts.append(facts)

    def add_column(self, name: str, column: Callable[[Any], Any]) -> None:
        """Register a function user → expression, to be read along with the object as `name`."""
        self.columns[name] = column

    def columns_for(self, user: Any) -> dict[str, Any]:
        """What to annotate the query of the object with, so that its facts need none."""
        return {name: column(user) for name, column in self.columns.items()}

    def facts_of(self, thing: Any, user: Any) -> list[Fact]:
        """All facts about `thing` that `user` may see, in order."""
        found = [fact for facts in self.facts for fact in facts(thing, user)]
        return sorted(found, key=lambda fact: fact.order)


workplace_panels = Panels()


class Moves(Protocol):
    """Moves what belongs to `giver` at the workplaces, or `only` those, to `taker`: an action."""

    def __call__(
        self,
        *,
        workplaces: Sequence[int],
        giver: Any,
        taker: Any,
        by: Any,
        only: Sequence[int] | None = None,
    ) -> list[int]:
        """The keys of what moved."""


@dataclass(frozen=True)
class HandoverExtra:
    """Something of an upper app that goes along when workplaces change hands.

    `going` says in words, for each workplace's key, what of `giver` would go along.
    """

    slug: str
    going: Callable[[Sequence[int], Any], Mapping[int, list[str]]]
    move: Moves


handover_extras: dict[str, HandoverExtra] = {}


class Leaves(Protocol):
    """Sees to what `user`, who may no longer log in, leaves behind: an action."""

    def __call__(self, *, user: Any, by: Any) -> object:
        """What was done is of no interest here."""


leavers: dict[str, Leaves] = {}
