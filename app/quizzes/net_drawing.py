"""A net as a drawing: rectangles with names, lines between them, a number on each line. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.course.blocks.netz import Net
from app.quizzes import nets
from app.quizzes.hyphens import PARTING
from app.quizzes.net_layout import WIDTH, Box, places
from app.quizzes.nets import Web
from app.quizzes.values import Contribution, Viewer

FONT = 15
LINE = 19
MOST_DRAWN = 40
_EDGE = 9.0
_BADGE = 11.0
# Wider than any usual sans-serif draws them, because a label must never run over its rectangle.
_NARROW, _BROAD = "iljtfrI.,;:'|!()[] -", "mwMWÄÖÜ@%—&"
_LINE_WIDTH, _WORD_WIDTH = 118.0, 172.0
_TRIES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)


@dataclass(frozen=True, slots=True)
class Label:
    """A drawn node: the rectangle's corner and size, and its lines of text with their baseline."""

    x: float
    y: float
    w: float
    h: float
    cx: float
    lines: Sequence[tuple[float, str]]
    marked: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn link with its number in the list."""

    ends: tuple[float, float, float, float]
    number: int
    at: tuple[float, float]
    strength: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`left_out`: how many nodes there was no room for."""

    width: int
    height: int
    labels: Sequence[Label]
    strokes: Sequence[Stroke]
    left_out: int


def draw(web: Web) -> Picture | None:
    """The net as a picture; None if there is nothing to draw. Of a huge net the nodes with most links."""
    if not web.nodes:
        return None
    names = _drawn(web)
    index = {name: number for number, name in enumerate(names)}
    texts = [wrapped(name) for name in names]
    sizes = tuple((max(map(_width, lines)) + 22, float(len(lines) * LINE + 16)) for lines in texts)
    links = [(n, link) for n, link in enumerate(web.links, 1) if all(end in index for end in link.ends)]
    edges = tuple((index[link.ends[0]], index[link.ends[1]]) for _, link in links)
    boxes = [
        Box(x + _EDGE, y + _EDGE, *size) for (x, y), size in zip(places(sizes, edges), sizes, strict=True)
    ]
    loose = set(nets.alone(web))
    return Picture(
        width=round(WIDTH + 2 * _EDGE),
        height=math.ceil(max(box.y + box.h / 2 for box in boxes) + _EDGE),
        labels=[
            _label(box, lines, name in web.marks, name in loose)
            for box, lines, name in zip(boxes, texts, names, strict=True)
        ],
        strokes=_strokes(boxes, links, edges),
        left_out=len(web.nodes) - len(names),
    )


def _drawn(web: Web) -> list[str]:
    degree = {name: sum(name in link.ends for link in web.links) for name in web.nodes}
    kept = set(sorted(web.nodes, key=lambda name: -degree[name])[:MOST_DRAWN])
    return [name for name in web.nodes if name in kept]


def wrapped(name: str) -> list[str]:
    """A name in lines short enough to stand beside others; only very long words are parted."""
    words = [_syllables(word) for word in name.split()]
    least = _LINE_WIDTH if len(name) <= 40 else _WORD_WIDTH
    most = max([least, *(_width(part) for parts in words for part in parts)])
    lines: list[str] = []
    for first, *more in words:
        if lines and _width(f"{lines[-1]} {first}") <= most:
            lines[-1] += f" {first}"
        else:
            lines.append(first)
        lines += more
    return lines


def _syllables(word: str) -> list[str]:
    """A word in parts that fit into a line; it is parted where a German word may be, as far as letters tell."""
    parts: list[str] = []
    while _width(word) > _WORD_WIDTH:
        fitting = [n for n in range(3, len(word) - 2) if _width(word[:n] + "-") <= _WORD_WIDTH]
        between = [n for n in fitting if PARTING.match(word, n - 1)]
        cut = (between or fitting)[-1]
        parts.append(word[:cut] + ("" if word[cut - 1] in "-/" else "-"))
        word = word[cut:]
    return [*parts, word]


def _width(text: str) -> float:
    return FONT * sum(map(_em, text))


def _em(sign: str) -> float:
    if sign in _NARROW:
        return 0.4
    if sign in _BROAD:
        return 0.98
    return 0.76 if sign.isupper() or ord(sign) > 0x2000 else 0.61


def _label(box: Box, lines: Sequence[str], marked: bool, alone: bool) -> Label:
    left, top = box.x - box.w / 2, box.y - box.h / 2
    first = top + 8 + LINE * 0.76
    texts = [(round(first + n * LINE, 1), line) for n, line in enumerate(lines)]
    return Label(
        round(left, 1), round(top, 1), round(box.w, 1), round(box.h, 1), round(box.x, 1), texts, marked, alone
    )


def _strokes(
    boxes: Sequence[Box], links: Sequence[tuple[int, nets.Link]], edges: Sequence[tuple[int, int]]
) -> list[Stroke]:
    found: list[Stroke] = []
    for (number, link), (one, other) in zip(links, edges, strict=True):
        start, end = _border(boxes[one], boxes[other]), _border(boxes[other], boxes[one])
        at = _free(start, end, boxes, [stroke.at for stroke in found])
        ends = (round(start[0], 1), round(start[1], 1), round(end[0], 1), round(end[1], 1))
        found.append(Stroke(ends, number, at, link.strength))
    return found


def _border(box: Box, towards: Box) -> tuple[float, float]:
    """Where the line to another node leaves the rectangle."""
    dx, dy = towards.x - box.x, towards.y - box.y
    reach = min(
        box.w / 2 / abs(dx) if dx else math.inf,
        box.h / 2 / abs(dy) if dy else math.inf,
        0.5,
    )
    return box.x + dx * reach, box.y + dy * reach


def _free(
    start: tuple[float, float],
    end: tuple[float, float],
    boxes: Sequence[Box],
    taken: Sequence[tuple[float, float]],
) -> tuple[float, float]:
    """A place on the line where its number covers neither a name nor another number, if there is one."""
    at = [
        (round(start[0] + (end[0] - start[0]) * t, 1), round(start[1] + (end[1] - start[1]) * t, 1))
        for t in _TRIES
    ]
    return next((place for place in at if _is_free(place, boxes, taken)), at[0])


def _is_free(place: tuple[float, float], boxes: Sequence[Box], taken: Sequence[tuple[float, float]]) -> bool:
    x, y = place
    inside = any(abs(x - box.x) < box.w / 2 + _BADGE and abs(y - box.y) < box.h / 2 + _BADGE for box in boxes)
    return not inside and all(math.hypot(x - a, y - b) > 2 * _BADGE for a, b in taken)


def together(block: Net, written: Sequence[Contribution], viewer: Viewer) -> dict[str, Any]:
    """The nets of all as one. Nobody is named: only what many see at once is of interest here."""
    web = nets.web(block.nodes, [each.body for each in written])
    return {"web": web, "picture": draw(web) if written else None, "people": len(written)}
