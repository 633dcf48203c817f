"""Splits the body of a block into headings, list items, quotes and other text.

Markdown itself would not do: in a block an indented `>` under an option is its feedback, however deep it is
indented, and every piece must keep its line numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from app.course.text import Line, Lines, code_lines, indent_of, trimmed

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?")
_ITEM = re.compile(r"( {0,3}(?:[-*+]|(\d{1,9})[.)]))(?:[ \t]+|$)")
_QUOTE = re.compile(r"\s*> ?")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")


class PieceKind(Enum):
    HEADING = auto()
    ITEM = auto()
    QUOTE = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a block.

    `lines` are without the marker (`##`, `-`, `>`) and its indentation, `source` is all as it was written.
    `level` is the level of a heading; `offset` the column at which a list item's text begins.
    """

    kind: PieceKind
    line: int
    level: int = 0
    offset: int = 0
    lines: Lines = ()
    source: Lines = ()


def pieces_of(lines: Lines) -> tuple[Piece, ...]:
    """The pieces of a block's body in their order."""
    in_code = code_lines(lines).inside
    found: list[Piece] = []
    contents: list[list[Line]] = []
    sources: list[list[Line]] = []
    after_blank = True
    for line, code in zip(lines, in_code, strict=True):
        blank = not line.text.strip()
        if found and _continues(found[-1], line, code, after_blank):
            contents[-1].append(_without_marker(found[-1], line))
            sources[-1].append(line)
        elif not blank:
            found.append(_beginning(line, code))
            contents.append(list(found[-1].lines))
            sources.append([line])
        elif sources:
            sources[-1].append(line)
        after_blank = blank
    return tuple(
        replace(piece, lines=trimmed(tuple(content)), source=tuple(source))
        for piece, content, source in zip(found, contents, sources, strict=True)
    )


def _continues(current: Piece, line: Line, code: bool, after_blank: bool) -> bool:
    """Whether `line` belongs to the piece begun before it."""
    text = line.text
    if not text.strip():
        return current.kind is PieceKind.ITEM or code
    if current.kind is PieceKind.ITEM and indent_of(text) >= min(current.offset, 2):
        return True
    if code:
        return not after_blank or current.kind is PieceKind.TEXT
    if after_blank or current.kind is PieceKind.HEADING:
        return False
    return _same_paragraph(current, text)


def _same_paragraph(current: Piece, text: str) -> bool:
    """Whether a line directly below another one goes on with it, as Markdown's lazy lines do."""
    if _HEADING.fullmatch(text):
        return False
    if _QUOTE.match(text):
        return current.kind is PieceKind.QUOTE
    item = None if _RULE.fullmatch(text) else _ITEM.match(text)
    # Like CommonMark: a year at the beginning of a line ("1987. Danach …") starts no list inside a paragraph.
    interrupts = item and (current.kind is PieceKind.ITEM or item[2] in (None, "1"))
    return not interrupts


def _beginning(line: Line, code: bool) -> Piece:
    text = line.text
    heading = _HEADING.fullmatch(text)
    if code or _RULE.fullmatch(text):
        return Piece(PieceKind.TEXT, line.number, lines=(line,))
    if heading:
        title = (heading[2] or "").rstrip().rstrip("#").rstrip()
        lines = (Line(line.number, title),)
        return Piece(PieceKind.HEADING, line.number, level=len(heading[1]), lines=lines)
    if _QUOTE.match(text) and indent_of(text) <= 3:
        return Piece(PieceKind.QUOTE, line.number, lines=(unquoted(line),))
    item = _ITEM.match(text)
    if item:
        rest = Line(line.number, text[item.end() :])
        offset = min(item.end(), len(item[1]) + 4)
        return Piece(PieceKind.ITEM, line.number, offset=offset, lines=(rest,))
    return Piece(PieceKind.TEXT, line.number, lines=(line,))


def _without_marker(piece: Piece, line: Line) -> Line:
    if piece.kind is PieceKind.QUOTE:
        return unquoted(line)
    if piece.kind is PieceKind.ITEM:
        expanded = line.text.expandtabs(4)
        return Line(line.number, expanded[min(piece.offset, indent_of(expanded)) :])
    return line


def unquoted(line: Line) -> Line:
    """The line without a leading `>`."""
    return Line(line.number, _QUOTE.sub("", line.text, count=1))


def item_and_quote(item: Piece) -> tuple[Lines, Lines]:
    """The own text of a list item, and what stands in it behind `>`."""
    own: list[Line] = []
    quoted: list[Line] = []
    in_quote = False
    for line, code in zip(item.lines, code_lines(item.lines).inside, strict=True):
        blank = not line.text.strip()
        begins = bool(_QUOTE.match(line.text)) and not code
        in_quote = begins or (in_quote and not blank)
        if begins:
            quoted.append(unquoted(line))
        elif in_quote:
            quoted.append(Line(line.number, line.text.strip()))
        else:
            own.append(line)
    return trimmed(tuple(own)), trimmed(tuple(quoted))


def joined(pieces: Iterable[Piece]) -> Lines:
    """The lines of several pieces with a blank line between them."""
    result: list[Line] = []
    for piece in pieces:
        if result:
            result.append(Line(result[-1].number, ""))
        result.extend(piece.lines)
    return tuple(result)


def as_written(pieces: Iterable[Piece]) -> Lines:
    """Several pieces with their markers, as Markdown."""
    return trimmed(tuple(line for piece in pieces for line in piece.source))
