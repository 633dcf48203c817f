"""Where the nodes of a net stand: from a circle, a few steps of pushing and pulling, then nothing overlaps. Pure.

The same net gives the same picture every time. The picture is as narrow as a phone and grows downwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

WIDTH = 384.0
_GAP, _GAP_BELOW = 18.0, 28.0
_STEPS = 160
_SETTLING = 240
_CLEARANCE = 12.0
_STARTS, _MANY = 4, 26


@dataclass(slots=True)
class Box:
    """A node's rectangle by its centre."""

    x: float
    y: float
    w: float
    h: float


Size = tuple[float, float]
Edge = tuple[int, int]
Force = Callable[[float], float]


_drawing = (
    Lock()
)  # whenever a common net changes, many phones ask for it at once: it is laid out for the first of them


def places(sizes: tuple[Size, ...], edges: tuple[Edge, ...]) -> tuple[tuple[float, float], ...]:
    """The centres of rectangles of these sizes, so that linked ones stand near each other and none overlap.

    What hangs together is laid out on its own, the largest part on top; nodes without a link stand below in rows.
    """
    with _drawing:
        return _places(sizes, edges)


@lru_cache(maxsize=256)
def _places(sizes: tuple[Size, ...], edges: tuple[Edge, ...]) -> tuple[tuple[float, float], ...]:
    centres = [(0.0, 0.0)] * len(sizes)
    top = 0.0
    parts = sorted(_parts(len(sizes), edges), key=len, reverse=True)
    for part in [part for part in parts if len(part) > 1]:
        inner = tuple((part.index(one), part.index(other)) for one, other in edges if one in part)
        boxes = _spread([sizes[node] for node in part], inner)
        upper = min(box.y - box.h / 2 for box in boxes)
        for node, box in zip(part, boxes, strict=True):
            centres[node] = (box.x, box.y - upper + top)
        top += max(box.y + box.h / 2 for box in boxes) - upper + 1.6 * _GAP
    _rows([part[0] for part in parts if len(part) == 1], sizes, centres, top)
    return tuple(centres)


def _parts(count: int, edges: Sequence[Edge]) -> list[list[int]]:
    """The nodes in groups that hang together."""
    group = list(range(count))
    for one, other in edges:
        gone, kept = group[other], group[one]
        group = [kept if each == gone else each for each in group]
    return [[node for node in range(count) if group[node] == each] for each in dict.fromkeys(group)]


def _rows(
    nodes: Sequence[int], sizes: Sequence[Size], centres: list[tuple[float, float]], top: float
) -> None:
    """Puts nodes beside each other, as many as there is room for, each row in the middle."""
    rows: list[list[int]] = []
    for node in nodes:
        full = bool(rows) and sum(sizes[each][0] + _GAP for each in [*rows[-1], node]) - _GAP > WIDTH
        if full or not rows:
            rows.append([])
        rows[-1].append(node)
    for row in rows:
        tall = max(sizes[node][1] for node in row)
        left = (WIDTH - sum(sizes[node][0] + _GAP for node in row) + _GAP) / 2
        for node in row:
            centres[node] = (left + sizes[node][0] / 2, top + tall / 2)
            left += sizes[node][0] + _GAP
        top += tall + _GAP


def _spread(sizes: Sequence[Size], edges: Sequence[Edge]) -> list[Box]:
    """Pushed and pulled into place, from a few beginnings; where the fewest links run behind a name is taken."""
    starts = _STARTS if len(sizes) <= _MANY else 1
    tries = [_settled(_circle(sizes, edges, turn / starts), edges) for turn in range(starts)]
    return min(tries, key=lambda boxes: _hits(boxes, edges))


