"""Users and teams, and what each sits with."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import OWNERS, AreaKind, Role
from cabi_crm.ui.phones import check_phone


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

    def led_by(self, manager: "User") -> Self:
        """The colleagues `manager` looks after: at least those `managers_of` asks them about.

        These are their team's, those without a team, and those whose team has no other manager;
        for a manager without a team it is everybody.
        """
        people = self.working()
        if manager.team_id is None:
            return people
        nearer = User.objects.managers().filter(team=models.OuterRef("team"))
        nearer = nearer.exclude(pk=models.OuterRef("pk"))
        return people.filter(models.Q(team=manager.team_id) | ~models.Exists(nearer))

    def managers(self) -> Self:
        """Those whom others turn to when something needs a manager."""
        return self.working().filter(role=Role.MANAGER)

    def managers_of(self, user: "User") -> "list[User]":
        """Whom to tell when something about `user` needs a manager: their team's, else all.

        `led_by` is the same rule from the other side: change both.
        """
        every: list[User] = [*self.managers().exclude(pk=user.pk)]
        own = [each for each in every if user.team_id and each.team_id == user.team_id]
        return own or every


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
    # The last day whose morning mail was looked at, also when there was nothing to say.
    digest_on = models.DateField(null=True, blank=True, editable=False)
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
