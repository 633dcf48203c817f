"""What holds for the completion rules whatever the facts are."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.progress.rules import ATTENDANCE, REFLECTIONS, Rule, SlotFact, needed_minutes
from tests.progress.making import STOPS, judge, slot

STATES = ["present", "partial", "excused", "absent", "not_recorded"]
MODULES = [stop.module for stop in STOPS]
DONE = st.sets(st.sampled_from([stop.block_id for stop in STOPS]))
RULES = st.builds(
    Rule,
    attendance_percent=st.integers(0, 100),
    reflections=st.sampled_from(["besuchte-module", "alle", "keine"]),
    unit_minutes=st.sampled_from([45, 60]),
)
SLOTS = st.lists(
    st.builds(
        slot,
        units=st.integers(1, 4),
        state=st.sampled_from(STATES),
        minutes=st.integers(0, 200),
        modules=st.lists(st.sampled_from(MODULES), unique=True).map(" ".join),
        content=st.booleans(),
        hours=st.sampled_from([-8.0, -1.0, 2.0]),
    ),
    max_size=6,
)


def more(fact: SlotFact, minutes: int) -> SlotFact:
    """The same slot, attended for longer."""
    longer = min(fact.attended + minutes, fact.minutes)
    return replace(fact, state="partial" if longer < fact.minutes else "present", recorded_minutes=longer)


@settings(deadline=None)
@given(RULES, SLOTS, DONE, st.integers(0, 5), st.integers(1, 200))
def test_more_attendance_never_makes_attendance_worse(
    rule: Rule, slots: list[SlotFact], done: set[str], which: int, minutes: int
) -> None:
    better = [more(s, minutes) if n == which else s for n, s in enumerate(slots)]
    before, after = judge(slots, done, rule=rule), judge(better, done, rule=rule)
    assert after.attended_minutes >= before.attended_minutes
    assert set(after.blocking) <= set(before.blocking)
    one, other = before.find(ATTENDANCE), after.find(ATTENDANCE)
    assert (one is None) == (other is None)
    if one and other:
        assert other.fulfilled >= one.fulfilled
        assert other.need == one.need


@settings(deadline=None)
@given(RULES, SLOTS, DONE, st.integers(0, 5), st.integers(1, 200))
def test_more_attendance_never_undoes_completion_once_the_way_is_done(
    rule: Rule, slots: list[SlotFact], done: set[str], which: int, minutes: int
) -> None:
    """A module visited for the first time asks for its Lernstopp; apart from that nothing gets worse."""
    better = [more(s, minutes) if n == which else s for n, s in enumerate(slots)]
    done = done | {stop.block_id for stop in STOPS if any(stop.module in s.modules for s in slots)}
    assert judge(better, done, rule=rule).complete >= judge(slots, done, rule=rule).complete


@settings(deadline=None)
@given(RULES, SLOTS, DONE, DONE)
def test_more_lernstopps_never_make_it_worse(
    rule: Rule, slots: list[SlotFact], done: set[str], further: set[str]
) -> None:
    before, after = judge(slots, done, rule=rule), judge(slots, done | further, rule=rule)
    assert after.complete >= before.complete
    assert set(after.reasons) <= set(before.reasons) or len(after.missing) < len(before.missing)


@settings(deadline=None)
@given(RULES, SLOTS, DONE, st.sets(st.sampled_from(["q1-1", "q1-2", "case-1", "w1-1", "w1-2", "t1-1", "x"])))
def test_nothing_else_counts(rule: Rule, slots: list[SlotFact], done: set[str], other: set[str]) -> None:
    """Quizzes, cases, keywords, questions, wishes and free texts change nothing, done or not."""
    assert judge(slots, done | other, rule=rule) == judge(slots, done, rule=rule)


@settings(deadline=None)
@given(RULES, SLOTS, DONE)
def test_slots_without_content_change_nothing(rule: Rule, slots: list[SlotFact], done: set[str]) -> None:
    assert judge([s for s in slots if s.content], done, rule=rule) == judge(slots, done, rule=rule)


@settings(deadline=None)
@given(RULES, SLOTS, DONE)
def test_it_always_says_why_not(rule: Rule, slots: list[SlotFact], done: set[str]) -> None:
    found = judge(slots, done, rule=rule)
    assert found.complete == (not found.reasons)
    for criterion in found.criteria:
        assert criterion.sentence.startswith(criterion.title)
        assert criterion.fulfilled or criterion.missing or found.blocking or not found.planned_minutes
    reflections = found.find(REFLECTIONS)
    assert reflections is None or reflections.have <= reflections.need


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(0, 3000), st.sampled_from([45, 60]))
def test_needed_minutes_reach_the_share_and_never_exceed_the_plan(
    percent: int, planned: int, unit: int
) -> None:
    needed = needed_minutes(Rule(attendance_percent=percent, reflections="keine", unit_minutes=unit), planned)
    assert needed <= planned
    assert needed * 100 >= percent * planned or needed == planned
    assert needed == planned or needed % unit == 0


@settings(deadline=None)
@given(SLOTS)
def test_excused_and_absent_and_not_recorded_are_never_presence(slots: list[SlotFact]) -> None:
    gone = [
        replace(s, state=state)
        for s, state in zip(slots, ["excused", "absent", "not_recorded"] * 2, strict=False)
    ]
    assert judge(gone).attended_minutes == 0
