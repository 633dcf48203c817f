"""How long each part may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Rounds and sizes. `seconds`: of one load in one round."""

    rounds: int
    seconds: float
    storms: int
    crowds: tuple[int, ...] = (30, 300, 3000)
    views: int  # page views of one round of the growth measure
    cohorts: int  # of 30, for certificates
    starts: int
    many: int  # requests before memory is looked at again
    days: tuple[int, ...]  # connections of each training day


QUICK = Plan(rounds=5, seconds=1.2, storms=10, views=40, cohorts=3, starts=5, many=3000, days=(16,))
FULL = Plan(rounds=9, seconds=4.0, storms=40, views=150, cohorts=10, starts=9, many=30_000, days=(1, 16))
