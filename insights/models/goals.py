"""Yearly goals and the catalogue's figures to compare with."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from cabi_crm.db import TimeStamped
from insights.enums import Measure
from insights.rules import Goals


class GoalQuerySet(models.QuerySet["Goal"]):
    """Questions about many goals."""

    def in_force(self, year: int) -> Self:
        """The year's goals, and earlier defaults, which hold until a later one; oldest first."""
        return self.filter(Q(year=year) | Q(year__lt=year, user=None, team=None)).order_by("year")

    def as_rules(self, year: int) -> dict[str, Goals]:
        """What holds in `year` for each measure."""
        rows = list(self.in_force(year))
        return {
            measure: Goals(
                default=next(
                    (g.number for g in reversed(rows) if g.measure == measure and g.is_default),
                    None,
                ),
                teams={g.team_id: g.number for g in rows if g.measure == measure and g.team_id},
                users={g.user_id: g.number for g in rows if g.measure == measure and g.user_id},
            )
            for measure in Measure.values
        }


class Goal(TimeStamped):
    """A number to reach in a year, for a person, a team or (neither) each consultant by default.

    A default holds for the years after it until a later one is set. The catalogue's goal is ten
    new agreements a year for each consultant (Ringsted).
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("user",)

    measure = models.CharField(_("measure"), max_length=30, choices=Measure)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    number = models.PositiveIntegerField(_("goal"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("person"),
    )
    team = models.ForeignKey(
        Team,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("team"),
    )

    objects: ClassVar[models.Manager["Goal"]] = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        ordering = ["-year", "measure"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "year", "user"],
                condition=Q(user__isnull=False),
                name="goal_one_a_person",
                violation_error_message=_("This person already has that goal."),
            ),
            models.UniqueConstraint(
                fields=["measure", "year", "team"],
                condition=Q(team__isnull=False),
                name="goal_one_a_team",
                violation_error_message=_("This team already has that goal."),
            ),
            models.UniqueConstraint(
                fields=["measure", "year"],
                condition=Q(user=None, team=None),
                name="goal_one_for_all",
                violation_error_message=_("This goal is already set."),
            ),
            models.CheckConstraint(
                condition=Q(user=None) | Q(team=None),
                name="goal_for_person_or_team",
                violation_error_message=_("A goal is for a person or a team, not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.year}: {self.number}"

    @property
    def is_default(self) -> bool:
        """Whether it is for each consultant."""
        return self.user_id is None and self.team_id is None


class Benchmark(models.Model):
    """A figure from outside to compare with, with its source and year."""

    slug = models.SlugField(unique=True)
    label = models.CharField(max_length=200)
    percent = models.DecimalField(max_digits=5, decimal_places=1)
    source = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("benchmark")

    def __str__(self) -> str:
        return f"{self.label}: {self.percent} %"
