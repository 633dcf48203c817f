"""Objections: a person says once per slot that the register is wrong; an organiser decides once, with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import and_, func, select

from app import clock
from app.accounts.models import User
from app.attendance.models import Objection
from app.cohorts import register
from app.cohorts.models import Attendance, AttendanceMark, Enrolment, ScheduledSlot, Way
from app.extensions import db

LONGEST = 500


class AlreadyRaised(Exception):
    """This person has objected to the register of this slot before, in other words."""


class AlreadyDecided(Exception):
    """Somebody else has decided in between; the first decision stands."""


class SlotDropped(Exception):
    """The slot does not take place: nothing can be entered for it."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An objection with whom and what it is about; `history`: the counting marks, the newest first."""

    objection: Objection
    person: Enrolment
    slot: ScheduledSlot
    history: list[AttendanceMark] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`state` and `minutes` (for PARTIAL) are entered when the objection is granted."""

    granted: bool
    reason: str
    state: Attendance = Attendance.PRESENT
    minutes: int = 0


def open_objections(cohort_ids: Iterable[int]) -> dict[int, int]:
    """How many objections wait for a decision, by cohort; cohorts without any are not there (one statement)."""
    ids = list(cohort_ids)
    query = (
        select(ScheduledSlot.cohort_id, func.count())
        .join(Objection, Objection.slot_id == ScheduledSlot.id)
        .where(ScheduledSlot.cohort_id.in_(ids), Objection.decided_at.is_(None))
        .group_by(ScheduledSlot.cohort_id)
    )
    found: dict[int, int] = {}
    for cohort_id, count in db.session.execute(query) if ids else ():
        found[cohort_id] = int(count)
    return found


def of_person(enrolment_id: int) -> dict[int, Objection]:
    """slot id -> what this person objected."""
    rows = db.session.scalars(select(Objection).where(Objection.enrolment_id == enrolment_id))
    return {row.slot_id: row for row in rows}


def of_cohort(cohort_id: int) -> list[Raised]:
    """Every objection in a cohort: the open ones as they came, then the decided ones, the latest first (two statements)."""
    query = (
        select(Objection, Enrolment, ScheduledSlot)
        .join(Enrolment, Enrolment.id == Objection.enrolment_id)
        .join(ScheduledSlot, ScheduledSlot.id == Objection.slot_id)
        .where(ScheduledSlot.cohort_id == cohort_id)
        .order_by(Objection.id)
    )
    rows, histories = db.session.execute(query).all(), _histories(cohort_id)
    found = [Raised(row, person, slot, histories.get((person.id, slot.id), [])) for row, person, slot in rows]
    undecided = [raised for raised in found if raised.objection.decided_at is None]
    decided = [raised for raised in found if raised.objection.decided_at is not None]
    latest = sorted(decided, key=lambda raised: raised.objection.decided_at or raised.objection.at)
    return undecided + latest[::-1]


def _histories(cohort_id: int) -> dict[tuple[int, int], list[AttendanceMark]]:
    about = and_(
        Objection.slot_id == AttendanceMark.slot_id, Objection.enrolment_id == AttendanceMark.enrolment_id
    )
    query = (
        select(AttendanceMark)
        .join(Objection, about)
        .join(ScheduledSlot, ScheduledSlot.id == AttendanceMark.slot_id)
        .where(ScheduledSlot.cohort_id == cohort_id, register.counting(clock.now()))
        .order_by(AttendanceMark.id.desc())
    )
    found: dict[tuple[int, int], list[AttendanceMark]] = defaultdict(list)
    for mark in db.session.scalars(query):
        found[mark.enrolment_id, mark.slot_id].append(mark)
    return found


def is_decided(objection_id: int) -> bool:
    query = select(Objection.decided_at).where(Objection.id == objection_id)
    return db.session.scalar(query) is not None


def raise_once(enrolment_id: int, slot_id: int, sentence: str) -> Objection:
    """Object; the same sentence sent again is the same objection. Call inside a transaction. Raises AlreadyRaised."""
    db.session.execute(select(Enrolment.id).where(Enrolment.id == enrolment_id).with_for_update())
    known = of_person(enrolment_id).get(slot_id)
    if known:
        if known.sentence != sentence:
            raise AlreadyRaised
        return known
    made = Objection(enrolment_id=enrolment_id, slot_id=slot_id, sentence=sentence, at=clock.now())
    db.session.add(made)
    db.session.flush()
    return made


def decide(objection_id: int, decision: Decision, by: User) -> Raised:
    """Decide, and enter what was granted. The same decision sent again is the same one.

    Call inside a transaction. Raises AlreadyDecided, SlotDropped.
    """
    query = select(Objection).where(Objection.id == objection_id).with_for_update()
    objection = db.session.scalars(query).one()
    slot = db.session.get_one(ScheduledSlot, objection.slot_id, with_for_update=True)
    person = db.session.get_one(Enrolment, objection.enrolment_id)
    if objection.decided_at:
        if (objection.granted, objection.reason) != (decision.granted, decision.reason):
            raise AlreadyDecided
        return Raised(objection, person, slot)
    if decision.granted:
        if slot.cancelled_at:
            raise SlotDropped
        register.enter(slot, person.id, _entry(objection_id, decision), by)
    objection.granted, objection.reason = decision.granted, decision.reason
    objection.decided_at, objection.decided_by, objection.decided_by_id = clock.now(), by.name[:200], by.id
    db.session.flush()
    return Raised(objection, person, slot)


def _entry(objection_id: int, decision: Decision) -> register.Entry:
    return register.Entry(
        state=decision.state,
        minutes=decision.minutes,
        way=Way.OBJECTION,
        remark=decision.reason,
        operation=f"objection-{objection_id}",
    )
