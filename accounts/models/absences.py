"""Who is away, who covers, and what others are told about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models.people import User
from cabi_crm.db import TimeStamped
from cabi_crm.ui.requests import already_read


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Questions about many absences."""

    def of(self, user: User) -> Self:
        """The absences of one colleague."""
        return self.filter(user=user)

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
        """Absences in which nobody takes over, or only somebody who may no longer log in."""
        return self.exclude(cover__is_active=True)

    def overlapping(self, starts_on: date, ends_on: date) -> Self:
        """Absences that share a day with the given ones."""
        return self.kept().filter(starts_on__lte=ends_on, ends_on__gte=starts_on)

    def visible_to(self, user: User) -> Self:
        """Those whose days `user` may change: their own, and for a manager their people's."""
        mine = models.Q(user=user)
        if user.role != Role.MANAGER:
            return self.filter(mine)
        return self.filter(mine | models.Q(user__in=User.objects.led_by(user)))


@dataclass(frozen=True)
class WayIn:
    """Whom a firm asks: the owner, and while they are away the one who covers.

    `until` is the last day of what `cover_text` says; it is empty while the owner is here.
    """

    name: str
    title: str
    phone: str
    cover_name: str = ""
    cover_phone: str = ""
    until: date | None = None

    @property
    def is_away(self) -> bool:
        """Whether the owner is away."""
        return self.until is not None

    @property
    def cover_text(self) -> str:
        """Who covers and how long, in words; empty while the owner is here."""
        if self.until is None:
            return ""
        last = self.until == timezone.localdate()
        words = {"name": self.cover_name, "day": date_format(self.until, "MONTH_DAY_FORMAT")}
        if self.cover_name:
            text = (
                gettext("%(name)s covers today")
                if last
                else gettext("%(name)s covers until %(day)s")
            )
        else:
            text = (
                gettext("Away today, nobody covers")
                if last
                else gettext("Away until %(day)s, nobody covers")
            )
        return text % words


@dataclass(frozen=True)
class Covers:
    """Who is away on one day and who stands in; nothing is moved, so it comes back by itself."""

    absences: Mapping[int, "Absence"]  # by the pk of who is away

    def absence_of(self, user: User) -> "Absence | None":
        """The absence of `user`, nothing when they are here."""
        return self.absences.get(user.pk)

    def followed(self, user: User) -> tuple[User, list["Absence"]]:
        """Who stands in for `user`, and the absences passed on the way there.

        A cover who is away too is covered by their own. Where that leads to nobody, in a ring or
        to somebody who may no longer log in, it is `user` after all.
        """
        asked, passed = user, list["Absence"]()
        while absence := self.absences.get(asked.pk):
            passed.append(absence)
            cover = absence.cover
            if cover is None or not cover.is_active:
                return user, passed
            if any(cover.pk == each.user_id for each in passed):
                return user, passed
            asked = cover
        return asked, passed

    def stand_in(self, user: User) -> User:
        """Whom to ask instead of `user`: themselves when here, or when nobody covers."""
        return self.followed(user)[0]

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

    def reached(self, users: Iterable[User], but: User | None = None) -> list[User]:
        """Whom of `users` to tell something, so that nobody reads it twice.

        Of several with one stand-in it is whoever is here, else the first. `but` knows already,
        also for those whom they stand in for.
        """
        found: dict[int, User] = {}
        for user in users:
            reader = self.stand_in(user)
            if but is not None and but.pk in {user.pk, reader.pk}:
                continue
            if reader.pk == user.pk or reader.pk not in found:
                found[reader.pk] = user
        return list(found.values())

    def way_in(self, user: User) -> WayIn:
        """What a page or a document says of `user` as a firm's one way in."""
        cover, passed = self.followed(user)
        if not passed:
            return WayIn(user.name, user.title, user.phone)
        if cover.pk == user.pk:
            return WayIn(user.name, user.title, user.phone, until=passed[0].ends_on)
        # When the first of those on the way is back, it is somebody else's turn.
        until = min(absence.ends_on for absence in passed)
        return WayIn(user.name, user.title, user.phone, cover.name, cover.phone, until)


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


def with_ways(absences: Iterable["Absence"], today: date) -> list["Absence"]:
    """The absences, each with its `way`: who really covers on its first day to come; one query.

    A cover who is away too is covered by somebody else, or by nobody.
    """
    rows = list(absences)
    if not rows:
        return rows
    last = max(row.starts_on for row in rows)
    near = Absence.objects.overlapping(today, max(today, last)).select_related("user", "cover")
    others = list(near.order_by("starts_on", "pk"))
    for row in rows:
        day = max(today, row.starts_on)
        held = {each.user_id: each for each in others if each.starts_on <= day <= each.ends_on}
        row.way = Covers(held).way_in(row.user)
    return rows


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

    way: WayIn  # set by what draws it; it depends on who else is away

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

    @property
    def is_covered(self) -> bool:
        """Whether somebody who can log in takes over."""
        return self.cover is not None and self.cover.is_active

    @property
    def is_passed_on(self) -> bool:
        """Whether somebody else than the one who was named covers; asks `way`."""
        return bool(self.way.cover_name and self.cover and self.way.cover_name != self.cover.name)
