"""Search over everything from the top of every page: workplaces, people, agreements, pages."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from accounts.access import (
    UserRequest,
    may_administer,
    may_audit,
    may_edit_companies,
    may_look_after_absences,
    may_make_agreements,
    may_read_companies,
    may_read_figures,
)
from accounts.models import User
from cabi_crm.db import fold
from companies.access import may_keep_portfolios
from companies.models import ContactPerson, Workplace
from companies.rules import asked_words, digits_of
from partnerships.models import Agreement

LONGEST = 100  # signs of a question
SHORTEST = 2
WORKPLACES, OTHERS = 8, 4


@dataclass(frozen=True)
class Hit:
    """One line of the answer."""

    label: str
    url: str
    icon: str
    meta: str = ""


@dataclass(frozen=True)
class Group:
    """Hits of one kind; `more` is where all of them stand."""

    title: str
    hits: list[Hit]
    more: str = ""
    of_workplaces: bool = False


@dataclass(frozen=True)
class Place:
    """A page or an action that can be found by its name, or by other words for it."""

    label: str
    url_name: str
    may: Callable[[User], bool]
    icon: str
    words: str = ""


def everybody(user: User) -> bool:
    """Pages that are open to all."""
    return True


PLACES = (
    Place(gettext_noop("Today"), "home", everybody, "today", "i dag home hjem"),
    Place(gettext_noop("Log a visit"), "companies:log", may_edit_companies, "plus", "besøg opkald"),
    Place(gettext_noop("Companies"), "companies:list", may_read_companies, "building"),
    Place(gettext_noop("My companies"), "companies:portfolio", may_read_companies, "building",
        "portefølje portfolio mine virksomheder"),
    Place(gettext_noop("Enquiries"), "companies:enquiries", may_read_companies, "ask",
        "henvendelser svarfrister hotline indbakke"),
    Place(gettext_noop("New enquiry"), "companies:enquiry_new", may_edit_companies, "plus"),
    Place(gettext_noop("My tasks"), "companies:tasks", may_edit_companies, "check",
        "opgaver løfter"),
    Place(gettext_noop("New task"), "companies:task_new", may_edit_companies, "plus"),
    Place(gettext_noop("Contact persons to confirm"), "companies:stale_contacts",
        may_read_companies, "user", "kontaktpersoner bekræft"),
    Place(gettext_noop("Hand over"), "companies:handovers", may_keep_portfolios, "partner",
        "overdragelse portefølje"),
    Place(gettext_noop("Check the levels"), "companies:bank_check", may_keep_portfolios, "list",
        "virksomhedsbank niveau"),
    Place(gettext_noop("The bag"), "toolbox:bag", may_read_companies, "tools",
        "tasken værktøjer ordninger løntilskud praktik fleksjob mentor"),
    Place(gettext_noop("Partnerships"), "partnerships:list", may_read_companies, "partner",
        "aftaler"),
    Place(gettext_noop("Make an agreement"), "partnerships:new", may_make_agreements, "plus"),
    Place(gettext_noop("Wordings"), "partnerships:templates", may_read_companies, "list"),
    Place(gettext_noop("Overview"), "insights:overview", may_read_figures, "chart",
        "nøgletal dashboard"),
    Place(gettext_noop("Who sits with what"), "accounts:directory", may_read_companies, "user",
        "kolleger telefon"),
    Place(gettext_noop("My page"), "accounts:own", everybody, "user",
        "min side telefon mails syg ferie"),
    Place(gettext_noop("My absence"), "accounts:absence_new", everybody, "calendar",
        "syg ferie fravær dækning"),
    Place(gettext_noop("Absences"), "accounts:absences", may_look_after_absences, "calendar",
        "fravær ferie sygdom dækning"),
    Place(gettext_noop("Calendar"), "accounts:calendar", may_read_companies, "calendar",
        "kalender ical outlook"),
    Place(gettext_noop("Settings"), "accounts:settings", may_administer, "tools"),
    Place(gettext_noop("How we work"), "accounts:operations", may_administer, "tools",
        "drift åbningstider svarfrist"),
    Place(gettext_noop("Mail out"), "accounts:mails", may_administer, "mail", "mails"),
    Place(gettext_noop("Colleagues"), "accounts:users", may_administer, "user"),
    Place(gettext_noop("Register imports"), "companies:import", may_administer, "building", "cvr"),
    Place(gettext_noop("Audit trail"), "accounts:events", may_audit, "list"),
    Place(gettext_noop("Help and contact"), "help", everybody, "help"),
)  # fmt: skip


@require_GET
def search(request: UserRequest) -> HttpResponse:
    """What `?q=` finds; a whole number that one workplace has leads straight to it."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    part = bool(getattr(request, "htmx", False))
    groups = answer(request.user, asked) if len(asked) >= SHORTEST else []
    only = only_workplace(groups)
    if only and not part and asked_words(asked)[0].isdigit():
        return redirect(only.url)
    context = {"asked": asked, "groups": groups, "too_short": len(asked) < SHORTEST}
    context["count"] = sum(len(group.hits) for group in groups)
    template = "pages/search.html#hits" if part else "pages/search.html"
    return render(request, template, context)


