"""Day plans: times, order, gaps and breaks."""

from __future__ import annotations

import pytest

from app.course.model import DayPlan, PlanDay, Slot, SlotKind
from tests.course.problems_of_files import plan
from tests.course.sample import COURSE, PAGE, compiled, found, problem, sample


def told(*slots: tuple[str, str, str, str]) -> list[tuple[int, str]]:
    return [(line, code) for path, line, code in found(plan(*slots)) if path == "course.yaml"]


def test_value() -> None:
    course = compiled(sample()).course
    assert course is not None
    assert course.day_plans == (
        DayPlan(
            id="ein-tag",
            title="Ein Tag",
            note="",
            days=(
                PlanDay(
                    name="Tag",
                    slots=(
                        Slot(start=540, end=630, kind=SlotKind.CONTENT, title="Vormittag", modules=("eins",)),
                        Slot(start=630, end=645, kind=SlotKind.BREAK, title="Pause"),
                        Slot(start=645, end=735, kind=SlotKind.CONTENT, title="Mittag"),
                    ),
                ),
            ),
        ),
    )
    assert course.day_plans[0].content_minutes == 180


@pytest.mark.parametrize(("way", "core"), [("", False), ("ganz", False), ("kern", True)])
def test_which_way_a_plan_is_made_for(way: str, core: bool) -> None:
    line = f"    weg: {way}\n" if way else ""
    files = sample(
        course=COURSE.replace("    tage:\n", f"{line}    tage:\n"),
        page=PAGE.replace("12\n", "12\nkern: ja\n"),
    )
    course = compiled(files).course
    assert course is not None
    assert course.day_plans[0].core is core


def test_a_good_plan() -> None:
    assert (
        told(
            ("09:00", "10:30", "inhalt", "A"),
            ("10:34", "10:45", "pause", "B"),
            ("10:45", "12:15", "inhalt", "C"),
        )
        == []
    )


@pytest.mark.parametrize("time", ["9:00", "09.00", "00:00"])
def test_forms_of_times(time: str) -> None:
    assert told((time, "24:00", "organisation", "A")) == []


@pytest.mark.parametrize("time", ["24:01", "9:60", "9", "9h", "-1:00", "09:00:00", "„09:00“"])
def test_what_is_no_time(time: str) -> None:
    assert told((time, "10:00", "inhalt", "A")) == [(8, "plan_empty"), (10, "time_invalid")]


def test_an_overlap_names_both_and_where() -> None:
    overlap = problem(
        plan(("09:00", "10:00", "inhalt", "A"), ("09:30", "11:00", "inhalt", "B")), "slots_overlap"
    )
    assert dict(overlap.parameters) == {
        "first": "A", "second": "B", "first_line": "10", "start": "09:30", "end": "10:00",
    }  # fmt: skip


def test_the_same_start_is_an_overlap() -> None:
    assert told(("09:00", "10:00", "inhalt", "A"), ("09:00", "10:00", "inhalt", "B")) == [
        (11, "no_break"), (11, "slots_overlap"),
    ]  # fmt: skip


def test_four_minutes_are_no_gap_but_five_are() -> None:
    assert told(("09:00", "10:00", "inhalt", "A"), ("10:04", "10:30", "inhalt", "B")) == []
    assert told(("09:00", "10:00", "inhalt", "A"), ("10:05", "10:30", "inhalt", "B")) == [
        (11, "gap_undeclared")
    ]


def test_warnings_do_not_keep_a_course_from_being_published() -> None:
    result = compiled(plan(("09:00", "10:00", "inhalt", "A"), ("10:30", "11:00", "luecke", "B")))
    assert result.course is not None
    assert {problem.code for problem in result.problems} == {"gap_undeclared", "gap_declared"}


@pytest.mark.parametrize(
    ("between", "codes"),
    [
        (("10:00", "10:10", "pause", "P"), []),
        (("10:00", "10:30", "mittag", "P"), []),
        (("10:00", "10:30", "organisation", "P"), [(12, "no_break")]),
        (("10:00", "10:30", "luecke", "P"), [(11, "gap_declared")]),
    ],
)
def test_only_a_rest_is_a_break(between: tuple[str, str, str, str], codes: list[tuple[int, str]]) -> None:
    start = between[1]
    end = f"{int(start[:2]) + 1}:{start[3:]}"
    assert told(("09:00", "10:00", "inhalt", "A"), between, (start, end, "inhalt", "B")) == codes


def test_too_long_is_said_once_for_each_stretch() -> None:
    long = [
        ("09:00", "11:00", "inhalt", "A"),
        ("11:00", "12:00", "inhalt", "B"),
        ("12:00", "13:00", "mittag", "C"),
    ]
    assert told(*long, ("13:00", "14:45", "inhalt", "D")) == [(10, "no_break"), (13, "no_break")]


def test_an_unknown_module_in_a_slot() -> None:
    assert found(sample(course=COURSE.replace("module: [eins]}", "module: [ein]}"))) == [
        ("course.yaml", 10, "unknown_module")
    ]
