"""What the partnership dashboard says: key figures and charts, with the list behind each number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cabi_crm.ui.charts import Bar, Cell, Chart, Table, Tile, bar, spark
from cabi_crm.ui.figures import (
    against_plan,
    beside_catalogue,
    count_cell,
    decimal,
    difference,
    goal_text,
    heading,
    keeping_pace,
    number_cell,
    of_goal,
    percent,
    share_cell,
    trend_text,
    whole,
)
from companies.enums import SizeBand
from companies.filters import months_before
from companies.rules import LARGE_BANDS, SMALL_BANDS
from insights.enums import Measure
from insights.models import Figures
from insights.rules import Period, Share, extremes, pace


@dataclass(frozen=True)
class Kpi(Tile):
    """A tile with the very rows that its number counts."""

    rows: QuerySet[Any] | None = None


@dataclass(frozen=True)
class Overview:
    """The dashboard: tiles to read in ten seconds, then charts."""

    tiles: Sequence[Kpi]
    charts: Sequence[Chart]
    is_empty: bool


def overview(figures: Figures) -> Overview:
    """The whole dashboard."""
    drawn = [by_consultant(figures), by_point(figures), by_size(figures), portfolios(figures)]
    return Overview(
        tiles=[
            active_agreements(figures),
            new_agreements(figures),
            up_for_renewal(figures),
            renewal_due(figures),
            in_work(figures),
            contacted(figures),
            contacted_bands(figures, SMALL_BANDS, "2-19", _("Contacted, 2–19 employees")),
            contacted_bands(figures, LARGE_BANDS, "50+", _("Contacted, 50 or more")),
        ],
        charts=[replace(chart, csv_url=figures.csv_url(chart.slug)) for chart in drawn],
        is_empty=not figures.by_owner and not figures.stock,
    )


def active_agreements(figures: Figures) -> Kpi:
    """Agreements in force today, against the goal for New Year's Eve."""
    count, trend = figures.total("active"), figures.trend("active")
    before = figures.total("at_new_year")
    goal = figures.goal(Measure.ACTIVE_AGREEMENTS) if figures.period.is_running else None
    compare, tone = difference(count, before, _("at New Year")), ""
    basis = ""
    if goal is not None:
        plan = pace(goal, figures.period.passed, before)
        compare, tone = against_plan(count, plan)
        basis = _("The plan is %(n)s today") % {"n": whole(plan)}
    return Kpi(
        label=_("Active agreements"),
        count=count,
        number=whole(count),
        goal=goal_text(goal),
        compare=compare,
        tone=tone,
        rising=tone == "better" if tone else None,
        basis=basis,
        spark=spark(trend, goal),
        trend_text=trend_text(trend),
        url=figures.agreements_url(status="active"),
        rows=figures.agreements.active(figures.period.today),
    )


def new_agreements(figures: Figures) -> Kpi:
    """First agreements signed in the year, against the consultants' goals added up."""
    period, count, trend = figures.period, figures.total("new"), figures.trend("new")
    goal, people = figures.goal(Measure.NEW_AGREEMENTS), len(figures.consultants)
    compare, tone = difference(count, figures.total("new_before"), str(period.year - 1)), ""
    if goal is not None:
        compare, tone = against_plan(count, pace(goal, period.passed))
    each = ""
    if people and not figures.mine:
        each = _("%(n)s for each of %(people)s consultants") % {
            "n": decimal(count / people),
            "people": whole(people),
        }
    return Kpi(
        label=_("New agreements in %(year)s") % {"year": period.year},
        count=count,
        number=whole(count),
        goal=goal_text(goal),
        compare=compare,
        tone=tone,
        rising=tone == "better" if tone else None,
        basis=each,
        spark=spark(trend, goal),
        trend_text=trend_text(trend),
        url=figures.agreements_url(year=period.year),
        rows=figures.agreements.new_in(period.year),
    )


def up_for_renewal(figures: Figures) -> Kpi:
    """Active agreements to renegotiate within the organisation's days."""
    days, count, trend = figures.renewal_days, figures.total("near"), figures.trend("near")
    return Kpi(
        label=_("To renegotiate"),
        count=count,
        number=whole(count),
        compare=difference(count, trend[-2], _("at the end of last month")),
        basis=_("within %(days)s days, %(n)s within 30")
        % {"days": days, "n": whole(figures.total("within_30"))},
        spark=spark(trend),
        trend_text=trend_text(trend),
        url=figures.agreements_url(status="renewal", days=days),
        rows=figures.agreements.up_for_renewal(figures.period.today, days),
    )


