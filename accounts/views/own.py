"""What is a user’s own: their page, lines on the home page, the language."""

import copy
from typing import Any

from django.conf import settings as conf
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.access import UserRequest, may_own
from accounts.forms import AreaForm, LanguageForm, OwnForm
from accounts.models import Absence, Event, Notice, User, WorkingArea
from accounts.models.absences import with_ways
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.links import came_from
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
    form = AreaForm(request.POST, user=request.user)
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
    mine = Absence.objects.of(me).not_over(today).select_related("user", "cover")
    context = {
        "form": form or OwnForm(instance=me),
        "areas": areas or AreaForm(user=me),
        "gets_enquiries": may_own(me),
        "faulty": wrong,
        "absences": with_ways(mine, today),
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
def notices_dismiss(request: UserRequest) -> HttpResponse:
    """Put away all that the page showed; what has come since then stays."""
    last = request.POST.get("last", "")
    shown = Notice.objects.unseen_by(request.user).filter(
        pk__lte=int(last[:18]) if last.isdecimal() else 0
    )
    count = actions.dismiss_notices(notices=shown, by=request.user)
    if count:
        text = ngettext("%(n)d message is put away.", "%(n)d messages are put away.", count)
        saved(request, text % {"n": count})
    return redirect("home")


@require_POST
@login_not_required
def language(request: Any) -> HttpResponse:
    """Read the pages in another language; remembered for those who are logged in."""
    form = LanguageForm(request.POST)
    response = HttpResponseRedirect(came_from(request))
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        if request.user.is_authenticated:
            actions.choose_language(user=request.user, language=chosen)
        name, secure = conf.LANGUAGE_COOKIE_NAME, request.is_secure()
        response.set_cookie(name, chosen, samesite="Lax", secure=secure)
    return response
