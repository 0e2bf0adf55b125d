"""Who is away and who covers: my own days, and a manager's view of their people."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions
from accounts.access import UserRequest, may_look_after_absences, only
from accounts.forms import AbsenceForm, ColleagueAbsenceForm
from accounts.models import Absence, User
from accounts.models.absences import with_ways
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.requests import EDIT

AHEAD = timedelta(weeks=4)


@require_GET
@only(may_look_after_absences)
def absences(request: UserRequest) -> HttpResponse:
    """Who is away now and in the next four weeks; those without cover first."""
    today = timezone.localdate()
    theirs = Absence.objects.visible_to(request.user).not_over(today)
    soon = theirs.filter(starts_on__lte=today + AHEAD, user__is_active=True)
    by_day = soon.select_related("user", "cover").order_by("starts_on", "user__name")
    rows = with_ways(by_day, today)
    context = {
        "uncovered": [row for row in rows if not row.way.cover_name],
        "now": [row for row in rows if row.way.cover_name and row.starts_on <= today],
        "later": [row for row in rows if row.way.cover_name and row.starts_on > today],
        "today": today,
        "section": "more",
    }
    return render(request, "accounts/absences.html", context)


@require_http_methods(EDIT)
def absence_new(request: UserRequest) -> HttpResponse:
    """Enter my own holiday, course or sick leave."""
    absence = Absence(user=request.user)
    start = {"starts_on": timezone.localdate()}
    form = AbsenceForm(request.POST or None, instance=absence, initial=start)
    return answer_with(request, form, reverse("accounts:own"))


@require_http_methods(EDIT)
@only(may_look_after_absences)
def absence_enter(request: UserRequest) -> HttpResponse:
    """A colleague rings in sick: from today, and who covers."""
    today = timezone.localdate()
    start = {"starts_on": today, "ends_on": today}
    form = ColleagueAbsenceForm(request.POST or None, by=request.user, initial=start)
    return answer_with(request, form, reverse("accounts:absences"))


@require_http_methods(EDIT)
def absence_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change the days or the cover."""
    absence = find_absence(request, pk)
    form = AbsenceForm(request.POST or None, instance=absence)
    return answer_with(request, form, way_back(request, absence))


@require_POST
def absence_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take an absence back."""
    absence = find_absence(request, pk)
    actions.remove_absence(absence=absence, by=request.user)
    undo = reverse("accounts:absence_restore", args=[absence.pk])
    text = _("The absence of %(name)s is taken back.") % {"name": absence.user.name}
    saved(request, text, undo=undo)
    return redirect(way_back(request, absence))


@require_POST
def absence_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo: they are away after all."""
    mine = Absence.objects.visible_to(request.user).select_related("user", "cover")
    absence = get_object_or_404(mine.exclude(removed_at=None), pk=pk)
    try:
        actions.restore_absence(absence=absence, by=request.user)
        saved(request, _("The absence of %(name)s is back.") % {"name": absence.user.name})
    except actions.OverlapError as error:
        warned(request, overlap_text(error.absence))
    return redirect(way_back(request, absence))


def find_absence(request: UserRequest, pk: int) -> Absence:
    """An absence that the user may change; 404 otherwise."""
    mine = Absence.objects.visible_to(request.user).kept().select_related("user", "cover")
    found: Absence = get_object_or_404(mine, pk=pk)
    return found


def way_back(request: UserRequest, absence: Absence) -> str:
    """My own page for my own days, the managers' page for others'."""
    mine = absence.user_id == request.user.pk
    return reverse("accounts:own" if mine else "accounts:absences")


def answer_with(request: UserRequest, form: AbsenceForm, back: str) -> HttpResponse:
    """The page of an absence's form, or the way back once it is saved."""
    if request.method == "POST" and form.is_valid() and store(request, form):
        return redirect(back)
    known = form.instance.pk and form.instance.user_id != request.user.pk
    context = {
        "form": form,
        "absence": form.instance,
        "back": back,
        "name": form.instance.user.name if known else "",
        "others": "user" in form.fields,
        "section": "more",
    }
    return render(request, "accounts/absence.html", context, status=422 if form.errors else 200)


def store(request: UserRequest, form: AbsenceForm) -> bool:
    """Save the form's absence; days that are taken already stand as an error in the form."""
    is_new = form.instance.pk is None
    try:
        absence = actions.save_absence(absence=form.instance, by=request.user)
    except actions.OverlapError as error:
        form.add_error("starts_on", overlap_text(error.absence))
        return False
    undo = reverse("accounts:absence_remove", args=[absence.pk]) if is_new else ""
    saved(request, entered_text(absence, request.user), undo=undo)
    for text in worries(absence, request.user):
        warned(request, text)
    return True


def entered_text(absence: Absence, reader: User) -> str:
    """Who is away when, and who covers."""
    mine = absence.user_id == reader.pk
    text = _("You are away %(days)s.") if mine else _("%(name)s is away %(days)s.")
    said = text % {"name": absence.user.name, "days": days_text(absence)}
    if absence.cover:
        who = _("%(name)s covers.") % {"name": absence.cover.name}
        said = f"{said} {who}"
    return said


def worries(absence: Absence, reader: User) -> list[str]:
    """What should be known: nobody covers, the cover is away, or others are covered by them."""
    shared = Absence.objects.overlapping(absence.starts_on, absence.ends_on)
    found = []
    if not absence.cover:
        found.append(_("Nobody covers. Choose who firms and colleagues can turn to."))
    elif away := shared.filter(user=absence.cover).first():
        words = {"name": absence.cover.name, "days": days_text(away)}
        found.append(_("%(name)s is away %(days)s too.") % words)
    mine = absence.user_id == reader.pk
    text = _("You also cover for %(other)s %(days)s.")
    if not mine:
        text = _("%(name)s also covers for %(other)s %(days)s.")
    for left in shared.filter(cover=absence.user).select_related("user"):
        words = {"other": left.user.name, "days": days_text(left), "name": absence.user.name}
        then = _("Nobody does then: choose another cover.")
        if absence.cover and absence.cover_id != left.user_id:
            then = _("%(name)s takes over that, too.") % {"name": absence.cover.name}
        found.append(f"{text % words} {then}")
    return found


def days_text(absence: Absence) -> str:
    """The days in figures: 24.12.2026, or 24.12.2026–2.1.2027."""
    days = dict.fromkeys([absence.starts_on, absence.ends_on])
    return "–".join(date_format(day, "SHORT_DATE_FORMAT") for day in days)


def overlap_text(absence: Absence) -> str:
    """What is in the way."""
    words: dict[str, Any] = {"name": absence.user.name, "days": days_text(absence)}
    return _("%(name)s is away %(days)s already. Change that absence instead.") % words
