"""What changes contact persons; the workplace's search text follows."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.actions import changed_fields, record
from accounts.models import Event, User
from companies.models import ContactPerson, Workplace

# What is said on the form; the audit trail names those that changed, not what they hold.
SAID = ["name", "title", "phone", "email", "is_main", "is_backup", "is_spark", "spark_note"]


def refresh_search(workplace: Workplace) -> None:
    """Let the workplace be found by the names and numbers of those who work there now."""
    people = ContactPerson.objects.filter(workplace=workplace, left_on=None).order_by("pk")
    workplace.refresh_derived([person.words for person in people])
    workplace.save(update_fields=["search_text", "size_band", "updated_at"])


def make_room_for_main(person: ContactPerson) -> None:
    """Nobody else at the workplace is the first to ring: the one before becomes backup."""
    others = ContactPerson.objects.filter(workplace_id=person.workplace_id, is_main=True)
    others.exclude(pk=person.pk).update(is_main=False, is_backup=True)


@transaction.atomic
def save_contact_person(*, person: ContactPerson, by: User) -> ContactPerson:
    """A new or edited contact person, confirmed today; being the first to ring moves to them."""
    before = ContactPerson.objects.filter(pk=person.pk).first() if person.pk else None
    if person.is_main and person.left_on is None:
        make_room_for_main(person)
        person.is_backup = False
    person.confirmed_on = timezone.localdate()
    person.save()
    refresh_search(person.workplace)
    changes = {"fields": list(changed_fields(before, person, SAID))} if before else {}
    record("contact_edited" if before else "contact_added", by=by, on=person, changes=changes)
    return person


@transaction.atomic
def confirm_contact(*, person: ContactPerson, by: User, on: date) -> ContactPerson:
    """A contact person who still works there, as somebody was told on `on`."""
    before = person.confirmed_on
    if before != on:
        person.confirmed_on = on
        person.save(update_fields=["confirmed_on", "updated_at"])
        days = [before.isoformat() if before else "", on.isoformat()]
        record("contact_confirmed", by=by, on=person, changes={"confirmed_on": days})
    return person


@transaction.atomic
def unconfirm_contact(*, person: ContactPerson, by: User) -> ContactPerson:
    """Undo of the last `confirm_contact`, unless somebody has confirmed again since."""
    event = Event.objects.filter(
        object_type=person._meta.label_lower, object_id=str(person.pk), action="contact_confirmed"
    ).first()
    before, after = event.changes["confirmed_on"] if event else ("", "")
    if person.confirmed_on and person.confirmed_on.isoformat() == after:
        person.confirmed_on = date.fromisoformat(before) if before else None
        person.save(update_fields=["confirmed_on", "updated_at"])
        record("contact_unconfirmed", by=by, on=person)
    return person


@transaction.atomic
def mark_contact_left(*, person: ContactPerson, by: User, on: date) -> ContactPerson:
    """A contact person who no longer works there; kept, so that old notes make sense."""
    person.left_on = on
    person.save(update_fields=["left_on", "updated_at"])
    refresh_search(person.workplace)
    record("contact_left", by=by, on=person, changes={"left_on": on.isoformat()})
    return person


@transaction.atomic
def restore_contact(*, person: ContactPerson, by: User) -> ContactPerson:
    """Undo of `mark_contact_left`; still the first to ring only if nobody else became that."""
    taken = ContactPerson.objects.filter(
        workplace_id=person.workplace_id, is_main=True, left_on=None
    ).exclude(pk=person.pk)
    person.is_main = person.is_main and not taken.exists()
    person.left_on = None
    person.save(update_fields=["left_on", "is_main", "updated_at"])
    refresh_search(person.workplace)
    record("contact_restored", by=by, on=person)
    return person
