"""A portfolio: when its workplaces are due, and how a joint round of them is driven."""

from datetime import date, datetime, time, timedelta

from companies.rules.cadence import due_on

SOON = timedelta(days=14)
ROUND_ENDS = time(16)
LUNCH = (time(12), time(12, 30))
A_DAY = date.min  # times of a round are counted on any day


def next_contact(
    last: date | None, since: date | None, contacts_a_year: int, pause: date | None
) -> date | None:
    """The day by which the next contact is due, not before a pause is over."""
    due = due_on(last, since, contacts_a_year)
    return max(due, pause) if due and pause else due


def urgency(due: date | None, on: date) -> str:
    """How a contact that is due stands on a day: late, soon, later, or empty without one."""
    if due is None:
        return ""
    if due < on:
        return "late"
    return "soon" if due <= on + SOON else "later"


def bank_occasion(on: date) -> str:
    """What tells one check of a level from the next: it comes back each month."""
    return f"{on:%Y-%m}"


def round_times(start: time, minutes: int, count: int) -> list[time]:
    """When each visit of a joint round begins; fewer than `count` when the day is too short.

    `minutes` is a visit with the drive to the next one. Nobody visits in the lunch break.
    """
    moment, step = datetime.combine(A_DAY, start), timedelta(minutes=minutes)
    lunch, after = (datetime.combine(A_DAY, each) for each in LUNCH)
    end = datetime.combine(A_DAY, ROUND_ENDS)
    found: list[time] = []
    while len(found) < count:
        if lunch - step < moment < after:
            moment = after
        if moment + step > end:
            break
        found.append(moment.time())
        moment += step
    return found
