"""The days of a cohort: adding and removing them, their date, name and place, and that they ran as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.accounts.models import User
from app.cohorts.models import AttendanceMark, Cohort, CourseDay, ScheduledSlot
from app.cohorts.rules import end_of, extended_join_until, last_day_before
from app.extensions import db
from app.schedule import history, rules, service, wording
from app.schedule.models import PlanChange
from app.schedule.rules import Change, Day
from app.schedule.service import Applied, Refused


class DateTaken(Exception):
    """The cohort has a day on this date already: `name`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class RegisterBegun(Exception):
    """Somebody is recorded, or something is kept, for this day."""


class NotOver(Exception):
    """The last slot of the day ends at this moment only."""

    def __init__(self, ends_at: datetime) -> None:
        super().__init__()
        self.ends_at = ends_at


@dataclass(frozen=True, slots=True)
class Placed:
    """A day that has its date now; `join_until`: joining was made possible until then."""

    day_id: int
    change_id: int
    join_until: date | None


def add(cohort_id: int, day: Day, by: User) -> Placed:
    """One more day. Raises DateTaken, Refused. Call inside a transaction."""
    cohort = db.session.get_one(Cohort, cohort_id, with_for_update=True)
    zone, days = ZoneInfo(cohort.time_zone), service.days_by_id(cohort_id)
    _free(days, day.date)
    before = list(days.values())
    found = rules.errors(sorted([*before, day], key=lambda each: each.date), before, zone)
    if found:
        raise Refused(found)
    row = CourseDay(cohort_id=cohort_id, date=day.date, name=day.name, place=day.place)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(service.new_row(row, slot) for slot in day.slots)
    db.session.flush()
    stored = service.find(cohort_id, row.id)
    sentence = f"neuer Tag: {wording.day_of(day)}" + service.need_said(cohort_id, before, [*before, stored])
    noted = history.note(cohort_id, row.id, sentence, None, stored, by)
    dates = [each.date for each in before]
    # A day behind the last one is, for joining, the last one moved.
    last = max(dates, default=date.min)
    return Placed(row.id, noted.id, _join_until(cohort, zone, last, day.date, min([*dates, day.date])))


def _free(days: Mapping[int, Day], when: date, but: int = 0) -> None:
    for day_id, day in days.items():
        if day.date == when and day_id != but:
            raise DateTaken(day.name)


def may_move(days: Mapping[int, Day], day_id: int, when: date) -> None:
    """Raises DateTaken, RegisterBegun."""
    _free(days, when, day_id)
    if recorded(day_id):
        raise RegisterBegun


def _join_until(cohort: Cohort, zone: ZoneInfo, old: date, new: date, first: date) -> date | None:
    """Joining follows a day that moves behind its end, and is always possible on the first."""
    extended = extended_join_until([(old, new)], last_day_before(cohort.join_until, zone), first)
    if extended:
        cohort.join_until = max(cohort.join_until, end_of(extended, zone))
        db.session.flush()
    return extended


def change(day_id: int, version: int, wanted: Day, by: User) -> tuple[Applied, date | None]:
    """Date, name and place (of `wanted`), and until when joining is possible now, if that changed.

    Raises Overtaken, DateTaken, RegisterBegun, Refused. Call inside a transaction.
    """
    row = service.locked(day_id)
    cohort = db.session.get_one(Cohort, row.cohort_id, with_for_update=True)
    zone, days = ZoneInfo(cohort.time_zone), service.days_by_id(cohort.id)
    before = days[day_id]
    after = replace(before, name=wanted.name, place=wanted.place)
    if row.version != version:
        if (before.date, before.name, before.place) == (wanted.date, wanted.name, wanted.place):
            return Applied(None, before, before), None  # sent twice
        raise service.Overtaken(history.last_change(day_id))
    if wanted.date != before.date:
        may_move(days, day_id, wanted.date)
        after = rules.moved_to(after, wanted.date, zone, ahead=wanted.date > clock.today(zone))
    applied = service.store(row, days, after, by, zone)
    first = min(each.date for each in service.days_by_id(cohort.id).values())
    return applied, _join_until(cohort, zone, before.date, after.date, first)


def remove(cohort_id: int, day_id: int, version: int, by: User) -> None:
    """The day with its slots; the history keeps what was there. Raises Overtaken, RegisterBegun."""
    row = service.locked(day_id)
    if row.version != version:
        raise service.Overtaken(history.last_change(day_id))
    if recorded(day_id):
        raise RegisterBegun
    days = service.days_by_id(cohort_id)
    before = days[day_id]
    rest = [day for known_id, day in days.items() if known_id != day_id]
    sentence = f"Tag entfernt: {wording.day_of(before)}{service.need_said(cohort_id, days.values(), rest)}"
    db.session.execute(update(PlanChange).where(PlanChange.day_id == day_id).values(day_id=None))
    try:
        with db.session.begin_nested():
            db.session.execute(delete(ScheduledSlot).where(ScheduledSlot.day_id == day_id))
            db.session.execute(delete(CourseDay).where(CourseDay.id == day_id))
    except IntegrityError as error:  # an objection, or a signed list
        raise RegisterBegun from error
    history.note(cohort_id, None, sentence, before, None, by)


def recorded(day_id: int) -> bool:
    """Whether anybody's attendance was ever recorded on this day."""
    slots = select(ScheduledSlot.id).where(ScheduledSlot.day_id == day_id)
    return bool(db.session.scalar(select(exists().where(AttendanceMark.slot_id.in_(slots)))))


def confirm(day_id: int, version: int, actual: Change, by: User) -> Applied:
    """These were the times. Raises NotOver, Overtaken, Refused. Call inside a transaction."""
    applied = service.apply(day_id, version, actual, by, said="Ist-Zeiten bestätigt: ")
    last = max((slot.ends_at for slot in applied.after.held), default=clock.now())
    if last > clock.now():
        raise NotOver(last)
    row = service.locked(day_id)
    if applied.change_id is None:
        row.version += 1
        sentence = f"Ist-Zeiten bestätigt: {wording.day_of(applied.after)}, Zeiten unverändert"
        noted = history.note(row.cohort_id, day_id, sentence, applied.after, applied.after, by)
        applied = replace(applied, change_id=noted.id)
    row.confirmed_at, row.confirmed_by = clock.now(), by.name[:200]
    db.session.flush()
    return applied
