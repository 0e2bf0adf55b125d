"""Charts of the dashboard: a finding in words, bars, and the table with the numbers."""

from django.utils.translation import gettext as _

from accounts.models import User
from cabi_crm.ui.charts import Bar, Cell, Chart, Table, bar
from cabi_crm.ui.figures import (
    count_cell,
    heading,
    keeping_pace,
    number_cell,
    of_goal,
    percent,
    share_cell,
    whole,
)
from companies.enums import SizeBand
from companies.rules import SMALL_BANDS
from insights.models import Figures
from insights.rules import Share, extremes


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
