"""What firms ask of us and what we do for them: enquiries, tasks, service given."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from accounts.access import may_edit_companies, may_read_companies
from accounts.models import Absence, User
from cabi_crm.db import TimeStamped
from cabi_crm.ui.spans import span_words
from companies.enums import EnquiryChannel, ServiceKind
from companies.rules.deadlines import Countdown


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Questions about many enquiries."""

    def visible_to(self, user: User) -> Self:
        """All for those who may read company data."""
        return self if may_read_companies(user) else self.none()

    def kept(self) -> Self:
        """Enquiries that were not deleted."""
        return self.filter(removed_at=None)

    def open(self) -> Self:
        """Not answered yet."""
        return self.kept().filter(answered_at=None)

    def answered(self) -> Self:
        """Those that got an answer."""
        return self.kept().filter(answered_at__isnull=False)  # as the index says it

    def late(self, moment: datetime) -> Self:
        """Unanswered after their deadline."""
        return self.open().filter(due_at__lt=moment)

    def with_firm(self) -> Self:
        """With the firm and who answers, in the same query."""
        return self.select_related("workplace__company", "assigned_to")

    def answered_in_time(self) -> Self:
        """Answered before their deadline."""
        return self.answered().filter(answered_at__lte=F("due_at"))

    def of_nobody(self) -> Self:
        """The shared inbox: nobody has them yet."""
        return self.filter(assigned_to=None)

    def assigned_among(self, users: Iterable[User]) -> Self:
        """Those that one of `users` has to answer."""
        return self.filter(assigned_to__in=[user.pk for user in users])

    def in_numbers(self, users: Iterable[User], moment: datetime) -> dict[str, int]:
        """How many wait: of `users`, of nobody, of all, and late ones; one query."""
        mine = Q(assigned_to__in=[user.pk for user in users])
        return self.open().aggregate(
            mine=Count("pk", filter=mine),
            nobody=Count("pk", filter=Q(assigned_to=None)),
            open=Count("pk"),
            late=Count("pk", filter=Q(due_at__lt=moment)),
        )

    def received_from(self, start: datetime, end: datetime) -> Self:
        """Received from `start` up to, not including, `end`."""
        return self.kept().filter(received_at__gte=start, received_at__lt=end)


