"""What becomes of suggestions: done, postponed with a reason, dismissed, and taken up again."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from accounts.actions import record
from accounts.models import User
from companies.models import AnsweredSuggestion, Workplace


@transaction.atomic
def answer_suggestion(
    *,
    workplace: Workplace,
    reasons: Sequence[tuple[str, str]],
    answer: str,
    by: User,
    until: date | None = None,
    reason: str = "",
) -> list[AnsweredSuggestion]:
    """The answer to each of a suggestion's reasons (kind and occasion), the newest one counts."""
    answers = [
        AnsweredSuggestion.objects.update_or_create(
            workplace=workplace,
            kind=kind,
            occasion=occasion,
            defaults={"answer": answer, "until": until, "reason": reason, "by": by},
        )[0]
        for kind, occasion in reasons
    ]
    changes = {
        "answer": answer,
        "reasons": [f"{each.kind} {each.occasion}" for each in answers],
        "until": until.isoformat() if until else "",
    }
    record("suggestion_answered", by=by, on=workplace, changes=changes)
    return answers


@transaction.atomic
def take_up_suggestion(
    *, workplace: Workplace, reasons: Sequence[tuple[str, str]], by: User
) -> None:
    """Undo of `answer_suggestion`: the reasons count again."""
    for kind, occasion in reasons:
        AnsweredSuggestion.objects.filter(
            workplace=workplace, kind=kind, occasion=occasion
        ).delete()
    named = [f"{kind} {occasion}" for kind, occasion in reasons]
    record("suggestion_taken_up", by=by, on=workplace, changes={"reasons": named})