def renewal_due(figures: Figures) -> Kpi:
    """Agreements whose day to renegotiate, or last day, has come or passed."""
    count, ran_out = figures.total("due"), figures.total("expired")
    basis = _("of %(n)s active agreements") % {"n": whole(figures.total("active"))}
    if ran_out:
        basis = ngettext("%(n)s has run out", "%(n)s have run out", ran_out) % {"n": whole(ran_out)}
    return Kpi(
        label=_("Date to renegotiate passed"),
        count=count,
        number=whole(count),
        compare=_("act now") if count else _("none wait"),
        tone="worse" if count else "",
        basis=basis,
        url=figures.agreements_url(status="renewal", days=0),
        rows=figures.agreements.up_for_renewal(figures.period.today, 0),
    )


def in_work(figures: Figures) -> Kpi:
    """Drafts and agreements that wait for signatures."""
    drafts, waiting = figures.total("draft"), figures.total("for_signature")
    return Kpi(
        label=_("Agreements in work"),
        count=drafts + waiting,
        number=whole(drafts + waiting),
        basis=ngettext(
            "%(drafts)s draft, %(waiting)s for signature",
            "%(drafts)s drafts, %(waiting)s for signature",
            drafts,
        )
        % {"drafts": whole(drafts), "waiting": whole(waiting)},
        url=figures.agreements_url(status="in_work"),
        rows=figures.agreements.in_work(),
    )


def contacted(figures: Figures) -> Kpi:
    """Workplaces we have been in contact with the last twelve months."""
    share = figures.contacted()
    return Kpi(
        label=_("Contacted the last 12 months"),
        count=share.part,
        number=whole(share.part),
        compare=_("%(percent)s of all workplaces") % {"percent": percent(share.percent)},
        basis=_("out of %(n)s") % {"n": whole(share.whole)},
        url=figures.workplaces_url(contacted=12),
        rows=figures.workplaces.contacted_since(figures.contacted_from),
    )


def contacted_bands(figures: Figures, bands: Sequence[str], size: str, label: str) -> Kpi:
    """Workplaces of some size bands contacted the last twelve months, beside a benchmark."""
    share, benchmark = figures.contacted(bands), figures.benchmark_of(bands[0])
    number, tone, compare = share.percent, "", ""
    if benchmark is not None and number is not None:
        compare, tone = beside_catalogue(number, benchmark)
    return Kpi(
        label=label,
        count=share.part,
        number=whole(share.part),
        compare=compare,
        tone=tone,
        rising=tone == "better" if tone else None,
        basis=_("out of %(n)s") % {"n": whole(share.whole)},
        url=figures.workplaces_url(contacted=12, size=size),
        rows=figures.workplaces.contacted_since(figures.contacted_from).filter(size_band__in=bands),
    )


def by_consultant(figures: Figures) -> Chart:
    """New agreements of each consultant beside their goal; a line where they should be today."""
    year, paces = figures.period.year, figures.paces
    top = max([1, *(max(each.new, each.goal or 0) for each in paces)])
    planned = [each.new >= each.plan for each in paces if each.plan is not None]
    return Chart(
        slug="new-by-consultant",
        headline=keeping_pace(sum(planned), len(planned), running=figures.period.is_running),
        sub=_("New agreements in %(year)s beside the goal. Line: where the plan is")
        % {"year": year},
        bars=[
            bar(
                str(each.user),
                each.new,
                top,
                text=of_goal(each.new, each.goal),
                bench=each.plan if each.goal else None,
            )
            for each in paces
        ],
        table=Table(
            [_("Consultant"), _("New"), _("Goal"), _("Plan")],
            [
                [
                    heading(str(each.user)),
                    count_cell(each.new, figures.agreements_url(year=year, owner=each.user.pk)),
                    number_cell(each.goal),
                    number_cell(each.plan),
                ]
                for each in paces
            ],
        ),
    )


def by_point(figures: Figures) -> Chart:
    """How many of the active agreements hold each of the points."""
    active = figures.total("active")
    ends = extremes({number: used for number, _title, used in figures.points})
    if not active:
        headline = _("No active agreements yet")
    elif ends is None:
        headline = _("All points are in use equally often")
    else:
        headline = _("Point %(most)s is agreed most often, point %(least)s least") % {
            "most": ends[0],
            "least": ends[1],
        }
    titles = {number: f"{number} {title}" for number, title, _used in figures.points}
    return Chart(
        slug="points",
        headline=headline,
        sub=_("Active agreements that hold the point, out of %(n)s") % {"n": whole(active)},
        bars=[
            bar(titles[number], used, active, text=whole(used))
            for number, _title, used in figures.points
        ],
        table=Table(
            [_("Point"), _("Agreements"), _("Share")],
            [
                [
                    heading(titles[number]),
                    count_cell(used, figures.agreements_url(status="active", point=number)),
                    share_cell(Share(used, active).percent),
                ]
                for number, _title, used in figures.points
            ],
        ),
    )


