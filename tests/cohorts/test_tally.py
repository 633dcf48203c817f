"""How many entries a slot has and should have: a guest who came when it was over is not missed in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.cohorts.models import Enrolment, ScheduledSlot
from app.cohorts.register import Tally, tally

NINE = datetime(2026, 7, 3, 7, 0, tzinfo=UTC)


def person(number: int, joined: int = 0, *, guest: bool = False) -> Enrolment:
    return Enrolment(id=number, walk_in=guest, joined_at=NINE + timedelta(minutes=joined))


SLOT = ScheduledSlot(id=7, starts_at=NINE, ends_at=NINE + timedelta(minutes=90))


@pytest.mark.parametrize(
    ("people", "recorded", "expected"),
    [
        ([person(1), person(2)], [1], Tally(1, 2)),
        ([person(1), person(2, 89, guest=True)], [1], Tally(1, 2)),
        ([person(1), person(2, 90, guest=True)], [1], Tally(1, 1)),
        ([person(1), person(2, 90, guest=True)], [1, 2], Tally(2, 2)),
        ([person(1), person(2, 90)], [1], Tally(1, 2)),
        ([], [3], Tally(0, 0)),
    ],
)
def test_tally(people: list[Enrolment], recorded: list[int], expected: Tally) -> None:
    marks = {(number, SLOT.id) for number in recorded} | {(1, 99)}
    assert tally(people, [SLOT], marks) == {SLOT.id: expected}
