"""Dates, times and numbers as they are written in German; registered as template filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal
from zoneinfo import ZoneInfo

from flask import Flask

from app import clock

_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
    "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def time(moment: datetime, zone: str = "Europe/Berlin") -> str:
    """09:05"""
    return clock.local(moment, ZoneInfo(zone)).strftime("%H:%M")


def day(when: date) -> str:
    """5. Juli 2026 (a moment is read on the wall clock of Europe/Berlin)"""
    when = clock.local(when).date() if isinstance(when, datetime) else when
    return f"{when.day}. {_MONTHS[when.month - 1]} {when.year}"


def weekday(when: date) -> str:
    """Freitag, 5. Juli 2026"""
    when = clock.local(when).date() if isinstance(when, datetime) else when
    return f"{_DAYS[when.weekday()]}, {day(when)}"


def short_time(when: datetime, zone: str = "Europe/Berlin") -> str:
    """09:05, with the date in front when it is not today: 4. Juli, 09:05"""
    on = clock.local(when, ZoneInfo(zone)).date()
    return (
        time(when, zone)
        if on == clock.today(ZoneInfo(zone))
        else f"{on.day}. {_MONTHS[on.month - 1]}, {time(when, zone)}"
    )


def moment(when: datetime) -> str:
    """5. Juli 2026, 09:05 Uhr"""
    return f"{day(when)}, {time(when)} Uhr"


def span(first: date, last: date) -> str:
    """5. Juli 2026, or 5.–6. Juli 2026, or the two dates with „bis“."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}.–{day(last)}"
    return f"{day(first)} bis {day(last)}"


def dates(days: Sequence[date]) -> str:
    """5. Juli 2026; 5.–6. Juli 2026; 5. Juli, 6. Juli und 24. August 2026; many of them as a span."""
    first, last = days[0], days[-1]
    in_a_row = (last - first).days == len(days) - 1
    if in_a_row or len(days) > 6 or first.year != last.year:
        return span(first, last)
    return words([*(f"{when.day}. {_MONTHS[when.month - 1]}" for when in days[:-1]), day(last)])


def units(minutes: int, unit_minutes: int = 45) -> str:
    """Teaching units of these content minutes, at most two decimals, German comma: 2, 1,67, 12,5."""
    return decimal(Decimal(minutes) / unit_minutes)


def certified_units(minutes: int, unit_minutes: int = 45) -> Decimal:
    """Whole or half units, rounded down, so that never too much is certified (day-plans.md)."""
    return (Decimal(minutes) * 2 / unit_minutes).to_integral_value(ROUND_FLOOR) / 2


def decimal(value: Decimal) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def words(items: Iterable[str]) -> str:
    """a, b und c"""
    found = list(items)
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " und " + found[-1] if found else ""


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        uhrzeit=time, tag=day, wochentag=weekday, moment=moment, ue=units, kurz=short_time, aufzaehlung=words
    )
    app.jinja_env.globals.update(zeitraum=span, kurstage=dates)
