"""My tasks, and what becomes of a suggestion on the home page."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import UserRequest, may_edit_companies, only
from accounts.models import Absence, Event
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.links import came_from
from cabi_crm.ui.requests import EDIT
from companies import actions
from companies.enums import SuggestionAnswer
from companies.forms.tasks import SuggestionForm, TaskForm, as_day, read_reasons
from companies.models import Task, Workplace, opening_calendar
from companies.rules.suggestions import next_week, tomorrow

SHOWN = 100
DONE_SHOWN = 20


def find_task(request: UserRequest, pk: int, *, removed: bool = False) -> Task:
    """A task the user may change, kept or (for undo) removed; 404 otherwise."""
    found = Task.objects.changed_by(request.user).filter(removed_at__isnull=not removed)
    return get_object_or_404(found.with_firm(), pk=pk)


def find_firm(request: UserRequest, key: str) -> Workplace | None:
    """The workplace that the address names; none when it names none, 404 when it is not there."""
    if not key:
        return None
    if not key.isdecimal():
        raise Http404
    return get_object_or_404(Workplace.objects.visible_to(request.user), pk=int(key[:18]))


def undo_at(name: str, *arguments: object, back: str) -> str:
    """The address that takes something back and returns to `back`."""
    return f"{reverse(f'companies:{name}', args=arguments)}?{urlencode({'next': back})}"


@require_GET
@only(may_edit_companies)
def tasks(request: UserRequest) -> HttpResponse:
    """My tasks and those of whom I cover for; the ones done last under them."""
    users = Absence.objects.today().served_by(request.user)
    mine = Task.objects.kept().of(users).with_firm()
    context = {
        "section": "tasks",
        "open": mine.filter(done_at=None).order_by("due_on", "pk")[:SHOWN],
        "done": mine.exclude(done_at=None).order_by("-done_at", "-pk")[:DONE_SHOWN],
        **days_to_move_to(),
    }
    return render(request, "companies/tasks.html", context)


def days_to_move_to() -> dict[str, date]:
    """Today, and the days a task can be moved to in one tap."""
    today, calendar = timezone.localdate(), opening_calendar()
    return {
        "today": today,
        "tomorrow": tomorrow(today, calendar),
        "next_week": next_week(today, calendar),
    }


@require_http_methods(EDIT)
@only(may_edit_companies)
def task_new(request: UserRequest) -> HttpResponse:
    """Note something to do, also as a promise to a firm."""
    firm = find_firm(request, request.GET.get("workplace", ""))
    form = TaskForm(
        request.POST or None, initial=TaskForm.for_now(promise=bool(firm)), has_firm=bool(firm)
    )
    home = reverse("companies:workplace", args=[firm.pk]) if firm else reverse("companies:tasks")
    back = came_from(request, home)
    if request.method == "POST" and form.is_valid():
        submission = form.cleaned_data.get("submission")
        details = form.details | {"workplace": firm, "submission": submission}
        task = actions.add_task(by=request.user, **details)
        saved(request, _("The task is saved."), undo=undo_at("task_remove", task.pk, back=back))
        return redirect(back)
    return task_page(request, form, firm=firm, task=None, back=back)


@require_http_methods(EDIT)
@only(may_edit_companies)
def task_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what is to be done, or when."""
    task = find_task(request, pk)
    back = came_from(request, reverse("companies:tasks"))
    form = TaskForm(
        request.POST or None, initial=TaskForm.of(task), has_firm=task.workplace is not None
    )
    if request.method == "POST" and form.is_valid():
        actions.edit_task(task=task, changes=form.details, by=request.user)
        saved(request, _("The task is saved."))
        return redirect(back)
    return task_page(request, form, firm=task.workplace, task=task, back=back)


def task_page(request: UserRequest, form: TaskForm, **context: Any) -> HttpResponse:
    """The page with the form of a task."""
    context |= {"form": form, "section": "tasks"}
    status = 422 if form.errors else 200
    return render(request, "companies/task.html", context, status=status)


@require_POST
@only(may_edit_companies)
def task_done(request: UserRequest, pk: int) -> HttpResponse:
    """Tick off."""
    task, back = find_task(request, pk), came_from(request, reverse("companies:tasks"))
    actions.finish_task(task=task, by=request.user)
    saved(request, _("The task is done."), undo=undo_at("task_reopen", task.pk, back=back))
    return redirect(back)


