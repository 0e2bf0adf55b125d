"""Users, teams, the organisation, notices and the audit trail."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import OWNERS, Deed, NoticeKind, Role
from cabi_crm.db import TimeStamped
from cabi_crm.ui.phones import check_phone
from cabi_crm.ui.requests import already_read


class OrganisationManager(models.Manager["Organisation"]):
    """There is one row; most pages ask for it more than once."""

    def current(self) -> "Organisation":
        """The organisation without its logo, read once a request; an empty one before set-up."""
        memory = already_read.get()
        if memory is None:
            return self._read()
        if "organisation" not in memory:
            memory["organisation"] = self._read()
        found: Organisation = memory["organisation"]
        return found

    def _read(self) -> "Organisation":
        return self.defer("logo").first() or Organisation(label="")


class Organisation(TimeStamped):
    """The municipality's company entry point: one row, shown on every page and document."""

    label = models.CharField(_("name"), max_length=120)
    municipality_code = models.CharField(_("municipality code"), max_length=4)
    municipality_name = models.CharField(_("municipality"), max_length=80)
    cvr_number = models.CharField(_("CVR number"), max_length=8, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[check_phone])
    email = models.EmailField(_("e-mail"), blank=True)
    accessibility_url = models.URLField(_("accessibility statement"), blank=True)
    signatory_name = models.CharField(_("who signs agreements"), max_length=120, blank=True)
    signatory_title = models.CharField(_("their title"), max_length=120, blank=True)
    logo = models.BinaryField(_("logo"), blank=True, default=b"")
    logo_type = models.CharField(max_length=40, blank=True)
    renewal_days = models.PositiveSmallIntegerField(
        _("days before an agreement is renegotiated"),
        default=60,
        help_text=_("An agreement is up for renewal this many days before its date."),
    )

    objects: ClassVar[OrganisationManager] = OrganisationManager()

    class Meta:
        verbose_name = _("organisation")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="organisation_is_one",
                violation_error_message=_("There is one organisation in an installation."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def address(self) -> str:
        """Street, postcode and town on one line; empty when nothing is known."""
        place = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.street, place) if part)


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


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about many notices."""

    def unseen_by(self, user: User) -> Self:
        """What `user` has not put away yet, newest first."""
        return self.filter(recipient=user, seen_at=None).order_by("-created_at")


class Notice(models.Model):
    """A line on somebody's home page about something that happened without them."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30, choices=NoticeKind)
    subject = models.CharField(max_length=200)
    link = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Notice"]] = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        indexes = [models.Index(fields=["recipient", "seen_at", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"


class Event(models.Model):
    """One line of the audit trail: who did what to which object. Never changed, never deleted.

    Each row carries the hash of the row before it, so a row that is edited, removed or put in
    between is found by `manage.py audit_verify`. Triggers refuse UPDATE and DELETE.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("actor", "changes")

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(
        User, models.DO_NOTHING, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    actor_role = models.CharField(_("role"), max_length=20, blank=True)
    action = models.CharField(_("action"), max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    object_label = models.CharField(_("what"), max_length=200, blank=True)
    citizen_reference = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    request_id = models.CharField(max_length=36, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("event")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["object_type", "object_id", "-id"])]

    def __str__(self) -> str:
        return f"{self.action} {self.object_label}".strip()

    @property
    def deed(self) -> str:
        """The action in words."""
        return str(Deed(self.action).label) if self.action in Deed.values else self.action


class EventChain(models.Model):
    """The head of the audit trail: its length and last hash, locked while an event is added."""

    length = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="event_chain_is_one",
                violation_error_message=_("There is one audit trail."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.length} {self.last_hash[:12]}"
