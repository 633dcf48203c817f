"""What everybody needs of the planned teaching units, before and after a change of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.cohorts.models import Cohort
from app.cohorts.rules import needed_minutes
from app.editions import service as editions
from app.schedule.rules import Day

EVERYDAY = 30  # minutes that a day may take longer


@dataclass(frozen=True, slots=True)
class Need:
    """So many of so many minutes, in units of so many."""

    minutes: int
    planned: int
    unit_minutes: int


@dataclass(frozen=True, slots=True)
class Needs:
    """What was needed and what would be needed now."""

    before: Need
    after: Need

    @property
    def differ(self) -> bool:
        return self.before.minutes != self.after.minutes

    @property
    def harder(self) -> bool:
        """Whether so much more is needed that it is to be asked: a whole unit, or more than an everyday overrun."""
        return self.after.minutes - self.before.minutes > min(EVERYDAY, self.after.unit_minutes - 1)


def of(cohort: Cohort, before: Iterable[Day], after: Iterable[Day]) -> Needs:
    """By the rule of this cohort, with all its days as they were and as they would be."""
    unit_minutes = editions.course(cohort.edition_digest).unit_minutes
    planned = [sum(day.content_minutes for day in days) for days in (before, after)]
    first, second = (
        Need(needed_minutes(cohort.attendance_percent, minutes, unit_minutes), minutes, unit_minutes)
        for minutes in planned
    )
    return Needs(first, second)


def has_begun(days: Iterable[Day], now: datetime) -> bool:
    """Whether the first slot of these days has begun."""
    begin = beginning(days)
    return begin is not None and begin <= now


def beginning(days: Iterable[Day]) -> datetime | None:
    """When the first slot of these days begins."""
    return min((slot.starts_at for day in days for slot in day.held), default=None)
