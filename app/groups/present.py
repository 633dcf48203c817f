"""Who of a cohort is here today: what the register says, and else whether something of theirs was saved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock
from app.cohorts import register
from app.cohorts.models import Attendance, Cohort, Enrolment, ScheduledSlot
from app.extensions import db
from app.quizzes.models import Answer, AnswerRevision

_THERE = (Attendance.PRESENT, Attendance.PARTIAL)


def today(cohort: Cohort, slots: Iterable[ScheduledSlot]) -> set[int]:
    """Enrolments of those who are here (two statements). `slots` by time.

    The newest slot of today that the register says something about decides; without any, a text saved today does.
    """
    zone = ZoneInfo(cohort.time_zone)
    day = clock.today(zone)
    begin, end = clock.instant(day, 0, zone), clock.instant(day + timedelta(days=1), 0, zone)
    ours = [slot.id for slot in slots if begin <= slot.starts_at < end]
    states: dict[int, str] = {}
    marks = register.marks(cohort.id)
    for slot_id in ours:
        states |= {person: mark.state for (person, marked), mark in marks.items() if marked == slot_id}
    recorded = {person for person, state in states.items() if state in _THERE}
    return recorded | (_active(cohort.id, begin, end) - set(states))


def _active(cohort_id: int, begin: datetime, end: datetime) -> set[int]:
    query = (
        select(Answer.enrolment_id)
        .join(AnswerRevision, AnswerRevision.answer_id == Answer.id)
        .join(Enrolment, Enrolment.id == Answer.enrolment_id)
        .where(Enrolment.cohort_id == cohort_id)
        .where(AnswerRevision.saved_at >= begin, AnswerRevision.saved_at < end)
    )
    return set(db.session.scalars(query.distinct()))
