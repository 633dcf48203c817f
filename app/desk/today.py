"""Reads what the home of staff shows: a fixed number of statements however many cohorts and people there are.

Only cohorts with a day in the last four months or to come are read, and of their slots only those of that time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVarTuple
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Row,
    ScalarSelect,
    Select,
    case,
    exists,
    func,
    select,
)

from app import clock
from app.access import desk_standings
from app.accounts.models import User
from app.admission import service as admission
from app.attendance import service as attendance
from app.attendance.models import Claim
from app.attendance.own import objections
from app.certificates.models import Certificate
from app.cohorts.models import (
    Attendance,
    AttendanceMark,
    Cohort,
    CourseDay,
    Enrolment,
    ScheduledSlot,
    cohort_trainer,
)
from app.cohorts.rules import CONTENT
from app.desk.rules import CohortFacts, DayFacts, SlotFacts
from app.extensions import db

Found = TypeVarTuple("Found")

LOOKS_BACK = timedelta(days=120)
_THERE = (Attendance.PRESENT, Attendance.PARTIAL)


def cohorts_of(user: User) -> list[CohortFacts]:
    """What matters now of the cohorts this member of staff sees: organisers all, trainers their own."""
    rows = db.session.execute(_cohorts(user)).all()
    ids = [row.id for row in rows]
    if not ids:
        return []
    desk = bool(desk_standings(user.role_names))
    days, conflicts = _days(ids), attendance.open_conflicts(ids)
    objected = objections.open_objections(ids) if desk else {}
    waiting = admission.waiting_count(ids) if desk else {}
    return [
        _facts(
            row,
            days[row.id],
            conflicts=conflicts.get(row.id, 0),
            objections=objected.get(row.id, 0),
            waiting=waiting.get(row.id, 0),
        )
        for row in rows
    ]


def _facts(row: Row[Any], days: Sequence[DayFacts], **counts: int) -> CohortFacts:
    return CohortFacts(
        id=row.id,
        title=row.title,
        time_zone=row.time_zone,
        today=clock.today(ZoneInfo(row.time_zone)),
        days=days,
        people=row.people,
        trainers=row.trainers,
        walk_ins=row.walk_ins,
        claims=row.claims,
        claimed_slot=row.claimed_slot or 0,
        certificates=row.certificates,
        free=None if row.seats is None else max(0, row.seats - row.people),
        **counts,
    )


def _since() -> date:
    return clock.today() - LOOKS_BACK


def _cohorts(user: User) -> Select[*tuple[Any, ...]]:
    """Those that take place and matter, with how many there are of what."""
    recent = select(CourseDay.cohort_id).where(CourseDay.date >= _since())
    query = select(
        Cohort.id,
        Cohort.title,
        Cohort.time_zone,
        Cohort.seats,
        _people().label("people"),
        _people(Enrolment.walk_in, Enrolment.merged_into_id.is_(None)).label("walk_ins"),
        _number(cohort_trainer.c.user_id, cohort_trainer.c.cohort_id == Cohort.id).label("trainers"),
        _number(Certificate.id, Certificate.cohort_id == Cohort.id, Certificate.valid_key.is_not(None)).label(
            "certificates"
        ),
        _of_claims(func.count(Claim.id)).label("claims"),
        _of_claims(func.min(Claim.slot_id)).label("claimed_slot"),
    ).where(Cohort.id.in_(recent), Cohort.cancelled_at.is_(None))
    if not desk_standings(user.role_names):
        own = select(cohort_trainer.c.cohort_id).where(cohort_trainer.c.user_id == user.id)
        query = query.where(Cohort.id.in_(own))
    return query.order_by(Cohort.id)


def _number(counted: Any, *conditions: ColumnExpressionArgument[bool]) -> ScalarSelect[int]:
    return select(func.count(counted)).where(*conditions).correlate(Cohort).scalar_subquery()


def _people(*conditions: ColumnExpressionArgument[bool]) -> ScalarSelect[int]:
    here = Enrolment.cohort_id == Cohort.id
    return _number(Enrolment.id, here, Enrolment.left_at.is_(None), *conditions)


def _of_claims(wanted: ColumnElement[int]) -> ScalarSelect[int]:
    """Of names given with the code of a slot that nobody has assigned yet."""
    query = select(wanted).join(ScheduledSlot, ScheduledSlot.id == Claim.slot_id)
    takes_place = ScheduledSlot.cancelled_at.is_(None)
    return (
        query.where(ScheduledSlot.cohort_id == Cohort.id, takes_place, Claim.settled_at.is_(None))
        .correlate(Cohort)
        .scalar_subquery()
    )


def _days(ids: Sequence[int]) -> dict[int, list[DayFacts]]:
    """cohort id -> its days by date; recent ones with their slots (three statements)."""
    slots = _slots(ids)
    query = select(
        CourseDay.id, CourseDay.cohort_id, CourseDay.date, CourseDay.name, CourseDay.confirmed_at
    ).where(CourseDay.cohort_id.in_(ids))
    found: dict[int, list[DayFacts]] = defaultdict(list)
    for row in db.session.execute(query.order_by(CourseDay.date)):
        found[row.cohort_id].append(
            DayFacts(
                id=row.id,
                date=row.date,
                name=row.name,
                confirmed=row.confirmed_at is not None,
                slots=slots.get(row.id, ()),
            )
        )
    return found


def _of_recent_days(query: Select[*Found], ids: Sequence[int]) -> Select[*Found]:
    """Slots of the time the page is about. A day elsewhere may be tomorrow's already."""
    tomorrow = clock.today() + timedelta(days=1)
    return query.join(CourseDay, CourseDay.id == ScheduledSlot.day_id).where(
        CourseDay.cohort_id.in_(ids),
        CourseDay.date.between(_since(), tomorrow),
        ScheduledSlot.cancelled_at.is_(None),
    )


