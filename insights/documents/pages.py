"""What stands on the dashboard and among my own numbers, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from cabi_crm.ui.charts import Chart
from cabi_crm.ui.figures import (
    whole,
)
from companies.filters import months_before
from companies.rules import LARGE_BANDS, SMALL_BANDS
from insights.documents.charts import by_consultant, by_point, by_size, portfolios
from insights.documents.enquiries import answered_in_time
from insights.documents.tiles import (
    Kpi,
    active_agreements,
    contacted,
    contacted_bands,
    in_work,
    new_agreements,
    renewal_due,
    up_for_renewal,
)
from insights.models import Figures
from insights.rules import Period


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
            answered_in_time(figures),
        ],
        charts=[replace(chart, csv_url=figures.csv_url(chart.slug)) for chart in drawn],
        is_empty=not figures.by_owner and not figures.stock,
    )


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
        answered_in_time(figures),
    ]
