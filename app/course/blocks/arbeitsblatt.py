"""`arbeitsblatt`: a sheet of typed fields, laid out as list, columns, grid, table, circles or as a pair of scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, of_kind
from app.course.grids import Grid, grid_in
from app.course.model import Block
from app.course.pieces import Piece, PieceKind, as_written, joined
from app.course.text import Lines
from app.course.typed_fields import FieldType, TypedField, typed_fields

MOST_ROWS = 30
MOST_RUNS = 20


class Form(StrEnum):
    """How the fields are laid out; the values are the words authors write."""

    LIST = "liste"
    COLUMNS = "spalten"
    GRID = "raster"
    TABLE = "tabelle"
    CIRCLES = "kreise"
    BALANCE = "waage"


class Position(StrEnum):
    """How circles lie: one in the other, from the inside out, or partly on each other."""

    NESTED = "ineinander"
    OVERLAPPING = "ueberlappend"


_LIMITS = {
    Form.LIST: (1, 40),
    Form.COLUMNS: (2, 6),
    Form.GRID: (1, 40),
    Form.TABLE: (2, 8),
    Form.CIRCLES: (2, 4),
    Form.BALANCE: (2, 2),
}
_OWN_ATTRIBUTES = {"spalten": Form.GRID, "zeilen": Form.TABLE, "lage": Form.CIRCLES}
_ONE_A_LINE = (Form.CIRCLES, Form.BALANCE)


@dataclass(frozen=True, kw_only=True)
class Sheet(Block):
    """A sheet. `fields` are all of one run, those of `grid` first; in a table they are the columns.

    `columns`: cells side by side in a grid without a table; `rows`: empty lines of a table; `runs`: how many times
    the sheet may be filled in. `closing_html` is shown only after something was saved.
    """

    kind: ClassVar[str] = "arbeitsblatt"

    form: Form
    intro_html: str
    fields: tuple[TypedField, ...]
    grid: Grid | None
    columns: int
    rows: int
    nested: bool
    runs: int
    group_work: bool
    closing_html: str


def _parse(context: BlockContext) -> Sheet:
    title, pieces = context.title_and_pieces()
    form = context.fields.choice("form", Form, Form.LIST)
    nested = context.fields.choice("lage", Position, Position.NESTED) is Position.NESTED
    columns = context.fields.whole("spalten", 2, 1, 6)
    rows = context.fields.whole("zeilen", 5, 1, MOST_ROWS)
    _check_attributes(context, form)
    context.refuse_text_after(pieces, first_index(pieces, PieceKind.ITEM))
    before = [piece for piece in pieces if piece.kind not in (PieceKind.ITEM, PieceKind.QUOTE)]
    intro, grid = _intro_and_grid(context, form, as_written(before))
    return Sheet(
        **context.common,
        title=title,
        form=form,
        intro_html=context.html(intro),
        fields=_fields(context, form, grid, of_kind(pieces, PieceKind.ITEM), nested=nested),
        grid=grid,
        columns=columns,
        rows=rows,
        nested=nested,
        runs=context.fields.whole("durchgaenge", 1, 1, MOST_RUNS),
        group_work=context.fields.yes("gruppenarbeit"),
        closing_html=context.html(joined(of_kind(pieces, PieceKind.QUOTE))),
    )


def _check_attributes(context: BlockContext, form: Form) -> None:
    """An attribute of another form would be ignored in silence."""
    for name, needed in _OWN_ATTRIBUTES.items():
        if name in context.fields and form is not needed:
            line = context.fields.line_of(name)
            context.findings.error("sheet_attribute_idle", line, field=name, form=needed.value)


def _intro_and_grid(context: BlockContext, form: Form, lines: Lines) -> tuple[Lines, Grid | None]:
    found = grid_in(context, lines)
    if found is None:
        return lines, None
    if form is not Form.GRID:
        context.findings.error("sheet_table_without_grid", found.line)
        return lines, None
    if "spalten" in context.fields:
        context.findings.error("sheet_columns_twice", context.fields.line_of("spalten"))
    return found.before, found.grid


def _fields(
    context: BlockContext, form: Form, grid: Grid | None, items: Sequence[Piece], *, nested: bool
) -> tuple[TypedField, ...]:
    least, most = _LIMITS[form]
    if form is Form.CIRCLES and not nested:
        most = 3
    cells = grid.fields if grid else ()
    if form in (Form.LIST, Form.GRID) or not items:
        return cells + typed_fields(context, items, least=0 if cells else least, most=most)
    if not least <= len(items) <= most:
        code = "sheet_two_pans" if form is Form.BALANCE else "sheet_count"
        context.findings.error(code, context.line, form=form.value, count=len(items), least=least, most=most)
    fields = typed_fields(context, items)
    if form in _ONE_A_LINE and any(field.type is not FieldType.TEXT for field in fields):
        context.findings.error("sheet_type_idle", items[0].line, form=form.value)
    return fields


KIND = BlockKind(Sheet.kind, _parse)
