"""Pure rules of the register and the dated plan. No web, no database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from app import clock
from app.course.model import Course, DayPlan, SlotKind

CONTENT = SlotKind.CONTENT.value
YEARS = (2000, 2100)
GAP_MINUTES = 5
BREAK_MINUTES = 15
LONGEST_CONTENT_MINUTES = 90
ON_TIME = timedelta(minutes=10)  # whoever scans the code until then was there from the beginning


class Attendance(StrEnum):
    """What the register says about a person and a slot. NOT_RECORDED: no mark, or the last one withdrawn."""

    PRESENT = "present"
    PARTIAL = "partial"
    EXCUSED = "excused"
    ABSENT = "absent"
    NOT_RECORDED = "not_recorded"


class Way(StrEnum):
    """By which way an entry came into the register."""

    LIST = "list"  # the list on a trainer's or organiser's screen
    OFFLINE = "offline"  # the same list, without network, sent later
    CODE = "code"  # the person's own phone and the code in the room
    PAPER = "paper"  # copied from the signed list
    STRUCK = "struck"  # an entry by code that was taken back
    MERGED = "merged"  # taken over from a walk-in who turned out to be somebody known
    OBJECTION = "objection"  # decided after the person objected


@dataclass(frozen=True, slots=True)
class DatedSlot:
    """A slot at real instants (UTC)."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    title: str
    modules: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class DatedDay:
    date: date
    name: str
    slots: tuple[DatedSlot, ...]


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """What is wrong with a dated plan. `hint`: worth a word, no reason to refuse.

    `slots` are the titles of the slots it is about, `day` counts from 0, `minutes` says how long.
    """

    code: str
    day: int
    slots: tuple[str, ...] = ()
    minutes: int = 0
    hint: bool = False


