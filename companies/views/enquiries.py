"""Enquiries: the inbox, a new one, and what is done with each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import UserRequest, may_edit_companies, may_read_companies, only
from accounts.models import Absence, Draft, User
from accounts.views.drafts import let_go
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.lists import ListPage
from cabi_crm.ui.requests import EDIT
from companies import actions
from companies.filters import NOBODY, EnquiryFilter
from companies.forms.enquiries import AnswerForm, AssignForm, EnquiryEditForm, EnquiryForm
from companies.models import Enquiry, Workplace, opening_calendar
from companies.rules.deadlines import countdown

NEW = "enquiry"  # the name of a new one's draft
FOUND = 6  # workplaces offered while the firm's name is typed
SHORTEST = 2  # letters to look for
WHOLE_NUMBER = 8  # digits of a phone number
DONE = frozenset({EnquiryFilter.ANSWERED, EnquiryFilter.IN_TIME})
TABS = (EnquiryFilter.OPEN, EnquiryFilter.MINE, NOBODY, EnquiryFilter.LATE, EnquiryFilter.ANSWERED)


def find_enquiry(request: UserRequest, pk: int, *, removed: bool = False) -> Enquiry:
    """An enquiry the user may see, kept or (for undo) removed; 404 otherwise."""
    found = Enquiry.objects.visible_to(request.user).filter(removed_at__isnull=not removed)
    more = ("workplace__owner", "answered_by", "registered_by", "activity")
    return get_object_or_404(found.with_firm().select_related(*more), pk=pk)


def counted_down(enquiries: Iterable[Enquiry], now: datetime) -> list[Enquiry]:
    """The enquiries, each with its `countdown`."""
    found = list(enquiries)
    for enquiry in found:
        enquiry.countdown = countdown(enquiry, now, opening_calendar())
    return found


@require_GET
@only(may_read_companies)
def enquiries(request: UserRequest) -> HttpResponse:
    """The inbox: who waits for an answer, the first to be due on top."""
    visible, now = Enquiry.objects.visible_to(request.user), timezone.now()
    page = ListPage(
        request=request,
        filterset=EnquiryFilter(request.GET, visible.with_firm(), request=request),
        columns=[],
        sorts={"due": ["due_at", "pk"], "answered": ["-answered_at", "pk"]},
        default_sort="answered" if request.GET.get("show") in DONE else "due",
    )
    context: dict[str, Any] = {"section": "enquiries", "tabs": tabs_of(request, now)}
    context["may_edit"] = may_edit_companies(request.user)
    context["rows"] = with_whose(request, counted_down(page.page, now))
    context["assumed"] = opening_calendar().is_assumed
    return page.render("companies/enquiries.html", **context)


def tabs_of(request: UserRequest, now: datetime) -> list[dict[str, Any]]:
    """The ways to look at the inbox, each with how many wait there."""
    shown = request.GET.get("show") or EnquiryFilter.OPEN
    served = Absence.objects.today().served_by(request.user)
    counts = Enquiry.objects.visible_to(request.user).in_numbers(served, now)
    labels = dict(EnquiryFilter.SHOWN)
    return [
        {"label": labels[tab], "show": tab, "count": counts.get(tab), "here": tab == shown}
        for tab in TABS
    ]


def with_whose(request: UserRequest, rows: list[Enquiry]) -> list[dict[str, Any]]:
    """Each enquiry, and the colleague for whom the user answers it, if they are away."""
    covered = {user.pk for user in Absence.objects.today().covered_by(request.user)}
    return [
        {"enquiry": row, "whose": row.assigned_to if row.assigned_to_id in covered else None}
        for row in rows
    ]


def called(request: UserRequest, words: str, most: int) -> list[Workplace] | None:
    """Workplaces whose name fits `words`, or their first word; None when nothing is written."""
    if len(words) < SHORTEST:
        return None
    places = Workplace.objects.visible_to(request.user).active().order_by("name", "pk")
    places = places.only("name", "street", "postcode", "town")
    found = list(places.matching(words)[:most])
    first = words.split(maxsplit=1)[0]
    if not found and first != words and len(first) >= SHORTEST:
        found = list(places.matching(first)[:most])
    return found


def offered(request: UserRequest, form: EnquiryForm) -> tuple[list[Workplace] | None, int | None]:
    """The workplaces that fit what is typed, and the key of the one that is ticked.

    Those with the number that rings come first. The only one that has the whole name or the
    number is ticked until somebody says no.
    """
    words, digits = form.typed, form.digits
    rings = called(request, digits, FOUND) if len(digits) >= WHOLE_NUMBER else None
    by_name = called(request, words, FOUND)
    if rings is None and by_name is None:
        return None, None
    place = form.place
    first = [place] if place else []
    found = list(dict.fromkeys([*first, *(rings or ()), *(by_name or ())]))[:FOUND]
    said = (request.POST or request.GET).get("workplace")
    if place is not None or said == "":
        return found, place.pk if place else None
    sure = [each for each in found if each in (rings or ()) or words.lower() in each.name.lower()]
    return found, found[0].pk if len(found) == len(sure) == 1 else None


@require_http_methods(EDIT)
@only(may_edit_companies)
def enquiry_new(request: UserRequest) -> HttpResponse:
    """Take an enquiry down while the firm is on the phone."""
    form = EnquiryForm(
        None if "find" in request.POST else request.POST or None,
        initial=EnquiryForm.started(request.POST or request.GET),
        user=request.user,
    )
    if request.method == "POST" and form.is_bound and form.is_valid():
        enquiry = actions.receive_enquiry(by=request.user, **form.details)
        say_received(request, enquiry)
        return redirect("companies:enquiry", enquiry.pk)
    return render_new(request, form)


def say_received(request: UserRequest, enquiry: Enquiry) -> None:
    """That it is taken down, and who answers it."""
    text = _("The enquiry is saved. It waits in the shared inbox.")
    if enquiry.assigned_to:
        text = answers_it(enquiry.assigned_to)
    undo = reverse("companies:enquiry_remove", args=[enquiry.pk])
    let_go(request, NEW)
    saved(request, text, undo=undo)


def answers_it(answers: User) -> str:
    """That it is saved, and whom the firm hears from: while they are away their cover."""
    stand_in = Absence.objects.today().stand_in(answers)
    return _("The enquiry is saved. %(name)s answers it.") % {"name": stand_in.name}


def render_new(request: UserRequest, form: EnquiryForm) -> HttpResponse:
    """The page with the form, or (htmx) only the workplaces that fit what is typed."""
    form.look_up()
    found, ticked = offered(request, form)
    context = {
        "section": "enquiries",
        "form": form,
        "place": form.place,
        "found": found,
        "ticked": ticked,
        "draft": Draft.objects.begun(request.user, NEW),
    }
    htmx: Any = getattr(request, "htmx", None)
    partial = bool(htmx) and htmx.target == "firms"
    name = "companies/enquiry_new.html" + ("#firms" if partial else "")
    return render(request, name, context, status=422 if form.errors else 200)


@require_GET
@only(may_read_companies)
def enquiry(request: UserRequest, pk: int) -> HttpResponse:
    """One enquiry: how much time is left, and the answer."""
    found = find_enquiry(request, pk)
    return render_enquiry(request, found, AnswerForm(enquiry=found))


@require_POST
@only(may_edit_companies)
def enquiry_answer(request: UserRequest, pk: int) -> HttpResponse:
    """Save the answer, unless somebody was faster."""
    found = find_enquiry(request, pk)
    form = AnswerForm(request.POST, enquiry=found)
    if not form.is_valid():
        return render_enquiry(request, found, form)
    done = actions.answer_enquiry(enquiry=found, by=request.user, **form.details)
    let_go(request, draft_name(found))
    if done.answered_by != request.user:
        warned(request, _("%(name)s has answered it already.") % {"name": done.answered_by})
    else:
        undo = reverse("companies:enquiry_reopen", args=[found.pk])
        saved(request, _("The answer is saved."), undo=undo)
    return redirect("companies:enquiry", found.pk)


def draft_name(found: Enquiry) -> str:
    """The name of the draft of an answer."""
    return f"answer-{found.pk}"


def render_enquiry(request: UserRequest, found: Enquiry, form: AnswerForm) -> HttpResponse:
    """The page of one enquiry."""
    user, covers = request.user, Absence.objects.today()
    answers = found.assigned_to
    counted = countdown(found, timezone.now(), opening_calendar())
    context = {
        "section": "enquiries",
        "enquiry": found,
        "countdown": counted,
        "form": form,
        "assign": AssignForm(initial={"to": found.assigned_to_id}),
        "may_edit": may_edit_companies(user),
        "mine": answers in covers.served_by(user),
        "way_in": covers.way_in(answers) if answers else None,
        "draft": Draft.objects.begun(user, draft_name(found)),
    }
    status = 422 if form.errors else 200
    return render(request, "companies/enquiry.html", context, status=status)


@require_http_methods(EDIT)
@only(may_edit_companies)
def enquiry_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Put right what was taken down."""
    found = find_enquiry(request, pk)
    form = EnquiryEditForm(request.POST or None, enquiry=found)
    if request.method == "POST" and form.is_valid():
        row = actions.edit_enquiry(enquiry=found, by=request.user, changes=form.details)
        passed = row.assigned_to if row.assigned_to != found.assigned_to else None
        saved(request, answers_it(passed) if passed else _("The enquiry is saved."))
        return redirect("companies:enquiry", pk)
    context = {"section": "enquiries", "form": form, "enquiry": found}
    status = 422 if form.errors else 200
    return render(request, "companies/enquiry_edit.html", context, status=status)


