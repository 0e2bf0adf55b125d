"""Colleagues."""

import copy

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions
from accounts.access import UserRequest, may_administer, may_read_companies, only
from accounts.filters import DirectoryFilter, UserFilter
from accounts.forms import UserForm
from accounts.models import Absence, User
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.lists import Column, ListPage
from cabi_crm.ui.requests import EDIT


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


@require_GET
@only(may_read_companies)
def directory(request: UserRequest) -> HttpResponse:
    """Who sits with what, how to reach them, and who covers for those who are away."""
    everybody = User.objects.working().select_related("team").prefetch_related("working_areas")
    page = ListPage(
        request=request,
        filterset=DirectoryFilter(request.GET, everybody),
        columns=[
            Column(gettext_lazy("Name")),
            Column(gettext_lazy("Sits with")),
            Column(gettext_lazy("Phone")),
            Column(gettext_lazy("Away")),
        ],
        sorts={"name": ["name", "pk"]},
        default_sort="name",
    )
    covers = Absence.objects.today()
    people = [(person, covers.way_in(person)) for person in page.page]
    return page.render("accounts/directory.html", people=people, section="more")
