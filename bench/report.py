"""Rows of figures with their limits, and exact counts; printed as a table and written as JSON."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figures:
    """A median with the lowest and highest of its rounds."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Figures:
        known = list(values)
        return cls(statistics.median(known), min(known), max(known))

    def __str__(self) -> str:
        middle = short(self.median)
        return middle if self.low == self.high else f"{middle} ({short(self.low)}–{short(self.high)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A measure. `gate` and `aim` are bounds: from above, or from below with `at_least`."""

    name: str
    figures: Figures
    unit: str = ""
    gate: float | None = None
    aim: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.gate is None and self.aim is None:
            return ""
        if self.aim is not None and self._keeps(self.aim):
            return "aim"
        if self.gate is None:
            return "aim missed"
        return "gate" if self._keeps(self.gate) else "MISSED"

    def _keeps(self, bound: float) -> bool:
        return self.figures.median >= bound if self.at_least else self.figures.median <= bound

    def bound(self, value: float | None) -> str:
        return "" if value is None else f"{'≥' if self.at_least else '≤'} {short(value)}"


@dataclass(frozen=True, slots=True)
class Count:
    """Something that is exactly right or wrong: lost and duplicated data, failures, changing SQL counts."""

    name: str
    expected: int
    found: int

    @property
    def right(self) -> bool:
        return self.expected == self.found


@dataclass(slots=True)
class Section:
    """What one part of the benchmark found."""

    title: str
    rows: list[Row] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)

    def row(self, name: str, values: float | Iterable[float], unit: str = "", **limits: Any) -> None:
        """Add a measure: one value, or one of each round."""
        known = [float(values)] if isinstance(values, int | float) else values
        self.rows.append(Row(name=name, figures=Figures.of(known), unit=unit, **limits))

    def count(self, name: str, expected: int, found: int) -> None:
        self.counts.append(Count(name, expected, found))


def short(number: float) -> str:
    """Three digits that count."""
    if number == 0:
        return "0"
    if abs(number) >= 1000:
        return f"{number:,.0f}"
    return f"{number:.{0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2}f}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def show(sections: Sequence[Section]) -> str:
    """The table, as people read it."""
    lines = [f"{'':67} {'median (min–max)':>26} {'unit':10} {'gate':>9} {'aim':>9}  verdict"]
    for section in sections:
        lines += ["", section.title]
        lines += [_line(row) for row in section.rows]
        wrong = [count for count in section.counts if not count.right]
        if section.counts:
            lines.append(
                f"  {len(section.counts) - len(wrong)} of {len(section.counts)} exact counts are right"
            )
        lines += [f"  WRONG {count.name}: expected {count.expected}, found {count.found}" for count in wrong]
    return "\n".join(lines)


def _line(row: Row) -> str:
    limits = f"{row.bound(row.gate):>9} {row.bound(row.aim):>9}"
    note = f"  [{row.note}]" if row.note else ""
    return f"  {row.name:66} {row.figures!s:>26} {row.unit:10} {limits}  {row.verdict}{note}"


def write(path: Path, sections: Sequence[Section], about: dict[str, Any]) -> None:
    """The machine-readable result."""
    found = [
        {
            "title": section.title,
            "rows": [asdict(row) | {"verdict": row.verdict} for row in section.rows],
            "counts": [asdict(count) | {"right": count.right} for count in section.counts],
        }
        for section in sections
    ]
    path.write_text(
        json.dumps(about | {"sections": found}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def all_right(sections: Iterable[Section]) -> bool:
    return all(count.right for section in sections for count in section.counts)
