"""Handing workplaces over: begin, fill in the list, drive the round, check, hand over."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import UserRequest, only
from accounts.enums import Role
from accounts.models import Event, User
from cabi_crm.ui.answers import pdf_answer
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.requests import EDIT
from companies import actions
from companies.access import may_hand_over, may_keep_portfolios
from companies.documents.portfolio import handed_over, handover_pdf
from companies.enums import HandoverStatus
from companies.forms.handovers import GiverForm, HandoverForm, ItemsForm, RoundForm
from companies.models import Handover, HandoverItem, Workplace

SECTION: dict[str, Any] = {"section": "companies"}
PAGE_SIZE = 20
LAST = 50


def find_handover(request: UserRequest, pk: int, *statuses: HandoverStatus) -> Handover:
    """A handover the user may see, in one of the statuses if any are given; 404 otherwise."""
    found = Handover.objects.visible_to(request.user).select_related("giver", "taker")
    handover = get_object_or_404(found, pk=pk)
    if statuses and handover.status not in statuses:
        raise Http404
    return handover


def find_open(request: UserRequest, pk: int) -> Handover:
    """An open handover the user may change; 404 otherwise."""
    handover = find_handover(request, pk)
    if not may_hand_over(request.user, handover):
        raise Http404
    return handover


@require_GET
@only(may_keep_portfolios)
def handovers(request: UserRequest) -> HttpResponse:
    """The handovers I have to do with, open ones first."""
    rows = Handover.objects.visible_to(request.user).select_related("giver", "taker")
    kept = Count("items", filter=Q(items__removed_at=None))
    every = rows.annotate(count=kept).order_by("-pk")
    context = {
        "open": list(every.open()),
        "past": list(every.exclude(status=HandoverStatus.OPEN)[:LAST]),
    }
    return render(request, "companies/handover_list.html", context | SECTION)


@require_http_methods(EDIT)
@only(may_keep_portfolios)
def handover_new(request: UserRequest) -> HttpResponse:
    """From whom, to whom, and which workplaces."""
    giver = giver_asked(request)
    if giver is None:
        return render(
            request, "companies/handover_giver.html", SECTION | {"form": GiverForm(owners=owners())}
        )
    places = list(Workplace.objects.active().owned_by(giver).order_by("town", "name", "pk"))
    form = HandoverForm(request.POST or None, giver=giver, places=places)
    if request.method == "POST" and form.is_valid():
        if made := begun(request, giver, form):
            return redirect("companies:handover", made.pk)
        form.add_error("which", _("All of them are on another handover list already."))
    context = {"form": form, "giver": giver, "count": len(places)}
    status = 422 if form.errors else 200
    return render(request, "companies/handover_new.html", context | SECTION, status=status)


def giver_asked(request: UserRequest) -> User | None:
    """A consultant gives their own; a manager says whose, nothing before they have."""
    if request.user.role != Role.MANAGER:
        return request.user
    asked = request.GET.get("giver", "")
    return owners().filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None


def owners() -> Any:
    """Everybody who owns workplaces, also those who no longer work here."""
    owning = Workplace.objects.filter(owner=OuterRef("pk"))
    return User.objects.filter(Exists(owning)).order_by("name")


def begun(request: UserRequest, giver: User, form: HandoverForm) -> Handover | None:
    """Begin it, with undo that drops it; nothing when no workplace could come on its list."""
    said = form.cleaned_data
    handover = actions.begin_handover(
        giver=giver,
        taker=said["taker"],
        workplaces=form.chosen,
        note=said["note"],
        submission=said["submission"],
        by=request.user,
    )
    if handover:
        undo = reverse("companies:handover_drop", args=[handover.pk])
        saved(request, _("The handover list is ready."), undo=undo)
    return handover


def listed(handover: Handover) -> Any:
    """The workplaces of a handover in the order of the road."""
    items = handover.items.kept().select_related("workplace", "joint_visit")
    return items.along_the_road()


@require_http_methods(EDIT)
@only(may_keep_portfolios)
def handover(request: UserRequest, pk: int) -> HttpResponse:
    """The list: what the new owner must know of each workplace; filled in page by page."""
    found = find_handover(request, pk) if request.method != "POST" else find_open(request, pk)
    page: Page[Any] = Paginator(listed(found), PAGE_SIZE).get_page(request.GET.get("page"))
    form = ItemsForm(request.POST or None, items=list(page))
    if request.method == "POST" and form.is_valid():
        actions.note_handover(handover=found, said=form.said, by=request.user)
        say_saved(request, form)
        return redirect(next_page(request, page, found))
    context = list_context(request, found, page, form)
    status = 422 if form.errors else 200
    return render(request, "companies/handover.html", context, status=status)


def say_saved(request: UserRequest, form: ItemsForm) -> None:
    """That the list is saved; a workplace whose *take off* was tapped leaves it, with undo."""
    item = next((i for i in form.items if str(i.pk) == request.POST.get("remove")), None)
    if item is None:
        saved(request, _("The list is saved."))
        return
    actions.remove_item(item=item, by=request.user)
    undo = reverse("companies:handover_item_restore", args=[item.pk])
    saved(request, _("%(name)s is off the list.") % {"name": item.workplace}, undo=undo)


def next_page(request: UserRequest, page: Page[Any], handover: Handover) -> str:
    """On to what the button said: the check, the round, the next page or this one again."""
    for step in ("check", "round"):
        if step in request.POST:
            return reverse(f"companies:handover_{step}", args=[handover.pk])
    address = reverse("companies:handover", args=[handover.pk])
    number = page.number
    if "next" in request.POST and page.has_next():
        number = page.next_page_number()
    return f"{address}?page={number}" if number > 1 else address


def list_context(
    request: UserRequest, handover: Handover, page: Page[Any], form: ItemsForm
) -> dict[str, Any]:
    """What the page of a handover shows."""
    rows = handed_over(list(page), handover)
    may_edit = may_hand_over(request.user, handover)
    undoable = handover.status == HandoverStatus.DONE
    return SECTION | {
        "handover": handover,
        "page": page,
        "form": form,
        "rows": [(row, *form.fields_of(row.pk)) for row in rows],
        "may_edit": may_edit,
        "may_undo": undoable and may_finish(request.user, handover),
        "has_round": any(row.visit for row in rows),
    }


def may_finish(user: User, handover: Handover) -> bool:
    """Giver and managers; whatever its status."""
    return user.role == Role.MANAGER or handover.giver_id == user.pk


@require_POST
@only(may_keep_portfolios)
def item_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of taking a workplace off the list."""
    item = find_item(request, pk)
    if actions.restore_item(item=item, by=request.user):
        saved(request, _("%(name)s is on the list again.") % {"name": item.workplace})
    else:
        say_elsewhere(request, [item.workplace.name])
    return redirect("companies:handover", item.handover_id)


