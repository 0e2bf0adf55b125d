"""The day of a user: what is promised, whom to contact, what is in work. Reads, never writes."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F, Q
from django.utils import timezone

from accounts.access import may_own
from accounts.models import Absence, Organisation, User
from cabi_crm.pages.agenda import agenda_of, short
from cabi_crm.pages.day import Day, Round
from cabi_crm.pages.reasons import suggestion
from cabi_crm.pages.suggesting import Details, candidates, details_of
from companies.models import Enquiry, Workplace
from companies.rules.suggestions import Place, by_town, rank
from partnerships.enums import AgreementStatus
from partnerships.models import Agreement
from partnerships.models.standing import up_for_renewal

SHOWN = 20
IN_WORK = frozenset({AgreementStatus.DRAFT.value, AgreementStatus.FOR_SIGNATURE.value})
READ = 60


def day_of(user: User, now: datetime) -> Day:
    """What the day asks of `user` and of those they cover for, in the language in force.

    Ten queries at most, whatever the number of rows.
    """
    users = Absence.objects.today().served_by(user)
    today = timezone.localdate(now)
    enquiries = waiting_enquiries(users)
    keys = {each.pk for each in users}
    own = [enquiry for enquiry in enquiries if enquiry.assigned_to_id in keys]
    agenda = agenda_of(users, own, now)
    agreements = open_agreements(users, today)
    in_work = [each for each in agreements if each.status in IN_WORK]
    renewals = [each for each in agreements if each.status not in IN_WORK]
    return Day(
        on=today,
        agenda=agenda,
        rounds=rounds_of(users, enquiries, renewals, today) if may_own(user) else (),
        in_work=in_work[:SHOWN],
        renewals=sum(each.owner_id == user.pk for each in renewals),
        covered=[each.name for each in users[1:]],
    )


def waiting_enquiries(users: Sequence[User]) -> list[Enquiry]:
    """Open enquiries that `users` answer, or that firms of theirs wait with: one query."""
    keys = [user.pk for user in users]
    found = Enquiry.objects.open().filter(Q(assigned_to__in=keys) | Q(workplace__owner__in=keys))
    return list(found.with_firm().order_by("due_at", "pk")[:READ])


def open_agreements(users: Sequence[User], on: date) -> list[Agreement]:
    """Agreements in work and those up for renewal, the first to be renewed on top: one query."""
    days = Organisation.objects.current().renewal_days
    mine = Agreement.objects.filter(owner__in=[user.pk for user in users]).light()
    waiting = Q(status__in=IN_WORK) | up_for_renewal(on, days)
    first = F("renew_on").asc(nulls_last=True)
    return list(mine.filter(waiting).order_by(first, "pk")[:READ])


def rounds_of(
    users: Sequence[User], enquiries: Sequence[Enquiry], renewals: Sequence[Agreement], on: date
) -> list[Round]:
    """At most ten workplaces to contact, with reasons, town by town: two queries."""
    keys = {user.pk for user in users}
    answers: dict[int, list[tuple[int, date, str]]] = defaultdict(list)
    on_agenda: set[int] = set()
    for enquiry in enquiries:
        if enquiry.workplace_id is None:
            continue
        if enquiry.assigned_to_id in keys:
            on_agenda.add(enquiry.workplace_id)
        else:
            due = timezone.localdate(enquiry.due_at)
            answers[enquiry.workplace_id].append((enquiry.pk, due, short(enquiry.subject)))
    renewed: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for agreement in renewals:
        if agreement.renew_on:
            renewed[agreement.workplace_id].append((agreement.number, agreement.renew_on))
    workplaces = {each.pk: each for each in candidates(users, on, [*answers, *renewed])}
    details = details_of(workplaces, on) if workplaces else Details()
    places = [
        place_of(each, details, renewed[each.pk], answers[each.pk], waits=each.pk in on_agenda)
        for each in workplaces.values()
    ]
    ranked = rank(
        places,
        on=on,
        contacts_a_year=Organisation.objects.current().contacts_a_year,
        answered=details.answered,
    )
    names = {user.pk: user.name for user in users[1:]}
    return [
        Round(
            town,
            [
                suggestion(each, workplaces[each.place.pk], details.slots[each.place.pk], on, names)
                for each in found
            ],
        )
        for town, found in by_town(ranked)
    ]


def place_of(
    workplace: Workplace,
    details: Details,
    renewals: Sequence[tuple[str, date]],
    enquiries: Sequence[tuple[int, date, str]],
    *,
    waits: bool,
) -> Place:
    """A workplace as the rules need it."""
    last, step = workplace.last_contact_at, getattr(workplace, "planned_at", None)
    count = workplace.employees
    return Place(
        pk=workplace.pk,
        name=workplace.name,
        town=workplace.town,
        level=workplace.level,
        employees=workplace.employees_low if count is None else count,
        started_on=workplace.started_on,
        owner_since=workplace.owner_since,
        last_contact_on=timezone.localdate(last) if last else None,
        next_step_on=timezone.localdate(step) if step else None,
        paused_until=workplace.paused_until,
        come_back_on=getattr(workplace, "come_back_on", None),
        contacts_lately=getattr(workplace, "contacts_lately", 0),
        waits=waits,
        seasons=details.seasons[workplace.pk],
        renewals=renewals,
        enquiries=enquiries,
    )
