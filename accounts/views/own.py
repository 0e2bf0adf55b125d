"""What is a user’s own: lines on the home page, the language."""

from typing import Any

from django.conf import settings as conf
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.access import UserRequest
from accounts.forms import LanguageForm
from accounts.models import Notice


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
