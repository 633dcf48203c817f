"""How a procedure runs: steps, time, and who may go on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.course.blocks.ablauf import Step
from app.quizzes import runs
from app.quizzes.runs import Actor, Deed, Run
from tests.support.cast import NOW

STEPS = (Step("Auftrag", 5, ""), Step("Sammeln", 10, ""), Step("Stille", 0, ""))
STAFF, ANNA, BELA = Actor(0, True, False), Actor(7, False, False), Actor(8, False, False)
ALONE = Actor(7, False, True)


def later(seconds: float):
    return NOW + timedelta(seconds=seconds)


def after(run: Run, deed: Deed, seconds: float = 0, actor: Actor = STAFF) -> Run:
    return runs.after(run, deed, actor, STEPS, later(seconds))


def left(run: Run, seconds: float) -> int | None:
    return runs.remaining(run, STEPS, later(seconds))


FRESH = Run(NOW)
BEGUN = after(FRESH, Deed.BEGIN)


def test_begin() -> None:
    assert (FRESH.step, left(FRESH, 0), runs.running(FRESH, STEPS)) == (0, None, False)
    assert (BEGUN.step, BEGUN.version, left(BEGUN, 0), runs.running(BEGUN, STEPS)) == (1, 1, 300, True)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, 300), (0.4, 300), (1, 299), (299.9, 1), (300, 0), (9000, 0), (-5, 300)]
)
def test_remaining(seconds: float, expected: int) -> None:
    assert left(BEGUN, seconds) == expected


def test_forward_back_and_to_the_end() -> None:
    second = after(BEGUN, Deed.ON, 60)
    assert (second.step, second.version, left(second, 60)) == (2, 2, 600)
    assert (after(second, Deed.BACK, 90).step, left(after(second, Deed.BACK, 90), 90)) == (1, 300)
    third = after(second, Deed.ON, 120)
    assert (third.step, left(third, 120), runs.running(third, STEPS)) == (3, None, True)
    over = after(third, Deed.ON, 180)
    assert runs.over(over, STEPS)
    assert after(over, Deed.ON, 190) == over
    assert after(over, Deed.BACK, 190).step == 3
    assert after(over, Deed.RESET, 190).step == 0


def test_pausing_stops_the_time() -> None:
    paused = after(BEGUN, Deed.PAUSE, 60)
    assert (left(paused, 60), left(paused, 6000), runs.running(paused, STEPS)) == (240, 240, False)
    assert after(paused, Deed.PAUSE, 70) == paused
    on = after(paused, Deed.RESUME, 1000)
    assert (left(on, 1000), left(on, 1010), runs.running(on, STEPS)) == (240, 230, True)
    assert left(after(paused, Deed.ON, 500), 500) == 600


def test_a_step_without_time_cannot_be_paused() -> None:
    third = Run(NOW, step=3)
    assert runs.possible(third, STEPS) == [Deed.ON, Deed.BACK, Deed.RESET]
    assert after(third, Deed.PAUSE) == third


@pytest.mark.parametrize("deed", [Deed.ON, Deed.BACK, Deed.PAUSE, Deed.RESUME, Deed.RESET])
def test_before_the_beginning_one_can_only_begin(deed: Deed) -> None:
    assert after(FRESH, deed) == FRESH


def test_at_the_first_step_there_is_no_way_back() -> None:
    assert runs.possible(BEGUN, STEPS) == [Deed.ON, Deed.PAUSE, Deed.RESET]


def test_one_moderates_at_a_time() -> None:
    assert runs.offered(ANNA, FRESH, STEPS) == [Deed.MODERATE]
    annas = after(FRESH, Deed.MODERATE, actor=ANNA)
    assert (annas.moderator, annas.version) == (7, 1)
    assert runs.offered(ANNA, annas, STEPS) == [Deed.BEGIN, Deed.RELEASE]
    assert runs.offered(BELA, annas, STEPS) == []
    assert not runs.allowed(BELA, annas, Deed.MODERATE)
    assert after(annas, Deed.MODERATE, actor=BELA) == annas
    free = after(annas, Deed.RELEASE, actor=ANNA)
    assert free.moderator is None
    assert after(free, Deed.MODERATE, actor=BELA).moderator == 8


def test_staff_always_may() -> None:
    annas = after(FRESH, Deed.MODERATE, actor=ANNA)
    assert runs.offered(STAFF, annas, STEPS) == [Deed.BEGIN, Deed.RELEASE]
    assert runs.offered(STAFF, FRESH, STEPS) == [Deed.BEGIN]


def test_alone_one_needs_no_moderator() -> None:
    assert runs.offered(ALONE, FRESH, STEPS) == [Deed.BEGIN]
    assert runs.offered(ALONE, BEGUN, STEPS) == [Deed.ON, Deed.PAUSE, Deed.RESET]
