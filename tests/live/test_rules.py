"""Which slot it is, where the group stands, how large a word is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.course.compile import compile_course
from app.course.source import from_mapping
from app.live.rules import day_in_question, hour, sized, stand
from tests.support.course import small_course

BERLIN = ZoneInfo("Europe/Berlin")
NINE = datetime(2026, 7, 3, 7, 0, tzinfo=UTC)


@dataclass
class Slot:
    starts_at: datetime
    ends_at: datetime
    title: str


def slot(title: str, start: int, minutes: int) -> Slot:
    begin = NINE + timedelta(minutes=start)
    return Slot(begin, begin + timedelta(minutes=minutes), title)


PLAN = [slot("A", 0, 90), slot("Pause", 90, 15), slot("B", 120, 60)]


@pytest.mark.parametrize(
    ("minute", "running", "upcoming", "left", "begun"),
    [
        (-1, None, "A", 0, False),
        (0, "A", "Pause", 90, True),
        (89.5, "A", "Pause", 1, True),
        (90, "Pause", "B", 15, True),
        (110, None, "B", 0, True),
        (120, "B", None, 60, True),
        (180, None, None, 0, True),
    ],
)
def test_which_slot_it_is(minute, running, upcoming, left, begun):
    found = hour(PLAN, NINE + timedelta(minutes=minute))
    assert (found.running and found.running.title) == running
    assert (found.upcoming and found.upcoming.title) == upcoming
    assert (found.minutes_left, found.begun) == (left, begun)


def test_no_plan():
    found = hour([], NINE)
    assert (found.running, found.upcoming, found.begun) == (None, None, False)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (NINE, 3),
        (NINE + timedelta(days=1), 3),  # the day after: still the last training day
        (NINE + timedelta(days=7), 10),  # the second training day
        (NINE - timedelta(days=2), 1),  # before everything: today
    ],
)
def test_the_day_that_arrivals_belong_to(now, day):
    slots = [slot("A", 0, 90), slot("B", 7 * 24 * 60, 90)]
    begin, end = day_in_question(slots, now, BERLIN)
    assert begin == datetime(2026, 7, day, tzinfo=BERLIN)
    assert end - begin == timedelta(days=1)


def course():
    found = compile_course(from_mapping(small_course())[0]).course
    assert found is not None
    return found


def test_everyone_stands_after_the_page_they_left_last():
    reading = {
        1: ["ankommen/willkommen"],
        2: ["ankommen/willkommen", "ankommen/schauen", "ankommen/fragen-1", "ankommen/halt-1", "feld/felder"],
        3: ["feld/halt-2"],
        4: ["feld/felder", "ankommen/willkommen", "fall/der-weg-zur-kita", "gibt/es-nicht"],
    }
    found = stand(course(), [1, 2, 3, 4, 5, 6], reading, {5})
    assert [(s.title, s.people) for s in found.stations] == [
        ("Willkommen", 1),
        ("Schauen", 2),
        ("Fragen zum Ankommen", 0),
        ("Halt am Morgen", 0),
        ("Felder", 0),
        ("Halt am Abend", 1),
    ]
    assert (found.finished, found.not_begun, found.most) == (1, 1, 2)


def test_sizes_go_from_one_mention_to_the_most():
    found = sized([("a", 9), ("b", 5), ("c", 1)])
    assert [(word.text, word.count, word.size) for word in found] == [("a", 9, 5), ("b", 5, 3), ("c", 1, 1)]
    assert [word.size for word in sized([("a", 1), ("b", 1)])] == [1, 1]
    assert sized([]) == []
