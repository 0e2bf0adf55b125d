"""What the dashboard counts: agreements, their points, and contact with the stock of workplaces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Avg, Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Organisation, Team, User
from cabi_crm.db import start_of
from companies.filters import OWN, months_before
from companies.models import Enquiry, Workplace
from companies.models.service import EnquiryQuerySet
from companies.models.workplace import WorkplaceQuerySet
from insights.enums import Measure
from insights.models.goals import Benchmark, Goal
from insights.rules import (
    BENCHMARK_BANDS,
    Goals,
    Period,
    Share,
    last_month_ends,
    pace,
    year_before,
)
from partnerships.enums import AgreementStatus
from partnerships.models import (
    Agreement,
    AgreementPoint,
    AgreementQuerySet,
    expired,
    in_force,
    up_for_renewal,
)

Rows = TypeVar("Rows", AgreementQuerySet, WorkplaceQuerySet)
MINUTES = 60


def among(rows: QuerySet[Any]) -> Count:
    """Counts those that are in `rows`, so that a figure and its list have one definition."""
    return Count("pk", filter=Q(pk__in=rows.order_by().values("pk")))


def by_owner_and_band(rows: QuerySet[Workplace]) -> dict[tuple[int | None, str], int]:
    """How many workplaces each owner has in each size band."""
    counts = rows.order_by().values_list("owner", "size_band").annotate(Count("pk"))
    return {(owner, band): count for owner, band, count in counts}


@dataclass(frozen=True)
class Pace:
    """One person's new agreements, the year's goal and where it should be by now, if any."""

    user: User
    new: int
    goal: int | None
    plan: int | None


@dataclass
class Figures:
    """All numbers for one reader and year: of everybody, of a team or only what is `mine`.

    Each property asks once, however many rows there are.
    """

    user: User
    period: Period
    team: Team | None = None
    mine: bool = False

    @cached_property
    def organisation(self) -> Organisation:
        """Whose figures these are: its municipality, and how early it wants to renegotiate."""
        return Organisation.objects.current()

    @property
    def renewal_days(self) -> int:
        """How early the organisation wants to renegotiate."""
        return self.organisation.renewal_days

    @property
    def agreements(self) -> AgreementQuerySet:
        """The agreements counted."""
        return self._scoped(Agreement.objects.visible_to(self.user))

    @property
    def workplaces(self) -> WorkplaceQuerySet:
        """The stock: workplaces that have not ceased; mine, or those in our municipality."""
        stock = self._scoped(Workplace.objects.visible_to(self.user).active())
        return stock if self.mine else stock.in_municipality(self.organisation.municipality_code)

    @property
    def enquiries(self) -> EnquiryQuerySet:
        """The enquiries received in the year, by who answers."""
        year = self.period.year
        start, end = start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1))
        rows = Enquiry.objects.visible_to(self.user).received_from(start, end)
        if self.mine:
            return rows.filter(assigned_to=self.user)
        return rows.filter(assigned_to__team=self.team) if self.team else rows

    @cached_property
    def _answers(self) -> dict[str, Any]:
        """How many enquiries were answered in time, how many should be by now, and how fast."""
        rows, now = self.enquiries, timezone.now()
        return rows.aggregate(
            in_time=among(rows.answered_in_time()),
            due=Count("pk", filter=Q(answered_at__isnull=False) | Q(due_at__lt=now)),
            mean=Avg("response_minutes"),
        )

    @property
    def answered_in_time(self) -> Share:
        """Those answered before their deadline, out of the answered and the late ones."""
        return Share(self._answers["in_time"], self._answers["due"])

    @property
    def mean_response_hours(self) -> float | None:
        """Opening hours from an enquiry to its answer on average; None while there is none."""
        mean: float | None = self._answers["mean"]
        return None if mean is None else mean / MINUTES

    @property
    def contacted_from(self) -> date:
        """The first day of the last twelve months."""
        return months_before(self.period.today, 12)

    def agreements_url(self, **query: Any) -> str:
        """The list of agreements with these figures' team or owner, and `query`."""
        return f"{reverse('partnerships:list')}?{urlencode({**self._scope, **query})}"

    def workplaces_url(self, **query: Any) -> str:
        """The list of the stock with these figures' team or owner, and `query`."""
        place = {} if self.mine else {"municipality": OWN}
        return f"{reverse('companies:list')}?{urlencode({**self._scope, **place, **query})}"

    def enquiries_url(self, **query: Any) -> str:
        """The inbox with these figures' team or person, and `query`."""
        scope = {"owner": self.user.pk} if self.mine else self._scope
        return f"{reverse('companies:enquiries')}?{urlencode({**scope, **query})}"

    def csv_url(self, slug: str) -> str:
        """The numbers of the chart `slug` as a file, for the same year and team."""
        query = urlencode({"year": self.period.year, **self._scope})
        return f"{reverse('insights:table', args=[slug])}?{query}"

    @property
    def _scope(self) -> dict[str, Any]:
        if self.mine:
            return {"owner": "me"}
        return {"team": self.team.pk} if self.team else {}

    def _scoped(self, rows: Rows) -> Rows:
        if self.mine:
            return rows.filter(owner=self.user)
        return rows.filter(owner__team=self.team) if self.team else rows

    @cached_property
    def by_owner(self) -> dict[int, dict[str, int]]:
        """Each owner's agreements in numbers, with their trends."""
        today, year, found = self.period.today, self.period.year, Agreement.objects
        counts: dict[str, Count] = {
            "active": Count("pk", filter=in_force(today)),
            "expired": Count("pk", filter=expired(today)),
            "new": among(found.new_in(year)),
            "new_before": among(
                found.new_in(year - 1).filter(signed_on__lte=year_before(self.period.end))
            ),
            "near": Count("pk", filter=up_for_renewal(today, self.renewal_days)),
            "within_30": Count("pk", filter=up_for_renewal(today, 30)),
            "due": Count("pk", filter=up_for_renewal(today, 0)),
            "draft": Count("pk", filter=Q(status=AgreementStatus.DRAFT)),
            "for_signature": Count("pk", filter=Q(status=AgreementStatus.FOR_SIGNATURE)),
            "at_new_year": Count("pk", filter=in_force(date(today.year - 1, 12, 31))),
        }
        counts |= self._trend_counts()
        rows: Any = self.agreements.order_by().values("owner").annotate(**counts)
        return {row["owner"]: {name: row[name] for name in counts} for row in rows}

    def _trend_counts(self) -> dict[str, Count]:
        """New ones added up through the year; active and up for renewal at each month's end."""
        new = Q(pk__in=Agreement.objects.new_in(self.period.year).values("pk"))
        counts = {
            f"new_{place}": Count("pk", filter=new & Q(signed_on__lte=day))
            for place, day in enumerate(self.period.month_ends)
        }
        for place, day in enumerate(last_month_ends(self.period.today)):
            counts[f"active_{place}"] = Count("pk", filter=in_force(day))
            counts[f"near_{place}"] = Count("pk", filter=up_for_renewal(day, self.renewal_days))
        return counts

    def total(self, name: str) -> int:
        """One of `by_owner`'s numbers for all owners."""
        return sum(row[name] for row in self.by_owner.values())

    def of_owner(self, owner: int, name: str) -> int:
        """One of `by_owner`'s numbers for one owner."""
        return self.by_owner.get(owner, {}).get(name, 0)

    def trend(self, name: str) -> list[int]:
        """One of `by_owner`'s numbers month by month; the last one is today's number."""
        days = self.period.month_ends if name == "new" else last_month_ends(self.period.today)
        before = [self.total(f"{name}_{place}") for place in range(len(days) - 1)]
        return [*before, self.total(name)]

    @cached_property
    def goals(self) -> dict[str, Goals]:
        """The year's goals for each measure."""
        return Goal.objects.as_rules(self.period.year)

    def goal(self, measure: Measure) -> int | None:
        """The goal of all consultants counted."""
        return self.goals[measure].total([(u.pk, u.team_id) for u in self.consultants])

    @cached_property
    def paces(self) -> list[Pace]:
        """New agreements beside goal and plan: each who has a goal or made one, most first."""
        goals, goal_of = self.goals[Measure.NEW_AGREEMENTS], {}
        for user in self.consultants:
            goal_of[user.pk] = goals.of_user(user.pk)
        rows = []
        for user in self.people:
            new, goal = self.of_owner(user.pk, "new"), goal_of.get(user.pk)
            if new or goal is not None:
                plan = None if goal is None else pace(goal, self.period.passed)
                rows.append(Pace(user, new, goal, plan))
        return sorted(rows, key=lambda row: (-row.new, row.user.name))

    @cached_property
    def people(self) -> list[User]:
        """Consultants, and others who own agreements or workplaces that are counted."""
        if self.mine:
            return [self.user]
        owners = {*self.by_owner, *(owner for owner, _band in self.stock if owner)}
        working = User.objects.working().filter(role=Role.CONSULTANT)
        if self.team:
            working = working.filter(team=self.team)
        return list(User.objects.filter(Q(pk__in=owners) | Q(pk__in=working.values("pk"))))

    @cached_property
    def consultants(self) -> list[User]:
        """Those of `people` who make agreements for a living; goals are theirs."""
        return [user for user in self.people if user.is_active and user.role == Role.CONSULTANT]

    @cached_property
    def stock(self) -> dict[tuple[int | None, str], Share]:
        """Workplaces contacted the last twelve months, out of all, by owner and size band.

        Two narrow counts from one index; one with a condition inside would read every row.
        """
        reached = by_owner_and_band(self.workplaces.contacted_since(self.contacted_from))
        stock = by_owner_and_band(self.workplaces)
        return {key: Share(reached.get(key, 0), count) for key, count in stock.items()}

    def contacted(
        self, bands: Sequence[str] | None = None, owners: Sequence[int | None] | None = None
    ) -> Share:
        """The share contacted of some bands (None is all) and some owners (None is all)."""
        shares = [
            share
            for (owner, band), share in self.stock.items()
            if (bands is None or band in bands) and (owners is None or owner in owners)
        ]
        return Share(sum(s.part for s in shares), sum(s.whole for s in shares))

    @cached_property
    def benchmarks(self) -> dict[str, Benchmark]:
        """The catalogue's figures by slug."""
        return {benchmark.slug: benchmark for benchmark in Benchmark.objects.all()}

    def benchmark_of(self, band: str) -> float | None:
        """The catalogue's share of a size band contacted in a year, where it has one."""
        slug = next((slug for slug, bands in BENCHMARK_BANDS.items() if band in bands), "")
        found = self.benchmarks.get(slug)
        return float(found.percent) if found else None

    @cached_property
    def points(self) -> list[tuple[int, str, int]]:
        """Number, title in the newest wording and how many active agreements hold each point."""
        active = self.agreements.active(self.period.today).order_by().values("pk")
        points = AgreementPoint.objects.annotate(
            used=Count("commitments", filter=Q(commitments__agreement__in=active))
        )
        found: dict[int, tuple[int, str, int]] = {}
        for point in points.order_by("template__valid_from", "template__pk", "number"):
            before = found.get(point.number, (0, "", 0))[2]
            found[point.number] = (point.number, point.title, before + point.used)
        return [found[number] for number in sorted(found)]
