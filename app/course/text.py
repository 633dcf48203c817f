"""Small tools for text that remembers where it stood: numbered lines, code fences, nearest names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import NamedTuple


class Line(NamedTuple):
    """One line of a file: its number, counted from 1, and its text without the line end."""

    number: int
    text: str


Lines = tuple[Line, ...]

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
BLOCK_ID = re.compile(r"[a-z][a-z0-9-]{0,63}")

_CODE_FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})(.*)")


def lines_of(text: str, first: int = 1) -> Lines:
    """The lines of `text`, numbered from `first`."""
    return tuple(Line(number, line) for number, line in enumerate(text.split("\n"), first))


def text_of(lines: Iterable[Line]) -> str:
    """The lines put together again."""
    return "\n".join(line.text for line in lines)


def trimmed(lines: Lines) -> Lines:
    """The lines without blank ones at the beginning and the end."""
    filled = [index for index, line in enumerate(lines) if line.text.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else ()


def indent_of(text: str) -> int:
    """How many columns a line is indented; a tab reaches to the next multiple of four."""
    expanded = text.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))


def folded(text: str) -> str:
    """`text` with every run of white space turned into one blank."""
    return " ".join(text.split())


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice that looks most like `word`, or "" if none is near."""
    names = sorted(choices)
    by_lower = {name.lower(): name for name in names}
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else ""


class CodeLines(NamedTuple):
    """Which lines (by index) stand in fenced code, and the number of the line of a fence left open, or 0."""

    inside: tuple[bool, ...]
    open_at: int


def code_lines(lines: Lines) -> CodeLines:
    """Finds the fenced code in `lines`; the fences themselves count as inside.

    Fences may be indented by any depth because they may stand in list items.
    """
    inside: list[bool] = []
    fence, opened = "", 0
    for line in lines:
        found = _CODE_FENCE.fullmatch(line.text)
        inside.append(bool(fence or found))
        if found and not fence:
            fence, opened = found[1], line.number
        elif found and found[1].startswith(fence) and not found[2].strip():
            fence, opened = "", 0
    return CodeLines(tuple(inside), opened)
