"""Calling a cohort off, taking that back, and deleting one that nothing hangs on yet. Call inside a transaction."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import Table, delete, exists, func, select, update

from app import clock
from app.cohorts.log import Deed
from app.cohorts.models import Cohort, CohortEvent, CourseDay, ScheduledSlot
from app.extensions import Base, db

# What belongs to the plan of a cohort and goes with it. A row of anybody else's speaks against deleting.
_GOES_WITH_IT = frozenset(
    {"course_day", "scheduled_slot", "cohort_trainer", "cohort_event", "calendar_link", "plan_change"}
)


class StillNeeded(Exception):
    """Something hangs on the cohort; it can be called off, not deleted."""


class TooLate(Exception):
    """The cohort has taken place, or people have certificates of it."""


def cancel(cohort_id: int) -> bool:
    """The cohort does not take place; nobody can join, calendars say so. False if it was called off already.

    Raises TooLate.
    """
    cohort = db.session.get_one(Cohort, cohort_id, with_for_update=True)
    if cohort.cancelled_at:
        return False
    if is_over(cohort_id) or "certificate" in holders(cohort_id):
        raise TooLate(cohort_id)
    cohort.cancelled_at = clock.now()
    tell_calendars(cohort_id)
    return True


def is_over(cohort_id: int) -> bool:
    """Whether the last day is over: no day is to come, and no slot runs or follows."""
    zone = ZoneInfo(db.session.get_one(Cohort, cohort_id).time_zone)
    last = db.session.scalar(select(func.max(CourseDay.date)).where(CourseDay.cohort_id == cohort_id))
    if last is None or last > clock.today(zone):
        return False
    slots = select(func.max(ScheduledSlot.ends_at)).where(
        ScheduledSlot.cohort_id == cohort_id, ScheduledSlot.cancelled_at.is_(None)
    )
    ends_at = db.session.scalar(slots)
    return last < clock.today(zone) if ends_at is None else ends_at <= clock.now()


def reinstate(cohort_id: int) -> bool:
    """It takes place after all. False if it was not called off."""
    cohort = db.session.get_one(Cohort, cohort_id, with_for_update=True)
    if cohort.cancelled_at is None:
        return False
    cohort.cancelled_at = None
    tell_calendars(cohort_id)
    return True


def tell_calendars(cohort_id: int) -> None:
    """Every date of the cohort has changed in a way that calendars must show (RFC 5545, SEQUENCE)."""
    slots = update(ScheduledSlot).where(ScheduledSlot.cohort_id == cohort_id)
    db.session.execute(slots.values(sequence=ScheduledSlot.sequence + 1, changed_at=clock.now()))
    db.session.flush()


def reason(cohort_id: int) -> str:
    """Why it was called off, as it was written for everybody."""
    query = select(CohortEvent.detail).where(
        CohortEvent.cohort_id == cohort_id, CohortEvent.deed == Deed.CANCELLED.value
    )
    return db.session.scalar(query.order_by(CohortEvent.id.desc()).limit(1)) or ""


def holders(cohort_id: int) -> set[str]:
    """Names of the tables with rows that speak against deleting the cohort."""
    return {
        table.name
        for table in Base.metadata.sorted_tables
        if table.name not in _GOES_WITH_IT and _refers(table, cohort_id)
    }


def _refers(table: Table, cohort_id: int) -> bool:
    """Whether a row of this table points to the cohort, or to one of its slots."""
    slots = select(ScheduledSlot.id).where(ScheduledSlot.cohort_id == cohort_id)
    for key in table.foreign_keys:
        if key.column.table.name == "cohort":
            points = key.parent == cohort_id
        elif key.column.table.name == "scheduled_slot":
            points = key.parent.in_(slots)
        else:
            continue
        if db.session.scalar(select(exists().where(points))):
            return True
    return False


def remove(cohort_id: int) -> None:
    """Delete the cohort with its plan, as if it had never been. Raises StillNeeded."""
    db.session.get_one(Cohort, cohort_id, with_for_update=True)
    if holders(cohort_id):
        raise StillNeeded(cohort_id)
    db.session.execute(delete(Cohort).where(Cohort.id == cohort_id))
    db.session.flush()
