"""The bag: what can be offered today, on a page and on paper, and how it is kept up to date."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import UserRequest, may_administer, may_read_companies, only
from cabi_crm.pdf.work import LANGUAGES
from cabi_crm.ui.answers import pdf_answer
from cabi_crm.ui.days import day_in_address
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.requests import EDIT
from toolbox import actions
from toolbox.documents import bag_pdf
from toolbox.forms import InstrumentForm, LastDayForm, RevisionForm
from toolbox.models import Instrument


def find_instrument(request: UserRequest, pk: int) -> Instrument:
    """An instrument the user may see; 404 otherwise."""
    return get_object_or_404(Instrument.objects.visible_to(request.user), pk=pk)


@require_GET
@only(may_read_companies)
def bag(request: UserRequest) -> HttpResponse:
    """What we can offer today, to read, tick and print; what has ended or not begun is apart."""
    today = timezone.localdate()
    every = list(Instrument.objects.visible_to(request.user))
    current = [each for each in every if each.valid_from <= today and not each.has_ended(today)]
    context = {
        "current": current,
        "coming": [each for each in every if each.valid_from > today],
        "ended": [each for each in every if each.has_ended(today)],
        "chosen": request.GET.getlist("valgt"),
        "any_unverified": any(each.is_unverified for each in current),
        "may_edit": may_administer(request.user),
        "language": get_language(),
        "section": "toolbox",
    }
    return render(request, "toolbox/bag.html", context)


@require_GET
@only(may_read_companies)
def bag_paper(request: UserRequest) -> HttpResponse:
    """The bag as PDF for the table: all of it, or what was ticked."""
    found = Instrument.objects.visible_to(request.user).valid_on(timezone.localdate())
    ticked = request.GET.getlist("valgt")
    language = request.GET.get("language", "")
    language = language if language in LANGUAGES else get_language() or LANGUAGES[0]
    rows = found.from_pages(ticked) if ticked else found
    return pdf_answer(bag_pdf(rows, language=language), f"tasken-{language}")


@require_http_methods(EDIT)
@only(may_administer)
def instrument_new(request: UserRequest) -> HttpResponse:
    """Something new for the bag."""
    form = InstrumentForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = actions.add_instrument(said=form.cleaned_data, by=request.user)
        saved(request, _("%(name)s is in the bag.") % {"name": made.name})
        return redirect("toolbox:bag")
    context = {"form": form, "instrument": None, "section": "toolbox"}
    return render(request, "toolbox/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(EDIT)
@only(may_administer)
def instrument_edit(request: UserRequest, pk: int) -> HttpResponse:
    """A new wording from a day on; the old one is kept."""
    instrument, today = find_instrument(request, pk), timezone.localdate()
    start = {"on": max(today, instrument.valid_from)}
    form = RevisionForm(request.POST or None, instance=instrument, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if actions.revise_instrument(
            instrument=instrument, said=said, on=said["on"], by=request.user
        ):
            saved(request, _("The wording is saved."))
            return redirect("toolbox:bag")
        form.add_error("on", _("Somebody has changed it meanwhile."))
    end = LastDayForm(initial={"last_day": instrument.valid_to}, instrument=instrument)
    return edit_page(request, instrument, form, end)


def edit_page(
    request: UserRequest, instrument: Instrument, form: RevisionForm, end: LastDayForm
) -> HttpResponse:
    """The page of an instrument, with its two forms."""
    context = {"form": form, "instrument": instrument, "end": end, "section": "toolbox"}
    status = 422 if form.errors or end.errors else 200
    return render(request, "toolbox/edit.html", context, status=status)


def undo_address(name: str, pk: int, before: date | None) -> str:
    """The address that gives the day before back."""
    query = urlencode({"before": before.isoformat() if before else ""})
    return f"{reverse(f'toolbox:{name}', args=[pk])}?{query}"


@require_POST
@only(may_administer)
def instrument_end(request: UserRequest, pk: int) -> HttpResponse:
    """It can be offered until a day, or goes on after all."""
    instrument, undoing = find_instrument(request, pk), "before" in request.GET
    form = LastDayForm(request.POST, instrument=instrument)
    if not undoing and not form.is_valid():
        start = {"on": max(timezone.localdate(), instrument.valid_from)}
        return edit_page(
            request, instrument, RevisionForm(instance=instrument, initial=start), form
        )
    before, asked = instrument.valid_to, day_in_address(request.GET.get("before", ""))
    day = asked if undoing else form.cleaned_data["last_day"]
    if not actions.end_instrument(instrument=instrument, last_day=day, by=request.user):
        warned(request, _("%(name)s has a later wording by now.") % {"name": instrument.name})
        return redirect("toolbox:bag")
    undo = "" if undoing else undo_address("instrument_end", pk, before)
    text = _("%(name)s has a last day.") if day else _("%(name)s goes on.")
    saved(request, text % {"name": instrument.name}, undo=undo)
    return redirect("toolbox:bag")


@require_POST
@only(may_administer)
def instrument_check(request: UserRequest, pk: int) -> HttpResponse:
    """The wording was checked today; undo gives the day before back."""
    instrument, undoing = find_instrument(request, pk), "before" in request.GET
    before, asked = instrument.checked_on, day_in_address(request.GET.get("before", ""))
    day = asked if undoing else timezone.localdate()
    actions.check_instrument(instrument=instrument, checked_on=day, by=request.user)
    undo = "" if undoing else undo_address("instrument_check", pk, before)
    saved(request, _("The day of the check is saved."), undo=undo)
    return redirect("toolbox:bag")
