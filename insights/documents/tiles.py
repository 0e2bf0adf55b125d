"""Key figures about agreements and contact, each with the list behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabi_crm.ui.charts import Tile, spark
from cabi_crm.ui.figures import (
    against_plan,
    beside_catalogue,
    decimal,
    difference,
    goal_text,
    percent,
    trend_text,
    whole,
)
from insights.enums import Measure
from insights.models import Figures
from insights.rules import pace


@dataclass(frozen=True)
class Kpi(Tile):
    """A tile with the very rows that its number counts."""

    rows: QuerySet[Any] | None = None


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
