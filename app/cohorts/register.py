"""The attendance register. A mark is never changed or deleted; the last counting one of a person and slot holds.

An entry by code made before its slot began waits: it says nothing until the slot begins (`counting`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import Select

from app import clock
from app.accounts.models import User
from app.cohorts.models import Attendance, AttendanceMark, Enrolment, ScheduledSlot, Way
from app.extensions import db

# How the operation of a mark begins that only follows the slot's times (`following`): it answers nobody's other entry.
FOLLOWS = "zeiten-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What someone chose for a person on a form; `known_mark_id`: the last mark the form knew (0: none)."""

    enrolment_id: int
    known_mark_id: int
    state: Attendance
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What shall be entered about a person and a slot. `minutes` only for PARTIAL.

    `operation` names the deed on the device that did it: entered twice, it is recorded once. `typed_at` is what that
    device's clock said; nothing is decided by it. By CODE it is when the code was scanned, by the server's clock, and
    the minutes count from it. `counts` false: lost against somebody else's entry, kept beside it.
    """

    state: Attendance
    minutes: int = 0
    way: Way = Way.LIST
    operation: str | None = None
    typed_at: datetime | None = None
    remark: str = ""
    counts: bool = True


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
    in_cohort = select(ScheduledSlot.id).where(
        ScheduledSlot.cohort_id == cohort_id, ScheduledSlot.cancelled_at.is_(None)
    )
    found = _recorded(_latest().where(AttendanceMark.slot_id.in_(in_cohort)))
    return {(mark.enrolment_id, mark.slot_id): mark for mark in found}


def marks_of(enrolment_id: int) -> dict[int, AttendanceMark]:
    """slot id -> what the register says about this person now."""
    found = _recorded(_latest().where(AttendanceMark.enrolment_id == enrolment_id))
    return {mark.slot_id: mark for mark in found}


def counting(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Which marks say something at this moment; for statements that read the marks of slots that take place."""
    begun = select(ScheduledSlot.id).where(ScheduledSlot.starts_at <= now)
    return and_(AttendanceMark.counts, or_(AttendanceMark.way != Way.CODE, AttendanceMark.slot_id.in_(begun)))


def _latest() -> Select[int]:
    """Ids of the marks that hold: order is by number, never by time, because clocks jump."""
    last: Select[int] = select(func.max(AttendanceMark.id)).where(counting(clock.now()))
    return last.group_by(AttendanceMark.enrolment_id, AttendanceMark.slot_id)


def _recorded(ids: Select[int]) -> Iterable[AttendanceMark]:
    query = select(AttendanceMark).where(AttendanceMark.id.in_(ids))
    return db.session.scalars(query.where(AttendanceMark.state != Attendance.NOT_RECORDED))


def history_of_slot(slot_id: int) -> dict[int, list[AttendanceMark]]:
    """enrolment id -> the counting marks for this slot, withdrawals too, the newest first."""
    return _by_person(_of_slot(slot_id).where(counting(clock.now())))


def lost_of_slot(slot_id: int) -> dict[int, list[AttendanceMark]]:
    """enrolment id -> marks that lost against others and that nobody has answered with a newer mark, the newest first."""
    newer = aliased(AttendanceMark)
    answered = exists().where(
        newer.slot_id == slot_id,
        newer.enrolment_id == AttendanceMark.enrolment_id,
        newer.id > AttendanceMark.id,
        decides(newer),
    )
    return _by_person(_of_slot(slot_id).where(~AttendanceMark.counts, ~answered))


def decides(mark: type[AttendanceMark]) -> ColumnElement[bool]:
    """Which marks answer entries that lost before: those that count and that somebody meant."""
    return and_(mark.counts, or_(mark.operation.is_(None), ~mark.operation.startswith(FOLLOWS)))


def _of_slot(slot_id: int) -> Select[AttendanceMark]:
    return select(AttendanceMark).where(AttendanceMark.slot_id == slot_id).order_by(AttendanceMark.id.desc())


def _by_person(query: Select[AttendanceMark]) -> dict[int, list[AttendanceMark]]:
    found: dict[int, list[AttendanceMark]] = defaultdict(list)
    for mark in db.session.scalars(query):
        found[mark.enrolment_id].append(mark)
    return dict(found)


def mark_history(enrolment_id: int, slot_id: int) -> list[AttendanceMark]:
    """The counting marks of a person for a slot, withdrawals too, the newest first."""
    query = _of_slot(slot_id).where(AttendanceMark.enrolment_id == enrolment_id, counting(clock.now()))
    return list(db.session.scalars(query))


