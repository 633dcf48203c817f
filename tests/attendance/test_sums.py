"""Minutes to units: worked by hand, and what holds for any entries."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.attendance.totals.sums import Amount, Entry, Rounding, amount, hundredths, whole

EXACT, EVENT, SUBJECT, FUNDER = Rounding.EXACT, Rounding.EVENT, Rounding.SUBJECT, Rounding.FUNDER


def entry(minutes: int, person: int = 1, day: int = 1, subject: str = "Feld", funder: str = "Kreis") -> Entry:
    return Entry(person, 1, funder, day, subject, minutes)


# Anna: Friday 90 + 60 minutes, Saturday 68. Bela: Friday 45 + 22. By hand, 45 minutes a unit:
DAYS = [
    entry(90, 1, 1, "Feld"), entry(60, 1, 1, "Fall"), entry(68, 1, 2, "Fall"),
    entry(45, 2, 1, "Feld", "Stadt"), entry(22, 2, 1, "Fall", "Stadt"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rounding", "units"),
    [
        (EXACT, Fraction(285, 45)),
        # Anna 150 → 3,33 → 3 and 68 → 1,51 → 2; Bela 67 → 1,49 → 1
        (EVENT, 6),
        # Anna Feld 90 → 2, Fall 128 → 2,84 → 3; Bela Feld 45 → 1, Fall 22 → 0,49 → 0
        (SUBJECT, 6),
        # Kreis 218 → 4,84 → 5; Stadt 67 → 1,49 → 1
        (FUNDER, 6),
    ],
)
def test_worked_by_hand(rounding: Rounding, units: Fraction | int) -> None:
    assert amount(DAYS, rounding) == Amount(285, Fraction(units))


@pytest.mark.parametrize(
    ("minutes", "up", "down"),
    # With 90 minutes to a unit an exact half is possible: 45.
    [(0, 0, 0), (44, 0, 0), (45, 1, 0), (46, 1, 1), (134, 1, 1), (135, 2, 1), (136, 2, 2), (180, 2, 2)],
)
def test_an_exact_half_goes_where_it_was_told(minutes: int, up: int, down: int) -> None:
    entries = [Entry(1, 1, "Kreis", 1, "Feld", minutes, 90)]
    for rounding in (EVENT, SUBJECT, FUNDER):
        assert amount(entries, rounding, half_up=True).units == up
        assert amount(entries, rounding, half_up=False).units == down


def test_rounding_each_day_is_not_rounding_the_sum() -> None:
    short = [entry(20, day=day) for day in range(1, 5)]  # 80 minutes are 1,78 units
    assert amount(short, EVENT).units == 0
    assert amount(short, SUBJECT).units == amount(short, FUNDER).units == 2
    assert hundredths(amount(short, EXACT).units) == 178


def test_courses_with_other_units_add_up_exactly() -> None:
    mixed = [Entry(1, 1, "Kreis", 1, "Feld", 45, 45), Entry(2, 2, "Kreis", 2, "Fall", 30, 60)]
    assert amount(mixed, EXACT) == Amount(75, Fraction(3, 2))
    assert amount(mixed, FUNDER, half_up=True).units == 2
    assert amount(mixed, FUNDER, half_up=False).units == 1


def test_nothing_is_nothing() -> None:
    for rounding in Rounding:
        assert amount([], rounding) == Amount(0, Fraction(0))


entries = st.lists(
    st.builds(
        Entry,
        person=st.integers(1, 4),
        cohort=st.integers(1, 2),
        funder=st.sampled_from(["", "Kreis", "Stadt"]),
        day=st.integers(1, 3),
        subject=st.sampled_from(["Feld", "Fall"]),
        minutes=st.integers(0, 600),
        unit=st.sampled_from([45, 60, 90]),
    ),
    max_size=40,
)


@given(st.fractions(min_value=0, max_value=10_000, max_denominator=180))
def test_whole_is_the_nearest_and_the_halves_differ(units: Fraction) -> None:
    up, down = whole(units, half_up=True), whole(units, half_up=False)
    assert abs(units - up) <= Fraction(1, 2)
    assert abs(units - down) <= Fraction(1, 2)
    assert (
        (up, down) == (down + 1, down)
        if (units * 2).denominator == 1 and units.denominator == 2
        else up == down
    )


@given(entries, st.sampled_from(list(Rounding)), st.booleans())
def test_order_is_of_no_matter_and_minutes_are_kept(
    found: list[Entry], rounding: Rounding, half_up: bool
) -> None:
    made = amount(found, rounding, half_up=half_up)
    assert made == amount(reversed(found), rounding, half_up=half_up)
    assert made.minutes == sum(each.minutes for each in found)
    if rounding is not EXACT:
        assert made.units.denominator == 1


@given(entries, st.booleans())
def test_sums_of_parts_are_the_sum_of_all(found: list[Entry], half_up: bool) -> None:
    """Whatever is rounded apart may be added in any grouping that keeps it together."""
    for rounding, key in (
        (EXACT, lambda each: each.unit),
        (EVENT, lambda each: each.day),
        (EVENT, lambda each: each.person),
        (SUBJECT, lambda each: each.person),
        (SUBJECT, lambda each: (each.cohort, each.subject)),
        (FUNDER, lambda each: each.funder),
    ):
        parts = [
            amount([each for each in found if key(each) == part], rounding, half_up=half_up)
            for part in {key(each) for each in found}
        ]
        assert (
            sum((part.units for part in parts), Fraction()) == amount(found, rounding, half_up=half_up).units
        )


@given(entries)
def test_halves_down_is_never_more(found: list[Entry]) -> None:
    for rounding in Rounding:
        assert amount(found, rounding, half_up=False).units <= amount(found, rounding, half_up=True).units
