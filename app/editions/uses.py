"""Rooms above pin editions; they say here how often, because this room does not know them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

Counting = Callable[[], Mapping[int, int]]
_countings: list[Counting] = []


def register(counting: Counting) -> Counting:
    """`counting()` gives edition id -> number of uses."""
    if counting not in _countings:
        _countings.append(counting)
    return counting


def count() -> Counter[int]:
    """edition id -> how many cohorts use it."""
    found: Counter[int] = Counter()
    for counting in _countings:
        found.update(counting())
    return found
