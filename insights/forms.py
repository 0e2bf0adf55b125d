"""Choosing a year and a team, and setting goals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Team, User
from cabi_crm.ui.forms import PlainForm
from insights.enums import Measure
from insights.rules import GoalKey, Goals

HIGHEST = 9999  # agreements in a year; more is a slip of the finger


def choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    """A select that takes effect at once; a button beside it does the same without a script."""
    widget = forms.Select({"class": "form-select", "data-autosubmit": ""})
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=widget)


class ScopeForm(PlainForm):
    """The year and team of the dashboard; what is odd counts as not said."""

    def __init__(self, data: Any, *, today: date, teams: Sequence[Team]) -> None:
        super().__init__(data)
        self.today, self.teams = today, teams
        years = [(str(today.year), _("%(year)s to date") % {"year": today.year})]
        years += [(str(year), str(year)) for year in (today.year - 1, today.year - 2)]
        named = [("", _("All teams")), *((str(team.pk), team.name) for team in teams)]
        self.fields["year"] = choice(_("Period"), years)
        self.fields["team"] = choice(_("Team"), named)

    @property
    def chosen_year(self) -> int:
        """The year asked for, else this one."""
        return int(self.chosen("year") or self.today.year)

    @property
    def chosen_team(self) -> Team | None:
        """The team asked for; None is all."""
        return next((team for team in self.teams if str(team.pk) == self.chosen("team")), None)

    def chosen(self, name: str) -> str:
        """A field's valid value, else nothing."""
        self.full_clean()
        return str(self.cleaned_data.get(name, ""))


@dataclass(frozen=True)
class GoalRow:
    """Whom goals are for, and a field for each measure."""

    name: str
    fields: Sequence[forms.BoundField]


class GoalsForm(PlainForm):
    """A year's goals for each consultant, for teams and for persons; empty is none of its own."""

    def __init__(
        self,
        data: Any = None,
        *,
        year: int,
        goals: dict[str, Goals],
        teams: Sequence[Team],
        people: Sequence[User],
    ) -> None:
        super().__init__(data)
        self.year = year
        self.groups: list[tuple[str, dict[str, int]]] = [(_("Each consultant"), {})]
        self.groups += [(str(team), {"team": team.pk}) for team in teams]
        self.groups += [(str(user), {"user": user.pk}) for user in people]
        self.with_default = {user.pk for user in people if user.role == Role.CONSULTANT}
        for name, owner in self.groups:
            for measure in Measure:
                self.add(GoalKey(measure.value, **owner), name, goals[measure])

    def add(self, key: GoalKey, name: str, goals: Goals) -> None:
        """One field, with what is set now and what holds when it is left empty."""
        now = goals.default
        if key.user is not None:
            now = goals.users.get(key.user)
        elif key.team is not None:
            now = goals.teams.get(key.team)
        hint = goals.default if key.user in self.with_default else None
        attrs = {"class": "form-control n", "inputmode": "numeric"}
        if hint is not None:
            attrs["placeholder"] = str(hint)
        self.fields[key.text] = forms.IntegerField(
            label=f"{name}: {Measure(key.measure).label}",
            required=False,
            min_value=0,
            max_value=HIGHEST,
            initial=now,
            widget=forms.TextInput(attrs),
        )

    @property
    def rows(self) -> Iterator[GoalRow]:
        """The fields as lines of a table."""
        for name, owner in self.groups:
            yield GoalRow(name, [self[GoalKey(m.value, **owner).text] for m in Measure])

    @property
    def numbers(self) -> dict[GoalKey, int | None]:
        """What was typed, by what it is for; an untouched default is left as it stands."""
        return {
            GoalKey.read(name): self.cleaned_data[name]
            for name in self.fields
            if name in self.changed_data
        }