def find_item(request: UserRequest, pk: int) -> HandoverItem:
    """A workplace of an open handover the user may change; 404 otherwise."""
    rows = HandoverItem.objects.select_related("handover", "workplace")
    item = get_object_or_404(rows, pk=pk)
    find_open(request, item.handover_id)
    return item


@require_http_methods(EDIT)
@only(may_keep_portfolios)
def handover_round(request: UserRequest, pk: int) -> HttpResponse:
    """A day on which giver and taker drive round together."""
    handover = find_open(request, pk)
    items = list(listed(handover))
    ticked = {"items": [str(item.pk) for item in items if not item.joint_visit_id]}
    form = RoundForm(request.POST or None, items=items, initial=ticked)
    if request.method == "POST" and form.is_valid():
        event = actions.plan_round(handover=handover, visits=form.visits, by=request.user)
        undo, count = reverse("companies:handover_round_undo", args=[event.pk]), len(form.visits)
        text = ngettext(
            "%(n)d joint visit is in the calendar.",
            "%(n)d joint visits are in the calendar.",
            count,
        )
        saved(request, text % {"n": count}, undo=undo)
        return redirect("companies:handover", handover.pk)
    context = {"form": form, "handover": handover} | SECTION
    status = 422 if form.errors else 200
    return render(request, "companies/handover_round.html", context, status=status)


