"""What is made of the values on scales: product or mean, and which is the lowest. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.course.blocks.regler import Reckoning


@dataclass(frozen=True, slots=True)
class Result:
    """`text` is the number as one reads it, "" while it cannot be told; `open_count`: scales without a value.

    `zeros`: those that make the product zero; `lowest`: those with the lowest value, empty if all are alike.
    """

    text: str
    open_count: int
    zeros: tuple[str, ...]
    lowest: tuple[str, ...]
    most: str


def reckoned(
    names: Sequence[str], values: Mapping[str, str], steps: Sequence[str], reckoning: Reckoning
) -> Result:
    """`values` by name; what is missing or is no step is open."""
    given = {name: steps.index(values[name]) for name in names if values.get(name) in steps}
    open_count = len(names) - len(given)
    low = min(given.values(), default=0)
    alike = len(set(given.values())) < 2
    lowest = () if alike or open_count else tuple(name for name in names if given[name] == low)
    if reckoning is Reckoning.NONE:
        return Result("", open_count, (), lowest, "")
    numbers = {name: int(values[name]) for name in given}
    if reckoning is Reckoning.MEAN:
        mean = Fraction(sum(numbers.values()), len(numbers)) if numbers else None
        return Result("" if mean is None else one_place(mean), open_count, (), lowest, steps[-1])
    zeros = tuple(name for name in names if numbers.get(name) == 0)
    product = math.prod(numbers.values()) if zeros or not open_count else None
    most = int(steps[-1]) ** len(names)
    return Result("" if product is None else _dotted(product), open_count, zeros, lowest, _dotted(most))


def one_place(number: Fraction) -> str:
    """3,4; whole numbers without a comma. Halves go up, as one reckons by hand."""
    tenths = math.floor(number * 10 + Fraction(1, 2))
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest}" if rest else str(whole)


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def listed(names: Sequence[str]) -> str:
    """„a“, „b“ und „c“"""
    quoted = [f"„{name}“" for name in names]
    return " und ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)
