"""The pure rules of the room: dated plans over clock changes, minutes, names, next steps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app import clock
from app.cohorts import rules, wording
from app.cohorts.rules import Attendance, DatedDay, DatedSlot
from app.course.model import DayPlan, PlanDay, Slot, SlotKind


def plan(*days: list[tuple[int, int, str]]) -> DayPlan:
    """A plan of days; each slot is (start, end, kind) in minutes since midnight."""
    return DayPlan(
        id="p",
        title="Plan",
        note="",
        days=tuple(
            PlanDay(
                name=f"Tag {number}",
                slots=tuple(
                    Slot(start=a, end=b, kind=SlotKind(kind), title=f"{kind} {a}") for a, b, kind in slots
                ),
            )
            for number, slots in enumerate(days, 1)
        ),
    )


MORNING = [(540, 630, "inhalt"), (630, 645, "pause"), (645, 735, "inhalt")]


@pytest.mark.parametrize(
    ("day", "starts_utc", "why"),
    [
        (date(2026, 7, 3), datetime(2026, 7, 3, 7, 0, tzinfo=UTC), "summer"),
        (date(2026, 12, 4), datetime(2026, 12, 4, 8, 0, tzinfo=UTC), "winter"),
        (date(2026, 3, 28), datetime(2026, 3, 28, 8, 0, tzinfo=UTC), "day before the clocks go forward"),
        (date(2026, 3, 29), datetime(2026, 3, 29, 7, 0, tzinfo=UTC), "the clocks went forward that night"),
        (date(2026, 10, 24), datetime(2026, 10, 24, 7, 0, tzinfo=UTC), "day before the clocks go back"),
        (date(2026, 10, 25), datetime(2026, 10, 25, 8, 0, tzinfo=UTC), "the clocks went back that night"),
    ],
)
def test_nine_stays_nine(day: date, starts_utc: datetime, why: str) -> None:
    [dated] = rules.lay_plan(plan(MORNING), [day])
    assert dated.slots[0].starts_at == starts_utc, why
    assert [slot.minutes for slot in dated.slots] == [90, 15, 90]
    assert clock.local(dated.slots[0].starts_at).strftime("%H:%M") == "09:00"
    assert not rules.plan_problems([dated])


@pytest.mark.parametrize(
    ("day", "start", "end", "minutes", "local_start"),
    [
        (date(2026, 3, 29), 60, 240, 120, "01:00"),  # 01:00-04:00, one hour does not exist
        (date(2026, 3, 29), 150, 240, 30, "03:30"),  # 02:30 does not exist and is read as 03:30
        (date(2026, 10, 25), 60, 240, 240, "01:00"),  # one hour comes twice
        (date(2026, 10, 25), 150, 240, 150, "02:30"),  # 02:30 comes twice, the first counts
        (date(2026, 7, 3), 1380, 1500, 120, "23:00"),  # over midnight
    ],
)
def test_nights_in_which_clocks_change(
    day: date, start: int, end: int, minutes: int, local_start: str
) -> None:
    [dated] = rules.lay_plan(plan([(start, end, "inhalt")]), [day])
    assert dated.slots[0].minutes == minutes
    assert clock.local(dated.slots[0].starts_at).strftime("%H:%M") == local_start


def test_a_slot_that_the_clock_change_swallows_is_named() -> None:
    days = rules.lay_plan(plan([(120, 180, "inhalt")]), [date(2026, 3, 29)])
    assert [(problem.code, problem.slots) for problem in rules.plan_problems(days)] == [
        ("no_time", ("inhalt 120",))
    ]


def test_a_date_for_each_day() -> None:
    with pytest.raises(ValueError, match="shorter"):
        rules.lay_plan(plan(MORNING, MORNING), [date(2026, 7, 3)])


def test_days_keep_kind_title_and_modules() -> None:
    [dated] = rules.lay_plan(plan(MORNING), [date(2026, 7, 3)])
    assert [(slot.kind, slot.title) for slot in dated.slots][1] == ("pause", "pause 630")


@pytest.mark.parametrize(
    ("dates", "slots", "expected"),
    [
        ([date(2026, 7, 3), date(2026, 7, 4)], MORNING, []),
        ([date(2026, 7, 4), date(2026, 7, 3)], MORNING, [("order", 1, False)]),
        ([date(2026, 7, 3), date(2026, 7, 3)], MORNING, [("order", 1, False)]),
        ([date(26, 7, 3), date(2026, 7, 4)], MORNING, [("year", 0, False)]),
        (
            [date(2026, 7, 3)],
            [(540, 630, "inhalt"), (600, 700, "inhalt")],
            [("overlap", 0, False), ("no_break", 0, True)],
        ),
        ([date(2026, 7, 3)], [(540, 630, "inhalt"), (633, 640, "pause")], []),
        ([date(2026, 7, 3)], [(540, 630, "inhalt"), (635, 640, "pause")], [("gap", 0, True)]),
        ([date(2026, 7, 3)], [(540, 600, "inhalt"), (600, 645, "inhalt")], [("no_break", 0, True)]),
        ([date(2026, 7, 3)], [(630, 540, "inhalt")], [("no_time", 0, False)]),
        ([date(2026, 7, 3), date(2026, 7, 4)], [(60, 1560, "pause")], [("overlap", 1, False)]),
    ],
)
def test_plan_problems(
    dates: list[date], slots: list[tuple[int, int, str]], expected: list[tuple[str, int, bool]]
) -> None:
    days = rules.lay_plan(plan(*[slots for _ in dates]), dates)
    assert [(problem.code, problem.day, problem.hint) for problem in rules.plan_problems(days)] == expected
    assert len(rules.errors_in(rules.plan_problems(days))) == len([code for *_, code in expected if not code])


def test_an_empty_day_is_no_problem() -> None:
    assert rules.plan_problems([DatedDay(date(2026, 7, 3), "Tag", ())]) == []


@pytest.mark.parametrize(
    ("state", "minutes", "counts"),
    [
        (Attendance.PRESENT, 0, 90),
        (Attendance.PRESENT, 90, 90),
        (Attendance.PARTIAL, 45, 45),
        (Attendance.PARTIAL, 200, 90),
        (Attendance.PARTIAL, -5, 0),
        (Attendance.EXCUSED, 90, 0),
        (Attendance.ABSENT, 90, 0),
        (Attendance.NOT_RECORDED, 90, 0),
        ("something else", 90, 0),
    ],
)
def test_attended_minutes(state: str, minutes: int, counts: int) -> None:
    assert rules.attended_minutes(state, minutes, 90) == counts


@pytest.mark.parametrize(
    ("minutes", "code"),
    [(None, "missing"), (0, "too_few"), (-3, "too_few"), (1, ""), (90, ""), (91, "too_many")],
)
def test_partial_problem(minutes: int | None, code: str) -> None:
    assert rules.partial_problem(minutes, 90) == code


@pytest.mark.parametrize(
    "day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25), date(2026, 7, 3)]
)
def test_the_end_of_a_day_and_back(day: date) -> None:
    end = rules.end_of(day)
    assert rules.last_day_before(end) == day
    assert clock.local(end - timedelta(seconds=1)).date() == day
    assert clock.local(end).strftime("%H:%M") == "00:00"


@pytest.mark.parametrize(
    ("before", "after", "harder"),
    [
        ((80, "alle"), (80, "alle"), False),
        ((80, "alle"), (70, "besuchte-module"), False),
        ((80, "keine"), (80, "besuchte-module"), True),
        ((80, "alle"), (81, "keine"), True),
    ],
)
def test_a_rule_gets_harder(before: tuple[int, str], after: tuple[int, str], harder: bool) -> None:
    assert rules.rule_is_harder(before, after) is harder


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Anna Kolb", "anna  KOLB ", True),
        ("Zoë Weiß", "Zoe\u0308 WEISS", True),
        ("Anna Kolb", "Anna Kolbe", False),
    ],
)
def test_same_names(one: str, other: str, same: bool) -> None:
    assert (rules.name_key(one) == rules.name_key(other)) is same


def test_names_sort_as_in_a_german_list() -> None:
    names = ["Zahra", "Özgür", "Oskar", "Çiğdem", "anna", "Ärne"]
    assert sorted(names, key=rules.sort_key) == ["anna", "Ärne", "Çiğdem", "Oskar", "Özgür", "Zahra"]


NOW = datetime(2026, 7, 3, 9, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(hours=1), NOW - timedelta(hours=1)


@pytest.mark.parametrize(
    ("trainers", "people", "open_slots", "ends_at", "expected"),
    [
        (0, 0, [], LATER, ["trainers", "invite"]),
        (1, 0, [4], LATER, ["invite"]),
        (1, 0, [], EARLIER, []),
        (1, 5, [4, 6], LATER, ["register", "register"]),
        (1, 5, [], LATER, []),
        (1, 5, [], EARLIER, ["certificates"]),
        (1, 5, [4], EARLIER, ["register"]),
        (1, 5, [], None, []),
    ],
)
def test_next_steps(
    trainers: int, people: int, open_slots: list[int], ends_at: datetime | None, expected: list[str]
) -> None:
    steps = rules.next_steps(
        trainers=trainers, people=people, open_slots=open_slots, ends_at=ends_at, now=NOW
    )
    assert [step.code for step in steps] == expected


def test_a_dated_slot_counts_real_minutes() -> None:
    assert DatedSlot(EARLIER, LATER, "inhalt", "x").minutes == 120


def test_a_hole_is_a_break() -> None:
    when = date(2026, 7, 3)
    starts = {10: 1, 15: 0, 30: 0}
    for hole, hints in starts.items():
        slots = tuple(
            rules.DatedSlot(clock.instant(when, start), clock.instant(when, start + 60), "inhalt", "x")
            for start in (540, 600 + hole)
        )
        problems = rules.plan_problems([rules.DatedDay(when, "Tag", slots)])
        assert [problem.code for problem in problems].count("no_break") == hints


@pytest.mark.parametrize(
    ("percent", "planned", "unit", "need"),
    [(80, 360, 45, 315), (80, 315, 45, 270), (80, 115, 45, 115), (100, 360, 45, 360), (0, 360, 45, 0)],
)
def test_needed_minutes_are_whole_units(percent: int, planned: int, unit: int, need: int) -> None:
    assert rules.needed_minutes(percent, planned, unit) == need


def test_joining_is_extended_only_for_days_that_moved_behind_its_end() -> None:
    first, last, later = date(2026, 7, 3), date(2026, 7, 10), date(2026, 7, 20)
    assert rules.extended_join_until([(first, first), (last, later)], last) == later
    assert rules.extended_join_until([(first, first), (last, later)], first, first) is None
    assert rules.extended_join_until([(last, later)], first, later) == later
    assert rules.extended_join_until([(last, first)], last) is None


def test_quotes_inside_quotes() -> None:
    day = rules.DatedDay(date(2026, 7, 3), "Tag", ())
    problem = rules.PlanProblem("gap", 0, ("Fall „Kita“", "Ende"), 20)
    assert "Zwischen „Fall ‚Kita‘“ und „Ende“" in wording.plan_sentence(problem, [day])
