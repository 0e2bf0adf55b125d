"""What changes users and teams."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.db import transaction
from django.http import HttpRequest

from accounts.actions.absences import tell_of_lost_cover
from accounts.actions.trail import record
from accounts.enums import Role
from accounts.models import Event, Team, User
from cabi_crm.ui.panels import leavers


@transaction.atomic
def record_account_use(*, action: str, user: User | None, by_themselves: bool = True) -> Event:
    """An event about somebody's own account: log-in, log-out, password, second factor.

    `by_themselves` is false when we cannot know who it was, as after a wrong password.
    """
    return record(action, by=user if by_themselves else None, on=user)


@transaction.atomic
def save_own_page(*, user: User, by: User, changes: Mapping[str, Any]) -> User:
    """What a colleague says about themselves: title, phone, which mails they want."""
    user.save(update_fields=["title", "phone", "mail_digest", "mail_alerts"])
    record("own_page_saved", by=by, on=user, changes=changes)
    return user


@transaction.atomic
def choose_language(*, user: User, language: str) -> User:
    """Remember which language `user` reads."""
    user.language = language
    user.save(update_fields=["language"])
    record("language_chosen", by=user, on=user, changes={"language": language})
    return user


@transaction.atomic
def note_digest(*, user: User, on: date) -> None:
    """The morning mail of `on` has been looked at, written or not; a fact of the machine's own."""
    User.objects.filter(pk=user.pk).update(digest_on=on)


def invite(*, user: User, by: User, request: HttpRequest) -> None:
    """Mail a new colleague a link to choose a password; `request` says which address we have.

    Called when the user is safely stored: the mail goes out at once, outside any transaction.
    """
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)
        record("user_invited", by=by, on=user)


class LastAdministratorError(Exception):
    """Without this user nobody could manage users any more."""


def keep_one_administrator(user: User) -> None:
    """Refuse that the last working administrator is closed or given another role."""
    others = User.objects.working().filter(role=Role.ADMINISTRATOR).exclude(pk=user.pk)
    still = user.is_active and user.role == Role.ADMINISTRATOR
    was = User.objects.working().filter(role=Role.ADMINISTRATOR, pk=user.pk).exists()
    if was and not still and not others.select_for_update().exists():
        raise LastAdministratorError


@transaction.atomic
def save_team(*, team: Team, by: User) -> Team:
    """Save a new or renamed team."""
    created = team.pk is None
    team.save()
    record("team_created" if created else "team_renamed", by=by, on=team)
    return team


@transaction.atomic
def save_user(*, user: User, by: User, changes: Mapping[str, Any]) -> User:
    """Save a new or edited user; rights take effect on the user's next request."""
    created = user.pk is None
    if not created:
        keep_one_administrator(user)
    if created:
        user.set_unusable_password()
    user.save()
    record("user_created" if created else "user_changed", by=by, on=user, changes=changes)
    left = not user.is_active and "is_active" in changes
    if left or "role" in changes:
        tell_of_lost_cover(colleague=user, by=by)
    for see_to_it in leavers.values() if left and not created else ():
        see_to_it(user=user, by=by)
    return user
