"""Working time: opening hours, holidays, closed days and the nights when the clock is moved."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest

from companies.rules.deadlines import (
    COPENHAGEN,
    Calendar,
    countdown,
    due_at,
    hours_left,
    public_holidays,
    warn_at,
    worked_hours,
)

# Monday to Wednesday 9–15, Thursday 9–17, Friday 9–13; closed on Constitution Day and so on.
HOURS = {
    1: (time(9), time(15)),
    2: (time(9), time(15)),
    3: (time(9), time(15)),
    4: (time(9), time(17)),
    5: (time(9), time(13)),
}
OURS = Calendar(HOURS, frozenset({(6, 5), (12, 24), (12, 31)}))
DAILY = Calendar(dict.fromkeys(range(1, 6), (time(8), time(16))))


def at(text: str) -> datetime:
    """A moment on a clock in Copenhagen: `2026-11-23 14.30`."""
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("received", "hours", "calendar", "due"),
    [
        # Within one day, and exactly until we close.
        ("2026-11-23 09.00", 2, OURS, "2026-11-23 11.00"),
        ("2026-11-23 09.00", 6, OURS, "2026-11-23 15.00"),
        # Over the night: Monday 14.00, six hours are one on Monday and five on Tuesday.
        ("2026-11-23 14.00", 6, OURS, "2026-11-24 14.00"),
        # In the night, before we open, after we close, and in the weekend.
        ("2026-11-24 02.13", 3, OURS, "2026-11-24 12.00"),
        ("2026-11-23 15.00", 1, OURS, "2026-11-24 10.00"),
        ("2026-11-23 23.59", 1, OURS, "2026-11-24 10.00"),
        ("2026-11-28 11.00", 1, OURS, "2026-11-30 10.00"),
        # Friday is short: Friday 12.30, two hours are half an hour and Monday until 10.30.
        ("2026-11-27 12.30", 2, OURS, "2026-11-30 10.30"),
        # Easter 2026: Maundy Thursday 2 April until Easter Monday 6 April.
        ("2026-04-01 14.00", 2, OURS, "2026-04-07 10.00"),
        ("2026-04-03 10.00", 1, OURS, "2026-04-07 10.00"),
        # Great Prayer Day is a working day since 2024 (26 April then); it was none in 2023.
        ("2024-04-26 09.00", 1, OURS, "2024-04-26 10.00"),
        ("2023-05-05 09.00", 1, OURS, "2023-05-08 10.00"),
        # Christmas 2026: closed on the 24th by choice, the 25th and 26th by law, then a weekend.
        ("2026-12-23 14.30", 1, OURS, "2026-12-28 09.30"),
        ("2026-12-23 15.30", 1, DAILY, "2026-12-24 08.30"),
        # New Year: the 31st by choice, 1 January by law, then a weekend.
        ("2026-12-30 14.00", 2, OURS, "2027-01-04 10.00"),
        # The clock goes forward on 29 March 2026 and back on 25 October 2026, both Sundays.
        ("2026-03-27 12.00", 2, OURS, "2026-03-30 10.00"),
        ("2026-10-23 12.00", 2, OURS, "2026-10-26 10.00"),
        # No hours at all: the first open moment.
        ("2026-11-28 11.00", 0, OURS, "2026-11-30 09.00"),
        ("2026-11-23 10.20", 0, OURS, "2026-11-23 10.20"),
        # Nobody has said when we are open: 8–16 from Monday to Friday.
        ("2026-11-27 15.00", 8, Calendar(), "2026-11-30 15.00"),
    ],
)
def test_the_deadline_counts_only_open_hours(received, hours, calendar, due):
    assert due_at(at(received), hours, calendar) == at(due)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-23 09.00", "2026-11-23 11.30", 2.5),
        ("2026-11-23 08.00", "2026-11-23 20.00", 6),
        ("2026-11-23 14.00", "2026-11-24 14.00", 6),
        ("2026-11-27 12.00", "2026-11-30 10.00", 2),
        ("2026-11-28 00.00", "2026-11-29 23.59", 0),
        ("2026-11-24 10.00", "2026-11-23 10.00", 0),
        ("2026-11-23 10.00", "2026-11-23 10.00", 0),
        ("2026-04-01 14.00", "2026-04-07 10.00", 2),
        # A whole week is 6 + 6 + 6 + 8 + 4 hours, also the one in which the clock is moved.
        ("2026-10-20 09.00", "2026-10-27 09.00", 30),
        ("2026-03-24 09.00", "2026-03-31 09.00", 30),
    ],
)
def test_worked_hours_are_the_open_ones(start, end, hours):
    assert worked_hours(at(start), at(end), OURS) == pytest.approx(hours)


def test_who_is_open_on_the_night_of_winter_time_works_an_hour_more():
    nights = Calendar({7: (time(1), time(5))})
    assert worked_hours(at("2026-10-25 00.00"), at("2026-10-25 06.00"), nights) == 5
    assert worked_hours(at("2026-03-29 00.00"), at("2026-03-29 06.00"), nights) == 3
    assert due_at(at("2026-10-25 00.00"), 5, nights) == at("2026-10-25 05.00")


def test_the_zone_in_which_a_moment_is_told_does_not_matter():
    received = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)  # 14.00 in Copenhagen
    assert due_at(received, 2, OURS) == at("2026-07-02 10.00")


def test_hours_left_turn_negative_when_it_is_late():
    due = at("2026-11-24 11.00")
    assert hours_left(at("2026-11-23 14.00"), due, OURS) == pytest.approx(3)
    assert hours_left(due, due, OURS) == 0
    assert hours_left(at("2026-11-25 10.00"), due, OURS) == pytest.approx(-5)


def test_the_calendar_says_when_we_are_closed():
    assert OURS.is_closed(date(2026, 12, 24))
    assert OURS.is_closed(date(2026, 5, 25))  # Whit Monday
    assert OURS.is_closed(date(2026, 11, 28))
    assert not OURS.is_closed(date(2026, 5, 1))
    assert not DAILY.is_closed(date(2026, 12, 24))
    assert Calendar().is_assumed
    assert not OURS.is_assumed


def test_great_prayer_day_is_no_holiday_any_more():
    assert date(2023, 5, 5) in public_holidays(2023)
    assert date(2024, 4, 26) not in public_holidays(2024)


def test_every_deadline_takes_exactly_its_hours():
    moment = at("2026-01-01 00.00")
    for _number in range(400):
        due = due_at(moment, 7.5, OURS)
        assert worked_hours(moment, due, OURS) == pytest.approx(7.5), moment
        moment += timedelta(hours=23, minutes=7)


def test_the_warning_comes_when_a_quarter_is_left():
    received = at("2026-11-23 09.00")
    due = due_at(received, 8, OURS)  # Tuesday 11.00
    assert warn_at(received, due, OURS) == at("2026-11-23 15.00")


@dataclass
class Asked:
    received_at: datetime
    due_at: datetime
    answered_at: datetime | None = None


@pytest.mark.parametrize(
    ("now", "answered", "text", "kind"),
    [
        (
            "2026-11-23 12.20",
            None,
            "Svar senest i dag kl. 14.30 · 2 åbningstimer 10 min. tilbage",
            "",
        ),
        ("2026-11-23 14.00", None, "Svar senest i dag kl. 14.30 · 30 min. tilbage", "due"),
        (
            "2026-11-24 10.00",
            None,
            "Der skulle svares i går kl. 14.30 · 1 åbningstime 30 min. for sent",
            "late",
        ),
        ("2026-11-24 08.00", None, "Der skulle svares i går kl. 15.00 · For sent", "late"),
        ("2026-11-24 10.00", "2026-11-23 10.00", "Besvaret i går kl. 10.00 · Til tiden", "fine"),
        (
            "2026-11-24 12.00",
            "2026-11-24 10.00",
            "Besvaret i dag kl. 10.00 · 1 åbningstime 30 min. for sent",
            "late",
        ),
    ],
)
def test_the_countdown_says_it_in_words(now, answered, text, kind):
    due = at("2026-11-23 15.00" if "kl. 15.00" in text else "2026-11-23 14.30")
    asked = Asked(at("2026-11-23 09.30"), due, at(answered) if answered else None)
    found = countdown(asked, at(now), OURS)
    assert (found.text, found.kind) == (text, kind)
