"""The organisation and its teams."""

import copy

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions
from accounts.access import UserRequest, may_administer, only
from accounts.forms import OrganisationForm, TeamForm
from accounts.models import Organisation, Team
from cabi_crm.ui.feedback import saved
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
