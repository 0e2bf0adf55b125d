"""What becomes of suggestions: done, postponed with a reason, dismissed, and taken up again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import record
from accounts.models import Event, Organisation, User
from companies.enums import SuggestionAnswer
from companies.models import AnsweredSuggestion, Workplace
from companies.rules.suggestions import counts_again


@transaction.atomic
def answer_suggestion(
    *,
    workplace: Workplace,
    reasons: Sequence[tuple[str, str]],
    answer: str,
    by: User,
    until: date | None = None,
    reason: str = "",
) -> tuple[Event, date | None]:
    """The answer to each of a suggestion's reasons (kind and occasion), the newest one counts.

    The event, which undo needs, and the day on which the first of the reasons counts again.
    """
    contacts_a_year = Organisation.objects.current().contacts_a_year.get(workplace.level, 0)
    today, before, days = timezone.localdate(), [], {}
    for kind, occasion in dict.fromkeys(reasons):
        day = until
        if answer != SuggestionAnswer.POSTPONED:
            day = counts_again(kind, today, contacts_a_year)
        same: dict[str, Any] = {"workplace": workplace, "kind": kind, "occasion": occasion}
        former = AnsweredSuggestion.objects.select_for_update().filter(**same).first()
        before.append(kept_of(former) if former else None)
        defaults = {"answer": answer, "until": day, "reason": reason, "by": by}
        AnsweredSuggestion.objects.update_or_create(**same, defaults=defaults)
        days[f"{kind} {occasion}"] = day
    changes = {
        "answer": answer,
        "reasons": list(days),
        "until": [day.isoformat() if day else "" for day in days.values()],
        "before": before,
    }
    event = record("suggestion_answered", by=by, on=workplace, changes=changes)
    return event, min(filter(None, days.values()), default=None)


def kept_of(answer: AnsweredSuggestion) -> dict[str, Any]:
    """An answer as undo sets it back."""
    until = answer.until.isoformat() if answer.until else None
    return {
        "answer": answer.answer,
        "until": until,
        "reason": answer.reason,
        "by_id": answer.by_id,
    }


@transaction.atomic
def take_up_suggestion(*, event: Event, by: User) -> bool:
    """Undo of `answer_suggestion`: what was answered before holds again.

    False when a reason has got another answer since; then nothing is changed.
    """
    said = event.changes
    found = []
    for named, until in zip(said["reasons"], said["until"], strict=True):
        kind, _space, occasion = named.partition(" ")
        mine = {"answer": said["answer"], "until": until or None, "by": event.actor_id}
        rows = AnsweredSuggestion.objects.select_for_update().filter(
            workplace=int(event.object_id), kind=kind, occasion=occasion, **mine
        )
        found.append(rows.first())
    if not all(found):
        return False
    for answer, before in zip(found, said["before"], strict=True):
        assert answer  # noqa: S101, for the type checker: all of them are there
        if before is None:
            answer.delete()
        else:
            AnsweredSuggestion.objects.filter(pk=answer.pk).update(**before)
    place = Workplace.objects.get(pk=event.object_id)
    changes = {"event": event.pk, "reasons": said["reasons"]}
    record("suggestion_taken_up", by=by, on=place, changes=changes)
    return True