@require_POST
@only(may_keep_portfolios)
def round_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of planning a round: what it planned is gone, what it moved is back."""
    event = get_object_or_404(Event, pk=pk, action="handover_round_planned", actor=request.user)
    handover = find_handover(request, int(event.object_id))
    moved = actions.undo_round(handover=handover, event=event, by=request.user)
    if moved.count:
        saved(request, _("The joint round is as before."))
    if moved.left:
        names = ", ".join(moved.left)
        warned(request, _("Left alone, changed since: %(names)s.") % {"names": names})
    return redirect("companies:handover", handover.pk)


@require_POST
@only(may_keep_portfolios)
def round_cancel(request: UserRequest, pk: int) -> HttpResponse:
    """The joint visits to come leave the calendar."""
    handover = find_open(request, pk)
    actions.cancel_round(handover=handover, by=request.user)
    saved(request, _("The joint round is called off."))
    return redirect("companies:handover", handover.pk)


@require_http_methods(EDIT)
@only(may_keep_portfolios)
def handover_check(request: UserRequest, pk: int) -> HttpResponse:
    """Look once more at what goes along, then hand over."""
    handover = find_handover(request, pk)
    if handover.status == HandoverStatus.DONE and may_finish(request.user, handover):
        return redirect("companies:handover", pk)  # the second of two taps
    if not may_hand_over(request.user, handover):
        raise Http404
    if request.method == "POST":
        moved = actions.finish_handover(handover=handover, by=request.user)
        undo = reverse("companies:handover_undo", args=[handover.pk])
        text = ngettext(
            "%(n)d workplace is with %(name)s now.",
            "%(n)d workplaces are with %(name)s now.",
            moved.count,
        )
        saved(request, text % {"n": moved.count, "name": handover.taker}, undo=undo)
        say_left(request, moved)
        return redirect("companies:handover", handover.pk)
    context = check_of(handover) | {"handover": handover} | SECTION
    return render(request, "companies/handover_check.html", context)


def check_of(handover: Handover) -> dict[str, Any]:
    """What is handed over, what would be left, and what is missing."""
    rows = handed_over(list(listed(handover)), handover)
    keys = [row.workplace for row in rows]
    owned = Workplace.objects.filter(pk__in=keys, owner=handover.giver_id)
    theirs = set(owned.values_list("pk", flat=True))
    return {
        "going": [row for row in rows if row.workplace in theirs],
        "left": [row for row in rows if row.workplace not in theirs],
        "untold": [row for row in rows if row.told_on is None],
        "unmet": [row for row in rows if row.visit is None],
        "unnoted": [row for row in rows if not row.note],
        "promises": sum(len(row.promises) for row in rows),
        "extras": sum(len(row.extras) for row in rows),
    }


def say_left(request: UserRequest, moved: actions.Moved) -> None:
    """Name the workplaces somebody else changed meanwhile."""
    if moved.left:
        names = ", ".join(moved.left)
        warned(
            request, _("Left alone, they have another owner by now: %(names)s.") % {"names": names}
        )


def say_elsewhere(request: UserRequest, names: Sequence[str]) -> None:
    """Name the workplaces that stand on another open list."""
    if names:
        text = _("Left off, on another handover list by now: %(names)s.")
        warned(request, text % {"names": ", ".join(names)})


@require_POST
@only(may_keep_portfolios)
def handover_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of handing over."""
    handover = find_handover(request, pk)
    if not may_finish(request.user, handover):
        raise Http404
    moved = actions.undo_handover(handover=handover, by=request.user)
    text = ngettext(
        "%(n)d workplace is with %(name)s again.",
        "%(n)d workplaces are with %(name)s again.",
        moved.count,
    )
    if moved.count:
        saved(request, text % {"n": moved.count, "name": handover.giver})
    elif not moved.left:
        warned(request, _("There was nothing to take back."))
    say_left(request, moved)
    return redirect("companies:handover", handover.pk)


@require_POST
@only(may_keep_portfolios)
def handover_drop(request: UserRequest, pk: int) -> HttpResponse:
    """Nothing comes of it, with undo."""
    handover = find_open(request, pk)
    actions.drop_handover(handover=handover, by=request.user)
    undo = reverse("companies:handover_resume", args=[handover.pk])
    saved(request, _("The handover is dropped; nothing has changed hands."), undo=undo)
    return redirect("companies:handovers")


@require_POST
@only(may_keep_portfolios)
def handover_resume(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of dropping it."""
    handover = find_handover(request, pk)
    if not may_finish(request.user, handover):
        raise Http404
    left = actions.resume_handover(handover=handover, by=request.user)
    saved(request, _("The handover is open again."))
    say_elsewhere(request, left)
    return redirect("companies:handover", handover.pk)


@require_GET
@only(may_keep_portfolios)
def pdf(request: UserRequest, pk: int) -> HttpResponse:
    """The handover list on paper."""
    handover = find_handover(request, pk)
    language = request.GET.get("language") or get_language() or "da"
    content = handover_pdf(handover, language if language in {"da", "en"} else "da")
    name = f"overdragelse-{handover.pk}-{timezone.localdate().isoformat()}"
    return pdf_answer(content, name)
