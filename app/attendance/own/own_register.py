"""A person's own register: every content slot, what it says, from whom, and what it adds up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import clock
from app.attendance.by_code.check_in_wording import entry_said, source
from app.attendance.models import Objection
from app.attendance.own import objections
from app.cohorts import service
from app.cohorts.loaders import Here
from app.cohorts.models import AttendanceMark, Enrolment, ScheduledSlot, Way
from app.cohorts.rules import attended_minutes, needed_minutes
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Line:
    """A slot as its person sees it. `waits`: their scan counts as soon as the slot begins."""

    slot: ScheduledSlot
    said: str
    source: str
    minutes: int
    history: list[tuple[str, str]]
    waits: AttendanceMark | None
    objection: Objection | None
    may_object: bool


@dataclass(frozen=True, slots=True)
class OwnRegister:
    """`attended`, `planned` and `needed` are minutes. `open_lines`: begun slots for which nothing is recorded."""

    lines: list[Line]
    attended: int
    planned: int
    needed: int
    open_lines: int


def of(here: Here, enrolment: Enrolment) -> OwnRegister:
    """Everything the register says about this person (three statements)."""
    now = clock.now()
    slots = [slot for slot in service.slots(here.cohort.id) if slot.content_minutes]
    marks, raised = _marks(enrolment.id), objections.of_person(enrolment.id)
    lines = [_line(slot, marks.get(slot.id, []), raised.get(slot.id), enrolment, now) for slot in slots]
    planned = sum(slot.content_minutes for slot in slots)
    return OwnRegister(
        lines,
        sum(line.minutes for line in lines),
        planned,
        needed_minutes(here.cohort.attendance_percent, planned, here.course.unit_minutes),
        sum(not line.source and line.slot.starts_at <= now for line in lines),
    )


def _marks(enrolment_id: int) -> Mapping[int, list[AttendanceMark]]:
    """slot id -> every counting mark, the newest first; also a scan that waits for its slot to begin."""
    query = select(AttendanceMark).where(AttendanceMark.enrolment_id == enrolment_id, AttendanceMark.counts)
    found: dict[int, list[AttendanceMark]] = {}
    for mark in db.session.scalars(query.order_by(AttendanceMark.id.desc())):
        found.setdefault(mark.slot_id, []).append(mark)
    return found


def _line(
    slot: ScheduledSlot,
    marks: Sequence[AttendanceMark],
    objection: Objection | None,
    enrolment: Enrolment,
    now: datetime,
) -> Line:
    begun = slot.starts_at <= now
    counting = [mark for mark in marks if begun or mark.way != Way.CODE]
    latest = counting[0] if counting else None
    waits = marks[0] if marks and marks[0].way == Way.CODE and not begun else None
    said = entry_said(latest, slot) if latest or begun else "hat noch nicht begonnen"
    return Line(
        slot,
        said,
        source(latest, enrolment.user_id) if latest else "",
        attended_minutes(latest.state, latest.minutes, slot.minutes) if latest else 0,
        [(entry_said(mark, slot), source(mark, enrolment.user_id)) for mark in counting[1:]],
        waits,
        objection,
        objection is None and (begun or latest is not None),
    )
