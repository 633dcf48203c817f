"""Minutes of attendance, added up and rounded to teaching units. Whole numbers and fractions only, never floats. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    """What is rounded to whole units: nothing, or each sum of a person and day, of a person and subject, of a funder."""

    EXACT = "minuten"
    EVENT = "veranstaltung"
    SUBJECT = "thema"
    FUNDER = "traeger"


@dataclass(frozen=True, slots=True)
class Entry:
    """So many minutes of a slot were attended by this person. `unit`: minutes of a teaching unit in that course."""

    person: int
    cohort: int
    funder: str
    day: int
    subject: str
    minutes: int
    unit: int = 45


@dataclass(frozen=True, slots=True)
class Amount:
    """Minutes and what they are in units."""

    minutes: int
    units: Fraction


_GROUPS: dict[Rounding, Callable[[Entry], Hashable]] = {
    Rounding.EXACT: lambda entry: None,
    Rounding.EVENT: lambda entry: (entry.person, entry.day),
    Rounding.SUBJECT: lambda entry: (entry.person, entry.cohort, entry.subject),
    Rounding.FUNDER: lambda entry: entry.funder,
}


def whole(units: Fraction, *, half_up: bool) -> int:
    """The nearest whole number; an exact half goes up or down."""
    twice, parts = 2 * units.numerator, units.denominator
    return (twice + parts) // (2 * parts) if half_up else -((parts - twice) // (2 * parts))


def hundredths(units: Fraction) -> int:
    """For showing: units in hundredths, to the nearest, a half up."""
    return whole(units * 100, half_up=True)


def amount(entries: Iterable[Entry], rounding: Rounding, *, half_up: bool = True) -> Amount:
    """The sum of these entries. What belongs to one group is rounded once, then the groups are added."""
    key = _GROUPS[rounding]
    groups: dict[Hashable, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for entry in entries:
        groups[key(entry)][entry.unit] += entry.minutes
    exact = [_exact(by_unit) for by_unit in groups.values()]
    minutes = sum(count for by_unit in groups.values() for count in by_unit.values())
    if rounding is Rounding.EXACT:
        return Amount(minutes, sum(exact, Fraction()))
    return Amount(minutes, Fraction(sum(whole(units, half_up=half_up) for units in exact)))


def _exact(by_unit: dict[int, int]) -> Fraction:
    return sum((Fraction(minutes, unit) for unit, minutes in by_unit.items()), Fraction())