def minutes_between(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


def lay_plan(day_plan: DayPlan, dates: Sequence[date], zone: ZoneInfo = clock.HOME) -> list[DatedDay]:
    """The authored plan on real days: wall-clock times of `zone` become instants, whatever the clocks do."""
    days = []
    for plan_day, day in zip(day_plan.days, dates, strict=True):
        slots = tuple(
            DatedSlot(
                clock.instant(day, slot.start, zone),
                clock.instant(day, slot.end, zone),
                slot.kind.value,
                slot.title,
                slot.modules,
            )
            for slot in plan_day.slots
        )
        days.append(DatedDay(day, plan_day.name, slots))
    return days


def plan_problems(days: Sequence[DatedDay]) -> list[PlanProblem]:
    """Everything that is wrong with, or remarkable about, this dated plan; by day."""
    found: list[PlanProblem] = []
    for number, day in enumerate(days):
        if not YEARS[0] <= day.date.year <= YEARS[1]:
            found.append(PlanProblem("year", number))
        if number and day.date <= days[number - 1].date:
            found.append(PlanProblem("order", number))
        found += _day_problems(number, day)
    return found + _overlaps_between_days(days)


def errors_in(problems: Iterable[PlanProblem]) -> list[PlanProblem]:
    return [problem for problem in problems if not problem.hint]


def _day_problems(number: int, day: DatedDay) -> Iterable[PlanProblem]:
    for slot in day.slots:
        if slot.minutes <= 0:
            yield PlanProblem("no_time", number, (slot.title,))
    for before, after in pairwise(day.slots):
        between = minutes_between(before.ends_at, after.starts_at)
        if between < 0:
            yield PlanProblem("overlap", number, (before.title, after.title), -between)
        elif between >= GAP_MINUTES:
            yield PlanProblem("gap", number, (before.title, after.title), between, hint=True)
    yield from _long_stretches(number, day)


def _long_stretches(number: int, day: DatedDay) -> Iterable[PlanProblem]:
    minutes, until = 0, None
    for slot in day.slots:
        if until and minutes_between(until, slot.starts_at) >= BREAK_MINUTES:
            minutes = 0
        minutes, until = minutes + slot.minutes if slot.kind == CONTENT else 0, slot.ends_at
        if minutes > LONGEST_CONTENT_MINUTES:
            yield PlanProblem("no_break", number, (slot.title,), minutes, hint=True)
            minutes = 0


def _overlaps_between_days(days: Sequence[DatedDay]) -> list[PlanProblem]:
    found = []
    for number, (before, after) in enumerate(pairwise(days), 1):
        if before.slots and after.slots and before.date < after.date:
            last, first = before.slots[-1], after.slots[0]
            if last.ends_at > first.starts_at:
                minutes = minutes_between(first.starts_at, last.ends_at)
                found.append(PlanProblem("overlap", number, (last.title, first.title), minutes))
    return found


def attended_minutes(state: str, minutes: int, slot_minutes: int) -> int:
    """How many minutes of a slot count for someone with this entry in the register."""
    if state == Attendance.PRESENT:
        return slot_minutes
    if state == Attendance.PARTIAL:
        return max(0, min(minutes, slot_minutes))
    return 0


@dataclass(frozen=True, slots=True)
class Credit:
    """What a scan of the code in the room is worth: present, or partial with minutes."""

    state: Attendance
    minutes: int = 0


def credit(starts_at: datetime, ends_at: datetime, scanned_at: datetime) -> Credit | None:
    """What a scan at that moment is worth; whole minutes count from the minute it was made in. None: it was over by then."""
    minute = scanned_at.replace(second=0, microsecond=0)
    if minute - starts_at <= ON_TIME and minute < ends_at:
        return Credit(Attendance.PRESENT)
    minutes = int((ends_at - minute).total_seconds() // 60)
    return Credit(Attendance.PARTIAL, minutes) if minutes > 0 else None


def needed_minutes(percent: int, planned: int, unit_minutes: int) -> int:
    """The needed share in whole units, rounded up (7 UE at 80 %: 6), but never more than is planned."""
    units = -(-percent * planned // (100 * unit_minutes))
    return min(units * unit_minutes, planned)


def extended_join_until(
    moves: Iterable[tuple[date, date]], until: date, first: date | None = None
) -> date | None:
    """The last day to join that must hold after these days moved (from, to); None: it stays.

    Where a day was after the end of joining already, somebody wanted it so; only on the `first` course day
    joining must always be possible.
    """
    late = [new for old, new in moves if new > until and old != new and (old <= until or new == first)]
    return max(late, default=None)


def partial_problem(minutes: int | None, slot_minutes: int) -> str:
    """What is wrong with the minutes of someone who was there for a part: a code, or ""."""
    if minutes is None:
        return "missing"
    if minutes < 1:
        return "too_few"
    return "too_many" if minutes > slot_minutes else ""


def end_of(day: date, zone: ZoneInfo = clock.HOME) -> datetime:
    """The instant at which this calendar day is over."""
    return clock.instant(day + timedelta(days=1), 0, zone)


def last_day_before(moment: datetime, zone: ZoneInfo = clock.HOME) -> date:
    """The last calendar day that is not over before `moment`; undoes `end_of`."""
    return clock.local(moment - timedelta(seconds=1), zone).date()


# How much work each way of counting Lernstopps is; less is in favour of participants.
_REFLECTION_WORK = {"keine": 0, "besuchte-module": 1, "alle": 2}


def rule_is_harder(before: tuple[int, str], after: tuple[int, str]) -> bool:
    """Whether a completion rule (percent, reflections) asks more than before; a running cohort's must not."""
    return after[0] > before[0] or _REFLECTION_WORK[after[1]] > _REFLECTION_WORK[before[1]]


def name_key(name: str) -> str:
    """Names with the same key are the same to a reader: case, blanks and ways to write an accent aside."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def sort_key(name: str) -> str:
    """Names in the order of a German telephone list: Ä beside A, Ç beside C."""
    spelled = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in spelled if not unicodedata.combining(character))


@dataclass(frozen=True, slots=True)
class Step:
    """What a cohort needs next: "trainers", "invite", "register" (a slot), "certificates"."""

    code: str
    slot_id: int = 0


def next_steps(
    *, trainers: int, people: int, open_slots: Sequence[int], ends_at: datetime | None, now: datetime
) -> list[Step]:
    """What to do next. `open_slots`: begun slots in which somebody is not recorded."""
    over = ends_at is not None and ends_at <= now
    steps = [] if trainers else [Step("trainers")]
    if not people and not over:
        steps.append(Step("invite"))
    if people:
        steps += [Step("register", slot_id) for slot_id in open_slots]
        if over and not open_slots:
            steps.append(Step("certificates"))
    return steps


def numbered_modules(course: Course, slugs: Iterable[str]) -> dict[str, int]:
    """Place on the way by module, counted from 1; 0 for those that are not on it."""
    places = {slug: place for place, slug in enumerate(slugs, 1)}
    return {module.slug: places.get(module.slug, 0) for module in course.modules}


def put_in_order(places: Mapping[str, int], before: Mapping[str, int]) -> list[str]:
    """Modules in the order of the places they were given, without those at 0.

    Whoever was moved to a place that somebody has goes before (coming from behind) or after (coming from the front).
    """

    def key(slug: str) -> tuple[int, int, int]:
        place, was = places[slug], before.get(slug, 0)
        moved = 0 if place == was else -1 if place < was or not was else 1
        return place, moved, was

    return sorted((slug for slug, place in places.items() if place), key=key)
