"""What the lists are made of: who attended how many minutes of what, read with a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.sql import Select

from app import clock
from app.attendance.totals.sums import Entry
from app.cohorts import register as book
from app.cohorts.models import Attendance, AttendanceMark, Cohort, CourseDay, Enrolment, ScheduledSlot
from app.cohorts.rules import CONTENT, attended_minutes
from app.course.model import Course
from app.editions import service as editions
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Day:
    id: int
    cohort: int
    date: date
    name: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A content slot that takes place. `subject`: the titles of its modules, else its own."""

    id: int
    cohort: int
    day: int
    starts_at: datetime
    time_zone: str
    title: str
    subject: str
    minutes: int
    unit: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's place in a cohort: all who take part, and all who are recorded for anything here."""

    id: int
    cohort: int
    user: int
    name: str
    funder: str
    takes_part: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """`open`: (person, slot) of those who take part and are not recorded though the slot began. `ahead`: slots to come."""

    cohorts: Mapping[int, str]
    days: Sequence[Day]
    slots: Sequence[Slot]
    people: Sequence[Person]
    entries: Sequence[Entry]
    open: frozenset[tuple[int, int]]
    ahead: int


def cohorts_between(first: date, last: date) -> list[Cohort]:
    """The cohorts that meet in this time, by title."""
    meeting = select(CourseDay.cohort_id).where(CourseDay.date.between(first, last))
    return list(
        db.session.scalars(select(Cohort).where(Cohort.id.in_(meeting)).order_by(Cohort.title, Cohort.id))
    )


def collect(cohorts: Iterable[Cohort], first: date | None = None, last: date | None = None) -> Facts:
    """Everything about these cohorts (between two days). A minute belongs to the cohort of its slot, and counts once.

    A walk-in who turned out to be somebody known is that person: their entries went over when they were merged.
    """
    found, now = {cohort.id: cohort for cohort in cohorts}, clock.now()
    days = _days(found, first, last)
    slots = _slots(found, {day.id for day in days})
    marks = _marks([slot.id for slot in slots], now)
    recorded_people = {person for person, _ in marks}
    people = [person for person in _people(found) if person.takes_part or person.id in recorded_people]
    listed = {person.id: person for person in people}
    by_id = {slot.id: slot for slot in slots}
    return Facts(
        cohorts={cohort.id: cohort.title for cohort in found.values()},
        days=days,
        slots=slots,
        people=people,
        entries=[
            _entry(listed[person], by_id[slot], state, minutes)
            for (person, slot), (state, minutes) in sorted(marks.items())
            if person in listed
        ],
        open=_open(people, slots, marks.keys(), now),
        ahead=sum(slot.starts_at > now for slot in slots),
    )


def _entry(person: Person, slot: Slot, state: str, minutes: int) -> Entry:
    counted = attended_minutes(state, minutes, slot.minutes)
    return Entry(person.id, slot.cohort, person.funder, slot.day, slot.subject, counted, slot.unit)


def _open(
    people: Iterable[Person], slots: Iterable[Slot], recorded: Collection[tuple[int, int]], now: datetime
) -> frozenset[tuple[int, int]]:
    begun: dict[int, list[int]] = defaultdict(list)
    for slot in slots:
        if slot.starts_at <= now:
            begun[slot.cohort].append(slot.id)
    return frozenset(
        (person.id, slot)
        for person in people
        if person.takes_part
        for slot in begun[person.cohort]
        if (person.id, slot) not in recorded
    )


def _days(cohorts: Mapping[int, Cohort], first: date | None, last: date | None) -> list[Day]:
    columns = select(CourseDay.id, CourseDay.cohort_id, CourseDay.date, CourseDay.name)
    query = columns.where(CourseDay.cohort_id.in_(cohorts)).order_by(CourseDay.date, CourseDay.id)
    if first and last:
        query = query.where(CourseDay.date.between(first, last))
    return [Day(*row) for row in db.session.execute(query)]


def _slots(cohorts: Mapping[int, Cohort], days: Collection[int]) -> list[Slot]:
    query = select(ScheduledSlot).where(
        ScheduledSlot.cohort_id.in_(cohorts),
        ScheduledSlot.kind == CONTENT,
        ScheduledSlot.cancelled_at.is_(None),
    )
    rows = db.session.scalars(query.order_by(ScheduledSlot.starts_at, ScheduledSlot.id))
    courses = {number: editions.course(cohort.edition_digest) for number, cohort in cohorts.items()}
    return [_slot(row, cohorts[row.cohort_id], courses[row.cohort_id]) for row in rows if row.day_id in days]


def _slot(row: ScheduledSlot, cohort: Cohort, course: Course) -> Slot:
    titles = {module.slug: module.title for module in course.modules}
    known = [titles[slug] for slug in row.module_slugs if slug in titles]
    return Slot(
        id=row.id,
        cohort=row.cohort_id,
        day=row.day_id,
        starts_at=row.starts_at,
        time_zone=cohort.time_zone,
        title=row.title,
        subject=", ".join(known) or row.title,
        minutes=row.content_minutes,
        unit=course.unit_minutes,
    )


def _people(cohorts: Mapping[int, Cohort]) -> list[Person]:
    query = select(
        Enrolment.id,
        Enrolment.cohort_id,
        Enrolment.user_id,
        Enrolment.name,
        Enrolment.funder,
        Enrolment.left_at,
        Enrolment.merged_into_id,
    ).where(Enrolment.cohort_id.in_(cohorts))
    rows = db.session.execute(query.order_by(Enrolment.id)).all()
    home = {row.id: row.cohort_id for row in rows}
    return [
        Person(row.id, row.cohort_id, row.user_id, row.name, row.funder.strip(), row.left_at is None)
        for row in rows
        # Who went on in another cohort stays here, too; who was somebody of this cohort does not.
        if row.merged_into_id is None or home.get(row.merged_into_id) != row.cohort_id
    ]


def _marks(slot_ids: Sequence[int], now: datetime) -> dict[tuple[int, int], tuple[str, int]]:
    """(enrolment id, slot id) -> state and minutes, as the register says now."""
    query = select(
        AttendanceMark.enrolment_id, AttendanceMark.slot_id, AttendanceMark.state, AttendanceMark.minutes
    ).where(AttendanceMark.id.in_(_latest(slot_ids, now)), AttendanceMark.state != Attendance.NOT_RECORDED)
    return {(person, slot): (state, minutes) for person, slot, state, minutes in db.session.execute(query)}


def _latest(slot_ids: Sequence[int], now: datetime) -> Select[int]:
    last: Select[int] = select(func.max(AttendanceMark.id))
    of_slots = last.where(AttendanceMark.slot_id.in_(slot_ids), book.counting(now))
    return of_slots.group_by(AttendanceMark.enrolment_id, AttendanceMark.slot_id)


def when(slot: Slot) -> datetime:
    """The begin of a slot on the wall clock of its cohort."""
    return clock.local(slot.starts_at, ZoneInfo(slot.time_zone))
