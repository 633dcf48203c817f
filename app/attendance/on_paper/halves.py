"""The half days of a course day, as they are signed on paper, and what a signature says about their slots. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from app import clock
from app.cohorts.rules import Attendance
from app.course.model import SlotKind


class Planned(Protocol):
    """What is asked of a slot of the dated plan."""

    id: int
    day_id: int
    starts_at: datetime
    ends_at: datetime
    kind: str
    cancelled_at: datetime | None
    title: str

    @property
    def content_minutes(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Slot:
    """A content slot as it stood when the form was made; a row would change under it."""

    id: int
    starts_at: datetime
    ends_at: datetime
    title: str
    content_minutes: int


class Mark(Protocol):
    state: str
    minutes: int


class Choice(StrEnum):
    """What stands on paper for a person and a half day. MIXED: the slots say different things, leave them so."""

    OPEN = "offen"
    SIGNED = "da"
    ABSENT = "fehlt"
    EXCUSED = "entschuldigt"
    LATE = "spaeter"
    EARLY = "frueher"
    MIXED = "gemischt"


PARTLY = (Choice.LATE, Choice.EARLY)
_WHOLE = {
    Choice.OPEN: Attendance.NOT_RECORDED,
    Choice.SIGNED: Attendance.PRESENT,
    Choice.ABSENT: Attendance.ABSENT,
    Choice.EXCUSED: Attendance.EXCUSED,
}
_NOON = 12


@dataclass(frozen=True, slots=True)
class Half:
    """The content slots between two lunches. `number` counts from 0."""

    number: int
    name: str
    slots: tuple[Slot, ...]

    @property
    def minutes(self) -> int:
        return sum(slot.content_minutes for slot in self.slots)

    @property
    def starts_at(self) -> datetime:
        return self.slots[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return max(slot.ends_at for slot in self.slots)

    @property
    def stamp(self) -> str:
        """Which slots, and how long: a form says with it on what it was filled in."""
        return " ".join(f"{slot.id}:{slot.content_minutes}" for slot in self.slots)


class Day(Protocol):
    """A course day with the slots that take place."""

    id: int

    @property
    def slots(self) -> Sequence[Planned]: ...


def of_day(day: Day, all_slots: Iterable[Planned], zone: ZoneInfo = clock.HOME) -> list[Half]:
    """The half days of this day. `all_slots` of the cohort: a lunch that was dropped still splits its day.

    The list may be printed and signed before the lunch is dropped; the form that takes it over has the same columns.
    """
    mine = [slot for slot in all_slots if slot.day_id == day.id and slot.cancelled_at]
    return halves([*day.slots, *(slot for slot in mine if slot.kind == SlotKind.LUNCH)], zone)


def halves(slots: Iterable[Planned], zone: ZoneInfo = clock.HOME) -> list[Half]:
    """The slots split at lunch; without lunch they are one. Parts without content are left out."""
    parts: list[list[Slot]] = [[]]
    # What moved up to the begin of a dropped lunch comes after it.
    for slot in sorted(slots, key=lambda slot: (slot.starts_at, slot.kind != SlotKind.LUNCH, slot.id)):
        if slot.kind == SlotKind.LUNCH:
            parts.append([])
        elif slot.content_minutes:
            parts[-1].append(Slot(slot.id, slot.starts_at, slot.ends_at, slot.title, slot.content_minutes))
    found = [tuple(part) for part in parts if part]
    names = _names(found, zone)
    return [Half(number, name, part) for number, (name, part) in enumerate(zip(names, found, strict=True))]


def _names(parts: Sequence[Sequence[Slot]], zone: ZoneInfo) -> list[str]:
    if len(parts) == 1:
        return ["Kurstag"]
    begins = [clock.local(part[0].starts_at, zone).hour for part in parts]
    if len(parts) == 2 and begins[0] < _NOON <= begins[1]:
        return ["Vormittag", "Nachmittag"]
    return [f"{number}. Teil" for number in range(1, len(parts) + 1)]


Said = tuple[Attendance, int]


def spread(half: Half, choice: Choice, minutes: int = 0) -> list[Said]:
    """Slot by slot, what the choice says: state, and minutes where they count.

    LATE: the minutes are the last of the half day, EARLY: the first. Not for MIXED.
    """
    if choice in _WHOLE:
        state = _WHOLE[choice]
        return [(state, slot.content_minutes if state is Attendance.PRESENT else 0) for slot in half.slots]
    order = list(half.slots) if choice is Choice.EARLY else list(reversed(half.slots))
    found, left = [], minutes
    for slot in order:
        here = min(left, slot.content_minutes)
        left -= here
        found.append(_said(here, slot.content_minutes))
    return found if choice is Choice.EARLY else found[::-1]


def _said(minutes: int, whole: int) -> Said:
    if minutes == whole:
        return Attendance.PRESENT, whole
    return (Attendance.PARTIAL, minutes) if minutes else (Attendance.ABSENT, 0)


def gather(half: Half, marks: Mapping[int, Mark]) -> tuple[Choice, int]:
    """The choice (and minutes) that says the same as these marks (by slot id); MIXED where none does."""
    said = [_of_mark(slot, marks.get(slot.id)) for slot in half.slots]
    minutes = sum(count for _, count in said)
    for choice in _WHOLE:
        if said == spread(half, choice):
            return choice, 0
    for choice in PARTLY:
        if 0 < minutes < half.minutes and said == spread(half, choice, minutes):
            return choice, minutes
    return Choice.MIXED, minutes


def _of_mark(slot: Slot, mark: Mark | None) -> Said:
    if mark is None:
        return Attendance.NOT_RECORDED, 0
    state, whole = Attendance(mark.state), slot.content_minutes
    if state is Attendance.PARTIAL:
        return _said(min(mark.minutes, whole), whole)
    return state, whole if state is Attendance.PRESENT else 0
