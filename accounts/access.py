"""Who may do what to companies, agreements, figures and settings."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.enums import (
    AGREEMENT_WRITERS,
    COMPANY_READERS,
    COMPANY_WRITERS,
    FIGURE_READERS,
    OWNERS,
    Role,
)
from accounts.models import User

P = ParamSpec("P")


class UserRequest(HttpRequest):
    """A request behind the log-in wall: its user is one of ours."""

    user: User


def may_read_companies(user: User) -> bool:
    """Company data is open to all who work with companies or read figures."""
    return user.role in COMPANY_READERS


def may_edit_companies(user: User) -> bool:
    """Log visits, edit profiles and contact persons."""
    return user.role in COMPANY_WRITERS


def may_make_agreements(user: User) -> bool:
    """Draft, sign and renew partnership agreements."""
    return user.role in AGREEMENT_WRITERS


def may_own(user: User) -> bool:
    """Be a workplace's one way in."""
    return user.role in OWNERS


def roles_that_cover(user: User) -> frozenset[Role]:
    """Who may stand in for `user`: those who may own, change or read what they do."""
    for group in (OWNERS, COMPANY_WRITERS):
        if user.role in group:
            return group
    return COMPANY_READERS


def may_cover(cover: User, user: User) -> bool:
    """Stand in for `user` while they are away."""
    return cover.role in roles_that_cover(user)


def may_read_figures(user: User) -> bool:
    """The partnership dashboard for the whole organisation."""
    return user.role in FIGURE_READERS


def may_set_goals(user: User) -> bool:
    """Goals are the manager's."""
    return user.role == Role.MANAGER


def may_look_after_absences(user: User) -> bool:
    """See who is away, find them a cover, enter who is sick: a manager's."""
    return user.role == Role.MANAGER


def may_administer(user: User) -> bool:
    """Imports, users, templates and the organisation's own facts."""
    return user.role == Role.ADMINISTRATOR


def may_audit(user: User) -> bool:
    """Read the audit trail."""
    return user.role == Role.AUDITOR


View = Callable[Concatenate[UserRequest, P], HttpResponseBase]


def only(allowed: Callable[[User], bool]) -> Callable[[View[P]], View[P]]:
    """Open a view to users for whom `allowed` holds; to others it does not exist (404)."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: UserRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not allowed(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate
