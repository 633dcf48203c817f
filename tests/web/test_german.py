"""Dates, times and units as German readers expect them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.web import german


def test_times_are_those_of_berlin_in_summer_and_winter() -> None:
    assert german.time(datetime(2026, 7, 3, 7, 0, tzinfo=UTC)) == "09:00"
    assert german.time(datetime(2026, 12, 3, 8, 5, tzinfo=UTC)) == "09:05"


def test_a_moment_just_before_midnight_utc_is_the_next_day() -> None:
    assert german.moment(datetime(2026, 7, 3, 22, 30, tzinfo=UTC)) == "4. Juli 2026, 00:30 Uhr"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 7, 5), date(2026, 7, 5), "5. Juli 2026"),
        (date(2026, 7, 5), date(2026, 7, 6), "5.–6. Juli 2026"),
        (date(2026, 7, 31), date(2026, 8, 1), "31. Juli 2026 bis 1. August 2026"),
        (date(2025, 7, 5), date(2026, 7, 5), "5. Juli 2025 bis 5. Juli 2026"),
    ],
)
def test_spans(first: date, last: date, text: str) -> None:
    assert german.span(first, last) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([(7, 5)], "5. Juli 2026"),
        ([(7, 5), (7, 6)], "5.–6. Juli 2026"),
        ([(7, 5), (7, 6), (8, 24)], "5. Juli, 6. Juli und 24. August 2026"),
        ([(month, 1) for month in range(1, 8)], "1. Januar 2026 bis 1. Juli 2026"),
    ],
)
def test_days_of_a_course(days: list[tuple[int, int]], text: str) -> None:
    assert german.dates([date(2026, month, day) for month, day in days]) == text


def test_weekday() -> None:
    assert german.weekday(date(2026, 7, 3)) == "Freitag, 3. Juli 2026"


@pytest.mark.parametrize(("minutes", "text"), [(0, "0"), (45, "1"), (75, "1,67"), (90, "2"), (563, "12,51")])
def test_units_are_shown_with_two_decimals(minutes: int, text: str) -> None:
    assert german.units(minutes) == text


@pytest.mark.parametrize(
    ("minutes", "units"), [(0, "0"), (22, "0"), (23, "0.5"), (44, "0.5"), (45, "1"), (359, "7.5"), (360, "8")]
)
def test_certified_units_are_rounded_down_to_halves(minutes: int, units: str) -> None:
    assert german.certified_units(minutes) == Decimal(units)


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a und b"), (["a", "b", "c"], "a, b und c")]
)
def test_words(items: list[str], text: str) -> None:
    assert german.words(items) == text
