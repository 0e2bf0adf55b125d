"""Partnerships as an app."""

from typing import Any

from django.apps import AppConfig, apps
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cabi_crm.ui.panels import Fact, Tab, workplace_panels
from partnerships.enums import Standing


def agreement_facts(workplace: Any, user: Any) -> list[Fact]:
    """How the workplace's agreement stands; nothing when it never had one."""
    agreements = apps.get_model("partnerships.Agreement").objects.visible_to(user)
    agreement = agreements.filter(workplace=workplace).foremost(timezone.localdate())
    if agreement is None:
        return []
    meta = ""
    if agreement.standing == Standing.ACTIVE and agreement.renew_on:
        day = formats.date_format(agreement.renew_on, "SHORT_DATE_FORMAT")
        meta = gettext("renegotiated %(day)s") % {"day": day}
    return [
        Fact(
            label=gettext("Agreement"),
            text=agreement.standing_label,
            url=reverse("partnerships:agreement", args=[agreement.pk]),
            meta=meta,
            order=40,
        )
    ]


class PartnershipsConfig(AppConfig):
    """Agreement templates, agreements and their documents."""

    name = "partnerships"
    verbose_name = _("Partnerships")

    def ready(self) -> None:
        """Put the agreements on the workplace's page."""
        workplace_panels.add_tab(
            Tab("agreements", _("Agreements"), "partnerships:for_workplace", 40)
        )
        workplace_panels.add_facts(agreement_facts)
