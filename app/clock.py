"""The only place that asks what time it is; tests set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Berlin")

_fixed: datetime | None = None


def now() -> datetime:
    """The present instant, in UTC."""
    return _fixed or datetime.now(UTC)


def today(zone: ZoneInfo = HOME) -> date:
    """The calendar day it is in the given time zone."""
    return now().astimezone(zone).date()


def local(instant: datetime, zone: ZoneInfo = HOME) -> datetime:
    """The same instant on the wall clock of the given time zone."""
    return instant.astimezone(zone)


def instant(day: date, minute: int, zone: ZoneInfo = HOME) -> datetime:
    """The UTC instant of wall-clock `minute` (since midnight, may exceed 24 h) on `day`.

    A wall time that a change of clocks skips or repeats is read as the first that exists (PEP 495, fold=0).
    """
    whole_days, minute_of_day = divmod(minute, 24 * 60)
    wall = datetime(day.year, day.month, day.day, minute_of_day // 60, minute_of_day % 60, tzinfo=zone)
    return (wall + timedelta(days=whole_days)).astimezone(UTC)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """For tests: within the block it is `moment`."""
    global _fixed
    before, _fixed = _fixed, moment.astimezone(UTC)
    try:
        yield
    finally:
        _fixed = before
