"""What settles a workplace's level and owner in one tap, and takes it back."""

from datetime import date

from django.db import transaction

from accounts.actions import record
from accounts.models import Event, User
from companies.actions.workplaces import set_level, set_owner
from companies.enums import SuggestionAnswer, SuggestionKind
from companies.models import AnsweredSuggestion, Workplace
from companies.rules.portfolio import bank_occasion


@transaction.atomic
def set_relation(
    *, workplace: Workplace, level: str, owner: User | None, by: User, seen: str
) -> Event | None:
    """The event of level and owner being set; nothing when they are not as `seen` any more.

    `seen` is what `relation_of` said when the choice was shown.
    """
    place = Workplace.objects.select_for_update().get(pk=workplace.pk)
    if relation_of(place) != seen:
        return None
    before = {"level": place.level, "owner": place.owner_id}
    set_level(workplace=place, level=level, by=by)
    set_owner(workplace=place, owner=owner, by=by)
    changes = {
        "level": [before["level"], place.level],
        "owner": [before["owner"], place.owner_id],
    }
    return record("relation_set", by=by, on=place, changes=changes)


@transaction.atomic
def set_relation_back(*, event: Event, by: User) -> bool:
    """Undo of `set_relation`; not when level or owner were changed again since."""
    place = Workplace.objects.select_for_update().get(pk=event.object_id)
    level, owner = event.changes["level"], event.changes["owner"]
    if (place.level, place.owner_id) != (level[1], owner[1]):
        return False
    set_level(workplace=place, level=level[0], by=by)
    set_owner(workplace=place, owner=User.objects.filter(pk=owner[0]).first(), by=by)
    record("relation_set_back", by=by, on=place, changes={"event": event.pk})
    return True


def relation_of(workplace: Workplace) -> str:
    """Level and owner as one word, to see whether somebody changed them meanwhile."""
    return f"{workplace.level}-{workplace.owner_id or ''}"


@transaction.atomic
def put_off_bank_check(*, workplace: Workplace, on: date, by: User) -> AnsweredSuggestion:
    """*Not now*: the workplace leaves the list for the rest of the month."""
    answer, _made = AnsweredSuggestion.objects.update_or_create(
        workplace=workplace,
        kind=SuggestionKind.BANK_CHECK,
        occasion=bank_occasion(on),
        defaults={"answer": SuggestionAnswer.DISMISSED, "until": None, "reason": "", "by": by},
    )
    record("bank_check_put_off", by=by, on=workplace, changes={"month": answer.occasion})
    return answer


@transaction.atomic
def bring_back_bank_check(*, workplace: Workplace, on: date, by: User) -> None:
    """Undo of `put_off_bank_check`."""
    AnsweredSuggestion.objects.filter(
        workplace=workplace, kind=SuggestionKind.BANK_CHECK, occasion=bank_occasion(on)
    ).delete()
    record("bank_check_brought_back", by=by, on=workplace, changes={"month": bank_occasion(on)})
