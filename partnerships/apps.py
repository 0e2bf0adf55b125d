"""Partnerships as an app."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.apps import AppConfig, apps
from django.db.models import JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject
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

FOREMOST = "foremost_agreement"


def foremost_agreement(user: Any) -> Subquery:
    """What the page of a workplace says of its agreement, read along with the workplace."""
    agreements = apps.get_model("partnerships.Agreement").objects.visible_to(user)
    of_place = agreements.filter(workplace=OuterRef("pk")).by_weight(timezone.localdate())
    said = JSONObject(pk="pk", standing="standing", renew_on="renew_on")
    return Subquery(of_place.values(said=said)[:1], output_field=JSONField())


def agreement_facts(workplace: Any, user: Any) -> list[Fact]:
    """How the workplace's agreement stands; nothing when it never had one."""
    if FOREMOST in vars(workplace):
        said = vars(workplace)[FOREMOST]
    else:
        places = type(workplace).objects.filter(pk=workplace.pk)
        said = places.values_list(foremost_agreement(user), flat=True).get()
    if said is None:
        return []
    meta = ""
    if said["standing"] == Standing.ACTIVE and said["renew_on"]:
        renew_on = date.fromisoformat(said["renew_on"])
        day = formats.date_format(renew_on, "SHORT_DATE_FORMAT")
        meta = gettext("renegotiated %(day)s") % {"day": day}
    return [
        Fact(
            label=gettext("Agreement"),
            text=str(Standing(said["standing"]).label),
            url=reverse("partnerships:agreement", args=[said["pk"]]),
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
        workplace_panels.add_column(FOREMOST, foremost_agreement)
        workplace_panels.add_facts(agreement_facts)
        handover_extras["agreements"] = HandoverExtra(
            "agreements", agreements_going, move_agreements
        )
