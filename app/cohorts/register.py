"""The attendance register. A mark is never changed or deleted; the last one of a person and slot counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.sql import Select

from app import clock
from app.accounts.models import User
from app.cohorts.models import Attendance, AttendanceMark, Enrolment, ScheduledSlot
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Wanted:
    """What someone chose for a person on a form; `known_mark_id`: the last mark the form knew (0: none)."""

    enrolment_id: int
    known_mark_id: int
    state: Attendance
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Someone else recorded this person in between; `theirs` stands, `mine` was not saved."""

    mine: Wanted
    theirs: AttendanceMark


@dataclass(slots=True)
class Outcome:
    changed: list[int] = field(default_factory=list)  # enrolment ids
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def saved(self) -> int:
        return len(self.changed)


def marks(cohort_id: int) -> dict[tuple[int, int], AttendanceMark]:
    """(enrolment id, slot id) -> what the register says now; withdrawn and missing marks are not there."""
    in_cohort = select(ScheduledSlot.id).where(ScheduledSlot.cohort_id == cohort_id)
    found = _recorded(_latest().where(AttendanceMark.slot_id.in_(in_cohort)))
    return {(mark.enrolment_id, mark.slot_id): mark for mark in found}


def marks_of(enrolment_id: int) -> dict[int, AttendanceMark]:
    """slot id -> what the register says about this person now."""
    found = _recorded(_latest().where(AttendanceMark.enrolment_id == enrolment_id))
    return {mark.slot_id: mark for mark in found}


def _latest() -> Select[int]:
    """Ids of the marks that count: order is by number, never by time, because clocks jump."""
    last: Select[int] = select(func.max(AttendanceMark.id))
    return last.group_by(AttendanceMark.enrolment_id, AttendanceMark.slot_id)


def _recorded(ids: Select[int]) -> Iterable[AttendanceMark]:
    query = select(AttendanceMark).where(AttendanceMark.id.in_(ids))
    return db.session.scalars(query.where(AttendanceMark.state != Attendance.NOT_RECORDED))


def history_of_slot(slot_id: int) -> dict[int, list[AttendanceMark]]:
    """enrolment id -> all marks for this slot, withdrawals too, the newest first."""
    query = select(AttendanceMark).where(AttendanceMark.slot_id == slot_id).order_by(AttendanceMark.id.desc())
    found: dict[int, list[AttendanceMark]] = defaultdict(list)
    for mark in db.session.scalars(query):
        found[mark.enrolment_id].append(mark)
    return dict(found)


def mark_history(enrolment_id: int, slot_id: int) -> list[AttendanceMark]:
    """All marks of a person for a slot, withdrawals too, the newest first."""
    query = select(AttendanceMark).where(
        AttendanceMark.enrolment_id == enrolment_id, AttendanceMark.slot_id == slot_id
    )
    return list(db.session.scalars(query.order_by(AttendanceMark.id.desc())))


def mark(
    slot: ScheduledSlot, enrolment: Enrolment, state: Attendance, minutes: int, by: User
) -> AttendanceMark | None:
    """Record one person. Nothing is written where the register says so already; None: it says nothing."""
    history = mark_history(enrolment.id, slot.id)
    latest = history[0] if history else None
    if says(latest, state, minutes):
        return latest
    return _write(slot, enrolment.id, state, minutes, by)


def says(mark: AttendanceMark | None, state: Attendance, minutes: int) -> bool:
    """Whether this mark (None: no mark) says the same."""
    if mark is None:
        return state is Attendance.NOT_RECORDED
    same_minutes = state is not Attendance.PARTIAL or mark.minutes == minutes
    return mark.state == state and same_minutes


def record(slot_id: int, rows: Iterable[Wanted], by: User) -> Outcome:
    """Save what was changed on a form; what someone else changed in between is left as it is and reported."""
    query = select(ScheduledSlot).where(ScheduledSlot.id == slot_id)
    slot = db.session.scalars(query.with_for_update()).one()
    history, present = history_of_slot(slot_id), _present_in(slot.cohort_id)
    outcome = Outcome()
    for row in rows:
        known = history.get(row.enrolment_id, [])
        shown = next((mark for mark in known if mark.id == row.known_mark_id), None)
        latest = known[0] if known else None
        if row.enrolment_id not in present or says(shown, row.state, row.minutes):
            continue
        if latest is shown:
            _write(slot, row.enrolment_id, row.state, row.minutes, by)
            outcome.changed.append(row.enrolment_id)
        elif latest is not None and not says(latest, row.state, row.minutes):
            outcome.conflicts.append(Conflict(row, latest))
    return outcome


def _write(
    slot: ScheduledSlot, enrolment_id: int, state: Attendance, minutes: int, by: User
) -> AttendanceMark:
    counted = {Attendance.PRESENT: slot.minutes, Attendance.PARTIAL: minutes}.get(state, 0)
    made = AttendanceMark(
        slot_id=slot.id,
        enrolment_id=enrolment_id,
        state=state.value,
        minutes=counted,
        recorded_at=clock.now(),
        recorded_by=by.name,
        recorded_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _present_in(cohort_id: int) -> set[int]:
    query = select(Enrolment.id).where(Enrolment.cohort_id == cohort_id, Enrolment.left_at.is_(None))
    return set(db.session.scalars(query))


def recorded_by_slot(cohort_id: int) -> dict[int, int]:
    """slot id -> how many of those present in the cohort are recorded for it."""
    present = _present_in(cohort_id)
    found: dict[int, int] = defaultdict(int)
    for enrolment_id, slot_id in marks(cohort_id):
        found[slot_id] += enrolment_id in present
    return dict(found)


def certified(enrolment_ids: Iterable[int]) -> list[str]:
    """The names of those of them who have a certificate already."""
    query = select(Enrolment.name).where(Enrolment.id.in_(list(enrolment_ids)))
    return list(
        db.session.scalars(query.where(Enrolment.name_fixed_at.is_not(None)).order_by(Enrolment.name))
    )
