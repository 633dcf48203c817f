"""A new cohort from an existing one: its plan as it was planned, on other dates, without its people.

Services flush, views commit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.cohorts import log
from app.cohorts import service as cohorts
from app.cohorts.log import Deed
from app.cohorts.models import Cohort, CourseDay, cohort_trainer
from app.course import tailor
from app.course.model import Course
from app.editions.models import Edition
from app.editions.rules import inner
from app.extensions import db
from app.schedule import rules, service, wording
from app.schedule.rules import Day, Slot
from app.web import german

_SATURDAY = 5
LONGEST_TITLE = 200
_MONTHS = "|".join(german.day(date(2000, month, 1)).split(" ")[1] for month in range(1, 13))
_MONTH = re.compile(rf"\b(?:{_MONTHS}) \d{{4}}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a new cohort shall be made of. `days` are on their new dates."""

    source_id: int
    edition: Edition
    details: cohorts.Details
    days: Sequence[Day]
    form_key: str


def plan_of(cohort_id: int, zone: ZoneInfo) -> list[Day]:
    """The days of this cohort as they were planned, by date, without links: those belong to the old dates."""
    planned = [as_planned(day, zone) for day in service.days_by_id(cohort_id).values()]
    return [day.having(replace(slot, link="") for slot in day.slots) for day in planned]


def as_planned(day: Day, zone: ZoneInfo) -> Day:
    """The day before it ran otherwise: with planned times, without what was inserted, with what was dropped that day."""
    kept = [slot for slot in day.slots if not slot.unplanned and _was_planned(slot, day, zone)]
    return day.having(_planned(slot) for slot in kept)


def _was_planned(slot: Slot, day: Day, zone: ZoneInfo) -> bool:
    """What was dropped before its day was not part of the plan any more."""
    return slot.cancelled_at is None or clock.local(slot.cancelled_at, zone).date() >= day.date


def _planned(slot: Slot) -> Slot:
    start, end = slot.planned
    return replace(
        slot,
        starts_at=start,
        ends_at=end,
        planned_starts_at=None,
        planned_ends_at=None,
        cancelled_at=None,
    )


def title_on(title: str, first: date) -> str:
    """A title for the new cohort: with its month, instead of the month in the old title if there is one."""
    month = german.day(first).split(" ", 1)[1]
    found, count = _MONTH.subn(month, title)
    return (found if count else f"{title}, {month}")[:LONGEST_TITLE]


def laid(days: Sequence[Day], dates: Sequence[date], zone: ZoneInfo) -> list[Day]:
    """The same wall-clock times on these dates."""
    return [rules.moved_to(day, when, zone, ahead=True) for day, when in zip(days, dates, strict=True)]


def dates_from(days: Sequence[Day], first: date) -> list[date]:
    """The dates of these days when the first of them is on `first`: distances stay. Raises OverflowError."""
    return [first + (day.date - days[0].date) for day in days]


def errors(days: Sequence[Day], zone: ZoneInfo) -> list[str]:
    """Why no cohort can be made on these dates."""
    found = [wording.problem(day, problem) for day, problem in rules.problems(days, zone) if not problem.hint]
    dates = [day.date for day in days]
    if not found and any(later <= earlier for earlier, later in pairwise(dates)):
        found.append("Jeder Kurstag braucht ein eigenes Datum, das nach dem vorigen liegt.")
    return found


def hints(days: Sequence[Day], zone: ZoneInfo) -> list[str]:
    """What is worth a look before making it."""
    found = [wording.problem(day, problem) for day, problem in rules.problems(days, zone) if problem.hint]
    if days and days[0].date < clock.today(zone):
        found.insert(0, f"Der erste Kurstag ({german.day(days[0].date)}) liegt in der Vergangenheit.")
    weekend = [wording.day_of(day) for day in days if day.date.weekday() >= _SATURDAY]
    if weekend:
        found.append(f"Am Wochenende: {german.words(weekend)}.")
    return found


def missing_modules(course: Course, way: str) -> list[str]:
    """Modules of a cohort's way that another edition does not have any more."""
    return [slug for slug in tailor.read(way).modules or () if course.find_module(slug) is None]


def busy(trainer_ids: Iterable[int], dates: Iterable[date]) -> list[str]:
    """Who of these trainers already has a course day on one of these dates (one statement)."""
    query = (
        select(User.name, CourseDay.date, Cohort.title)
        .join(cohort_trainer, cohort_trainer.c.user_id == User.id)
        .join(Cohort, Cohort.id == cohort_trainer.c.cohort_id)
        .join(CourseDay, CourseDay.cohort_id == Cohort.id)
        .where(User.id.in_(list(trainer_ids)), CourseDay.date.in_(list(dates)), Cohort.cancelled_at.is_(None))
    )
    rows = db.session.execute(query.order_by(CourseDay.date, User.name, Cohort.title))
    return [f"{name} ist am {german.day(when)} schon bei „{inner(title)}“." for name, when, title in rows]


def make(order: Order, by: User) -> int:
    """The new cohort's id. The same `form_key` twice is the same cohort. Call inside a transaction."""
    source = db.session.get_one(Cohort, order.source_id)
    made = cohorts.create(
        order.edition,
        source.plan_title,
        [],
        order.details,
        created_by_id=by.id,
        form_key=order.form_key,
        way=_way(source.way),
    )
    if db.session.scalar(select(CourseDay.id).where(CourseDay.cohort_id == made.id).limit(1)):
        return made.id  # it was made when the form came the first time
    made.time_zone = source.time_zone
    gone = _names_of_former(source.id, order.details.trainer_ids)
    for day in order.days:
        _insert(made.id, day, gone)
    log.note(Deed.COPIED, made.id, by, f"aus „{inner(source.title)}“")
    return made.id


def _way(way: str) -> str:
    """The same choice of modules and cases; which Lernstopps count is decided when the new cohort begins."""
    return tailor.write(replace(tailor.read(way), counting=None))


def _names_of_former(source_id: int, trainer_ids: Iterable[int]) -> set[str]:
    """Trainers of the old cohort who do not train the new one: their names do not stand in its plan."""
    staying = set(trainer_ids)
    return {person.name for person in cohorts.trainers(source_id) if person.id not in staying}


def _insert(cohort_id: int, day: Day, gone: set[str]) -> None:
    row = CourseDay(cohort_id=cohort_id, date=day.date, name=day.name, place=day.place)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(service.new_row(row, _without(slot, gone)) for slot in day.slots)
    db.session.flush()


def _without(slot: Slot, gone: set[str]) -> Slot:
    first, second = ("" if who in gone else who for who in (slot.person, slot.second_person))
    return replace(slot, person=first, second_person=second)