@require_POST
@only(may_edit_companies)
def enquiry_take(request: UserRequest, pk: int) -> HttpResponse:
    """Answer it oneself, unless somebody was faster."""
    found = find_enquiry(request, pk)
    holder = request.POST.get("holder", "")
    seen = int(holder) if holder.isdecimal() else None
    if actions.take_enquiry(enquiry=found, holder=seen, by=request.user):
        undo = f"{reverse('companies:enquiry_assign', args=[pk])}?to={holder}"
        saved(request, _("You answer it now."), undo=undo)
    else:
        warned(request, _("Somebody was faster: it is another’s now."))
    return redirect("companies:enquiry", pk)


@require_POST
@only(may_edit_companies)
def enquiry_assign(request: UserRequest, pk: int) -> HttpResponse:
    """Pass it on to a colleague, or back to the shared inbox."""
    found = find_enquiry(request, pk)
    form = AssignForm(request.POST if "to" in request.POST else request.GET)
    if not form.is_valid():
        warned(request, _("Choose a colleague who may answer."))
        return redirect("companies:enquiry", pk)
    row = actions.assign_enquiry(enquiry=found, to=form.cleaned_data["to"], by=request.user)
    undo = f"{reverse('companies:enquiry_assign', args=[pk])}?to={found.assigned_to_id or ''}"
    text = _("It waits in the shared inbox.")
    if row.assigned_to:
        text = _("%(name)s answers it now.") % {"name": row.assigned_to.name}
    saved(request, text, undo=undo)
    return redirect("companies:enquiry", pk)


