"""The tab *Preparation*, its papers, and the sources behind it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import (
    UserRequest,
    may_administer,
    may_edit_companies,
    may_read_companies,
    only,
)
from accounts.models import Draft, Organisation
from accounts.views.drafts import let_go
from cabi_crm.pdf.work import LANGUAGES
from cabi_crm.ui.answers import pdf_answer
from cabi_crm.ui.days import day_in_address
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.requests import EDIT
from companies import actions
from companies.documents.brief import brief_pdf
from companies.documents.ground import SIMILAR_SHOWN, Ground, ground_of
from companies.documents.known import known_of
from companies.documents.preparation import meaning, pitch_cards, sheet_pdf, tip_lines
from companies.forms.preparation import PreparationForm, SourceForm
from companies.models import IndustrySource, Preparation
from companies.models.similar import similar_firms
from companies.views.workplaces import find_workplace, frame

# Where each tip is mended.
MENDED_AT = {
    "visit": "plan",
    "concrete": "log_visit",
    "one_way_in": "profile_edit",
    "prepared": "preparation",
    "visible": "plan",
    "timing": "seasons",
    "routines": "visit_times",
    "follow_up": "plan",
}


def ground_here(request: UserRequest, pk: int) -> Ground:
    """What is known of a workplace the user may see; 404 otherwise."""
    place = find_workplace(request, pk, "preparation__by")
    return ground_of(place, on=timezone.localdate(), with_similar=False)


def sheet_form(request: UserRequest, ground: Ground) -> PreparationForm:
    """The form of the sheet, filled with our words and with what is known."""
    instance = ground.own or Preparation(workplace=ground.workplace)
    return PreparationForm(request.POST or None, instance=instance, known=known_of(ground))


def tips_of(ground: Ground, next_step: Any) -> list[dict[str, Any]]:
    """Each tip in words, whether it is followed, and where it is mended."""
    found = tip_lines(ground, Organisation.objects.current(), next_step)
    return [
        {
            "tip": tip,
            "ok": ok,
            "meaning": meaning(tip),
            "url": reverse(f"companies:{MENDED_AT[tip]}", args=[ground.workplace.pk]),
        }
        for tip, ok in found
    ]


def tab(request: UserRequest, ground: Ground, form: PreparationForm) -> HttpResponse:
    """The page of the tab."""
    context = frame(request, ground.workplace, "preparation")
    tips = tips_of(ground, context["next_step"])
    context |= {
        "form": form,
        "ground": ground,
        "pitch": pitch_cards(ground),
        "tips": tips,
        "followed": sum(each["ok"] for each in tips),
        "draft": Draft.objects.begun(request.user, f"preparation-{ground.workplace.pk}"),
        "may_administer": may_administer(request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "companies/preparation.html", context, status=status)


@require_GET
@only(may_read_companies)
def preparation(request: UserRequest, pk: int) -> HttpResponse:
    """Everything to know before contact, with our own notes to fill in."""
    ground = ground_here(request, pk)
    return tab(request, ground, sheet_form(request, ground))


@require_http_methods(EDIT)
@only(may_edit_companies)
def preparation_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Save the notes; the same page when something must be put right."""
    ground = ground_here(request, pk)
    place, form = ground.workplace, sheet_form(request, ground)
    if request.method == "POST" and form.is_valid():
        actions.save_preparation(workplace=place, said=form.said, by=request.user)
        let_go(request, f"preparation-{place.pk}")
        saved(request, _("The preparation is saved."))
        return redirect("companies:preparation", place.pk)
    return tab(request, ground, form)


@require_GET
@only(may_read_companies)
def similar(request: UserRequest, pk: int) -> HttpResponse:
    """Similar firms with good experience: a part of the tab that htmx fetches, or a page."""
    place = find_workplace(request, pk)
    htmx: Any = getattr(request, "htmx", None)
    name = "companies/similar.html" + ("#firms" if htmx and not htmx.boosted else "")
    context = {"workplace": place, "firms": similar_firms(place)[:SIMILAR_SHOWN]}
    return render(request, name, context | {"section": "companies"})


