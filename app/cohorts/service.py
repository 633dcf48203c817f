"""Cohorts: creating and changing them, their dated plan, finding them. People and register have modules of
their own; what other rooms need of those is offered from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, exists, false, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from app import clock
from app.access import Role, desk_standings
from app.accounts.models import User
from app.cohorts import codes, ending
from app.cohorts.models import (
    Cohort,
    CourseDay,
    Enrolment,
    ScheduledSlot,
    cohort_trainer,
)
from app.cohorts.people import Joined as Joined
from app.cohorts.people import correct_name as correct_name
from app.cohorts.people import enrolments as enrolments
from app.cohorts.people import find_enrolment as find_enrolment
from app.cohorts.people import fix_name as fix_name
from app.cohorts.people import join as join
from app.cohorts.people import rename as rename
from app.cohorts.register import mark as mark
from app.cohorts.register import mark_history as mark_history
from app.cohorts.register import marks as marks
from app.cohorts.register import marks_of as marks_of
from app.cohorts.rules import DatedDay
from app.editions import uses
from app.editions.models import Edition
from app.extensions import db


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What organisers decide about a cohort, and may change later."""

    title: str
    place: str
    trainer_ids: Iterable[int] = ()
    attendance_percent: int
    reflections: str
    join_until: datetime
    seats: int | None = None  # as many as come


# The fields of a cohort that `change` sets; the trainers come on top.
CHANGEABLE = ("title", "place", "join_until", "attendance_percent", "reflections", "seats")


@dataclass(frozen=True, slots=True)
class Listed:
    """A cohort in a list."""

    cohort: Cohort
    first: date | None
    last: date | None
    people: int


def create(
    edition: Edition,
    plan_title: str,
    days: Sequence[DatedDay],
    details: Details,
    *,
    created_by_id: int | None = None,
    form_key: str | None = None,
    way: str = "",
) -> Cohort:
    """A new cohort with its plan and a join code. `way` as `course.tailor` writes it. The same `form_key` twice is the same cohort."""
    try:
        with db.session.begin_nested():
            cohort = _insert(edition, plan_title, details, created_by_id, form_key)
            cohort.way = way
            db.session.flush()
    except IntegrityError:
        found = _by_form_key(form_key)
        if found is None:
            raise
        return found
    _set_trainers(cohort.id, details.trainer_ids)
    for day in days:
        _insert_day(cohort.id, day)
    return cohort


def _insert(
    edition: Edition, plan_title: str, details: Details, created_by_id: int | None, form_key: str | None
) -> Cohort:
    cohort = Cohort(
        edition_id=edition.id,
        edition_digest=edition.digest,
        title=details.title,
        place=details.place,
        plan_title=plan_title,
        join_code=_unused_code(),
        join_until=details.join_until,
        attendance_percent=details.attendance_percent,
        reflections=details.reflections,
        seats=details.seats,
        created_at=clock.now(),
        created_by_id=created_by_id,
        form_key=form_key,
    )
    db.session.add(cohort)
    db.session.flush()
    return cohort


def _by_form_key(form_key: str | None) -> Cohort | None:
    return db.session.scalar(select(Cohort).where(Cohort.form_key == form_key)) if form_key else None


def _unused_code() -> str:
    while True:
        code = codes.new_code(codes.JOIN_CODE_LENGTH)
        if find_by_code(code) is None:
            return code


def _insert_day(cohort_id: int, day: DatedDay) -> None:
    row = CourseDay(cohort_id=cohort_id, date=day.date, name=day.name)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        ScheduledSlot(
            cohort_id=cohort_id,
            day_id=row.id,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            kind=slot.kind,
            title=slot.title[:200],
            modules=" ".join(slot.modules),
        )
        for slot in day.slots
    )
    db.session.flush()


def change(cohort_id: int, details: Details) -> list[str]:
    """Title, place, trainers, rule and the last day to join. Gives the names of what is different now."""
    cohort = db.session.get_one(Cohort, cohort_id, with_for_update=True)
    before = {name: getattr(cohort, name) for name in CHANGEABLE}
    before["trainer_ids"] = {person.id for person in trainers(cohort_id)}
    cohort.title, cohort.place, cohort.join_until = details.title, details.place, details.join_until
    cohort.attendance_percent, cohort.reflections = details.attendance_percent, details.reflections
    cohort.seats = details.seats
    _set_trainers(cohort_id, details.trainer_ids)
    db.session.flush()
    now = {name: getattr(details, name) for name in CHANGEABLE} | {"trainer_ids": set(details.trainer_ids)}
    changed = [name for name, value in now.items() if value != before[name]]
    if {"title", "place"} & set(changed):
        ending.tell_calendars(cohort_id)
    return changed