def _slots(ids: Sequence[int]) -> Mapping[int, Sequence[SlotFacts]]:
    """day id -> its slots by time."""
    recorded, later = _recorded(ids), _came_later(ids)
    query = select(
        ScheduledSlot.id,
        ScheduledSlot.day_id,
        ScheduledSlot.starts_at,
        ScheduledSlot.ends_at,
        ScheduledSlot.kind,
        ScheduledSlot.title,
    )
    found: dict[int, list[SlotFacts]] = defaultdict(list)
    rows = db.session.execute(_of_recent_days(query, ids).order_by(ScheduledSlot.starts_at, ScheduledSlot.id))
    for row in rows:
        number, there = recorded.get(row.id, (0, 0))
        found[row.day_id].append(
            SlotFacts(
                id=row.id,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                content=row.kind == CONTENT,
                title=row.title,
                recorded=number,
                there=there,
                later=later.get(row.id, 0),
            )
        )
    return found


def _recorded(ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """slot id -> of those who take part: how many are recorded, and how many of these are there.

    Only slots that have begun, so entries by code made before (`register.counting`) say something by now.
    """
    there = func.sum(case((AttendanceMark.state.in_(_THERE), 1), else_=0))
    query = (
        select(AttendanceMark.slot_id, func.count(), there)
        .join(Enrolment, Enrolment.id == AttendanceMark.enrolment_id)
        .where(AttendanceMark.id.in_(_latest(ids)), AttendanceMark.state != Attendance.NOT_RECORDED)
        .where(Enrolment.left_at.is_(None))
        .group_by(AttendanceMark.slot_id)
    )
    rows = db.session.execute(query)
    return {slot_id: (int(recorded), int(present)) for slot_id, recorded, present in rows}


def _latest(ids: Iterable[int]) -> Select[int]:
    """Ids of the marks that hold, of slots that have begun."""
    begun = _of_recent_days(select(ScheduledSlot.id), list(ids)).where(
        ScheduledSlot.kind == CONTENT, ScheduledSlot.starts_at <= clock.now()
    )
    return (
        select(func.max(AttendanceMark.id))
        .where(AttendanceMark.slot_id.in_(begun), AttendanceMark.counts)
        .group_by(AttendanceMark.enrolment_id, AttendanceMark.slot_id)
    )


def _came_later(ids: Sequence[int]) -> dict[int, int]:
    """slot id -> how many walk-ins came when it was over and have no entry in it."""
    recorded = exists().where(
        AttendanceMark.id.in_(_latest(ids)),
        AttendanceMark.slot_id == ScheduledSlot.id,
        AttendanceMark.enrolment_id == Enrolment.id,
        AttendanceMark.state != Attendance.NOT_RECORDED,
    )
    query = _of_recent_days(select(ScheduledSlot.id, func.count()), ids).join(
        Enrolment, Enrolment.cohort_id == ScheduledSlot.cohort_id
    )
    rows = db.session.execute(
        query.where(ScheduledSlot.kind == CONTENT, Enrolment.walk_in, Enrolment.left_at.is_(None))
        .where(Enrolment.joined_at >= ScheduledSlot.ends_at, ~recorded)
        .group_by(ScheduledSlot.id)
    )
    return {slot_id: int(count) for slot_id, count in rows}
