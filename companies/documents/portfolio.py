"""What a handover list says about each workplace, on the page and on paper."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.documents import work_head
from cabi_crm.pdf.typography import clean
from cabi_crm.pdf.work import lay_out_work
from cabi_crm.ui.panels import handover_extras
from cabi_crm.ui.templatetags.ui import clock, day, phone
from companies.models import Activity, ContactPerson, Enquiry, Handover, HandoverItem, Task

NOTES = 3


@dataclass(frozen=True)
class Line:
    """A line about a workplace: what, on which day, and the text."""

    what: str
    on: datetime | date
    text: str = ""


@dataclass(frozen=True)
class HandedOver:
    """One workplace of the list, in words."""

    pk: int
    workplace: int
    name: str
    address: str
    level: str
    level_name: str
    contact: str
    phone: str
    notes: tuple[Line, ...]
    promises: tuple[Line, ...]
    extras: tuple[str, ...]
    note: str
    visit: datetime | None
    told_on: date | None


@dataclass(frozen=True)
class Around:
    """What is known of many workplaces, each by its key: read in one query a kind."""

    contacts: dict[int, ContactPerson]
    notes: dict[int, list[Line]]
    promises: dict[int, list[Line]]
    extras: dict[int, list[str]]


def handed_over(items: Sequence[HandoverItem], handover: Handover) -> list[HandedOver]:
    """The items with what the new owner should know; as many queries for many as for one."""
    keys = [item.workplace_id for item in items]
    around = Around(contacts(keys), notes(keys), promises(keys), extras(keys, handover))
    return [line_of(item, around) for item in items]


def line_of(item: HandoverItem, around: Around) -> HandedOver:
    """One item in words."""
    place, key = item.workplace, item.workplace_id
    person = around.contacts.get(key)
    visit = item.joint_visit
    return HandedOver(
        pk=item.pk,
        workplace=key,
        name=place.name,
        address=place.address,
        level=place.level,
        level_name=place.get_level_display(),
        contact=", ".join(part for part in (person.name, person.title) if part) if person else "",
        phone=(person.phone if person else "") or place.phone,
        notes=tuple(around.notes.get(key, ())),
        promises=tuple(around.promises.get(key, ())),
        extras=tuple(around.extras.get(key, ())),
        note=item.note,
        visit=visit.starts_at if visit and visit.is_open and not visit.removed_at else None,
        told_on=item.told_on,
    )


def contacts(workplaces: Iterable[int]) -> dict[int, ContactPerson]:
    """The first to ring at each workplace."""
    people = ContactPerson.objects.current().filter(workplace__in=workplaces)
    found: dict[int, ContactPerson] = {}
    for person in people:
        found.setdefault(person.workplace_id, person)
    return found


def notes(workplaces: Iterable[int]) -> dict[int, list[Line]]:
    """The last notes of each workplace, the newest first."""
    rank = Window(
        RowNumber(), partition_by=F("workplace"), order_by=[F("starts_at").desc(), F("pk").desc()]
    )
    written = Activity.objects.held().filter(workplace__in=workplaces).exclude(note="")
    found: dict[int, list[Line]] = defaultdict(list)
    for each in written.annotate(rank=rank).filter(rank__lte=NOTES).order_by("rank"):
        found[each.workplace_id].append(Line(each.get_kind_display(), each.starts_at, each.note))
    return found


def promises(workplaces: Iterable[int]) -> dict[int, list[Line]]:
    """What is asked, planned and promised at each workplace, the next first."""
    found: dict[int, list[Line]] = defaultdict(list)
    for asked in Enquiry.objects.open().filter(workplace__in=workplaces).order_by("due_at", "pk"):
        if asked.workplace_id:
            found[asked.workplace_id].append(Line(_("Enquiry"), asked.due_at, asked.subject))
    coming = Activity.objects.open().filter(workplace__in=workplaces).order_by("starts_at", "pk")
    for each in coming:
        found[each.workplace_id].append(Line(each.get_kind_display(), each.starts_at, each.note))
    for task in Task.objects.open().filter(workplace__in=workplaces).order_by("due_on", "pk"):
        if task.workplace_id:
            what = _("Promise") if task.is_promise else _("Task")
            found[task.workplace_id].append(Line(what, task.due_on, task.text))
    return found


def extras(workplaces: Sequence[int], handover: Handover) -> dict[int, list[str]]:
    """What of the apps above goes along from each workplace, such as agreements."""
    found: dict[int, list[str]] = defaultdict(list)
    for extra in handover_extras.values():
        for key, texts in extra.going(workplaces, handover.giver).items():
            found[key] += texts
    return found


def handover_pdf(handover: Handover, language: str) -> bytes:
    """The handover list on A4: the workplaces in the order in which they are driven to."""
    items = handover.items.kept().select_related("workplace", "joint_visit").along_the_road()
    with override(language):
        rows = [printed(row) for row in handed_over(list(items), handover)]
        words = {"giver": handover.giver.name, "taker": handover.taker.name}
        sub = _("From %(giver)s to %(taker)s") % words
        head = work_head(_("Handover list"), language=language, sub=sub)
    context = {"rows": rows, "note": clean(handover.note), "count": len(rows)}
    return lay_out_work("companies/handover_paper.html", head, context).write()


def printed(row: HandedOver) -> dict[str, Any]:
    """A workplace as it stands on paper: every value a text."""
    return {
        "name": clean(row.name),
        "address": clean(row.address),
        "level": row.level_name,
        "contact": clean(", ".join(part for part in (row.contact, phone(row.phone)) if part)),
        "notes": [clean(line_text(line)) for line in row.notes],
        "promises": [clean(line_text(line)) for line in row.promises],
        "extras": [clean(text) for text in row.extras],
        "note": clean(row.note),
        "visit": " ".join(filter(None, [day(row.visit), clock(row.visit)])) if row.visit else "",
        "told": day(row.told_on),
    }


def line_text(line: Line) -> str:
    """A line as one text: what, when, and its words."""
    start = f"{line.what} {day(line.on)}"
    return f"{start}: {' '.join(line.text.split())}" if line.text else start