def only_workplace(groups: list[Group]) -> Hit | None:
    """The workplace that was found, when it is one."""
    hits = [hit for group in groups if group.of_workplaces for hit in group.hits]
    return hits[0] if len(hits) == 1 else None


def answer(user: User, asked: str) -> list[Group]:
    """The groups that hold something, workplaces first."""
    groups = [Group(_("Pages and actions"), pages(user, asked))]
    if may_read_companies(user):
        groups = [workplaces(user, asked), agreements(asked), colleagues(asked), *groups]
    return [group for group in groups if group.hits]


def workplaces(user: User, asked: str) -> Group:
    """Workplaces that hold every word; nearly so when none does."""
    visible = Workplace.objects.visible_to(user).active()
    found = first_ones(visible.matching(asked), asked)
    more = (
        f"{reverse('companies:list')}?{urlencode({'q': asked})}" if len(found) > WORKPLACES else ""
    )
    found = (found or first_ones(visible.nearly_matching(asked), asked))[:WORKPLACES]
    through = people_found(found, asked)
    hits = [
        Hit(
            place.name,
            reverse("companies:workplace", args=[place.pk]),
            "building",
            " · ".join(part for part in (through.get(place.pk, ""), place.address) if part),
        )
        for place in found
    ]
    return Group(_("Workplaces"), hits, more, of_workplaces=True)


def first_ones(found: QuerySet[Workplace], asked: str) -> list[Workplace]:
    """The first hits and one more, those whose name begins with what is asked on top."""
    begins = When(name__istartswith=asked, then=Value(0))
    rank = Case(begins, default=Value(1), output_field=IntegerField())
    # Sorted by the bare name PostgreSQL would walk the index on names; see the list of workplaces.
    ordered = found.order_by(rank, Lower("name"), "pk")
    return list(ordered.only("name", "street", "postcode", "town")[: WORKPLACES + 1])


def people_found(places: list[Workplace], asked: str) -> dict[int, str]:
    """For each workplace the contact person whose name or number holds a word of `asked`."""
    words = asked_words(asked)
    people = ContactPerson.objects.current().filter(workplace__in=places)
    return {
        person.workplace_id: person.name
        for person in people.only("workplace_id", "name", "phone", "is_main")
        if any(word in fold(person.words) for word in words)
    }


def agreements(asked: str) -> Group:
    """Partnership agreements by number or name."""
    found = Agreement.objects.light().matching(asked).order_by("-pk")[: OTHERS + 1]
    hits = [
        Hit(
            each.company_name,
            reverse("partnerships:agreement", args=[each.pk]),
            "partner",
            each.number,
        )
        for each in found
    ]
    more = f"{reverse('partnerships:list')}?{urlencode({'q': asked})}" if len(hits) > OTHERS else ""
    return Group(_("Agreements"), hits[:OTHERS], more)


def colleagues(asked: str) -> Group:
    """Colleagues, with their phone."""
    words = fold(asked).split()
    found = [
        user
        for user in User.objects.working().only("name", "title", "phone", "role")
        if all(word in fold(f"{user.name} {user.title} {digits_of(user.phone)}") for word in words)
    ]
    hits = []
    for user in found[:OTHERS]:
        known = (user.title or str(user.get_role_display()), user.phone)
        url = f"tel:{user.phone.replace(' ', '')}" if user.phone else ""
        hits.append(Hit(user.name, url, "user", " · ".join(part for part in known if part)))
    return Group(_("Colleagues"), hits)


def pages(user: User, asked: str) -> list[Hit]:
    """Pages and actions open to `user` whose name, or another word for it, holds every word."""
    words = fold(asked).split()
    return [
        Hit(_(place.label), reverse(place.url_name), place.icon)
        for place in PLACES
        if place.may(user)
        and all(word in fold(f"{_(place.label)} {place.words}") for word in words)
    ]
