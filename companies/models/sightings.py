"""What was seen at a workplace that could become work for somebody."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from companies.enums import LeadKind, TaskArea, Trait, TraitKind
from companies.models.activity import Activity


class SightingQuerySet(models.QuerySet[Any]):
    """Questions about many tasks seen, or many leads."""

    def kept(self) -> Self:
        """Those not seen on a visit that was deleted; seen without a visit they have none."""
        return self.filter(activity__removed_at=None)

    def there(self) -> Self:
        """Those that are there still, as far as we know."""
        return self.kept().filter(gone_on=None)


class TaskQuerySet(SightingQuerySet):
    """Questions about many tasks seen."""

    def kept(self) -> Self:
        """Those not taken back either."""
        return super().kept().filter(removed_at=None)

    def like(self, sighting: "TaskOpportunity") -> Self:
        """The same task each time it was seen at the workplace: on the page it is one line."""
        same = {name: getattr(sighting, name) for name in TaskOpportunity.SAME}
        return self.filter(workplace=sighting.workplace_id, **same)


class TaskOpportunity(models.Model):
    """A task seen at a workplace, on a visit or otherwise: raw material for placements and jobs.

    One that is not there any more has `gone_on`; one that was noted by mistake is taken back by
    `removed_at`, and keeps what was said about it.
    """

    workplace = models.ForeignKey(
        "companies.Workplace", models.CASCADE, related_name="task_opportunities"
    )
    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="task_opportunities", null=True, blank=True
    )
    area = models.CharField(_("tasks"), max_length=20, choices=TaskArea)
    title = models.CharField(_("the task"), max_length=120, blank=True)
    hours_a_week = models.DecimalField(
        _("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    season = models.CharField(_("when in the year"), max_length=80, blank=True)
    skills = models.CharField(_("what it takes"), max_length=200, blank=True)
    seen_on = models.DateField(_("seen"), default=timezone.localdate)
    gone_on = models.DateField(_("not there any more"), null=True, blank=True)
    # Of the form it was added by; those seen on a visit came with the visit's own.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]

    DETAILS = ("title", "hours_a_week", "season", "skills")
    SAME = ("area", *DETAILS)

    class Meta:
        verbose_name = _("task seen")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "area"],
                name="task_opportunity_once_a_visit",
                violation_error_message=_("This kind of task is already on the visit."),
            )
        ]

    def __str__(self) -> str:
        return self.get_area_display()


class Lead(models.Model):
    """Something spotted at a workplace that could become more, such as a flexjob."""

    personal_fields: ClassVar[tuple[str, ...]] = ("spotted_by",)

    workplace = models.ForeignKey("companies.Workplace", models.CASCADE, related_name="leads")
    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="leads", null=True, blank=True
    )
    kind = models.CharField(_("spotted"), max_length=20, choices=LeadKind)
    spotted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("who")
    )
    seen_on = models.DateField(_("seen"), default=timezone.localdate)
    gone_on = models.DateField(_("not there any more"), null=True, blank=True)

    objects: ClassVar[SightingQuerySet] = SightingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("lead")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "kind"],
                name="lead_once_a_visit",
                violation_error_message=_("This is already on the visit."),
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class WorkplaceTrait(models.Model):
    """A ticked fact: why a workplace wants to, or what its work asks of people."""

    workplace = models.ForeignKey("companies.Workplace", models.CASCADE, related_name="traits")
    kind = models.CharField(max_length=20, choices=TraitKind)
    trait = models.CharField(_("what"), max_length=20, choices=Trait)

    class Meta:
        verbose_name = _("trait")
        constraints = [
            models.UniqueConstraint(
                fields=["workplace", "trait"],
                name="workplace_trait_once",
                violation_error_message=_("This already stands there."),
            )
        ]

    def __str__(self) -> str:
        return self.get_trait_display()