def _settled(boxes: list[Box], edges: Sequence[Edge]) -> list[Box]:
    height = max(190.0, 48.0 * len(boxes))
    spring = math.sqrt(WIDTH * height / len(boxes)) * 0.7
    for step in range(_STEPS):
        _move(boxes, edges, spring, 28.0 * (1 - step / _STEPS) + 1)
    # What a link runs through moves aside, what overlaps moves apart; in the end only the latter counts.
    for step in range(_SETTLING):
        if step < _SETTLING // 2:
            _make_way(boxes, edges)
        if not _part(boxes, upwards=step > _SETTLING * 3 // 4) and step >= _SETTLING // 2:
            break
    return boxes


def _hits(boxes: Sequence[Box], edges: Sequence[Edge]) -> int:
    """How often a link runs behind the name of another node."""
    return sum(
        bool(away) and math.hypot(*away[:2]) < away[2] - _CLEARANCE
        for one, other in edges
        for node, box in enumerate(boxes)
        if node not in (one, other) and (away := _beside(boxes[one], boxes[other], box))
    )


def _circle(sizes: Sequence[Size], edges: Sequence[Edge], turned: float) -> list[Box]:
    """The rectangles on an ellipse; neighbours in the net are neighbours on it where that is possible."""
    count = max(1, len(sizes))
    tall = max(90.0, 15.0 * count)
    boxes = [Box(WIDTH / 2, tall, *size) for size in sizes]
    for place, node in enumerate(_order(len(sizes), edges)):
        angle = 2 * math.pi * (place / count + turned) - math.pi / 2
        boxes[node].x += math.cos(angle) * (WIDTH / 2 - 70)
        boxes[node].y += math.sin(angle) * tall
    return boxes


def _order(count: int, edges: Sequence[Edge]) -> list[int]:
    """Along the links, beginning with the node that has most of them."""
    beside: list[list[int]] = [[] for _ in range(count)]
    for one, other in edges:
        beside[one].append(other)
        beside[other].append(one)
    order: list[int] = []
    for start in sorted(range(count), key=lambda node: (-len(beside[node]), node)):
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node not in order:
                order.append(node)
                waiting += sorted(beside[node], key=lambda near: (len(beside[near]), -near))
    return order


def _move(boxes: list[Box], edges: Sequence[Edge], spring: float, heat: float) -> None:
    """One step: all push each other away, links pull, a link pushes aside what stands in its way."""
    push = [[0.0, 0.0] for _ in boxes]
    for one in range(len(boxes)):
        for other in range(one):
            _apply(push, boxes, one, other, lambda far: -spring * spring / far)
    for one, other in edges:
        _apply(push, boxes, one, other, lambda far: far * far / spring)
        _clear(push, boxes, one, other)
    middle = sum(box.y for box in boxes) / max(1, len(boxes))
    for box, (dx, dy) in zip(boxes, push, strict=True):
        dx += (WIDTH / 2 - box.x) * 0.06 * len(boxes) ** 0.5
        dy += (middle - box.y) * 0.06 * len(boxes) ** 0.5
        far = math.hypot(dx, dy) or 1.0
        box.x += dx / far * min(far, heat)
        box.y += dy / far * min(far, heat)
        _keep_inside(box)


def _apply(push: list[list[float]], boxes: list[Box], one: int, other: int, force: Force) -> None:
    """Pulls two towards each other (away from each other where the force is negative)."""
    dx, dy = boxes[other].x - boxes[one].x, boxes[other].y - boxes[one].y
    # Two in the very same place part in a direction of their own.
    if abs(dx) + abs(dy) < 0.1:
        dx, dy = 0.3 * (one - other), 0.4
    far = math.hypot(dx, dy)
    strong = force(far) / far
    for node, sign in ((one, 1), (other, -1)):
        push[node][0] += sign * dx * strong
        push[node][1] += sign * dy * strong


def _clear(push: list[list[float]], boxes: list[Box], one: int, other: int) -> None:
    """Pushes away the nodes a link would run through."""
    for node, box in enumerate(boxes):
        away = _beside(boxes[one], boxes[other], box) if node not in (one, other) else None
        if away:
            dx, dy, near = away
            far = math.hypot(dx, dy)
            if far < near:
                push[node][0] += dx / far * (near - far) * 4
                push[node][1] += dy / far * (near - far) * 4


def _beside(start: Box, end: Box, box: Box) -> tuple[float, float, float] | None:
    """The way from a link to the centre of another node, and how long it should be; None beyond the link's ends."""
    dx, dy = end.x - start.x, end.y - start.y
    long = dx * dx + dy * dy or 1.0
    along = ((box.x - start.x) * dx + (box.y - start.y) * dy) / long
    if not 0 < along < 1:
        return None
    away_x, away_y = box.x - start.x - along * dx, box.y - start.y - along * dy
    near = (box.w * abs(dy) + box.h * abs(dx)) / (2 * math.sqrt(long)) + _CLEARANCE
    if abs(away_x) + abs(away_y) < 0.1:  # right on the link: to either side of it is as good
        away_x, away_y = -dy / math.sqrt(long), dx / math.sqrt(long)
    return away_x, away_y, near


def _make_way(boxes: list[Box], edges: Sequence[Edge]) -> None:
    push = [[0.0, 0.0] for _ in boxes]
    for one, other in edges:
        _clear(push, boxes, one, other)
    for box, (dx, dy) in zip(boxes, push, strict=True):
        box.x += max(-6.0, min(6.0, dx))
        box.y += max(-6.0, min(6.0, dy))
        _keep_inside(box)


def _part(boxes: list[Box], *, upwards: bool) -> bool:
    """Moves overlapping rectangles apart a little, sideways where that is shorter; whether any did overlap."""
    moved = False
    for one in range(len(boxes)):
        for other in range(one):
            a, b = boxes[one], boxes[other]
            over_x = (a.w + b.w) / 2 + _GAP - abs(a.x - b.x)
            over_y = (a.h + b.h) / 2 + _GAP_BELOW - abs(a.y - b.y)
            if over_x > 0.5 and over_y > 0.5:
                moved = True
                if over_x < over_y and not upwards:
                    step = over_x / 2 if a.x > b.x or (a.x == b.x and one > other) else -over_x / 2
                    a.x, b.x = a.x + step, b.x - step
                    _keep_inside(a)
                    _keep_inside(b)
                else:
                    step = over_y / 2 if a.y > b.y or (a.y == b.y and one > other) else -over_y / 2
                    a.y, b.y = a.y + step, b.y - step
    return moved


def _keep_inside(box: Box) -> None:
    box.x = min(max(box.x, box.w / 2), WIDTH - box.w / 2)
