"""The bag on paper: what we can offer, for the firm's table."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.documents import work_head
from accounts.models import Organisation
from cabi_crm.pdf import Rendering
from cabi_crm.pdf.work import first_that_fits, lay_out_work
from cabi_crm.ui.templatetags.ui import phone
from toolbox.models import Instrument

PAGES = 2
TEXT_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5)  # points; the largest that fits on two pages


@dataclass(frozen=True)
class Offer:
    """One instrument as the paper shows it."""

    name: str
    what: str
    duration: str
    pays: str
    basis: str
    is_unverified: bool


def bag_pdf(instruments: Iterable[Instrument], *, language: str) -> bytes:
    """The instruments on at most two A4 pages, in the language asked for."""
    with translation.override(language):
        organisation = Organisation.objects.current()
        offers = [
            Offer(each.name, each.what, each.duration, each.pays, each.basis, each.is_unverified)
            for each in instruments
        ]
        context = {
            "offers": offers,
            "any_unverified": any(each.is_unverified for each in offers),
            "phone": phone(organisation.phone) if organisation.phone else "",
            "email": organisation.email,
        }
        head = work_head(_("What we can offer"), language=language)

        def lay_out_size(step: int) -> Rendering:
            variables = {"--text": f"{TEXT_SIZES[step]:g}"}
            return lay_out_work("toolbox/bag_paper.html", head, context, variables=variables)

        return first_that_fits(lay_out_size, TEXT_SIZES, pages=PAGES).write()
