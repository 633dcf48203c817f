"""What of everything known about the cohorts is to be done now. Pure: no web, no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

SOON = timedelta(days=7)
MOST = 3  # as many slots or days of a cohort are named; of the others there is the number


class Code(StrEnum):
    """A kind of thing to do; in the order in which a cohort's are listed."""

    TRAINERS = "trainers"  # begins soon, and nobody trains it
    PEOPLE = "people"  # begins soon, and nobody takes part
    REGISTER = "register"  # a slot has begun, and somebody is not recorded
    MORE_REGISTER = "more register"  # so many slots more
    CONFIRM = "confirm"  # a day is over, its actual times are not confirmed
    MORE_CONFIRM = "more confirm"
    CONFLICTS = "conflicts"  # entries of the register that contradict each other
    WALK_INS = "walk-ins"  # people entered by name in the register
    CLAIMS = "claims"  # somebody typed the code in the room and gave a name
    OBJECTIONS = "objections"
    WAITING = "waiting"  # somebody waits although a seat is free
    CERTIFICATES = "certificates"  # over and recorded, none issued


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotFacts:
    """A slot that takes place. `recorded`: of those who take part now; `there`: of these, who is present or was for a part.

    `later`: guests without an entry who came when it was over; nobody asks for one.
    """

    id: int
    starts_at: datetime
    ends_at: datetime
    content: bool
    title: str
    recorded: int = 0
    there: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """A course day; `slots` by time, empty where they are not asked for."""

    id: int
    date: date
    name: str
    confirmed: bool
    slots: Sequence[SlotFacts] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortFacts:
    """A cohort that takes place, with all its days, and how many there are of what. `today`: the date where it is.

    `free`: seats, None where there are as many as people come. `claimed_slot`: where the oldest open claim was made.
    """

    id: int
    title: str
    time_zone: str
    today: date
    days: Sequence[DayFacts]
    people: int
    trainers: int
    walk_ins: int = 0
    claims: int = 0
    claimed_slot: int = 0
    conflicts: int = 0
    objections: int = 0
    waiting: int = 0
    free: int | None = None
    certificates: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing to do, with what its sentence needs."""

    code: Code
    count: int = 0
    day: DayFacts | None = None
    slot: SlotFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A cohort whose day this is. `slot`: what runs now; `next`: what begins next today."""

    cohort: CohortFacts
    day: DayFacts
    slot: SlotFacts | None
    next: SlotFacts | None


@dataclass(frozen=True, slots=True)
class Home:
    """`todo`: by cohort, the one first in which something waits longest."""

    running: Sequence[Running]
    todo: Sequence[tuple[CohortFacts, Sequence[Duty]]]
    coming: Sequence[tuple[CohortFacts, DayFacts]]


def home(cohorts: Sequence[CohortFacts], now: datetime, *, desk: bool) -> Home:
    """What the page shows; `desk`: also what only organisers can do."""
    todo = [(cohort, duties(cohort, now, desk=desk)) for cohort in cohorts]
    coming = sorted(
        ((cohort, day) for cohort in cohorts if (day := _next_day(cohort))),
        key=lambda found: (found[1].date, found[0].title),
    )
    running = [found for cohort in cohorts if (found := _running(cohort, now))]
    return Home(
        running=sorted(running, key=lambda found: (_begins(found.day), found.cohort.title)),
        todo=sorted(
            ((cohort, found) for cohort, found in todo if found),
            key=lambda each: (_since(each[0], each[1]), each[0].title),
        ),
        coming=coming[:MOST],
    )


def duties(cohort: CohortFacts, now: datetime, *, desk: bool) -> list[Duty]:
    """What is to be done about one cohort."""
    found = list(_register(cohort, now)) + list(_confirm(cohort, now))
    counts = [
        (Code.CONFLICTS, cohort.conflicts),
        (Code.WALK_INS, cohort.walk_ins),
        (Code.CLAIMS, cohort.claims),
    ]
    if desk:
        found = list(_before_it_begins(cohort)) + found
        counts += [(Code.OBJECTIONS, cohort.objections), (Code.WAITING, _could_come_in(cohort))]
        counts.append((Code.CERTIFICATES, _certifiable(cohort, now)))
    return found + [Duty(code=code, count=count) for code, count in counts if count]


def _before_it_begins(cohort: CohortFacts) -> Iterable[Duty]:
    if cohort.days and cohort.today <= cohort.days[0].date <= cohort.today + SOON:
        if not cohort.trainers:
            yield Duty(code=Code.TRAINERS, day=cohort.days[0])
        if not cohort.people:
            yield Duty(code=Code.PEOPLE, day=cohort.days[0])


def _register(cohort: CohortFacts, now: datetime) -> Iterable[Duty]:
    """Slots that are over; the one that runs is shown with its day."""
    open_ones = [
        Duty(code=Code.REGISTER, day=day, slot=slot, count=missing)
        for day in cohort.days
        for slot in day.slots
        if slot.content
        and slot.ends_at <= now
        and (missing := cohort.people - slot.later - slot.recorded) > 0
    ]
    yield from open_ones[:MOST]
    if len(open_ones) > MOST:
        yield Duty(code=Code.MORE_REGISTER, count=len(open_ones) - MOST)


def _confirm(cohort: CohortFacts, now: datetime) -> Iterable[Duty]:
    """Not where nobody takes part, nor once certificates state the minutes."""
    if not cohort.people or cohort.certificates:
        return
    open_ones = [
        Duty(code=Code.CONFIRM, day=day) for day in cohort.days if _is_over(day, now) and not day.confirmed
    ]
    yield from open_ones[:MOST]
    if len(open_ones) > MOST:
        yield Duty(code=Code.MORE_CONFIRM, count=len(open_ones) - MOST)


def _could_come_in(cohort: CohortFacts) -> int:
    """How many of those who wait could have a seat, as long as the cohort goes on."""
    if not cohort.days or cohort.days[-1].date < cohort.today:
        return 0
    return cohort.waiting if cohort.free is None else min(cohort.waiting, cohort.free)


def _certifiable(cohort: CohortFacts, now: datetime) -> int:
    """How many people, once everything is over and recorded and nobody has a certificate."""
    last = cohort.days[-1] if cohort.days else None
    if last is None or not _is_over(last, now) or cohort.certificates:
        return 0
    return 0 if any(True for _ in _register(cohort, now)) else cohort.people


def _running(cohort: CohortFacts, now: datetime) -> Running | None:
    """The day of today, or the one of yesterday that goes on after midnight."""
    for day in cohort.days:
        current = [slot for slot in day.slots if slot.starts_at <= now < slot.ends_at]
        if current or (day.date == cohort.today and day.slots):
            later = [slot for slot in day.slots if slot.starts_at > now]
            current.sort(key=lambda slot: not slot.content)
            return Running(
                cohort=cohort,
                day=day,
                slot=current[0] if current else None,
                next=later[0] if later else None,
            )
    return None


def _next_day(cohort: CohortFacts) -> DayFacts | None:
    return next((day for day in cohort.days if day.date > cohort.today), None)


def _begins(day: DayFacts) -> datetime:
    return day.slots[0].starts_at


def _is_over(day: DayFacts, now: datetime) -> bool:
    return bool(day.slots) and max(slot.ends_at for slot in day.slots) <= now


def _since(cohort: CohortFacts, found: Sequence[Duty]) -> date:
    """The day of the oldest duty; those without one came up today."""
    return min((duty.day.date if duty.day else cohort.today) for duty in found)
