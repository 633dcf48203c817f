"""Geometry of what is drawn of a sheet: circles with how much stands in them, and a pair of scales. Pure.

A drawing never stands alone: `words` say the same in sentences.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

_LINE = 17  # from one line of a label to the next


@dataclass(frozen=True, slots=True)
class Label:
    """Words around a point; `count` stands below them, "" for none."""

    x: int
    y: int
    lines: tuple[str, ...]
    count: str = ""

    @property
    def placed(self) -> tuple[tuple[int, str], ...]:
        """Each line with its height."""
        return tuple((self.y + number * _LINE, line) for number, line in enumerate(self.lines))

    @property
    def count_y(self) -> int:
        return self.y + len(self.lines) * _LINE + 5


@dataclass(frozen=True, slots=True)
class Circle:
    x: int
    y: int
    r: int


@dataclass(frozen=True, slots=True)
class Circles:
    """Circles from the largest to the smallest, so that none hides another."""

    height: int
    circles: tuple[Circle, ...]
    labels: tuple[Label, ...]
    words: tuple[str, ...]
    width: int = 400
    shape: str = "kreise"


@dataclass(frozen=True, slots=True)
class Pan:
    """`x`, `y`: the end of the beam on which it hangs; `stones` lie on it."""

    x: int
    y: int
    label: Label
    stones: tuple[tuple[int, int], ...]

    @property
    def bottom(self) -> int:
        return self.y + _ROPE


@dataclass(frozen=True, slots=True)
class Balance:
    pans: tuple[Pan, ...]
    words: tuple[str, ...]
    width: int = 400
    height: int = 300
    shape: str = "waage"


def circles(names: Sequence[str], entries: Sequence[Sequence[str]], *, nested: bool) -> Circles:
    """Circles from the inside out (`nested`), or on each other; there, what stands in several lies where they meet."""
    if nested:
        return _nested(names, entries)
    return _overlapping(names, entries)


def _nested(names: Sequence[str], entries: Sequence[Sequence[str]]) -> Circles:
    inner, outer, bottom = 72, 195, 396
    step = (outer - inner) / (len(names) - 1)
    drawn = [
        Circle(200, round(bottom - (inner + step * n)), round(inner + step * n)) for n in range(len(names))
    ]
    labels = []
    for number, (circle, name, found) in enumerate(zip(drawn, names, entries, strict=True)):
        lines = label_lines(name, 16 if number == 0 else 20)
        top = circle.y - circle.r + 36 if number else circle.y - len(lines) * 9
        labels.append(Label(200, top, lines, _number(len(found))))
    words = [f"{_named(name)} {_how_many(len(found))}." for name, found in zip(names, entries, strict=True)]
    return Circles(400, tuple(reversed(drawn)), tuple(labels), tuple(words))


_TWO = (
    280,
    (Circle(140, 160, 110), Circle(260, 160, 110)),
    ((105, 33), (295, 33)),
    {(0,): (88, 160), (1,): (312, 160), (0, 1): (200, 160)},
)
_THREE = (
    440,
    (Circle(138, 166, 118), Circle(262, 166, 118), Circle(200, 280, 118)),
    ((100, 33), (300, 33), (200, 415)),
    {
        (0,): (84, 138), (1,): (316, 138), (2,): (200, 345),
        (0, 1): (200, 116), (0, 2): (124, 250), (1, 2): (276, 250), (0, 1, 2): (200, 202),
    },
)  # fmt: skip


def _overlapping(names: Sequence[str], entries: Sequence[Sequence[str]]) -> Circles:
    height, drawn, places, inside = _TWO if len(names) == 2 else _THREE
    known = [{entry.casefold() for entry in found} for found in entries]
    everything = set().union(*known)
    regions = Counter(
        tuple(number for number, found in enumerate(known) if entry in found) for entry in everything
    )
    labels = [_name(x, y, name) for (x, y), name in zip(places, names, strict=True)]
    labels += [Label(x, y, (), _number(regions[where])) for where, (x, y) in inside.items()]
    words = [
        f"{_named(name)} {_how_many(len(found))}{f' von {len(everything)}' if found else ''}."
        for name, found in zip(names, known, strict=True)
    ]
    for where in sorted(region for region in regions if len(region) > 1):
        both = _listed([f"„{names[number]}“" for number in where])
        words.append(f"Zugleich in {both}: {_how_many(regions[where])}.")
    return Circles(height, drawn, tuple(labels), tuple(words))


def _name(x: int, y: int, name: str) -> Label:
    """A circle's name beside it; of two lines the upper one moves up, away from a circle below it."""
    lines = label_lines(name, 22)
    return Label(x, y - (len(lines) - 1) * _LINE if y < 100 else y, lines)


_BEAM = 120
_ROPE = 95
_MOST_STONES = 15


def balance(names: Sequence[str], counts: Sequence[int]) -> Balance:
    """The beam leans by the number of arguments, at most as far as it still looks like a pair of scales."""
    difference = counts[1] - counts[0]
    angle = math.radians(max(-16, min(16, 4 * difference)))
    along, down = round(_BEAM * math.cos(angle)), round(_BEAM * math.sin(angle))
    pans = tuple(
        _pan(200 + side * along, 62 + side * down, name, count)
        for side, name, count in zip((-1, 1), names, counts, strict=True)
    )
    return Balance(pans, _said(names, counts, difference))


def _pan(x: int, y: int, name: str, count: int) -> Pan:
    stones = []
    for number in range(min(count, _MOST_STONES)):
        layer, place = divmod(number, 5)
        stones.append((x - 30 + place * 15, y + _ROPE - 8 - layer * 15))
    return Pan(x, y, Label(x, y + _ROPE + 36, label_lines(name, 17), _number(count)), tuple(stones))


def _said(names: Sequence[str], counts: Sequence[int], difference: int) -> tuple[str, ...]:
    words = [
        f"{_named(name)} {_how_many(count, 'Argument', 'Argumente')}."
        for name, count in zip(names, counts, strict=True)
    ]
    if not any(counts):
        return ("Die Waage ist noch leer.",)
    if difference == 0:
        words.append("Die Waage steht gerade.")
    else:
        words.append(f"Die Waage neigt sich zu „{names[difference > 0]}“.")
    return (*words, "Sie zählt nur, wie viel Sie gefunden haben. Was schwerer wiegt, wissen Sie.")


def label_lines(text: str, width: int) -> tuple[str, ...]:
    """At most two lines; what is longer ends in dots, the words beside the drawing have it whole."""
    lines = wrap(text, width, break_long_words=False)
    if len(lines) <= 2:
        return tuple(lines)
    return (lines[0], lines[1][: width - 1].rstrip() + "…")


def _named(name: str) -> str:
    return name if name.endswith(("?", "!", ".", ":", "…")) else f"{name}:"


def _number(count: int) -> str:
    return str(count) if count else ""


def _how_many(count: int, one: str = "Eintrag", several: str = "Einträge") -> str:
    if count == 0:
        return f"noch kein {one}"
    return f"{count} {one if count == 1 else several}"


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} und {words[-1]}"