class Enquiry(TimeStamped):
    """A firm that turned to us and waits for an answer within the promised time.

    `assigned_to` is whose it is; while they are away it is their cover's (derived, not stored).
    """

    personal_fields: ClassVar[tuple[str, ...]] = (
        "company_name",
        "person",
        "phone",
        "email",
        "subject",
        "answer",
    )

    workplace = models.ForeignKey(
        "companies.Workplace",
        models.PROTECT,
        related_name="enquiries",
        verbose_name=_("workplace"),
        null=True,
        blank=True,
    )
    company_name = models.CharField(_("company"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    person = models.CharField(_("who asks"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    channel = models.CharField(_("how"), max_length=20, choices=EnquiryChannel)
    subject = models.TextField(_("what they ask"), max_length=2000)
    received_at = models.DateTimeField(_("received"))
    due_at = models.DateTimeField(_("answer before"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="enquiries",
        verbose_name=_("who answers"),
        null=True,
        blank=True,
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("answered by"),
        null=True,
        blank=True,
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    # Open minutes from received to answered, so that their mean is one question.
    response_minutes = models.PositiveIntegerField(null=True, blank=True, editable=False)
    activity = models.ForeignKey(
        "companies.Activity",
        models.SET_NULL,
        related_name="+",
        verbose_name=_("logged as"),
        null=True,
        blank=True,
        editable=False,
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("registered by"),
        null=True,
        blank=True,
        editable=False,
    )
    warned_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("passed to the manager"), null=True, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Enquiry"]] = EnquiryQuerySet.as_manager()
    countdown: Countdown  # set by what draws it; it depends on the clock

    class Meta:
        verbose_name = _("enquiry")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(workplace__isnull=False) | ~Q(company_name=""),
                name="enquiry_says_which_firm",
                violation_error_message=_("Choose a workplace, or write the company’s name."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="enquiry_answer_has_a_time_and_a_person",
                violation_error_message=_("Say who answered, and when."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["assigned_to", "due_at"],
                condition=Q(answered_at=None, removed_at=None),
                name="enquiry_open",
            ),
            models.Index(
                F("answered_at").desc(),
                "id",
                condition=Q(answered_at__isnull=False, removed_at=None),
                name="enquiry_answered",
            ),
            models.Index(fields=["received_at"]),
            models.Index(fields=["workplace", "-received_at"]),
        ]

    def __str__(self) -> str:
        return self.firm

    @property
    def firm(self) -> str:
        """The workplace's name, or what was written when it is not known."""
        return self.workplace.name if self.workplace else self.company_name

    @property
    def ring(self) -> str:
        """The number of who asks, else the workplace's or its company's."""
        if self.phone or self.workplace is None:
            return self.phone
        return self.workplace.own_phone

    @property
    def in_time(self) -> bool | None:
        """Whether it was answered before its deadline; nothing while it is open."""
        return None if self.answered_at is None else self.answered_at <= self.due_at


class TaskQuerySet(models.QuerySet["Task"]):
    """Questions about many tasks."""

    def kept(self) -> Self:
        """Tasks that were not deleted."""
        return self.filter(removed_at=None)

    def open(self) -> Self:
        """Still to be done."""
        return self.kept().filter(done_at=None)

    def due_by(self, day: date) -> Self:
        """Open tasks that should be done on `day` at the latest."""
        return self.open().filter(due_on__lte=day)

    def of(self, users: Iterable[User]) -> Self:
        """Tasks of any of `users`."""
        return self.filter(user__in=[user.pk for user in users])

    def changed_by(self, user: User) -> Self:
        """Those `user` may change: of their own, of whom they cover for, and any about a firm."""
        if not may_edit_companies(user):
            return self.none()
        served = [each.pk for each in Absence.objects.today().served_by(user)]
        return self.filter(Q(user__in=served) | Q(workplace__isnull=False))

    def with_firm(self) -> Self:
        """With the workplace and who is to do it, in the same query."""
        return self.select_related("workplace__company", "user")


class Task(TimeStamped):
    """Something a user is to do by a day, for themselves or because it was promised to a firm."""

    personal_fields: ClassVar[tuple[str, ...]] = ("text", "user")

    workplace = models.ForeignKey(
        "companies.Workplace",
        models.PROTECT,
        related_name="tasks",
        verbose_name=_("workplace"),
        null=True,
        blank=True,
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks", verbose_name=_("who")
    )
    text = models.CharField(_("what"), max_length=200)
    due_on = models.DateField(_("by"))
    is_promise = models.BooleanField(_("promised to the firm"), default=False)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Task"]] = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["user", "due_on"],
                condition=Q(done_at=None, removed_at=None),
                name="task_open",
            )
        ]

    def __str__(self) -> str:
        return self.text


class ServiceEntryQuerySet(models.QuerySet["ServiceEntry"]):
    """Questions about service given."""

    def kept(self) -> Self:
        """Entries that were not deleted."""
        return self.filter(removed_at=None)


class ServiceEntry(TimeStamped):
    """Service we gave a workplace and the time it took, so that the load can be seen."""

    personal_fields: ClassVar[tuple[str, ...]] = ("note", "user")

    workplace = models.ForeignKey(
        "companies.Workplace", models.PROTECT, related_name="service_entries"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    kind = models.CharField(_("what"), max_length=20, choices=ServiceKind)
    on = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["ServiceEntry"]] = ServiceEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("service given")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 1440)),
                name="service_entry_takes_a_day_at_most",
                violation_error_message=_("Write between 1 and 1,440 minutes."),
            )
        ]
        indexes = [models.Index(fields=["workplace", "-on"])]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def time_text(self) -> str:
        """The time it took in words."""
        return span_words(self.minutes)
