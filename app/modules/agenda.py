"""What runs now and what comes next, from a cohort's dated slots. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Dated(Protocol):
    """A slot with its instants."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...

    @property
    def day_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Now:
    """`running` slot with the minutes it still takes (rounded up), and the `following` one."""

    running: Dated | None
    minutes_left: int
    following: Dated | None


def at(slots: Sequence[Dated], moment: datetime) -> Now:
    running = next((slot for slot in slots if slot.starts_at <= moment < slot.ends_at), None)
    following = next((slot for slot in slots if slot.starts_at > moment), None)
    left = int(-(-(running.ends_at - moment).total_seconds() // 60)) if running else 0
    return Now(running, left, following)


def by_day(slots: Sequence[Dated], zone: str) -> list[tuple[date, list[Dated]]]:
    """The slots of each course day, with the date on which it begins on the cohort's wall clock.

    A course day may last beyond midnight.
    """
    wall = ZoneInfo(zone)
    days: dict[int, list[Dated]] = {}
    for slot in slots:
        days.setdefault(slot.day_id, []).append(slot)
    return [(day[0].starts_at.astimezone(wall).date(), day) for day in days.values()]


def brief(sentence: str, most: int = 120) -> str:
    """What was changed about a plan, so short that it stands on top of a phone: the first parts, and how many follow."""
    parts = sentence.split("; ")
    kept = parts[:1]
    for part in parts[1:]:
        if len("; ".join([*kept, part])) > most:
            break
        kept.append(part)
    rest = len(parts) - len(kept)
    more = f"; und {rest} weitere {'Änderung' if rest == 1 else 'Änderungen'}" if rest else ""
    return "; ".join(kept) + more
