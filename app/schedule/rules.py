"""Pure rules of the living plan: what one change makes of a day. No web, no database.

Every deed takes the day as it is and gives the day as it would be; `errors` says what speaks against it. Moving is
done on instants, so that durations stay real minutes when the clocks change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app import clock
from app.cohorts.rules import DatedDay, DatedSlot, PlanProblem, plan_problems
from app.course.model import SlotKind

LONGEST_SHIFT = 600  # minutes; more is another plan, not a delay
LONGEST_SLOT = 720
_EVENING, _MORNING = time(18), time(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A slot of a real day as it stands now, with the fields of `ScheduledSlot`; `id` 0: not stored yet."""

    id: int = 0
    starts_at: datetime
    ends_at: datetime
    kind: str
    title: str
    modules: tuple[str, ...] = ()
    room: str = ""
    person: str = ""
    second_room: str = ""
    second_person: str = ""
    second_title: str = ""
    online: bool = False
    link: str = ""
    planned_starts_at: datetime | None = None
    planned_ends_at: datetime | None = None
    unplanned: bool = False
    cancelled_at: datetime | None = None

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def minutes(self) -> int:
        return int(self.length.total_seconds() // 60)

    @property
    def times(self) -> tuple[datetime, datetime]:
        return self.starts_at, self.ends_at

    @property
    def planned(self) -> tuple[datetime, datetime]:
        """From when to when it was planned."""
        return self.planned_starts_at or self.starts_at, self.planned_ends_at or self.ends_at

    def moved(self, by: timedelta) -> Slot:
        return replace(self, starts_at=self.starts_at + by, ends_at=self.ends_at + by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A course day; `slots` by time, also those that were dropped."""

    date: date
    name: str
    place: str = ""
    slots: tuple[Slot, ...] = field(default=())

    @property
    def held(self) -> tuple[Slot, ...]:
        """The slots that take place."""
        return tuple(slot for slot in self.slots if slot.cancelled_at is None)

    @property
    def content_minutes(self) -> int:
        return sum(slot.minutes for slot in self.held if slot.kind == SlotKind.CONTENT.value)

    def find(self, slot_id: int) -> Slot:
        """Raises KeyError for a slot that is not of this day."""
        for slot in self.slots:
            if slot.id == slot_id:
                return slot
        raise KeyError(slot_id)

    def having(self, slots: Iterable[Slot]) -> Day:
        """The same day with these slots, by time."""
        return replace(self, slots=tuple(sorted(slots, key=lambda slot: (slot.starts_at, slot.id))))


Change = Callable[[Day], Day]


def shift(day: Day, slot_id: int, minutes: int, *, fill: bool = False) -> Day:
    """This slot and all after it, so many minutes later (negative: earlier). `fill`: the one before lasts until then."""
    by, slot = timedelta(minutes=minutes), day.find(slot_id)
    before, moved = previous_of(day, slot_id), _from(day, slot.starts_at, by)
    if not fill or before is None:
        return moved
    longer = replace(before, ends_at=before.ends_at + by)
    return moved.having(longer if other.id == before.id else other for other in moved.slots)


def resize(day: Day, slot_id: int, minutes: int, *, follow: bool) -> Day:
    """This slot lasts so many minutes; what comes after moves along or stays."""
    slot = day.find(slot_id)
    return edit(day, replace(slot, ends_at=slot.starts_at + timedelta(minutes=minutes)), follow=follow)


def edit(day: Day, wanted: Slot, *, follow: bool = False) -> Day:
    """This slot as `wanted`; what comes after it moves by as much as its end does, or stays."""
    slot = day.find(wanted.id)
    moved = _from(day, slot.ends_at, wanted.ends_at - slot.ends_at) if follow else day
    return moved.having(wanted if other.id == wanted.id else other for other in moved.slots)


def swap(day: Day, slot_id: int) -> Day:
    """This slot and the next one change places; their durations and the time between them stay."""
    slot, following = day.find(slot_id), next_of(day, slot_id)
    if following is None:
        return day
    first = following.moved(slot.starts_at - following.starts_at)
    second = slot.moved(following.ends_at - slot.ends_at)
    changed = {first.id: first, second.id: second}
    return day.having(changed.get(other.id, other) for other in day.slots)


def insert(day: Day, slot: Slot, *, follow: bool) -> Day:
    """One more slot; what begins with it or later moves back by its length, or stays."""
    moved = _from(day, slot.starts_at, slot.length) if follow else day
    return moved.having((*moved.slots, slot))


def drop(day: Day, slot_id: int, at: datetime, *, follow: bool) -> Day:
    """This slot does not take place; what comes after moves up or stays. It keeps its times."""
    if day.find(slot_id).cancelled_at:
        return day
    slot = replace(day.find(slot_id), cancelled_at=at)
    moved = _from(day, slot.ends_at, -slot.length) if follow else day
    return moved.having(slot if other.id == slot_id else other for other in moved.slots)


def resume(day: Day, slot_id: int) -> Day:
    """A dropped slot takes place after all, at its times or once the slot before it ends; what is in its way moves back."""
    if day.find(slot_id).cancelled_at is None:
        return day
    old = day.find(slot_id)
    free = max([old.starts_at, *(other.ends_at for other in day.held if other.starts_at < old.starts_at)])
    slot = replace(old, cancelled_at=None).moved(free - old.starts_at)
    following = min((other.starts_at for other in day.held if other.starts_at >= old.starts_at), default=free)
    moved = _from(day, following, slot.ends_at - following) if following < slot.ends_at else day
    return moved.having(slot if other.id == slot_id else other for other in moved.slots)


def next_of(day: Day, slot_id: int) -> Slot | None:
    """The slot that takes place after this one."""
    slot = day.find(slot_id)
    return next((other for other in day.held if other.starts_at > slot.starts_at), None)


def previous_of(day: Day, slot_id: int) -> Slot | None:
    """The slot that takes place before this one."""
    slot = day.find(slot_id)
    return next((other for other in reversed(day.held) if other.starts_at < slot.starts_at), None)


def _from(day: Day, moment: datetime, by: timedelta) -> Day:
    """Everything that begins then or later, moved; what was dropped keeps its place among its neighbours."""

    def there(slot: Slot) -> Slot:
        if slot.starts_at >= moment:
            return slot.moved(by)
        return slot.moved(min(timedelta(), moment + by - slot.starts_at)) if slot.cancelled_at else slot

    return day.having(there(slot) for slot in day.slots)


def settle(before: Day, after: Day, *, running: bool) -> Day:
    """`after` with what was planned: from the calendar day on (`running`) the first times are kept beside the actual ones."""
    known = {slot.id: slot for slot in before.slots}
    return after.having(_settled(known.get(slot.id), slot, running) for slot in after.slots)


def _settled(old: Slot | None, slot: Slot, running: bool) -> Slot:
    if old is None:
        return replace(slot, unplanned=running)
    if slot.times == old.times or slot.unplanned:
        return slot
    begun = running or old.planned_starts_at is not None
    start, end = old.planned if begun and old.planned != slot.times else (None, None)
    return replace(slot, planned_starts_at=start, planned_ends_at=end)


def restored(now: Day, before: Day, at: datetime) -> Day:
    """The day as it was before; a slot that came since is dropped, because somebody may be recorded for it."""
    known = {slot.id for slot in before.slots}
    added = [slot for slot in now.slots if slot.id not in known]
    return before.having(
        (*before.slots, *(replace(slot, cancelled_at=slot.cancelled_at or at) for slot in added))
    )


def alike(one: Day, other: Day) -> bool:
    """Whether both days say the same, but for the ids of new slots and the instants at which slots were dropped."""

    def told(day: Day) -> list[Slot]:
        dropped = [replace(slot, cancelled_at=slot.cancelled_at and slot.starts_at) for slot in day.slots]
        return sorted((replace(slot, id=0) for slot in dropped), key=repr)

    return replace(one, slots=()) == replace(other, slots=()) and told(one) == told(other)


def moved_to(day: Day, when: date, zone: ZoneInfo, *, ahead: bool) -> Day:
    """The same wall-clock times on another date. A day that lies `ahead` again has not run otherwise yet."""

    def there(moment: datetime) -> datetime:
        wall = clock.local(moment, zone)
        minute = (wall.date() - day.date).days * 24 * 60 + wall.hour * 60 + wall.minute
        return clock.instant(when, minute, zone)

    def moved(slot: Slot) -> Slot:
        kept = slot.planned_starts_at is not None and not ahead
        return replace(
            slot,
            starts_at=there(slot.starts_at),
            ends_at=there(slot.ends_at),
            planned_starts_at=there(slot.planned[0]) if kept else None,
            planned_ends_at=there(slot.planned[1]) if kept else None,
            unplanned=slot.unplanned and not ahead,
        )

    return replace(day, date=when).having(moved(slot) for slot in day.slots)


def copied(day: Day, when: date, zone: ZoneInfo) -> tuple[Slot, ...]:
    """What takes place on this day, as new slots of another date."""
    there = moved_to(day, when, zone, ahead=True)
    return tuple(replace(slot, id=0) for slot in there.held)


def from_dated(slot: DatedSlot) -> Slot:
    """A slot of the course's plan, laid on a date."""
    return Slot(
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        kind=slot.kind,
        title=slot.title[:200],
        modules=slot.modules,
    )


def moment_of(
    day: date, typed: time, zone: ZoneInfo, *, after: datetime | None, shown: datetime | None
) -> datetime:
    """The instant of a typed wall-clock time. Behind an evening (`after` 18:00) a time before 06:00 is the next day's.

    What was `shown` and not changed stays the instant it was, also in the hour that comes twice.
    """
    if shown is not None and clock.local(shown, zone).time().replace(second=0, microsecond=0) == typed:
        return shown
    evening = clock.instant(day, _EVENING.hour * 60, zone)
    next_day = typed < _MORNING and after is not None and after >= evening
    return clock.instant(day, typed.hour * 60 + typed.minute + next_day * 24 * 60, zone)


def problems(days: Sequence[Day], zone: ZoneInfo = clock.HOME) -> list[tuple[Day, PlanProblem]]:
    """Everything wrong or remarkable about these days (by date), each with the day it is about."""
    held = [day for day in days if day.held]
    found = [(held[problem.day], problem) for problem in plan_problems([_dated(day) for day in held])]
    return found + [(day, problem) for day in held for problem in _off_day(day, zone)]


def errors(
    days: Sequence[Day], before: Sequence[Day], zone: ZoneInfo = clock.HOME
) -> list[tuple[Day, PlanProblem]]:
    """What makes a change impossible: what is wrong now and was not wrong `before`."""
    known = {(day.date, problem) for day, problem in problems(before, zone)}
    found = [(day, problem) for day, problem in problems(days, zone) if not problem.hint]
    return [(day, problem) for day, problem in found if (day.date, problem) not in known]


def _off_day(day: Day, zone: ZoneInfo) -> Iterable[PlanProblem]:
    first, last = clock.instant(day.date, 0, zone), clock.instant(day.date, (24 + _MORNING.hour) * 60, zone)
    for slot in day.held:
        if not first <= slot.starts_at < last:
            yield PlanProblem("off_day", 0, (slot.title,))


def _dated(day: Day) -> DatedDay:
    slots = (
        DatedSlot(slot.starts_at, slot.ends_at, slot.kind, slot.title, slot.modules) for slot in day.held
    )
    return DatedDay(day.date, day.name, tuple(slots))
