"""Periods, pace, shares and goals: calculations without a database."""

from calendar import isleap, monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from companies.rules import LARGE_BANDS, SMALL_BANDS

BENCHMARK_BANDS = {"contact-small": SMALL_BANDS, "contact-large": LARGE_BANDS}


@dataclass(frozen=True)
class Share:
    """`part` of `whole`."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """0–100; None of nothing."""
        return 100 * self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Period:
    """A calendar year, up to today when it is not over."""

    year: int
    today: date

    @property
    def start(self) -> date:
        """New Year's Day."""
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        """The last day counted: today, or New Year's Eve of a year that is over."""
        return min(self.today, date(self.year, 12, 31))

    @property
    def is_running(self) -> bool:
        """Whether the year is not over."""
        return self.year == self.today.year

    @property
    def passed(self) -> float:
        """How much of the year has passed by its last counted day, 0–1."""
        days = 366 if isleap(self.year) else 365
        return ((self.end - self.start).days + 1) / days

    @property
    def month_ends(self) -> list[date]:
        """The last day of each month counted; of the running month, today."""
        return [
            min(date(self.year, month, monthrange(self.year, month)[1]), self.end)
            for month in range(1, self.end.month + 1)
        ]


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for a leap day."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def last_month_ends(today: date) -> list[date]:
    """Today and the last day of each of the eleven months before, in order."""
    first_days = [
        date(today.year - (place >= today.month), (today.month - place - 1) % 12 + 1, 1)
        for place in range(11)
    ]
    return [*(day - timedelta(days=1) for day in reversed(first_days)), today]


def pace(goal: int, passed: float, start: int = 0) -> int:
    """Where a goal for the whole year should stand when `passed` of it is over, from `start`."""
    return round(start + (goal - start) * passed)


@dataclass(frozen=True)
class Goals:
    """One measure's goals in a year: for each consultant by default, for teams, for persons."""

    default: int | None = None
    teams: Mapping[int, int] = field(default_factory=dict)
    users: Mapping[int, int] = field(default_factory=dict)

    def of_user(self, user: int) -> int | None:
        """A person's own goal, else the default."""
        return self.users.get(user, self.default)

    def total(self, members: Iterable[tuple[int, int | None]]) -> int | None:
        """The goal of several consultants, given as (person, team); None when nobody has one.

        A team's own goal counts for all its members; otherwise theirs are added.
        """
        goals = [
            self.teams[team] for team in {t for _user, t in members if t in self.teams} if team
        ]
        goals += [
            goal
            for user, team in members
            if team not in self.teams and (goal := self.of_user(user)) is not None
        ]
        return sum(goals) if goals else None


def extremes(counts: Mapping[int, int]) -> tuple[int, int] | None:
    """The keys with the highest and the lowest count; None when all are alike or there is one."""
    if len(set(counts.values())) < 2:
        return None
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    return ordered[0], ordered[-1]


@dataclass(frozen=True)
class GoalKey:
    """What a goal is for: a measure, and a person, a team or (neither) each consultant."""

    measure: str
    user: int | None = None
    team: int | None = None

    @property
    def text(self) -> str:
        """Its name in forms and in the audit trail, such as `new_agreements-user-5`."""
        if self.user is not None:
            return f"{self.measure}-user-{self.user}"
        return f"{self.measure}-team-{self.team}" if self.team is not None else self.measure

    @classmethod
    def read(cls, text: str) -> "GoalKey":
        """The key behind a `text`."""
        measure, _dash, rest = text.partition("-")
        kind, _dash, number = rest.partition("-")
        return cls(
            measure,
            user=int(number) if kind == "user" else None,
            team=int(number) if kind == "team" else None,
        )
