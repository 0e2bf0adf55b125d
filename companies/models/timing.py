"""When a workplace can be visited, and when it needs an extra hand."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Weekday
from companies.enums import DayPart


class VisitWindow(models.Model):
    """A slot of the week in which a visit to a workplace is welcome, or better avoided."""

    workplace = models.ForeignKey(
        "companies.Workplace", models.CASCADE, related_name="visit_windows"
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    part = models.PositiveSmallIntegerField(_("hours"), choices=DayPart)
    is_good = models.BooleanField(_("good time"), default=True)
    said_on = models.DateField(_("told us"), default=timezone.localdate)

    class Meta:
        verbose_name = _("visiting time")
        ordering = ["weekday", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["workplace", "weekday", "part"],
                name="visit_window_slot_once",
                violation_error_message=_("This time is already noted."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.get_part_display()}"


class NotedTime(models.Model):
    """A good time that was noted on one visit, and what was known before.

    When the visit is deleted, what it noted goes with it and what was known comes back.
    """

    activity = models.ForeignKey("companies.Activity", models.CASCADE, related_name="noted_times")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    part = models.PositiveSmallIntegerField(_("hours"), choices=DayPart)
    was_good = models.BooleanField(null=True)
    was_said_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("visiting time noted on a visit")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "weekday", "part"],
                name="noted_time_once_a_visit",
                violation_error_message=_("This time is already noted."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.get_part_display()}"


class KeptSeasons(models.Manager["SeasonPeak"]):
    """Seasons that were not deleted."""

    def get_queryset(self) -> models.QuerySet["SeasonPeak"]:
        """Without those that were deleted; they are only wanted for undo."""
        return super().get_queryset().filter(removed_at=None)


class SeasonPeak(models.Model):
    """Weeks of the year in which a workplace needs an extra hand, and how early to be there.

    From and to are ISO weeks; a season that ends before it begins goes over New Year. Deleting
    one sets `removed_at`, so that it can be undone; `objects` and a workplace's seasons are those
    that were kept.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("note",)

    workplace = models.ForeignKey(
        "companies.Workplace", models.CASCADE, related_name="season_peaks"
    )
    name = models.CharField(_("what is busy"), max_length=80)
    from_week = models.PositiveSmallIntegerField(_("from week"))
    to_week = models.PositiveSmallIntegerField(_("to week"))
    lead_weeks = models.PositiveSmallIntegerField(
        _("weeks ahead"), default=4, help_text=_("How early they want to hear from us.")
    )
    note = models.CharField(_("what help they need"), max_length=200, blank=True)

    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["SeasonPeak"]] = KeptSeasons()
    every: ClassVar[models.Manager["SeasonPeak"]] = models.Manager()

    class Meta:
        verbose_name = _("busy season")
        ordering = ["from_week", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_week__range=(1, 53)) & Q(to_week__range=(1, 53)),
                name="season_peak_weeks_exist",
                violation_error_message=_("A week is a number from 1 to 53."),
            ),
            models.CheckConstraint(
                condition=Q(lead_weeks__range=(1, 26)),
                name="season_peak_lead_is_half_a_year_at_most",
                violation_error_message=_("Be there between 1 and 26 weeks ahead."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
