"""The key figure of enquiries: how many firms got an answer within the promised time."""

from django.utils.translation import gettext as _

from cabi_crm.ui.figures import decimal, percent, whole
from insights.documents.tiles import Kpi
from insights.models import Figures


def answered_in_time(figures: Figures) -> Kpi:
    """Enquiries of the year that were answered before their deadline, out of those that are due."""
    share, mean = figures.answered_in_time, figures.mean_response_hours
    basis = _("out of %(n)s") % {"n": whole(share.whole)}
    if mean is not None:
        basis = _("out of %(n)s, %(hours)s opening hours on average") % {
            "n": whole(share.whole),
            "hours": decimal(mean),
        }
    compare = _("%(percent)s of the answers that were due") % {"percent": percent(share.percent)}
    return Kpi(
        label=_("Answers in time in %(year)s") % {"year": figures.period.year},
        count=share.part,
        number=whole(share.part),
        compare=compare if share.whole else _("nobody has asked yet"),
        basis=basis if share.whole else "",
        url=figures.enquiries_url(show="in_time", year=figures.period.year),
        rows=figures.enquiries.answered_in_time(),
    )