def mark(
    slot: ScheduledSlot, enrolment: Enrolment, state: Attendance, minutes: int, by: User
) -> AttendanceMark | None:
    """Record one person. Nothing is written where the register says so already; None: it says nothing."""
    history = mark_history(enrolment.id, slot.id)
    latest = history[0] if history else None
    if says(latest, state, minutes):
        return latest
    return enter(slot, enrolment.id, Entry(state=state, minutes=minutes), by)


def says(mark: AttendanceMark | None, state: Attendance, minutes: int, most: int | None = None) -> bool:
    """Whether this mark (None: no mark) says the same. `most`: no more of its minutes count, as the slot is so long."""
    if mark is None:
        return state is Attendance.NOT_RECORDED
    counted = mark.minutes if most is None else min(mark.minutes, most)
    return mark.state == state and (state is not Attendance.PARTIAL or counted == minutes)


def record(slot_id: int, rows: Iterable[Wanted], by: User, way: Way = Way.LIST) -> Outcome:
    """Save what was changed on a form; what someone else changed in between is left as it is and reported."""
    query = select(ScheduledSlot).where(ScheduledSlot.id == slot_id)
    slot = db.session.scalars(query.with_for_update()).one()
    history, present = history_of_slot(slot_id), _present_in(slot.cohort_id)
    outcome = Outcome()
    for row in rows:
        known = history.get(row.enrolment_id, [])
        shown = next((mark for mark in known if mark.id == row.known_mark_id), None)
        latest = known[0] if known else None
        if row.enrolment_id not in present or says(shown, row.state, row.minutes, slot.minutes):
            continue
        if latest is shown:
            enter(slot, row.enrolment_id, Entry(state=row.state, minutes=row.minutes, way=way), by)
            outcome.changed.append(row.enrolment_id)
        elif latest is not None and not says(latest, row.state, row.minutes, slot.minutes):
            outcome.conflicts.append(Conflict(row, latest))
    return outcome


def enter(slot: ScheduledSlot, enrolment_id: int, entry: Entry, by: User | str) -> AttendanceMark:
    """One more mark, whatever stands already; `by` is a name where nobody with an access did it.

    The same operation again gives the mark it made. Call inside a transaction, with the slot's row locked where two
    may write at once.
    """
    same = select(AttendanceMark).where(AttendanceMark.operation == entry.operation)
    known = db.session.scalar(same) if entry.operation else None
    if known:
        return known
    counted = {Attendance.PRESENT: slot.minutes, Attendance.PARTIAL: entry.minutes}.get(entry.state, 0)
    made = AttendanceMark(
        slot_id=slot.id,
        enrolment_id=enrolment_id,
        state=entry.state.value,
        minutes=counted,
        recorded_at=clock.now(),
        recorded_by=(by if isinstance(by, str) else by.name)[:200],
        recorded_by_id=None if isinstance(by, str) else by.id,
        way=entry.way.value,
        counts=entry.counts,
        operation=entry.operation,
        typed_at=entry.typed_at,
        remark=entry.remark,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _present_in(cohort_id: int) -> set[int]:
    query = select(Enrolment.id).where(Enrolment.cohort_id == cohort_id, Enrolment.left_at.is_(None))
    return set(db.session.scalars(query))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries of a slot there are, and how many there should be."""

    recorded: int
    expected: int


def tally(
    people: Collection[Enrolment], slots: Iterable[ScheduledSlot], marks: Collection[tuple[int, int]]
) -> dict[int, Tally]:
    """slot id -> its tally. `people` take part; `marks`: (enrolment id, slot id) of what is recorded.

    A guest who came when the slot was over is not missed in it.
    """
    found = {}
    for slot in slots:
        missing = [person for person in people if (person.id, slot.id) not in marks]
        later = sum(person.walk_in and person.joined_at >= slot.ends_at for person in missing)
        found[slot.id] = Tally(len(people) - len(missing), len(people) - later)
    return found


def certified(enrolment_ids: Iterable[int]) -> list[str]:
    """The names of those of them who have a certificate already."""
    query = select(Enrolment.name).where(Enrolment.id.in_(list(enrolment_ids)))
    return list(
        db.session.scalars(query.where(Enrolment.name_fixed_at.is_not(None)).order_by(Enrolment.name))
    )
