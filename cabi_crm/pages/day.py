"""What a day is: lines in words, ready for the home page and for the morning's mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from partnerships.models import Agreement


@dataclass(frozen=True)
class Item:
    """One line of the agenda. `what` is "activity", "enquiry" or "task".

    `lead` and `name` are the line itself: *Visit to* and a firm, or a task's text alone.
    `for_whom` names the colleague it is done for; `key` is the row's own number.
    """

    what: str
    key: int
    lead: str
    name: str
    url: str
    day: date
    moment: datetime | None = None  # none when the hour is open
    why: str = ""
    address: str = ""
    phone: str = ""
    route: str = ""
    firm: str = ""  # where a task belongs
    firm_url: str = ""
    pill: str = ""
    pill_kind: str = ""
    late: bool = False
    protected: bool = False
    for_whom: str = ""
    log_url: str = ""


@dataclass(frozen=True)
class DayOfItems:
    """What stands on one of the days to come."""

    title: str
    items: Sequence[Item]


@dataclass(frozen=True)
class Agenda:
    """What is promised and planned: overdue, by the clock, in the course of the day, later.

    `answers` are enquiries whose deadline is on a later day: their time runs already.
    `unfinished` are logged visits of which only the outcome was said; `count` is how much today
    asks for, shown or not; `cut` is set when there is more than is shown.
    """

    overdue: Sequence[Item] = ()
    timed: Sequence[Item] = ()
    untimed: Sequence[Item] = ()
    answers: Sequence[DayOfItems] = ()
    later: Sequence[DayOfItems] = ()
    unfinished: Sequence[Item] = ()
    count: int = 0
    cut: bool = False

    @property
    def now(self) -> list[Item]:
        """Everything that today asks for; a deadline to come is seen today as well."""
        soon = [item for day in self.answers for item in day.items]
        return [*self.overdue, *self.timed, *self.untimed, *soon]

    @property
    def later_count(self) -> int:
        """How much stands on the days to come."""
        return sum(len(day.items) for day in self.later)


@dataclass(frozen=True)
class Suggestion:
    """A workplace to contact now: the strongest reason, the others, and how a visit suits.

    `token` names the reasons, for whoever answers the suggestion.
    """

    key: int
    name: str
    url: str
    town: str
    why: str
    also: str
    token: str
    level: str = ""
    phone: str = ""
    suits: str = ""
    bad: str = ""
    pill: str = ""
    pill_kind: str = ""
    protected: bool = False
    for_whom: str = ""

    @property
    def meta(self) -> str:
        """The smaller line under the reason; what stands in the pill is not said twice."""
        bad = self.bad if self.pill else ""
        return " · ".join(part for part in (self.also, self.level, bad, self.suits) if part)


@dataclass(frozen=True)
class Round:
    """The suggestions of one town."""

    town: str
    suggestions: Sequence[Suggestion]


@dataclass(frozen=True)
class Day:
    """What today asks of a user and of those they cover for."""

    on: date
    agenda: Agenda
    rounds: Sequence[Round] = ()
    in_work: Sequence[Agreement] = ()
    renewals: int = 0
    covered: Sequence[str] = ()

    @property
    def suggestions(self) -> list[Suggestion]:
        """All of them, town by town."""
        return [each for each_round in self.rounds for each in each_round.suggestions]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.agenda.now or self.agenda.unfinished or self.rounds)
