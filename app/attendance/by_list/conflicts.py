"""Entries that lost against somebody else's: shown beside what stands until somebody decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from app import clock
from app.accounts.models import User
from app.cohorts import register as book
from app.cohorts.models import AttendanceMark, Enrolment, ScheduledSlot
from app.cohorts.register import Entry
from app.cohorts.rules import Attendance
from app.extensions import db


class NothingOpen(Exception):
    """Somebody has decided meanwhile, or the slot or the person is gone."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """`lost` was entered without knowing of `stands` (None: nothing stands), which holds."""

    slot: ScheduledSlot
    person: Enrolment
    lost: AttendanceMark
    stands: AttendanceMark | None


def unanswered() -> ColumnElement[bool]:
    """Which marks lost and wait for an answer: no counting mark of the person and slot is newer."""
    newer = aliased(AttendanceMark)
    answer = exists().where(
        newer.slot_id == AttendanceMark.slot_id,
        newer.enrolment_id == AttendanceMark.enrolment_id,
        newer.id > AttendanceMark.id,
        book.decides(newer),
    )
    return and_(~AttendanceMark.counts, ~answer)


def open_in(slots: Collection[ScheduledSlot]) -> list[Conflict]:
    """What is open in these slots about people who take part: by slot, then by age (two statements)."""
    by_id = {slot.id: slot for slot in slots if slot.cancelled_at is None}
    query = select(AttendanceMark, Enrolment).join(Enrolment, Enrolment.id == AttendanceMark.enrolment_id)
    rows = db.session.execute(
        query.where(AttendanceMark.slot_id.in_(by_id), unanswered(), Enrolment.left_at.is_(None))
        .order_by(AttendanceMark.id)
    ).all()  # fmt: skip
    if not rows:
        return []
    stands = latest({mark.slot_id for mark, _ in rows})
    found = [
        Conflict(by_id[mark.slot_id], person, mark, stands.get((person.id, mark.slot_id)))
        for mark, person in rows
    ]
    return sorted(found, key=lambda conflict: (conflict.slot.starts_at, conflict.lost.id))


def latest(slot_ids: Collection[int]) -> dict[tuple[int, int], AttendanceMark]:
    """(enrolment id, slot id) -> the last counting mark, also one that withdrew another."""
    last = select(func.max(AttendanceMark.id)).where(
        AttendanceMark.slot_id.in_(slot_ids), book.counting(clock.now())
    )
    ids = last.group_by(AttendanceMark.enrolment_id, AttendanceMark.slot_id)
    query = select(AttendanceMark).where(AttendanceMark.id.in_(ids))
    return {(mark.enrolment_id, mark.slot_id): mark for mark in db.session.scalars(query)}


def find_lost(cohort_id: int, mark_id: int) -> tuple[AttendanceMark, ScheduledSlot] | None:
    """An entry of this cohort that lost, answered or not, and its slot."""
    query = select(AttendanceMark, ScheduledSlot).join(
        ScheduledSlot, ScheduledSlot.id == AttendanceMark.slot_id
    )
    row = db.session.execute(
        query.where(
            AttendanceMark.id == mark_id, ~AttendanceMark.counts, ScheduledSlot.cohort_id == cohort_id
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


def settle(lost_id: int, slot_id: int, by: User, *, take: bool) -> bool:
    """One more mark answers it: with what had lost (`take`) or with what stands. False: done before by this same deed.

    Raises NothingOpen. Call inside a transaction.
    """
    query = select(ScheduledSlot).where(ScheduledSlot.id == slot_id)
    slot = db.session.scalars(query.with_for_update()).one()
    lost, operation = db.session.get_one(AttendanceMark, lost_id), f"entschieden-{lost_id}-{int(take)}"
    if db.session.scalar(select(AttendanceMark.id).where(AttendanceMark.operation == operation)):
        return False
    if not any(conflict.lost.id == lost_id for conflict in open_in([slot])):
        raise NothingOpen
    stands = next(iter(book.mark_history(lost.enrolment_id, slot_id)), None)
    chosen = lost if take else stands
    state = Attendance(chosen.state) if chosen else Attendance.NOT_RECORDED
    minutes = min(chosen.minutes, slot.minutes) if chosen else 0
    book.enter(slot, lost.enrolment_id, Entry(state=state, minutes=minutes, operation=operation), by)
    return True


def beaten(slot_id: int) -> dict[int, list[AttendanceMark]]:
    """enrolment id -> entries for this slot that never counted, answered or not, the newest first."""
    found: dict[int, list[AttendanceMark]] = defaultdict(list)
    query = select(AttendanceMark).where(AttendanceMark.slot_id == slot_id, ~AttendanceMark.counts)
    for mark in db.session.scalars(query.order_by(AttendanceMark.id.desc())):
        found[mark.enrolment_id].append(mark)
    return dict(found)