def language_asked(request: UserRequest) -> str:
    """The language of a paper: the one in the address, else that of the page."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else get_language() or LANGUAGES[0]


@require_GET
@only(may_read_companies)
def sheet(request: UserRequest, pk: int) -> HttpResponse:
    """The sheet with its answers, to take along."""
    place, language = find_workplace(request, pk), language_asked(request)
    return pdf_answer(
        sheet_pdf(place, language=language, blank=False), f"forberedelse-{place.p_number}"
    )


@require_GET
@only(may_read_companies)
def blank(request: UserRequest, pk: int) -> HttpResponse:
    """The sheet with lines to write on."""
    place, language = find_workplace(request, pk), language_asked(request)
    return pdf_answer(
        sheet_pdf(place, language=language, blank=True), f"forberedelse-tom-{place.p_number}"
    )


@require_GET
@only(may_read_companies)
def brief(request: UserRequest, pk: int) -> HttpResponse:
    """All that matters for a visit on one side of A4."""
    place, language = find_workplace(request, pk), language_asked(request)
    return pdf_answer(
        brief_pdf(place, language=language, reader=request.user), f"brief-{place.p_number}"
    )


def find_source(pk: int, *, removed: bool = False) -> IndustrySource:
    """A source on the list, or (for undo) one taken off it; 404 otherwise."""
    found = IndustrySource.objects.filter(removed_at__isnull=not removed)
    return get_object_or_404(found, pk=pk)


@require_GET
@only(may_administer)
def sources(request: UserRequest) -> HttpResponse:
    """Where to look things up, by industry."""
    rows = IndustrySource.objects.kept().order_by("code_prefix", "name", "pk")
    return render(request, "companies/sources.html", {"sources": rows, "section": "admin"})


def source_page(request: UserRequest, source: IndustrySource | None) -> HttpResponse:
    """The form of a source, new or known, and its answer."""
    form = SourceForm(request.POST or None, instance=source)
    if request.method == "POST" and form.is_valid():
        known = find_source(source.pk) if source else None
        actions.save_source(source=known, said=form.cleaned_data, by=request.user)
        saved(request, _("The source is saved."))
        return redirect("companies:sources")
    context: dict[str, Any] = {"form": form, "source": source, "section": "admin"}
    return render(request, "companies/source.html", context, status=422 if form.errors else 200)


@require_http_methods(EDIT)
@only(may_administer)
def source_new(request: UserRequest) -> HttpResponse:
    """A new source."""
    return source_page(request, None)


@require_http_methods(EDIT)
@only(may_administer)
def source_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a source."""
    return source_page(request, find_source(pk))


@require_POST
@only(may_administer)
def source_check(request: UserRequest, pk: int) -> HttpResponse:
    """The address was opened today and holds; undo gives the day before back."""
    source, undoing = find_source(pk), "before" in request.GET
    before = {"before": source.checked_on.isoformat() if source.checked_on else ""}
    asked = day_in_address(request.GET.get("before", ""))
    day = asked if undoing else timezone.localdate()
    actions.check_source(source=source, checked_on=day, by=request.user)
    address = reverse("companies:source_check", args=[pk])
    undo = "" if undoing else f"{address}?{urlencode(before)}"
    saved(request, _("The day of the check is saved."), undo=undo)
    return redirect("companies:sources")


@require_POST
@only(may_administer)
def source_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take a source off the list, with undo."""
    source = actions.remove_source(source=find_source(pk), by=request.user)
    undo = reverse("companies:source_restore", args=[pk])
    saved(request, _("%(name)s is removed.") % {"name": source.name}, undo=undo)
    return redirect("companies:sources")


@require_POST
@only(may_administer)
def source_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of taking it off."""
    source = actions.restore_source(source=find_source(pk, removed=True), by=request.user)
    saved(request, _("%(name)s is back.") % {"name": source.name})
    return redirect("companies:sources")
