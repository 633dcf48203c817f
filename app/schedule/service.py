"""The living plan in the database: one change of a day, its undoing, and the history of changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.cohorts import following
from app.cohorts import service as cohorts
from app.cohorts.models import Cohort, CourseDay, ScheduledSlot
from app.cohorts.rules import CONTENT, PlanProblem
from app.extensions import db
from app.schedule import history, needs, rules, snapshots, wording
from app.schedule.models import PlanChange
from app.schedule.rules import Change, Day, Slot

_PLAIN = [field.name for field in fields(Slot) if field.name not in ("id", "modules")]
# What others see in their calendars.
_SEEN = (
    "starts_at", "ends_at", "title", "room", "person", "second_room", "second_person", "second_title",
    "online", "link", "cancelled_at",
)  # fmt: skip


class Overtaken(Exception):
    """The day was changed since the form was made. `change` is the last one, if there is one."""

    def __init__(self, change: PlanChange | None) -> None:
        super().__init__()
        self.change = change


class Refused(Exception):
    """The plan would be wrong: (day, problem)."""

    def __init__(self, problems: Sequence[tuple[Day, PlanProblem]]) -> None:
        super().__init__()
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Applied:
    """What a change did; `change_id` is None where nothing is different now."""

    change_id: int | None
    before: Day
    after: Day
    followed: tuple[str, ...] = ()  # whose entries by code were reckoned anew, by name


def apply(day_id: int, version: int, change: Change, by: User, *, said: str = "") -> Applied:
    """Change this day, as it was when its version was this one. `said` goes before the sentence about the change.

    The same change by the same person once more (a form sent twice) is the change that was made.
    Raises Overtaken, Refused. Call inside a transaction.
    """
    row = locked(day_id)
    if row.version != version:
        return _again(row, version, change, by)
    zone = ZoneInfo(db.session.get_one(Cohort, row.cohort_id).time_zone)
    days = days_by_id(row.cohort_id)
    return store(row, days, _changed(days[day_id], change, zone), by, zone, said=said)


def _changed(before: Day, change: Change, zone: ZoneInfo) -> Day:
    return rules.settle(before, change(before), running=clock.today(zone) >= before.date)


def _again(row: CourseDay, version: int, change: Change, by: User) -> Applied:
    """What was done already, if it was this. Raises Overtaken."""
    last = history.last_change(row.id)
    mine = last is not None and last.author_id == by.id and row.version == version + 1
    if last and mine and history.holds(last, days_by_id(row.cohort_id)[row.id]):
        before, after = snapshots.read(last.before), snapshots.read(last.after)
        zone = ZoneInfo(db.session.get_one(Cohort, row.cohort_id).time_zone)
        if rules.alike(_changed(before, change, zone), after):
            return Applied(last.id, before, after)
    raise Overtaken(last)


def store(
    row: CourseDay,
    days: Mapping[int, Day],
    after: Day,
    by: User,
    zone: ZoneInfo,
    *,
    said: str = "",
    undoes: PlanChange | None = None,
) -> Applied:
    """Write the day as it shall be from now on, with its place in the history."""
    before = days[row.id]
    if after == before:
        return Applied(None, before, after)
    found = rules.errors(_by_date({**days, row.id: after}), _by_date(days), zone)
    if found:
        raise Refused(found)
    sentence = wording.changed(before, after, zone)
    sentence += need_said(row.cohort_id, days.values(), {**days, row.id: after}.values())
    if row.confirmed_at and not said and _held_times(before) != _held_times(after):
        sentence += "; die Ist-Zeiten sind neu zu bestätigen"
    stored = _write(row, before, after)
    followed = following.follow(_timed_anew(before, stored), by, zone)
    change = history.note(row.cohort_id, row.id, f"{said}{sentence}", before, stored, by)
    if undoes:
        undoes.undone_at, change.undoes_id = clock.now(), undoes.id
    db.session.flush()
    return Applied(change.id, before, stored, tuple(followed))


def need_said(cohort_id: int, before: Iterable[Day], after: Iterable[Day]) -> str:
    """What a change of the plan means for what everybody needs, for the history: "; nötig sind jetzt …", or ""."""
    found = needs.of(db.session.get_one(Cohort, cohort_id), before, after)
    return f"; {wording.needs(found)}" if found.differ else ""


def locked(day_id: int) -> CourseDay:
    """The day's row as it is now, to be changed."""
    query = select(CourseDay).where(CourseDay.id == day_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _write(row: CourseDay, before: Day, after: Day) -> Day:
    """The rows of this day; gives the day with the ids of new slots."""
    known = {slot.id: slot for slot in before.slots}
    query = select(ScheduledSlot).where(ScheduledSlot.day_id == row.id)
    rows = {slot.id: slot for slot in db.session.scalars(query.with_for_update())}
    for slot in after.slots:
        if slot.id not in rows:
            db.session.add(new_row(row, slot))
        else:
            _set(rows[slot.id], known[slot.id], slot, elsewhere=before.place != after.place)
    row.date, row.name, row.place = after.date, after.name, after.place
    row.version += 1
    if _held_times(before) != _held_times(after):
        row.confirmed_at, row.confirmed_by = None, ""  # other times than those were confirmed
    db.session.flush()
    return find(row.cohort_id, row.id)


def _held_times(day: Day) -> dict[int, tuple[datetime, datetime]]:
    return {slot.id: slot.times for slot in day.held}


def _timed_anew(before: Day, after: Day) -> list[int]:
    """Ids of the slots that are recorded and begin or end otherwise now, or did not take place before."""
    was = {slot.id: (slot.times, slot.kind) for slot in before.held}
    return [
        slot.id for slot in after.held if slot.kind == CONTENT and was.get(slot.id) != (slot.times, slot.kind)
    ]


def new_row(day: CourseDay, slot: Slot) -> ScheduledSlot:
    """This slot as a row of this day, to be added."""
    return ScheduledSlot(cohort_id=day.cohort_id, day_id=day.id, **_columns(slot))


def _set(row: ScheduledSlot, old: Slot, slot: Slot, *, elsewhere: bool) -> None:
    for name, value in _columns(slot).items():
        setattr(row, name, value)
    if elsewhere or any(getattr(old, name) != getattr(slot, name) for name in _SEEN):
        row.sequence += 1
        row.changed_at = clock.now()


def _columns(slot: Slot) -> dict[str, object]:
    return {name: getattr(slot, name) for name in _PLAIN} | {"modules": " ".join(slot.modules)}


def find_day(cohort_id: int, day_id: int) -> CourseDay | None:
    query = select(CourseDay).where(CourseDay.cohort_id == cohort_id, CourseDay.id == day_id)
    return db.session.scalar(query)


def find(cohort_id: int, day_id: int) -> Day:
    """One day of this cohort as a value."""
    return days_by_id(cohort_id)[day_id]


def days_by_id(cohort_id: int) -> dict[int, Day]:
    """Every day of the cohort as a value, by date (two statements)."""
    slots: dict[int, list[Slot]] = defaultdict(list)
    for slot in cohorts.all_slots(cohort_id):
        slots[slot.day_id].append(_value(slot))
    query = select(CourseDay).where(CourseDay.cohort_id == cohort_id).order_by(CourseDay.date)
    return {
        row.id: Day(date=row.date, name=row.name, place=row.place, slots=tuple(slots[row.id]))
        for row in db.session.scalars(query)
    }


def _value(row: ScheduledSlot) -> Slot:
    return Slot(id=row.id, modules=row.module_slugs, **{name: getattr(row, name) for name in _PLAIN})


def _by_date(days: Mapping[int, Day]) -> list[Day]:
    return sorted(days.values(), key=lambda day: day.date)


def confirmed(cohort_id: int) -> set[int]:
    """Ids of the days whose actual times are confirmed."""
    query = select(CourseDay.id).where(CourseDay.cohort_id == cohort_id, CourseDay.confirmed_at.is_not(None))
    return set(db.session.scalars(query))
