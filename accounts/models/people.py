"""Users and teams, what each sits with, and who covers for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import OWNERS, AreaKind, Role
from cabi_crm.db import TimeStamped
from cabi_crm.ui.phones import check_phone
from cabi_crm.ui.requests import already_read


class Team(models.Model):
    """People who share a manager and look after each other's workplaces."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("team")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet["User"]):
    """Questions about many users."""

    def working(self) -> Self:
        """Users who may log in."""
        return self.filter(is_active=True)

    def consultants(self) -> Self:
        """Users who may own workplaces and agreements."""
        return self.working().filter(role__in=OWNERS)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users; e-mail is the user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with the given e-mail and a hashed password."""
        user: User = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The first administrator of an installation (`manage.py createsuperuser`)."""
        return self.create_user(email, password, **{"role": Role.ADMINISTRATOR, **fields})


class User(AbstractBaseUser):
    """A person at the job centre who logs in."""

    personal_fields: ClassVar[tuple[str, ...]] = ("email", "name", "title", "phone", "last_login")

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("title"), max_length=120, blank=True)
    phone = models.CharField(_("direct phone"), max_length=40, blank=True, validators=[check_phone])
    role = models.CharField(_("role"), max_length=20, choices=Role)
    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name=_("team"), null=True, blank=True, related_name="members"
    )
    language = models.CharField(_("language"), max_length=2, blank=True)
    is_active = models.BooleanField(_("may log in"), default=True)
    mail_digest = models.BooleanField(_("an e-mail each morning with my day"), default=True)
    mail_alerts = models.BooleanField(_("an e-mail at once when something is urgent"), default=True)
    # SHA-256 of the secret in the address of the calendar feed; empty while there is no feed.
    calendar_key = models.CharField(max_length=64, blank=True, editable=False)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("Another user has this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name, for libraries that ask."""
        return self.name

    @property
    def initials(self) -> str:
        """First letters of the first and the last name, in capitals."""
        parts = self.name.split()
        return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper() if parts else "?"


class WorkingArea(models.Model):
    """Something a user sits with: an area, an industry, a target group or a kind of task.

    Enquiries without an owner go to who sits with the postcode.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="working_areas")
    kind = models.CharField(_("kind"), max_length=20, choices=AreaKind)
    text = models.CharField(_("what"), max_length=80)

    class Meta:
        verbose_name = _("working area")
        ordering = ["kind", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "text"],
                name="working_area_once",
                violation_error_message=_("This already stands there."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=AreaKind.POSTCODE) | models.Q(text__regex=r"^[0-9]{4}$"),
                name="working_area_postcode_is_four_digits",
                violation_error_message=_("A postcode has four digits."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "text"])]

    def __str__(self) -> str:
        return self.text


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Questions about many absences."""

    def kept(self) -> Self:
        """Absences that were not taken back."""
        return self.filter(removed_at=None)

    def on(self, day: date) -> Self:
        """Absences that hold on `day`."""
        return self.kept().filter(starts_on__lte=day, ends_on__gte=day)

    def not_over(self, day: date) -> Self:
        """Absences of `day` and later."""
        return self.kept().filter(ends_on__gte=day)

    def without_cover(self) -> Self:
        """Absences in which nobody takes over."""
        return self.filter(cover=None)


@dataclass(frozen=True)
class Covers:
    """Who is away on one day and who stands in; nothing is moved, so it comes back by itself."""

    absences: Mapping[int, "Absence"]  # by the pk of who is away

    def absence_of(self, user: User) -> "Absence | None":
        """The absence of `user`, nothing when they are here."""
        return self.absences.get(user.pk)

    def stand_in(self, user: User) -> User:
        """Whom to ask instead of `user`: themselves when here, or when nobody covers.

        A cover who is away too is covered by their own; a ring of covers leads back to `user`.
        """
        asked, seen = user, {user.pk}
        while absence := self.absences.get(asked.pk):
            if absence.cover is None or absence.cover_id in seen or not absence.cover.is_active:
                return user
            asked = absence.cover
            seen.add(asked.pk)
        return asked

    def covered_by(self, user: User) -> list[User]:
        """Those for whom `user` stands in today, by name; never `user` themselves."""
        away = (absence.user for absence in self.absences.values())
        return sorted(
            (each for each in away if each.pk != user.pk and self.stand_in(each).pk == user.pk),
            key=lambda each: each.name,
        )

    def served_by(self, user: User) -> list[User]:
        """Whose work is `user`'s today: their own, then that of those they cover for."""
        return [user, *self.covered_by(user)]


class AbsenceManager(models.Manager["Absence"].from_queryset(AbsenceQuerySet)):  # type: ignore[misc]
    """Most pages ask who is away today."""

    def covers(self, day: date) -> Covers:
        """Who is away on `day` and who stands in: one query."""
        rows = self.on(day).select_related("user", "cover").order_by("starts_on", "pk")
        return Covers({absence.user_id: absence for absence in rows})

    def today(self) -> Covers:
        """The same for today, read once a request."""
        memory = already_read.get()
        if memory is None:
            return self.covers(timezone.localdate())
        if "covers" not in memory:
            memory["covers"] = self.covers(timezone.localdate())
        found: Covers = memory["covers"]
        return found


class Absence(TimeStamped):
    """Days on which a user is away, and who covers. Why they are away is nobody's business.

    Nothing is moved: while it holds, what is asked of the user is asked of the cover, and it
    comes back by itself.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("user", "starts_on", "ends_on", "cover")

    user = models.ForeignKey(
        User, models.PROTECT, related_name="absences", verbose_name=_("who is away")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    cover = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="covers",
        verbose_name=_("who covers"),
        null=True,
        blank=True,
    )
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[AbsenceManager] = AbsenceManager()

    class Meta:
        verbose_name = _("absence")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="absence_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(cover=None) | ~models.Q(cover=models.F("user")),
                name="absence_is_covered_by_another",
                violation_error_message=_("Choose somebody else to cover."),
            ),
        ]
        indexes = [models.Index(fields=["ends_on", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.user}, {self.starts_on} – {self.ends_on}"
