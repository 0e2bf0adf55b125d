"""Whom to contact next, and how a portfolio changes hands."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cabi_crm.db import TimeStamped
from companies.enums import HandoverStatus, SuggestionAnswer, SuggestionKind


class AnsweredSuggestion(TimeStamped):
    """What became of a suggestion on somebody's day: done, postponed with a reason, dismissed.

    Suggestions are derived each time; `occasion` tells this one from the next of its kind at the
    same workplace (the season of a year, the contact it is counted from).
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("reason", "by")

    workplace = models.ForeignKey(
        "companies.Workplace", models.CASCADE, related_name="answered_suggestions"
    )
    kind = models.CharField(_("why now"), max_length=20, choices=SuggestionKind)
    occasion = models.CharField(max_length=60)
    answer = models.CharField(_("answer"), max_length=20, choices=SuggestionAnswer)
    until = models.DateField(_("postponed until"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("answered suggestion")
        constraints = [
            models.UniqueConstraint(
                fields=["workplace", "kind", "occasion"],
                name="answered_suggestion_once",
                violation_error_message=_("This has an answer already."),
            ),
            models.CheckConstraint(
                condition=~Q(answer=SuggestionAnswer.POSTPONED)
                | (Q(until__isnull=False) & ~Q(reason="")),
                name="answered_suggestion_postponed_says_until_and_why",
                violation_error_message=_("Say until when, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_answer_display()}"


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Questions about many handovers."""

    def open(self) -> Self:
        """Those not finished."""
        return self.filter(status=HandoverStatus.OPEN)

    def visible_to(self, user: User) -> Self:
        """Those of the giver and the taker; a manager sees all."""
        if user.role == "manager":
            return self
        return self.filter(Q(giver=user) | Q(taker=user))


class Handover(TimeStamped):
    """Workplaces that go from one owner to another, with a joint round (catalogue, step 8)."""

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("from")
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("to")
    )
    status = models.CharField(
        _("status"), max_length=20, choices=HandoverStatus, default=HandoverStatus.OPEN
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    finished_at = models.DateTimeField(_("handed over"), null=True, blank=True)

    objects: ClassVar[models.Manager["Handover"]] = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=models.F("taker")),
                name="handover_is_to_another",
                violation_error_message=_("Choose another colleague."),
            ),
            models.CheckConstraint(
                condition=Q(status=HandoverStatus.DONE, finished_at__isnull=False)
                | (~Q(status=HandoverStatus.DONE) & Q(finished_at=None)),
                name="handover_done_has_a_time",
                violation_error_message=_("Say when it was handed over."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class HandoverItem(models.Model):
    """One workplace of a handover: what the new owner must know, and how far it has come."""

    personal_fields: ClassVar[tuple[str, ...]] = ("note",)

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="items")
    workplace = models.ForeignKey("companies.Workplace", models.PROTECT, related_name="+")
    note = models.CharField(_("what you must know"), max_length=500, blank=True)
    joint_visit = models.ForeignKey(
        "companies.Activity", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    told_on = models.DateField(_("the firm knows"), null=True, blank=True)

    class Meta:
        verbose_name = _("workplace handed over")
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "workplace"],
                name="handover_item_once",
                violation_error_message=_("The workplace is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.workplace)
