"""What changes who is away and who covers."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.access import may_cover
from accounts.actions.mail import write_mail
from accounts.actions.messages import notify
from accounts.actions.trail import changed_fields, record
from accounts.enums import MailKind, NoticeKind
from accounts.models import Absence, Notice, User
from cabi_crm.ui.links import absolute

FIELDS = ["starts_on", "ends_on", "cover"]
# An absence without cover that begins this soon is worth a mail.
SOON = timedelta(days=3)


class OverlapError(Exception):
    """The colleague is away on some of these days already, by `absence`."""

    def __init__(self, absence: Absence) -> None:
        super().__init__(str(absence))
        self.absence = absence


@transaction.atomic
def save_absence(*, absence: Absence, by: User) -> Absence:
    """A new or edited absence; its managers are told when it is without cover.

    The same days and cover entered twice are one absence. Raises `OverlapError` when another one
    of the same colleague shares a day with it.
    """
    others = lock_absences(absence)
    before = Absence.objects.filter(pk=absence.pk).first()
    for other in others:
        if before is None and all(
            getattr(other, name) == getattr(absence, name) for name in FIELDS
        ):
            return other
        raise OverlapError(other)
    absence.save()
    changes = changed_fields(before or Absence(), absence, FIELDS)
    record("absence_changed" if before else "absence_entered", by=by, on=absence, changes=changes)
    if absence.is_covered:
        settle_uncovered(absence)
    elif before is None or before.is_covered:
        tell_managers(absence, by)
    return absence


@transaction.atomic
def remove_absence(*, absence: Absence, by: User) -> Absence:
    """Take an absence back; it stays in the database and can be restored."""
    absence.removed_at = timezone.now()
    absence.save(update_fields=["removed_at", "updated_at"])
    settle_uncovered(absence)
    record("absence_taken_back", by=by, on=absence)
    return absence


@transaction.atomic
def restore_absence(*, absence: Absence, by: User) -> Absence:
    """Undo of `remove_absence`; raises `OverlapError` when the days are taken by now."""
    for other in lock_absences(absence):
        raise OverlapError(other)
    absence.removed_at = None
    absence.save(update_fields=["removed_at", "updated_at"])
    record("absence_restored", by=by, on=absence)
    if not absence.is_covered:
        tell_managers(absence, by)
    return absence


def lock_absences(absence: Absence) -> list[Absence]:
    """Other absences of the same colleague on the same days; nobody adds one meanwhile."""
    User.objects.select_for_update().get(pk=absence.user_id)
    shared = Absence.objects.overlapping(absence.starts_on, absence.ends_on)
    return list(shared.filter(user=absence.user_id).exclude(pk=absence.pk))


def tell_managers(absence: Absence, by: User) -> list[User]:
    """Put the uncovered absence on its managers' home pages, once each; who was told.

    Whoever entered it knows. One that is over is nobody's worry. Of two who are one reader today,
    since one covers for the other, one is told.
    """
    if absence.ends_on < timezone.localdate():
        return []
    told = Absence.objects.today().reached(User.objects.managers_of(absence.user), but=by)
    settle_uncovered(absence)
    for manager in told:
        notify(
            recipient=manager,
            kind=NoticeKind.ABSENCE_UNCOVERED,
            subject=absence.user.name,
            link=link_to(absence),
        )
    mail_managers(absence, told)
    return told


def mail_managers(absence: Absence, managers: list[User]) -> int:
    """Mail the managers of an uncovered absence that is about to begin; how many mails.

    Whoever reads for several of them gets one.
    """
    if absence.starts_on > timezone.localdate() + SOON:
        return 0
    name, first = absence.user.name, absence.starts_on
    mails = [
        write_mail(
            recipient=manager,
            kind=MailKind.ALERT,
            key=f"absence-uncovered-{absence.pk}-{first}-{manager.pk}",
            subject=format_lazy(_("Nobody covers for {name}"), name=name),
            body=format_lazy(
                "{text}\n\n{link}",
                text=format_lazy(
                    _("{name} is away from {day}. Choose who covers:"),
                    name=name,
                    day=lazy(date_format, str)(first, "SHORT_DATE_FORMAT"),
                ),
                link=absolute(link_to(absence)),
            ),
        )
        for manager in Absence.objects.today().reached(managers)
    ]
    return len([mail for mail in mails if mail])


@transaction.atomic
def mail_of_uncovered(*, on: date) -> int:
    """The daily reminder of absences without cover that hold on `on` or begin within three days.

    Each manager gets one mail an absence, however often this runs. How many were written.
    """
    near = Absence.objects.not_over(on).without_cover().filter(starts_on__lte=on + SOON)
    absences = near.filter(user__is_active=True).select_related("user", "cover")
    return sum(mail_managers(each, User.objects.managers_of(each.user)) for each in absences)


def settle_uncovered(absence: Absence) -> None:
    """Put away what managers were told of an absence that is covered, changed or taken back."""
    told = Notice.objects.filter(kind=NoticeKind.ABSENCE_UNCOVERED, link=link_to(absence))
    told.filter(seen_at=None).update(seen_at=timezone.now())


def link_to(absence: Absence) -> str:
    """Where the absence stands on the managers' page; also tells its notices from others."""
    return f"{reverse('accounts:absences')}#fravaer-{absence.pk}"


@transaction.atomic
def tell_of_lost_cover(*, colleague: User, by: User) -> int:
    """Warn of each absence left without cover now that `colleague` has left or does other work.

    Somebody who may no longer log in stays as cover, for when they come back; somebody who may
    not do the work of the one away does not. How many were left.
    """
    near = Absence.objects.not_over(timezone.localdate()).exclude(cover=None)
    theirs = near.filter(Q(cover=colleague) | Q(user=colleague), user__is_active=True)
    left = 0
    for absence in theirs.select_related("user", "cover"):
        if absence.cover and not may_cover(absence.cover, absence.user):
            take_off_cover(absence, by)
        elif absence.is_covered or absence.cover_id != colleague.pk:
            continue
        tell_managers(absence, by)
        left += 1
    return left


def take_off_cover(absence: Absence, by: User) -> None:
    """Leave the absence without the cover it had."""
    changes = {"cover": [str(absence.cover), ""]}
    absence.cover = None
    absence.save(update_fields=["cover", "updated_at"])
    record("absence_changed", by=by, on=absence, changes=changes)