def _set_trainers(cohort_id: int, trainer_ids: Iterable[int]) -> None:
    db.session.execute(delete(cohort_trainer).where(cohort_trainer.c.cohort_id == cohort_id))
    rows = [{"cohort_id": cohort_id, "user_id": user_id} for user_id in sorted(set(trainer_ids))]
    if rows:
        db.session.execute(insert(cohort_trainer), rows)


def slots(cohort_id: int) -> list[ScheduledSlot]:
    """Every slot that takes place, by time."""
    query = select(ScheduledSlot).where(
        ScheduledSlot.cohort_id == cohort_id, ScheduledSlot.cancelled_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(ScheduledSlot.starts_at, ScheduledSlot.id)))


def all_slots(cohort_id: int) -> list[ScheduledSlot]:
    """Every slot, also those that were dropped, by time."""
    query = select(ScheduledSlot).where(ScheduledSlot.cohort_id == cohort_id)
    return list(db.session.scalars(query.order_by(ScheduledSlot.starts_at, ScheduledSlot.id)))


def find_slot(cohort_id: int, slot_id: int) -> ScheduledSlot | None:
    """A slot of this cohort, also one that was dropped (`cancelled_at`)."""
    query = select(ScheduledSlot).where(ScheduledSlot.cohort_id == cohort_id, ScheduledSlot.id == slot_id)
    return db.session.scalar(query)


def days(cohort_id: int) -> list[CourseDay]:
    """Every day with the slots that take place, by time (two statements)."""
    query = select(CourseDay).where(CourseDay.cohort_id == cohort_id).order_by(CourseDay.date)
    return list(db.session.scalars(query.options(selectinload(CourseDay.slots))))


def trainers(cohort_id: int) -> list[User]:
    """Who trains this cohort, by name."""
    query = select(User).join(cohort_trainer, cohort_trainer.c.user_id == User.id)
    return list(
        db.session.scalars(query.where(cohort_trainer.c.cohort_id == cohort_id).order_by(User.name)).unique()
    )


def find_by_code(code: str) -> Cohort | None:
    """The cohort with this join code (normalised)."""
    return db.session.scalar(select(Cohort).where(Cohort.join_code == code))


def cohorts_of(user_id: int) -> list[Cohort]:
    """Where this person takes part, joined last first."""
    query = select(Cohort).join(Enrolment, Enrolment.cohort_id == Cohort.id)
    mine = query.where(Enrolment.user_id == user_id, Enrolment.left_at.is_(None))
    return list(db.session.scalars(mine.order_by(Enrolment.joined_at.desc(), Cohort.id.desc())))


def cohort_list(user: User) -> list[Listed]:
    """What this member of staff sees: organisers all, trainers their own; by first day, the latest first."""
    first, last = func.min(CourseDay.date), func.max(CourseDay.date)
    dates = (
        select(CourseDay.cohort_id, first.label("first"), last.label("last"))
        .group_by(CourseDay.cohort_id)
        .subquery()
    )
    people = (
        select(func.count(Enrolment.id))
        .where(Enrolment.cohort_id == Cohort.id, Enrolment.left_at.is_(None))
        .correlate(Cohort)
        .scalar_subquery()
    )
    query = select(Cohort, dates.c.first, dates.c.last, people).outerjoin(
        dates, dates.c.cohort_id == Cohort.id
    )
    if not desk_standings(user.role_names):
        assigned = exists().where(
            cohort_trainer.c.cohort_id == Cohort.id, cohort_trainer.c.user_id == user.id
        )
        query = query.where(assigned if Role.TRAINER in user.role_names else false())
    rows = db.session.execute(query.order_by(dates.c.first.desc(), Cohort.id.desc()))
    return [Listed(*row) for row in rows]


@uses.register
def _uses_of_editions() -> Mapping[int, int]:
    rows = db.session.execute(select(Cohort.edition_id, func.count()).group_by(Cohort.edition_id))
    return {edition_id: int(uses) for edition_id, uses in rows}
