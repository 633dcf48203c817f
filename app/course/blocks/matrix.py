"""`matrix`: cards that belong into the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.course.arrows import name_of, sides
from app.course.block_reading import BlockContext, BlockKind, first_index, inline, key_of, of_kind
from app.course.model import Block, Prompt
from app.course.pieces import Piece, PieceKind, as_written, item_and_quote
from app.course.render import plain
from app.course.text import Line, Lines, folded, nearest, trimmed

MOST_CARDS = 30
MOST_ROWS = 8
MOST_COLUMNS = 6

_BAR = re.compile(r"(?<!\\)\|")
_RULER = re.compile(r":?-+:?")
_SLASH = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, named as authors and learners name it: "erkennen / Person"."""

    row: str
    column: str

    @property
    def name(self) -> str:
        return f"{self.row} / {self.column}"


@dataclass(frozen=True, slots=True)
class Card:
    """A card and the cell it belongs into. `key` is made of the card's words."""

    key: str
    html: str
    text: str
    cell: Cell
    feedback_html: str


@dataclass(frozen=True, kw_only=True)
class Matrix(Block):
    """Cards to be laid; `page` is where to read again, as "module/page", or ""."""

    kind: ClassVar[str] = "matrix"

    prompt: Prompt
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cards: tuple[Card, ...]
    explanation_html: str
    source: str
    page: str

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells, row by row."""
        return tuple(tuple(Cell(row, column) for column in self.columns) for row in self.rows)


def _parse(context: BlockContext) -> Matrix:
    title, pieces = context.title_and_pieces()
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start)
    context.refuse_quotes_between_items(pieces)
    task, table = _task_and_table(context, as_written(pieces[:start]))
    rows, columns = _heads(context, table)
    items = of_kind(pieces, PieceKind.ITEM)
    cards = _cards(context, items, _by_words(rows, columns))
    explanation, source = context.explanation(of_kind(pieces[start:], PieceKind.QUOTE))
    return Matrix(
        **context.common,
        title=title,
        prompt=context.prompt(task, context.line),
        rows=rows,
        columns=columns,
        cards=cards,
        explanation_html=explanation,
        source=source,
        page=context.page_to_read(),
    )


def _task_and_table(context: BlockContext, lines: Lines) -> tuple[Lines, Lines]:
    """What stands before the table, and the table; text between table and cards would have no place."""
    bars = [index for index, line in enumerate(lines) if line.text.lstrip().startswith("|")]
    if not bars:
        context.findings.error("matrix_table_missing", context.line)
        return lines, ()
    end = next((line for line, bar in enumerate(bars, bars[0]) if line != bar), bars[0] + len(bars))
    after = trimmed(lines[end:])
    if after:
        context.findings.error("matrix_text_after_table", after[0].number)
    return trimmed(lines[: bars[0]]), lines[bars[0] : end]


def _heads(context: BlockContext, table: Lines) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of rows and columns; whatever is wrong with the table is a problem at its line."""
    if not table:
        return (), ()
    if len(_split(table[0].text)) > MOST_COLUMNS + 1 or len(table) > MOST_ROWS + 2:
        context.findings.error("matrix_too_large", table[0].number, rows=MOST_ROWS, columns=MOST_COLUMNS)
        return (), ()
    head, *rest = [(line.number, tuple(map(name_of, _split(line.text)))) for line in table]
    columns = head[1][1:]
    if not rest or not all(_RULER.fullmatch(cell) for cell in rest[0][1]):
        context.findings.error("matrix_ruler_missing", head[0])
        return (), tuple(dict.fromkeys(columns))
    for number, cells in rest[1:]:
        filled = next((cell for cell in cells[1:] if cell), "")
        if len(cells) != len(head[1]):
            context.findings.error("matrix_row_uneven", number, count=len(cells), columns=len(head[1]))
        elif filled:
            context.findings.error("matrix_cell_filled", number, text=filled[:60])
    rows = [cells[0] if cells else "" for _, cells in rest[1:]]
    _check_names(context, head[0], rows, columns)
    return tuple(dict.fromkeys(filter(None, rows))), tuple(dict.fromkeys(filter(None, columns)))


def _check_names(context: BlockContext, line: int, rows: Sequence[str], columns: Sequence[str]) -> None:
    if len(rows) * len(columns) < 2:
        context.findings.error("matrix_too_small", line)
    for names in (rows, columns):
        if not all(names):
            context.findings.error("matrix_name_missing", line)
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            context.findings.error("matrix_name_twice", line, name=name)


def _split(row: str) -> list[str]:
    """The cells of a line like `| a | b |`."""
    cells = _BAR.split(row.strip().removeprefix("|"))
    return cells if cells[-1].strip() else cells[:-1]


def _by_words(rows: Sequence[str], columns: Sequence[str]) -> Mapping[str, Cell]:
    cells = [Cell(row, column) for row in rows for column in columns]
    return {_normal(cell.name): cell for cell in cells}


def _normal(name: str) -> str:
    return _SLASH.sub("/", folded(name).casefold())


def _cards(context: BlockContext, items: Sequence[Piece], cells: Mapping[str, Cell]) -> tuple[Card, ...]:
    read = [_card(context, item, cells) for item in items]
    cards = [card for card in read if card]
    if len(items) < 2:
        context.findings.error("matrix_cards_few", context.line)
    elif len(items) > MOST_CARDS:
        context.findings.error("matrix_cards_many", context.line, count=len(items), most=MOST_CARDS)
    elif len(cards) == len(items) and len(cells) > 1 and len({card.cell for card in cards}) == 1:
        context.findings.error("matrix_all_alike", context.line)
    found: dict[str, Card] = {}
    for card, item in zip(read, items, strict=True):
        if card and card.text in found:
            context.findings.error("card_twice", item.line, text=card.text[:60])
        if card:
            found[card.text] = card
    return tuple(found.values())


def _card(context: BlockContext, item: Piece, cells: Mapping[str, Cell]) -> Card | None:
    own, feedback = item_and_quote(item)
    pair = sides(own)
    if pair is None:
        context.findings.error("card_malformed", item.line)
        return None
    name = name_of(pair[1])
    cell = cells.get(_normal(name))
    if cell is None:
        if cells:
            allowed = [known.name for known in cells.values()]
            context.findings.error(
                "cell_unknown", item.line, text=name[:60],
                nearest=_nearest(name, cells), allowed=", ".join(allowed),
            )  # fmt: skip
        return None
    text = (Line(item.line, pair[0]),)
    words = plain(text)
    return Card(key_of(words), inline(context.html(text)), words, cell, context.html(feedback))


def _nearest(name: str, cells: Mapping[str, Cell]) -> str:
    """The cell probably meant; often its row and column were exchanged."""
    turned = cells.get("/".join(reversed(_normal(name).split("/"))))
    return turned.name if turned else nearest(name, [cell.name for cell in cells.values()])


KIND = BlockKind(Matrix.kind, _parse)
