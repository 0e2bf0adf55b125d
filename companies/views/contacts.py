"""The people at a workplace."""

from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import UserRequest, may_edit_companies, may_read_companies, only
from accounts.models import Draft
from accounts.views.drafts import let_go
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.lists import Column, ListPage
from cabi_crm.ui.requests import EDIT
from companies import actions
from companies.filters import StaleFilter
from companies.forms.workplaces import ContactForm
from companies.models import ContactPerson
from companies.views.workplaces import confirmed_before, find_workplace, frame, to_workplace

LIST = "fra-liste"  # in the address: pressed on the list of people to confirm
STALE_COLUMNS = [
    Column(_lazy("Contact person"), "name", "c-name"),
    Column(_lazy("Workplace"), "workplace", "c-place"),
    Column(_lazy("Last confirmed"), "confirmed", "c-last"),
    Column(_lazy("Still right?"), "", "c-do"),
]
STALE_SORTS: dict[str, list[Any]] = {
    "name": ["name", "pk"],
    "workplace": ["workplace__name", "pk"],
    "confirmed": [F("confirmed_on"), "pk"],
}


def find_person(request: UserRequest, pk: int) -> ContactPerson:
    """A contact person at a workplace the user may see; 404 otherwise."""
    people = ContactPerson.objects.visible_to(request.user)
    return get_object_or_404(people.select_related("workplace__company"), pk=pk)


def onward(request: UserRequest, address: str) -> str:
    """`address` with what this request says of where it came from."""
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


def after(request: UserRequest, person: ContactPerson) -> HttpResponse:
    """Back to where the button was pressed: the list of people to confirm, or the workplace."""
    if LIST not in request.GET:
        return to_workplace(request, person.workplace_id, "companies:contacts")
    query = request.GET.copy()
    query.pop(LIST)
    return redirect(f"{reverse('companies:stale_contacts')}?{query.urlencode()}")


@require_GET
@only(may_read_companies)
def contacts(request: UserRequest, pk: int) -> HttpResponse:
    """Who works there now, the first to ring on top; those who left below."""
    place = find_workplace(request, pk)
    context = frame(request, place, "contacts")
    gone = ContactPerson.objects.filter(workplace=place).exclude(left_on=None)
    context["gone"] = gone.order_by("-left_on", "name")[:20]
    return render(request, "companies/contacts.html", context)


@require_http_methods(EDIT)
@only(may_edit_companies)
def contact_new(request: UserRequest, pk: int) -> HttpResponse:
    """Add somebody; the first one added is the first to ring."""
    place = find_workplace(request, pk)
    first = not ContactPerson.objects.current().filter(workplace=place).exists()
    role = {"is_main": first, "is_backup": not first and "backup" in request.GET}
    return contact_form(request, ContactPerson(workplace=place), role)


@require_http_methods(EDIT)
@only(may_edit_companies)
def contact_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what is known about somebody; saving confirms it."""
    return contact_form(request, find_person(request, pk), {})


def contact_form(
    request: UserRequest, person: ContactPerson, initial: dict[str, Any]
) -> HttpResponse:
    """The form of a new or known contact person."""
    form = ContactForm(request.POST or None, instance=person, initial=initial)
    name = f"contact-{person.pk}" if person.pk else f"contact-w{person.workplace_id}"
    draft = Draft.objects.begun(request.user, name)
    if request.method == "POST" and form.is_valid():
        actions.save_contact_person(person=form.instance, by=request.user)
        let_go(request, draft.form)
        saved(request, _("%(name)s is saved.") % {"name": person.name})
        return after(request, person)
    context: dict[str, Any] = {"form": form, "person": person, "workplace": person.workplace}
    context |= {"section": "companies", "draft": draft}
    return render(request, "companies/contact.html", context, status=422 if form.errors else 200)


@require_POST
@only(may_edit_companies)
def contact_left(request: UserRequest, pk: int) -> HttpResponse:
    """Somebody does not work there any more."""
    person = find_person(request, pk)
    actions.mark_contact_left(person=person, by=request.user, on=timezone.localdate())
    undo = onward(request, reverse("companies:contact_restore", args=[person.pk]))
    saved(request, _("%(name)s no longer works there.") % {"name": person.name}, undo=undo)
    return after(request, person)


@require_POST
@only(may_edit_companies)
def contact_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo: they work there after all."""
    person = find_person(request, pk)
    actions.restore_contact(person=person, by=request.user)
    saved(request, _("%(name)s is back.") % {"name": person.name})
    return after(request, person)


@require_GET
@only(may_read_companies)
def stale_contacts(request: UserRequest) -> HttpResponse:
    """Contact persons whom nobody has confirmed for long: ring, and tap once."""
    limit = confirmed_before(timezone.localdate())
    people = ContactPerson.objects.visible_to(request.user).stale(limit)
    rows = people.select_related("workplace__company", "workplace__owner")
    page = ListPage(
        request=request,
        filterset=StaleFilter(request.GET, rows, request=request),
        columns=STALE_COLUMNS,
        sorts=STALE_SORTS,
        default_sort="confirmed",
    )
    context = {"section": "companies", "may_edit": may_edit_companies(request.user)}
    return page.render("companies/stale.html", query=list_query(request), **context)


def list_query(request: UserRequest) -> str:
    """For the buttons of the list: that they are pressed there, and which part of it is shown."""
    query = request.GET.copy()
    query[LIST] = "1"
    return query.urlencode()


@require_POST
@only(may_edit_companies)
def contact_confirm(request: UserRequest, pk: int) -> HttpResponse:
    """One tap: they still work there."""
    person = find_person(request, pk)
    actions.confirm_contact(person=person, by=request.user, on=timezone.localdate())
    if getattr(request, "htmx", False):
        return stale_row(request, person)
    undo = onward(request, reverse("companies:contact_unconfirm", args=[person.pk]))
    saved(request, _("%(name)s is confirmed today.") % {"name": person.name}, undo=undo)
    return after(request, person)


@require_POST
@only(may_edit_companies)
def contact_unconfirm(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of confirming."""
    person = find_person(request, pk)
    actions.unconfirm_contact(person=person, by=request.user)
    if getattr(request, "htmx", False):
        return stale_row(request, person)
    saved(request, _("%(name)s is to be confirmed again.") % {"name": person.name})
    return after(request, person)


def stale_row(request: UserRequest, person: ContactPerson) -> HttpResponse:
    """The person's row of the list as it stands now."""
    limit = confirmed_before(timezone.localdate())
    context = {"person": person, "confirmed": not person.is_stale(limit), "may_edit": True}
    query = request.GET.urlencode()
    return render(request, "companies/stale_row.html", {**context, "query": query, "said": True})
