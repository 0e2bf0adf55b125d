"""What every page gets: the organisation, the menu and whether this is a demo."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.access import may_administer, may_audit, may_read_companies, may_read_figures
from accounts.models import Organisation, User


@dataclass(frozen=True)
class MenuItem:
    """A place in the rail and the bottom bar."""

    section: str
    label: str
    url: str
    icon: str


def menu_for(user: User) -> list[MenuItem]:
    """The places `user` may go, in their fixed order."""
    items = [MenuItem("home", str(_("Today")), reverse("home"), "today")]
    if may_read_companies(user):
        items += [
            MenuItem("companies", str(_("Companies")), reverse("companies:list"), "building"),
            MenuItem(
                "partnerships", str(_("Partnerships")), reverse("partnerships:list"), "partner"
            ),
        ]
    if may_read_figures(user):
        items.append(
            MenuItem("insights", str(_("Overview")), reverse("insights:overview"), "chart")
        )
    if may_administer(user):
        items.append(MenuItem("admin", str(_("Settings")), reverse("accounts:settings"), "tools"))
    if may_audit(user):
        items.append(MenuItem("audit", str(_("Audit trail")), reverse("accounts:events"), "list"))
    return items


def page(request: HttpRequest) -> dict[str, object]:
    """Template variables of the base page; the organisation is read once, when first used."""
    user = getattr(request, "user", None)
    known = user if isinstance(user, User) else None
    return {
        "organisation": SimpleLazyObject(
            lambda: Organisation.objects.defer("logo").first() or Organisation(label="")
        ),
        "menu": menu_for(known) if known else [],
        "demo": settings.DEMO,
        "searched": request.GET.get("q", ""),
        "section": "",
    }
