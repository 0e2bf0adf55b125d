"""Partnerships as an app."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cabi_crm.ui.panels import (
    Fact,
    HandoverExtra,
    Tab,
    handover_extras,
    workplace_panels,
)
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


def agreements_going(workplaces: Sequence[int], giver: Any) -> dict[int, list[str]]:
    """The giver's agreements that go along when these workplaces change hands, in words."""
    found: dict[int, list[str]] = {}
    agreements = apps.get_model("partnerships.Agreement").objects.looked_after_by(giver)
    for agreement in agreements.filter(workplace__in=workplaces).with_standing(
        timezone.localdate()
    ):
        words = {"number": agreement.number, "standing": agreement.standing_label}
        text = gettext("Agreement %(number)s, %(standing)s") % words
        found.setdefault(agreement.workplace_id, []).append(text)
    return found


def move_agreements(**asked: Any) -> list[int]:
    """`partnerships.actions.hand_over_agreements`, which cannot be imported before the models."""
    moved: list[int] = import_string("partnerships.actions.hand_over_agreements")(**asked)
    return moved


class PartnershipsConfig(AppConfig):
    """Agreement templates, agreements and their documents."""

    name = "partnerships"
    verbose_name = _("Partnerships")

    def ready(self) -> None:
        """Put the agreements on the workplace's page, and let them follow it to a new owner."""
        workplace_panels.add_tab(
            Tab("agreements", _("Agreements"), "partnerships:for_workplace", 40)
        )
        workplace_panels.add_facts(agreement_facts)
        handover_extras["agreements"] = HandoverExtra(
            "agreements", agreements_going, move_agreements
        )
