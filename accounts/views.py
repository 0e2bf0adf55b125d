"""Settings, colleagues, notices and the audit trail."""

import copy
from typing import Any

from django.conf import settings as conf
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions
from accounts.access import UserRequest, may_administer, may_audit, only
from accounts.filters import EventFilter, UserFilter
from accounts.forms import LanguageForm, OrganisationForm, TeamForm, UserForm
from accounts.models import Event, Notice, Organisation, Team, User
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.lists import Column, ListPage
from cabi_crm.ui.requests import EDIT


@require_http_methods(EDIT)
@only(may_administer)
def settings(request: UserRequest) -> HttpResponse:
    """The organisation's own facts."""
    organisation = Organisation.objects.first() or Organisation(pk=1)
    before = copy.copy(organisation)
    form = OrganisationForm(request.POST or None, request.FILES or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        form.apply_logo()
        changes = actions.changed_fields(before, organisation, [*form.Meta.fields, "logo_type"])
        actions.save_organisation(organisation=organisation, by=request.user, changes=changes)
        saved(request, _("The organisation is saved."))
        return redirect("accounts:settings")
    status = 422 if form.errors else 200
    context = {"form": form, "section": "admin", "has_logo": bool(before.logo)}
    return render(request, "accounts/settings.html", context, status=status)


@require_GET
def logo(request: UserRequest) -> HttpResponse:
    """The organisation's logo, for pages."""
    organisation = get_object_or_404(Organisation.objects.exclude(logo=b""))
    response = HttpResponse(bytes(organisation.logo), content_type=organisation.logo_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_GET
@only(may_administer)
def users(request: UserRequest) -> HttpResponse:
    """Colleagues."""
    page = ListPage(
        request=request,
        filterset=UserFilter(request.GET, User.objects.select_related("team")),
        columns=[
            Column(gettext_lazy("Name"), "name", "c-name"),
            Column(gettext_lazy("Role"), "role"),
            Column(gettext_lazy("Team")),
            Column(gettext_lazy("Last log-in"), "seen"),
        ],
        sorts={"name": ["name", "pk"], "role": ["role", "name"], "seen": ["last_login", "name"]},
        default_sort="name",
    )
    return page.render("accounts/users.html", section="admin")


@require_http_methods(EDIT)
@only(may_administer)
def user_edit(request: UserRequest, pk: int | None = None) -> HttpResponse:
    """Add a colleague, who gets a link to choose a password, or change one."""
    user = get_object_or_404(User, pk=pk) if pk else None
    before = copy.copy(user) if user else User()
    form = UserForm(request.POST or None, instance=user, initial={"is_active": True})
    if request.method == "POST" and form.is_valid() and store_user(request, form, before):
        return redirect("accounts:users")
    context = {"form": form, "person": user, "section": "admin"}
    return render(request, "accounts/user.html", context, status=422 if form.errors else 200)


def store_user(request: UserRequest, form: UserForm, before: User) -> bool:
    """Save the form's user and invite a new one; a refusal stands in the form afterwards."""
    user, new = form.instance, before.pk is None
    changes = actions.changed_fields(before, user, list(form.Meta.fields))
    try:
        actions.save_user(user=user, by=request.user, changes=changes)
    except actions.LastAdministratorError:
        form.add_error("role", _("There must be one administrator. Give somebody else the role."))
        return False
    if new:
        actions.invite(user=user, by=request.user, request=request)
    saved(request, _("%(name)s is saved.") % {"name": user.name})
    return True


@require_http_methods(EDIT)
@only(may_administer)
def teams(request: UserRequest) -> HttpResponse:
    """The teams, and a form to add one."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.save_team(team=form.instance, by=request.user)
        saved(request, _("%(name)s is saved.") % {"name": form.instance.name})
        return redirect("accounts:teams")
    every = Team.objects.annotate(people=Count("members", filter=Q(members__is_active=True)))
    context = {"form": form, "teams": every, "section": "admin"}
    return render(request, "accounts/teams.html", context, status=422 if form.errors else 200)


@require_http_methods(EDIT)
@only(may_administer)
def team_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Give a team another name."""
    team = get_object_or_404(Team, pk=pk)
    form = TeamForm(request.POST or None, instance=team)
    if request.method == "POST" and form.is_valid():
        actions.save_team(team=form.instance, by=request.user)
        saved(request, _("%(name)s is saved.") % {"name": form.instance.name})
        return redirect("accounts:teams")
    context = {"form": form, "team": team, "section": "admin"}
    return render(request, "accounts/team.html", context, status=422 if form.errors else 200)


@require_GET
@only(may_audit)
def events(request: UserRequest) -> HttpResponse:
    """The audit trail, newest first."""
    page = ListPage(
        request=request,
        filterset=EventFilter(request.GET, Event.objects.select_related("actor")),
        columns=[
            Column(gettext_lazy("When"), "at"),
            Column(gettext_lazy("Who")),
            Column(gettext_lazy("Action")),
            Column(gettext_lazy("What")),
        ],
        sorts={"at": ["id"]},
        default_sort="-at",
        page_size=50,
    )
    return page.render("accounts/events.html", section="audit")


@require_POST
def notice_dismiss(request: UserRequest, pk: int) -> HttpResponse:
    """Put away a line of my own home page."""
    notice = get_object_or_404(Notice.objects.unseen_by(request.user), pk=pk)
    actions.dismiss_notice(notice=notice, by=request.user)
    return redirect("home")


@require_POST
@login_not_required
def language(request: Any) -> HttpResponse:
    """Read the pages in another language; remembered for those who are logged in."""
    form = LanguageForm(request.POST)
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(target if safe else "/")
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        if request.user.is_authenticated:
            actions.choose_language(user=request.user, language=chosen)
        name, secure = conf.LANGUAGE_COOKIE_NAME, request.is_secure()
        response.set_cookie(name, chosen, samesite="Lax", secure=secure)
    return response
