"""The register of a whole day: its slots, the people, what the register says; also as phones want it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.attendance import struck
from app.attendance.by_list import conflicts, register_wording
from app.attendance.by_list.conflicts import Conflict
from app.attendance.names import by_surname
from app.cohorts import people as persons
from app.cohorts.loaders import LARGEST_ID
from app.cohorts.models import AttendanceMark, CourseDay, Enrolment, ScheduledSlot
from app.cohorts.rules import CONTENT, Attendance
from app.extensions import db
from app.schedule.models import PlanChange
from app.web import german

_JUST_THEN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`slots` are the content slots that take place, `dropped` those that do not; `people` by surname; `marks`: the last of each, withdrawals too;
    `struck`: (enrolment id, slot id), also where something else is entered by now.
    """

    day: CourseDay
    slots: Sequence[ScheduledSlot]
    dropped: Mapping[int, str]
    people: Sequence[Enrolment]
    marks: Mapping[tuple[int, int], AttendanceMark]
    conflicts: Sequence[Conflict]
    struck: Collection[tuple[int, int]]

    def recorded(self, slot: ScheduledSlot) -> int:
        """How many of those who take part have an entry."""
        return sum(_says(self.marks.get((person.id, slot.id))) for person in self.people)


def _says(mark: AttendanceMark | None) -> bool:
    return mark is not None and mark.state != Attendance.NOT_RECORDED


def find_day(cohort_id: int, day_id: int) -> CourseDay | None:
    if day_id > LARGEST_ID:
        return None
    query = select(CourseDay).where(CourseDay.cohort_id == cohort_id, CourseDay.id == day_id)
    return db.session.scalar(query)


def nearest(days: Sequence[CourseDay], today: date) -> CourseDay | None:
    """The day somebody means by „heute erfassen“: today's, else the last before, else the first."""
    begun = [day for day in days if day.date <= today]
    return begun[-1] if begun else next(iter(days), None)


def load(day: CourseDay) -> Sheet:
    """Everything about this day, with a fixed number of statements."""
    slots = content_slots(day)
    held = [slot for slot in slots if slot.cancelled_at is None]
    return Sheet(
        day=day,
        slots=held,
        dropped={slot.id: register_wording.dropped(slot, who_dropped(slot)) for slot in slots if slot.cancelled_at},
        people=by_surname(persons.enrolments(day.cohort_id)),
        marks=conflicts.latest([slot.id for slot in held]),
        conflicts=conflicts.open_in(held),
        struck=struck.among([slot.id for slot in held]),
    )  # fmt: skip


def content_slots(day: CourseDay) -> list[ScheduledSlot]:
    """Those that are recorded, also dropped ones, by time."""
    query = select(ScheduledSlot).where(ScheduledSlot.day_id == day.id, ScheduledSlot.kind == CONTENT)
    return list(db.session.scalars(query.order_by(ScheduledSlot.starts_at, ScheduledSlot.id)))


def who_dropped(slot: ScheduledSlot) -> str:
    """The name of who took this slot out of the plan, from the history of the plan; "" where it does not say."""
    if slot.cancelled_at is None:
        return ""
    around = slot.cancelled_at - _JUST_THEN, slot.cancelled_at + _JUST_THEN
    query = select(PlanChange).where(PlanChange.day_id == slot.day_id, PlanChange.at.between(*around))
    changes = list(db.session.scalars(query.order_by(PlanChange.id)))
    if not changes:
        return ""
    return min(changes, key=lambda change: abs(change.at - slot.cancelled_at)).author  # type: ignore[operator]


def wanted_slot(slots: Sequence[ScheduledSlot], now: datetime) -> ScheduledSlot | None:
    """Which slot somebody wants first: the one that runs, else the last that began, else the first."""
    running = [slot for slot in slots if slot.starts_at <= now < slot.ends_at]
    begun = [slot for slot in slots if slot.starts_at <= now]
    return next(iter(running), begun[-1] if begun else next(iter(slots), None))


def as_json(sheet: Sheet, now: datetime) -> dict[str, Any]:
    """What a phone needs to go on by itself. Times of day are those of the wall clock in Berlin."""
    marks: dict[int, dict[int, list[Any]]] = {slot.id: {} for slot in sheet.slots}
    present, most = {person.id for person in sheet.people}, {slot.id: slot.minutes for slot in sheet.slots}
    for (person_id, slot_id), mark in sheet.marks.items():
        if person_id in present:
            counted = min(mark.minutes, most[slot_id])
            marks[slot_id][person_id] = [mark.id, mark.state, counted, register_wording.entered(mark)]
    return {
        "at": now.isoformat(),
        "label": german.time(now),
        "slots": [_slot(slot) for slot in sheet.slots],
        "dropped": sheet.dropped,
        "people": [
            {"id": person.id, "name": person.name, "guest": person.walk_in, "fixed": bool(person.name_fixed_at)}
            for person in sheet.people
        ],
        "marks": marks,
        "open": sorted({(conflict.slot.id, conflict.person.id) for conflict in sheet.conflicts}),
        "struck": sorted((slot_id, person_id) for person_id, slot_id in sheet.struck if person_id in present),
    }  # fmt: skip


def _slot(slot: ScheduledSlot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "title": slot.title,
        "time": f"{german.time(slot.starts_at)}–{german.time(slot.ends_at)}",
        "minutes": slot.minutes,
        "starts": slot.starts_at.isoformat(),
        "ends": slot.ends_at.isoformat(),
    }