@require_http_methods(EDIT)
@only(may_edit_companies)
def enquiry_tie(request: UserRequest, pk: int) -> HttpResponse:
    """Find the workplace that asked."""
    found = find_enquiry(request, pk)
    if request.method == "POST":
        return tie(request, found)
    words = request.GET.get("q", found.company_name).replace("\0", "").strip()[:200]
    context = {
        "section": "enquiries",
        "enquiry": found,
        "q": words,
        "found": called(request, words, 20),
    }
    htmx = bool(getattr(request, "htmx", False))
    name = "companies/enquiry_tie.html#found" if htmx else "companies/enquiry_tie.html"
    return render(request, name, context)


def tie(request: UserRequest, found: Enquiry) -> HttpResponse:
    """Tie the enquiry to the workplace that was chosen; none is the firm as it was written."""
    chosen = request.POST.get("workplace", request.GET.get("workplace", ""))
    places = Workplace.objects.visible_to(request.user).select_related("company", "owner")
    place = get_object_or_404(places, pk=int(chosen)) if chosen.isdecimal() else None
    row = actions.tie_enquiry(enquiry=found, workplace=place, by=request.user)
    undo = ""
    if found.workplace_id or found.company_name:
        before = found.workplace_id or ""
        undo = f"{reverse('companies:enquiry_tie', args=[found.pk])}?workplace={before}"
    saved(request, _("The enquiry is %(firm)s’s.") % {"firm": row.firm}, undo=undo)
    return redirect("companies:enquiry", found.pk)


@require_POST
@only(may_edit_companies)
def enquiry_reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of answering."""
    found = find_enquiry(request, pk)
    actions.reopen_enquiry(enquiry=found, by=request.user)
    saved(request, _("The enquiry is open again."))
    return redirect("companies:enquiry", pk)


@require_POST
@only(may_edit_companies)
def enquiry_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Delete, with undo."""
    found = find_enquiry(request, pk)
    actions.remove_enquiry(enquiry=found, by=request.user)
    undo = reverse("companies:enquiry_restore", args=[pk])
    saved(request, _("The enquiry is deleted."), undo=undo)
    return redirect("companies:enquiries")


@require_POST
@only(may_edit_companies)
def enquiry_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of deleting."""
    found = find_enquiry(request, pk, removed=True)
    actions.restore_enquiry(enquiry=found, by=request.user)
    saved(request, _("The enquiry is back."))
    return redirect("companies:enquiry", pk)
