"""What is a user’s own: their page, lines on the home page, the language."""

import copy
from typing import Any

from django.conf import settings as conf
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.access import UserRequest
from accounts.forms import AreaForm, LanguageForm, OwnForm
from accounts.models import Absence, Event, Notice, User, WorkingArea
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.requests import EDIT


@require_http_methods(EDIT)
def own(request: UserRequest) -> HttpResponse:
    """My page: my absences, what I sit with, what others see of me, which mails I get."""
    me = User.objects.get(pk=request.user.pk)
    before = copy.copy(me)
    form = OwnForm(request.POST or None, instance=me)
    if request.method == "POST" and form.is_valid():
        changes = actions.changed_fields(before, me, list(form.Meta.fields))
        actions.save_own_page(user=me, by=request.user, changes=changes)
        saved(request, _("Your page is saved."))
        return redirect("accounts:own")
    return own_page(request, form=form)


@require_POST
def area_add(request: UserRequest) -> HttpResponse:
    """I sit with this from now on."""
    form = AreaForm(request.POST, auto_id="id_area_%s")
    if not form.is_valid():
        return own_page(request, areas=form)
    kind = form.cleaned_data["kind"]
    user = request.user
    actions.add_working_areas(user=user, kind=kind, texts=form.texts, by=user)
    saved(request, _("You sit with %(what)s.") % {"what": ", ".join(form.texts)})
    return redirect(f"{reverse('accounts:own')}#omraader")


@require_POST
def area_remove(request: UserRequest, pk: int) -> HttpResponse:
    """I do not sit with this any more."""
    area = get_object_or_404(WorkingArea, pk=pk, user=request.user)
    event = actions.remove_working_area(area=area, by=request.user)
    undo = reverse("accounts:area_restore", args=[event.pk])
    saved(request, _("You no longer sit with %(what)s.") % {"what": area.text}, undo=undo)
    return redirect(f"{reverse('accounts:own')}#omraader")


@require_POST
def area_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo: I sit with it after all."""
    mine = Event.objects.filter(action="working_area_removed", actor=request.user)
    event = get_object_or_404(mine, pk=pk)
    actions.restore_working_area(event=event, by=request.user)
    saved(request, _("You sit with %(what)s.") % {"what": event.changes["text"]})
    return redirect(f"{reverse('accounts:own')}#omraader")


def own_page(
    request: UserRequest, form: OwnForm | None = None, areas: AreaForm | None = None
) -> HttpResponse:
    """My page with one of its forms as it was sent; 422 when something is wrong in it."""
    me, today = request.user, timezone.localdate()
    wrong = (form and form.errors) or (areas and areas.errors)
    context = {
        "form": form or OwnForm(instance=me),
        "areas": areas or AreaForm(auto_id="id_area_%s"),
        "faulty": wrong,
        "absences": Absence.objects.of(me).not_over(today).select_related("user", "cover"),
        "covering": Absence.objects.today().covered_by(me),
        "sits_with": me.working_areas.all(),
        "today": today,
        "section": "more",
    }
    return render(request, "accounts/own.html", context, status=422 if wrong else 200)


@require_POST
def notice_dismiss(request: UserRequest, pk: int) -> HttpResponse:
    """Put away a line of my own home page, or of a colleague's for whom I cover."""
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
