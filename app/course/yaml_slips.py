"""Finds the slip behind a YAML syntax error. The parser stumbles late, often lines after the mistake."""

from __future__ import annotations

import re
from typing import NamedTuple

# What may stand before a quotation mark that opens a value.
_BEFORE_VALUE = re.compile(r"\s*(?:- +)*(?:[\w-]+:[ \t]+)?")
_BEFORE_VALUE_IN_BRACKETS = re.compile(r"\s*(?:- +)*(?:[\w-]+:[ \t]+)?[\[{](?:.*(?:[\[{,]|:[ \t]))?\s*")
_AFTER_VALUE = re.compile(r"[ \t]*(?:[,\]}:].*|\s#.*)?")
_INDENTED_NAME = re.compile(r"\s+(?:- +)*[\w-]+")
# Nobody types longer ones, and looking at each of their quotation marks would take long.
_LONGEST_LINE = 2000
_TAB = re.compile(r" *\t")


class Slip(NamedTuple):
    """A mistake: its code, and its line counted from 0."""

    code: str
    at: int


def slip_before(lines: list[str], index: int, column: int) -> Slip | None:
    """The slip in the lines up to `index`, in which the parser gave up at `column`; None if none is known."""
    found = [slip for slip in (_quote(lines), _tab(lines)) if slip and slip.at <= index]
    if found:
        return min(found, key=lambda slip: slip.at)
    line = lines[index] if index < len(lines) else ""
    # A colon after the first word is all right: the line was taken for the rest of the value above it.
    if line[column : column + 1] == ":" and _INDENTED_NAME.fullmatch(line[:column]):
        return Slip("yaml_indent", index)
    return None


def _tab(lines: list[str]) -> Slip | None:
    return next((Slip("yaml_tab", index) for index, line in enumerate(lines) if _TAB.match(line)), None)


def _quote(lines: list[str]) -> Slip | None:
    """The first quoted value that is not closed, or closed by a quotation mark in the middle of its text."""
    index = column = 0
    while index < len(lines):
        opening = _opening(lines[index], column)
        if opening is None:
            index, column = index + 1, 0
            continue
        closing = _closing(lines, index, opening)
        if closing is None:
            return Slip("yaml_quote", index)
        end, after = closing
        if not _AFTER_VALUE.fullmatch(lines[end][after:]):
            return Slip("yaml_quote" if end > index else "yaml_quote_inside", index)
        index, column = end, after
    return None


def _opening(line: str, column: int) -> int | None:
    """Where the next quoted value of this line begins."""
    if len(line) > _LONGEST_LINE:
        return None
    for place in range(column, len(line)):
        before = line[:place]
        if line[place] == "#" and (not before or before[-1].isspace()):
            return None
        if line[place] in "\"'" and (
            _BEFORE_VALUE.fullmatch(before) or _BEFORE_VALUE_IN_BRACKETS.fullmatch(before)
        ):
            return place
    return None


def _closing(lines: list[str], index: int, opening: int) -> tuple[int, int] | None:
    """The line of the mark that closes a quoted value, and the column after it."""
    mark = lines[index][opening]
    inside = re.compile(r"(?:[^\"\\]|\\.)*" if mark == '"' else r"(?:[^']|'')*")
    column = opening + 1
    for number in range(index, len(lines)):
        found = inside.match(lines[number], column)
        if found and found.end() < len(lines[number]) and lines[number][found.end()] == mark:
            return number, found.end() + 1
        column = 0
    return None