@require_POST
@only(may_edit_companies)
def task_reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of ticking off."""
    actions.reopen_task(task=find_task(request, pk), by=request.user)
    saved(request, _("The task is back on the list."))
    return redirect(came_from(request, reverse("companies:tasks")))


@require_POST
@only(may_edit_companies)
def task_move(request: UserRequest, pk: int, day: str) -> HttpResponse:
    """Another day; the undo of it is the same, the other way."""
    task, to = find_task(request, pk), as_day(day)
    if to is None:
        raise Http404
    back, before = came_from(request, reverse("companies:tasks")), task.due_on
    actions.move_task(task=task, to=to, by=request.user)
    undo = undo_at("task_move", task.pk, before.isoformat(), back=back)
    when = {"day": date_format(to, "l j. F")}
    saved(request, _("The task is moved to %(day)s.") % when, undo=undo)
    return redirect(back)


@require_POST
@only(may_edit_companies)
def task_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Delete, with undo."""
    task, back = find_task(request, pk), came_from(request, reverse("companies:tasks"))
    actions.remove_task(task=task, by=request.user)
    saved(request, _("The task is deleted."), undo=undo_at("task_restore", task.pk, back=back))
    return redirect(back)


@require_POST
@only(may_edit_companies)
def task_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of deleting."""
    actions.restore_task(task=find_task(request, pk, removed=True), by=request.user)
    saved(request, _("The task is back on the list."))
    return redirect(came_from(request, reverse("companies:tasks")))


@require_http_methods(EDIT)
@only(may_edit_companies)
def suggestion(request: UserRequest, pk: int) -> HttpResponse:
    """Done, postponed with a reason, or dismissed; htmx shows the form in the row itself."""
    place = get_object_or_404(Workplace.objects.visible_to(request.user), pk=pk)
    reasons = request.POST.get("reasons") or request.GET.get("reasons") or ""
    form = SuggestionForm(request.POST or None, initial={"reasons": reasons, "until_in": "1w"})
    if request.method == "POST" and form.is_valid():
        return answer(request, place, form)
    context = {
        "section": "home",
        "form": form,
        "workplace": place,
        "named": [kind for kind, _occasion in read_reasons(reasons)],
    }
    part = "#answer" if request.headers.get("HX-Request") else ""
    status = 422 if form.errors else 200
    return render(request, f"companies/suggestion.html{part}", context, status=status)


def answer(request: UserRequest, place: Workplace, form: SuggestionForm) -> HttpResponse:
    """Keep the answer, and say so where the suggestion stood."""
    said = form.cleaned_data
    names = {name: said[name] for name in ("reasons", "answer", "until", "reason")}
    event, until = actions.answer_suggestion(workplace=place, by=request.user, **names)
    undo = reverse("companies:suggestion_undo", args=[place.pk])
    text = answered(place, said["answer"], until)
    saved(request, text, undo=f"{undo}?{urlencode({'event': event.pk})}")
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(reverse("home"))
    return redirect("home")


def answered(place: Workplace, answer: str, until: date | None) -> str:
    """What became of a suggestion, in a sentence; until when, if not for good."""
    words = {"name": place.name}
    if until:
        same_year = until.year == timezone.localdate().year
        words["day"] = date_format(until, "j. F" if same_year else "j. F Y")
    if answer == SuggestionAnswer.POSTPONED:
        return _("%(name)s comes back on %(day)s.") % words
    if answer == SuggestionAnswer.DONE and until:
        return _("Done. %(name)s is off the list until %(day)s.") % words
    if answer == SuggestionAnswer.DONE:
        return _("Done. %(name)s is off the list.") % words
    if until:
        return _("%(name)s is off the list until %(day)s.") % words
    return _("%(name)s is off the list this time.") % words


@require_POST
@only(may_edit_companies)
def suggestion_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of an answer, unless somebody has given another since: the suggestion counts again."""
    place, words = get_object_or_404(Workplace.objects.visible_to(request.user), pk=pk), {}
    words["name"], key = place.name, request.GET.get("event", "")
    events = Event.objects.filter(action="suggestion_answered", actor=request.user)
    event = events.filter(object_id=str(pk), pk=int(key[:18]) if key.isdecimal() else 0).first()
    if event and actions.take_up_suggestion(event=event, by=request.user):
        saved(request, _("%(name)s is on the list again.") % words)
    else:
        warned(request, _("Somebody has changed %(name)s since.") % words)
    return redirect("home")
