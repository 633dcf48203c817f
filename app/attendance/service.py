"""What other rooms ask of the register: where entries contradict each other and nobody has decided yet."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from app.attendance.by_list.conflicts import unanswered
from app.cohorts.models import AttendanceMark, Enrolment, ScheduledSlot
from app.extensions import db


def open_conflicts(cohort_ids: Collection[int]) -> dict[int, int]:
    """cohort id -> people and slots of which a lost entry waits for an answer; cohorts without any are not there."""
    places = (
        select(ScheduledSlot.cohort_id, AttendanceMark.slot_id, AttendanceMark.enrolment_id)
        .join(ScheduledSlot, ScheduledSlot.id == AttendanceMark.slot_id)
        .join(Enrolment, Enrolment.id == AttendanceMark.enrolment_id)
        .where(ScheduledSlot.cohort_id.in_(cohort_ids), ScheduledSlot.cancelled_at.is_(None))
        .where(unanswered(), Enrolment.left_at.is_(None))
        .distinct()
        .subquery()
    )
    rows = db.session.execute(select(places.c.cohort_id, func.count()).group_by(places.c.cohort_id))
    return {cohort_id: int(count) for cohort_id, count in rows}
