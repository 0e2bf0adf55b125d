"""What every page gets: the organisation, the menu and whether this is a demo."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.access import (
    may_administer,
    may_audit,
    may_edit_companies,
    may_read_companies,
    may_read_figures,
)
from accounts.models import Organisation, User


@dataclass(frozen=True)
class MenuItem:
    """A place in the rail and the bottom bar."""

    section: str
    label: str
    url: str
    icon: str
    on_phone: bool = False  # has a place of its own in the bottom bar


def menu_for(user: User) -> list[MenuItem]:
    """The places `user` may go, in their fixed order; at most four stand on a phone."""
    items = [MenuItem("home", _("Today"), reverse("home"), "today", on_phone=True)]
    if may_read_companies(user):
        companies, agreements = reverse("companies:list"), reverse("partnerships:list")
        items += [
            MenuItem("companies", _("Companies"), companies, "building", on_phone=True),
            MenuItem("partnerships", _("Partnerships"), agreements, "partner", on_phone=True),
            MenuItem("enquiries", _("Enquiries"), reverse("companies:enquiries"), "ask"),
            MenuItem("toolbox", _("Tools"), reverse("toolbox:bag"), "tools"),
        ]
    if may_read_figures(user):
        overview = reverse("insights:overview")
        items.append(MenuItem("insights", _("Overview"), overview, "chart", on_phone=True))
    if may_administer(user):
        items.append(MenuItem("admin", _("Settings"), reverse("accounts:settings"), "filter"))
    if may_audit(user):
        events = reverse("accounts:events")
        items.append(MenuItem("audit", _("Audit trail"), events, "list", on_phone=True))
    return items


def page(request: HttpRequest) -> dict[str, object]:
    """Template variables of the base page; the organisation is read once, when first used."""
    user = getattr(request, "user", None)
    known = user if isinstance(user, User) else None
    return {
        "organisation": SimpleLazyObject(Organisation.objects.current),
        "menu": menu_for(known) if known else [],
        "demo": settings.DEMO,
        # The middle of the bottom bar is for logging, or for figures where those are the work.
        "bar_logs": bool(known and may_edit_companies(known) and not may_read_figures(known)),
        "searched": request.GET.get("q", ""),
        "section": "",
    }