def by_size(figures: Figures) -> Chart:
    """Contact in each size band beside the municipality's stock and the catalogue's figures."""
    bands = [(band.value, str(band.label)) for band in SizeBand]
    if figures.contacted([""]).whole:
        bands.append(("", _("Size not known")))
    small, benchmark = figures.contacted(SMALL_BANDS), figures.benchmark_of(SMALL_BANDS[0])
    source = next((each.source for each in figures.benchmarks.values()), "")
    headline = _("No small workplaces to reach yet")
    if small.whole and benchmark is not None:
        headline = _("We reach %(ours)s of the small ones, the catalogue found %(other)s") % {
            "ours": percent(small.percent),
            "other": percent(benchmark),
        }
    return Chart(
        slug="contact-by-size",
        headline=headline,
        sub=_("Workplaces contacted the last 12 months, by employees. Line: the catalogue"),
        wide=True,
        bars=[size_bar(figures, band, label) for band, label in bands],
        table=Table(
            [_("Employees"), _("Total"), _("Contacted"), _("Share"), _("Catalogue")],
            [size_row(figures, band) for band, _label in bands],
        ),
        note=_("The catalogue asked private firms. Source: %(source)s.") % {"source": source}
        if source
        else "",
    )


def size_bar(figures: Figures, band: str, label: str) -> Bar:
    """One size band's share as a bar."""
    share = figures.contacted([band])
    return bar(
        label,
        share.part,
        share.whole,
        text=percent(share.percent),
        bench=figures.benchmark_of(band),
        bench_whole=100,
    )


def size_row(figures: Figures, band: str) -> list[Cell]:
    """One size band's numbers, each with its list."""
    share, bench = figures.contacted([band]), figures.benchmark_of(band)
    size = band or "unknown"
    return [
        heading(band.replace("-", "–") or _("Not known")),
        count_cell(share.whole, figures.workplaces_url(size=size)),
        count_cell(share.part, figures.workplaces_url(size=size, contacted=12)),
        share_cell(share.percent),
        Cell(percent(bench), bench),
    ]


def portfolios(figures: Figures) -> Chart:
    """What each person looks after: agreements, renewals, workplaces and contact with them."""
    nobody, everybody = figures.contacted(owners=[None]).whole, figures.contacted().whole
    return Chart(
        slug="portfolios",
        headline=_("%(owned)s of %(all)s workplaces have a consultant")
        % {"owned": whole(everybody - nobody), "all": whole(everybody)},
        sub=_("What each looks after today, and contact the last 12 months"),
        wide=True,
        table=Table(
            [
                _("Who"),
                _("Agreements"),
                _("Renewals"),
                _("Places"),
                _("Reached"),
            ],
            [portfolio_row(figures, user) for user in figures.people],
        ),
    )


def portfolio_row(figures: Figures, user: User) -> list[Cell]:
    """One person's numbers, each with its list."""
    share, owner = figures.contacted(owners=[user.pk]), user.pk
    days = figures.renewal_days
    return [
        heading(user.name),
        count_cell(
            figures.of_owner(owner, "active"),
            figures.agreements_url(status="active", owner=owner),
        ),
        count_cell(
            figures.of_owner(owner, "near"),
            figures.agreements_url(status="renewal", days=days, owner=owner),
        ),
        count_cell(share.whole, figures.workplaces_url(owner=owner)),
        count_cell(share.part, figures.workplaces_url(owner=owner, contacted=12)),
    ]


def my_numbers(user: User, on: date) -> list[Kpi]:
    """A consultant's own figures for the home page: agreements and contact the last month."""
    figures = Figures(user, Period(on.year, on), mine=True)
    since = months_before(on, 1)
    reached, owned = figures.workplaces.contacted_since(since), figures.workplaces.count()
    count = reached.count()
    return [
        new_agreements(figures),
        active_agreements(figures),
        up_for_renewal(figures),
        Kpi(
            label=_("My workplaces contacted the last 30 days"),
            count=count,
            number=whole(count),
            basis=_("out of %(n)s") % {"n": whole(owned)},
            url=figures.workplaces_url(contacted=1),
            rows=reached,
        ),
    ]
