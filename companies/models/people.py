"""The people at a workplace."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.access import may_read_companies
from accounts.models import User
from cabi_crm.db import TimeStamped
from companies.models.workplace import Workplace
from companies.rules import contact_words


class ContactPersonQuerySet(models.QuerySet["ContactPerson"]):
    """Questions about many contact persons."""

    def visible_to(self, user: User) -> Self:
        """All for those who may read company data, none for others."""
        return self if may_read_companies(user) else self.none()

    def current(self) -> Self:
        """People who still work there, the main contact first."""
        return self.filter(left_on=None).order_by(F("is_main").desc(), "name")

    def stale(self, limit: date) -> Self:
        """Who still works there, but nobody has confirmed since `limit`; or never."""
        old = Q(confirmed_on=None) | Q(confirmed_on__lt=limit)
        # Asked of each person, so that a page of the longest list is read in the index's order.
        active = Workplace.objects.active().filter(pk=OuterRef("workplace"))
        return self.filter(old, Exists(active), left_on=None)


class ContactPerson(TimeStamped):
    """Somebody at a workplace whom we speak with."""

    personal_fields: ClassVar[tuple[str, ...]] = ("name", "title", "phone", "email", "spark_note")

    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="contact_persons")
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("title"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_main = models.BooleanField(_("first to ring"), default=False)
    is_backup = models.BooleanField(_("backup when the first is away"), default=False)
    is_spark = models.BooleanField(
        _("driving spirit"),
        default=False,
        help_text=_("Burns for the cause and can open doors to others."),
    )
    spark_note = models.CharField(_("burns for"), max_length=200, blank=True)
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    left_on = models.DateField(_("left"), null=True, blank=True)

    objects: ClassVar[models.Manager["ContactPerson"]] = ContactPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact person")
        constraints = [
            models.UniqueConstraint(
                fields=["workplace"],
                condition=Q(is_main=True, left_on=None),
                name="contact_person_one_main",
                violation_error_message=_("Only one person can be the first to ring."),
            )
        ]
        indexes = [
            models.Index(
                fields=["confirmed_on", "id"],
                condition=Q(left_on=None),
                name="contact_person_confirmed",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_stale(self, limit: date) -> bool:
        """Whether nobody has confirmed since `limit` that they still work there."""
        return self.confirmed_on is None or self.confirmed_on < limit

    @property
    def words(self) -> str:
        """What they are found by: name and phone number."""
        return contact_words(self.name, self.phone)


def main_phone(place: str) -> Subquery:
    """The number of whoever is the first to ring at the workplace in the column `place`."""
    people = ContactPerson.objects.all().current().filter(workplace=OuterRef(place))
    return Subquery(people.values("phone")[:1])
