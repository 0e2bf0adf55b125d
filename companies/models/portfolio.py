"""Whom to contact next, and how a portfolio changes hands."""

import uuid
from datetime import date, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cabi_crm.db import TimeStamped, start_of
from companies.enums import (
    HandoverStatus,
    RelationshipLevel,
    SuggestionAnswer,
    SuggestionKind,
)
from companies.models.activity import Activity
from companies.models.workplace import WorkplaceQuerySet
from companies.rules.cadence import BANK_ACTIVITIES, BANK_DAYS, BANK_EMPLOYEES
from companies.rules.portfolio import bank_occasion


class AnsweredSuggestionQuerySet(models.QuerySet["AnsweredSuggestion"]):
    """Questions about many answers."""

    def silencing(self, on: date) -> Self:
        """Those that keep their suggestion away on `on`, with the occasion they hold for then.

        That is their own. The check of a level is a new one each month, so one that was postponed
        holds for the month it is asked in.
        """
        later = When(kind=SuggestionKind.BANK_CHECK, until__gt=on, then=Value(bank_occasion(on)))
        held = Case(later, default=F("occasion"), output_field=models.CharField())
        return self.exclude(until__lte=on).annotate(holds_for=held)


class AnsweredSuggestion(TimeStamped):
    """What became of a suggestion on somebody's day: done, postponed with a reason, dismissed.

    Suggestions are derived each time; `occasion` tells this one from the next of its kind at the
    same workplace (the season of a year, the contact it is counted from). With `until` the answer
    holds only to that day.
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

    objects: ClassVar[models.Manager["AnsweredSuggestion"]] = (
        AnsweredSuggestionQuerySet.as_manager()
    )

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


def for_the_bank(places: WorkplaceQuerySet, on: date) -> WorkplaceQuerySet:
    """Those of `places` that much happens with although they are passive: Odense's entry rule.

    Not those that were put off this month, or to a later day.
    """
    since = start_of(on - timedelta(days=BANK_DAYS))
    contacts = Activity.objects.contacts().filter(workplace=OuterRef("pk"), starts_at__gte=since)
    enough = contacts.order_by("-starts_at")[BANK_ACTIVITIES - 1 : BANK_ACTIVITIES]
    about_it = Q(kind=SuggestionKind.BANK_CHECK, holds_for=bank_occasion(on))
    answers = AnsweredSuggestion.objects.all().silencing(on)
    answered = answers.filter(about_it, workplace=OuterRef("pk"))
    busy = places.active().filter(level=RelationshipLevel.PASSIVE, last_contact_at__gte=since)
    large = Q(employees__gte=BANK_EMPLOYEES) | Q(employees=None, employees_low__gte=BANK_EMPLOYEES)
    return busy.filter(large).filter(Exists(enough), ~Exists(answered))


def without_owner(places: WorkplaceQuerySet) -> WorkplaceQuerySet:
    """Active ones that we work with and that nobody is the one way in to."""
    return places.active().filter(owner=None).exclude(level=RelationshipLevel.PASSIVE)


def ceased_but_kept(places: WorkplaceQuerySet) -> WorkplaceQuerySet:
    """Ceased ones that still have an owner or a level."""
    kept = Q(owner__isnull=False) | ~Q(level=RelationshipLevel.PASSIVE)
    return places.filter(kept, ceased_on__isnull=False)


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
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

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


class HandoverItemQuerySet(models.QuerySet["HandoverItem"]):
    """Questions about the workplaces of handovers."""

    def kept(self) -> Self:
        """Those that are still on their list."""
        return self.filter(removed_at=None)

    def on_the_way(self) -> Self:
        """Those of handovers that are not finished."""
        return self.kept().filter(handover__status=HandoverStatus.OPEN)

    def along_the_road(self) -> Self:
        """In the order in which they are driven to: town by town, street by street."""
        return self.order_by("workplace__town", "workplace__street", "workplace__name", "pk")


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
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[models.Manager["HandoverItem"]] = HandoverItemQuerySet.as_manager()

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
