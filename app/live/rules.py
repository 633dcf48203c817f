"""What a trainer sees while the training runs: which slot it is, where the group stands. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from app import clock
from app.course.model import Course, PageKind

ENOUGH_PEOPLE = 5
SIZES = 5


class SlotLike(Protocol):
    """A dated slot, as the plan gives it."""

    starts_at: datetime
    ends_at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Hour:
    """What runs at this moment and what comes next; both empty: the plan is over (or there is none)."""

    running: SlotLike | None
    upcoming: SlotLike | None
    minutes_left: int
    begun: bool


@dataclass(frozen=True, slots=True)
class StationCount:
    """A station of the way and how many stand there."""

    title: str
    kind: PageKind
    module_number: int
    module_title: str
    people: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the group stands along the way; numbers only."""

    stations: tuple[StationCount, ...]
    finished: int
    not_begun: int

    @property
    def most(self) -> int:
        return max((station.people for station in self.stations), default=0)


@dataclass(frozen=True, slots=True)
class Word:
    """A shared keyword, how many wrote it, and how large it is shown (1 to SIZES)."""

    text: str
    count: int
    size: int


def hour(slots: Sequence[SlotLike], now: datetime) -> Hour:
    """Which slot it is; `slots` by time."""
    running = next((slot for slot in slots if slot.starts_at <= now < slot.ends_at), None)
    upcoming = next((slot for slot in slots if slot.starts_at > now), None)
    seconds = (running.ends_at - now).total_seconds() if running else 0
    return Hour(running, upcoming, -int(-seconds // 60), any(slot.starts_at <= now for slot in slots))


def day_in_question(slots: Iterable[SlotLike], now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Begin and end of the training day that arrivals belong to: the latest up to now, else today."""
    today = clock.local(now, zone).date()
    past = {local for slot in slots if (local := clock.local(slot.starts_at, zone).date()) <= today}
    day: date = max(past, default=today)
    return clock.instant(day, 0, zone), clock.instant(day + timedelta(days=1), 0, zone)


def stand(
    course: Course, people: Iterable[int], reading: Mapping[int, Sequence[str]], active: Iterable[int]
) -> Standing:
    """Everyone stands at the station after the one they went on from last. `active`: who has begun."""
    keys = [f"{module.slug}/{page.slug}" for module, page in course.stations()]
    place = {key: number for number, key in enumerate(keys)}
    present = set(active)
    counts: Counter[int] = Counter()
    not_begun = 0
    for person in people:
        passed = [place[key] for key in reading.get(person, ()) if key in place]
        if passed or person in present:
            counts[passed[-1] + 1 if passed else 0] += 1
        else:
            not_begun += 1
    stations = tuple(
        StationCount(page.title, page.kind, module.number, module.title, counts[number])
        for number, (module, page) in enumerate(course.stations())
    )
    return Standing(stations, counts[len(keys)] if keys else 0, not_begun)


def sized(words: Sequence[tuple[str, int]]) -> list[Word]:
    """Keywords with a size by their count: the most frequent is the largest, one mention the smallest."""
    most = max((count for _, count in words), default=1)
    step = (SIZES - 1) / max(most - 1, 1)
    return [Word(text, count, 1 + round((count - 1) * step)) for text, count in words]
