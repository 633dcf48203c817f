"""A Markdown table with empty cells as a grid of fields: each cell is named after its row and its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.course.block_reading import BlockContext, inline, key_of
from app.course.model import Prompt
from app.course.render import plain
from app.course.text import Line, Lines, trimmed
from app.course.typed_fields import FieldType, TypedField, typed_field

MOST_CELLS = 40

_DELIMITER = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?\s*")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a grid, and what the author wrote into the cell as a help ("" for nothing)."""

    field: TypedField
    hint_html: str


@dataclass(frozen=True, slots=True)
class GridRow:
    label_html: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """`corner_html` stands above the rows' names, `columns` are the headings of the others."""

    corner_html: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]

    @property
    def fields(self) -> tuple[TypedField, ...]:
        return tuple(cell.field for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class FoundGrid:
    """A grid with the text before it; `line` is where its table begins."""

    grid: Grid
    before: Lines
    line: int


def grid_in(context: BlockContext, lines: Lines) -> FoundGrid | None:
    """The first table with an empty cell; None if there is none. A table that is full is a part of the text."""
    for start in range(len(lines) - 2):
        if not (_is_row(lines[start]) and _DELIMITER.fullmatch(lines[start + 1].text)):
            continue
        end = next((i for i in range(start, len(lines)) if not _is_row(lines[i])), len(lines))
        rows = [(line, _cells(line.text)) for line in lines[start + 2 : end]]
        if any(not cell for _, cells in rows for cell in cells[1:]):
            if any(line.text.strip() for line in lines[end:]):
                context.findings.error("grid_text_after", lines[min(end + 1, len(lines) - 1)].number)
            grid = _grid(context, lines[start], rows)
            return FoundGrid(grid, trimmed(lines[:start]), lines[start].number)
    return None


def _is_row(line: Line) -> bool:
    return line.text.lstrip().startswith("|")


def _cells(text: str) -> list[str]:
    bare = text.strip().removeprefix("|")
    parts = _BAR.split(bare)
    if parts and not parts[-1].strip():
        parts.pop()  # behind the last bar there is no cell
    return [part.strip().replace("\\|", "|") for part in parts]


def _grid(context: BlockContext, header: Line, rows: Sequence[tuple[Line, list[str]]]) -> Grid:
    corner, *names = _cells(header.text) or [""]
    columns = [_label(context, name, header.number) for name in names]
    found = [_row(context, line, cells, columns) for line, cells in rows]
    count = sum(len(row.cells) for row in found)
    if count > MOST_CELLS:
        context.findings.error(
            "fields_too_many", header.number, block=context.raw.name, count=count, most=MOST_CELLS
        )
    _check_doubles(context, header.number, found)
    corner_html = inline(context.html((Line(header.number, corner),))) if corner else ""
    return Grid(corner_html, tuple(column.prompt.html for column in columns), tuple(found))


def _label(context: BlockContext, text: str, line: int) -> TypedField:
    """What a row or a column is called, and which type its cells have if it says so."""
    return typed_field(context, (Line(line, text),) if text else (), line)


def _row(context: BlockContext, line: Line, cells: Sequence[str], columns: Sequence[TypedField]) -> GridRow:
    row = _label(context, cells[0] if cells else "", line.number)
    if len(cells) > len(columns) + 1:
        context.findings.error(
            "grid_row_too_long", line.number, text=row.prompt.text[:60], count=len(columns)
        )
    padded = [*cells[1:], *[""] * len(columns)][: len(columns)]
    return GridRow(
        row.prompt.html,
        tuple(_cell(context, row, column, text, line) for column, text in zip(columns, padded, strict=True)),
    )


def _cell(context: BlockContext, row: TypedField, column: TypedField, text: str, line: Line) -> Cell:
    typed = row if column.type is FieldType.TEXT else column
    name = f"{row.prompt.text}: {column.prompt.text}"
    prompt = Prompt(name, f"{row.prompt.html}: {column.prompt.html}")
    hint = inline(context.html((Line(line.number, text),))) if plain((Line(line.number, text),)) else ""
    return Cell(TypedField(key_of(name), prompt, typed.type, typed.options), hint)


def _check_doubles(context: BlockContext, line: int, rows: Sequence[GridRow]) -> None:
    names = [cell.field.prompt.text for row in rows for cell in row.cells]
    for name in sorted({name for name in names if names.count(name) > 1}):
        context.findings.error("prompt_twice", line, text=name[:60])
