"""Lines with an arrow ("Text -> Ziel") and names that stand in one line, for matrix and simulation."""

from __future__ import annotations

import re

from app.course.render import plain
from app.course.text import Line, Lines, text_of

_ARROW = re.compile(r"->|=>|→")


def has_arrow(lines: Lines) -> bool:
    return bool(_ARROW.search(text_of(lines)))


def sides(lines: Lines) -> tuple[str, str] | None:
    """What stands before the arrow and behind it; None unless there is exactly one with text on both sides."""
    # Such a line is one sentence on each side, so line breaks in it mean nothing.
    found = [side.strip() for side in _ARROW.split(text_of(lines).replace("\n", " "))]
    return (found[0], found[1]) if len(found) == 2 and all(found) else None


def name_of(text: str) -> str:
    """The words of a name without markup. "1. Woche" and "---" keep what Markdown would take for a list or a rule."""
    return plain((Line(1, f"x {text.strip()}"),)).removeprefix("x").strip()
