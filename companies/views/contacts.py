"""The people at a workplace."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import UserRequest, may_edit_companies, may_read_companies, only
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.requests import EDIT
from companies import actions
from companies.forms.workplaces import ContactForm
from companies.models import ContactPerson, Workplace
from companies.views.workplaces import find_workplace, frame


def find_person(request: UserRequest, pk: int) -> ContactPerson:
    """A contact person at a workplace the user may see; 404 otherwise."""
    people = ContactPerson.objects.filter(workplace__in=Workplace.objects.visible_to(request.user))
    return get_object_or_404(people.select_related("workplace__company"), pk=pk)


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
    if request.method == "POST" and form.is_valid():
        actions.save_contact_person(person=form.instance, by=request.user)
        saved(request, _("%(name)s is saved.") % {"name": person.name})
        return redirect("companies:contacts", person.workplace_id)
    context: dict[str, Any] = {"form": form, "person": person, "workplace": person.workplace}
    context["section"] = "companies"
    return render(request, "companies/contact.html", context, status=422 if form.errors else 200)


@require_POST
@only(may_edit_companies)
def contact_left(request: UserRequest, pk: int) -> HttpResponse:
    """Somebody does not work there any more."""
    person = find_person(request, pk)
    actions.mark_contact_left(person=person, by=request.user, on=timezone.localdate())
    undo = reverse("companies:contact_restore", args=[person.pk])
    saved(request, _("%(name)s no longer works there.") % {"name": person.name}, undo=undo)
    return redirect("companies:contacts", person.workplace_id)


@require_POST
@only(may_edit_companies)
def contact_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo: they work there after all."""
    person = find_person(request, pk)
    actions.restore_contact(person=person, by=request.user)
    saved(request, _("%(name)s is back.") % {"name": person.name})
    return redirect("companies:contacts", person.workplace_id)
