"""`karten`: cards of one's own with the same fields each, for oneself or on a board of the whole cohort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, of_kind
from app.course.boards import (
    check_sight_of_shared,
    refuse_quotes,
    short_texts,
    text_when_given,
    words_when_given,
)
from app.course.model import Block
from app.course.pieces import Piece, PieceKind, as_written
from app.course.render import plain
from app.course.slips import is_example
from app.course.text import text_of
from app.course.typed_fields import FieldType, TypedField, typed_fields

MOST_FIELDS = 12
MOST_EXAMPLES = 30
EXAMPLES = "Beispiele:"
_TITLES = (FieldType.TEXT, FieldType.LINE, FieldType.PERSON)


@dataclass(frozen=True, kw_only=True)
class CardBoard(Block):
    """The first of `fields` is a card's title. `columns` are what a card moves through; `consent` is a sentence that
    must be ticked for a card, "" for none; `examples` are titles of cards the course begins with."""

    kind: ClassVar[str] = "karten"

    intro_html: str
    fields: tuple[TypedField, ...]
    examples: tuple[str, ...]
    columns: tuple[str, ...]
    consent: str
    review_date: bool
    expiry_date: bool
    bundles: bool
    anonymous: bool
    shared: bool

    @property
    def together(self) -> bool:
        return self.shared


def _parse(context: BlockContext) -> CardBoard:
    title, pieces = context.title_and_pieces()
    refuse_quotes(context, pieces)
    own, given = _lists(context, pieces)
    start = first_index(own, PieceKind.ITEM)
    context.refuse_text_after(own, start)
    board = CardBoard(
        **context.common,
        title=title,
        intro_html=context.html(as_written(own[:start])),
        fields=_fields(context, of_kind(own, PieceKind.ITEM)),
        examples=_examples(context, given),
        columns=words_when_given(context, "spalten", "entdeckt, geprüft, genutzt"),
        consent=text_when_given(context, "einwilligung", "Die Person ist einverstanden."),
        review_date=context.fields.yes("pruefdatum"),
        expiry_date=context.fields.yes("loeschdatum"),
        bundles=context.fields.yes("buendeln"),
        anonymous=context.fields.yes("anonym"),
        shared=context.fields.yes("gemeinsam"),
    )
    _check(context, board)
    return board


def _lists(context: BlockContext, pieces: Sequence[Piece]) -> tuple[Sequence[Piece], Sequence[Piece] | None]:
    """The pieces before the line `Beispiele:` and those after it; None if there is no such line."""
    for index, piece in enumerate(pieces):
        if piece.kind is PieceKind.TEXT and text_of(piece.lines).strip() == EXAMPLES:
            return pieces[:index], pieces[index + 1 :]
        _check_spelling(context, piece)
        # Without a blank line before it Markdown takes the line for a part of the item above.
        for line in piece.lines[1:]:
            if line.text.strip() == EXAMPLES:
                context.findings.error("cards_examples_glued", line.number)
    return pieces, None


def _check_spelling(context: BlockContext, piece: Piece) -> None:
    """A line that nearly says that examples follow."""
    lines = piece.lines if piece.kind is PieceKind.TEXT else piece.lines[1:]
    for line in lines:
        said = line.text.strip()
        if (
            said != EXAMPLES
            and is_example(said)
            and said.rstrip("*_: ").casefold().endswith(("beispiel", "beispiele"))
        ):
            context.findings.warning("cards_examples_spelled", line.number, text=said, nearest=EXAMPLES)


def _fields(context: BlockContext, items: Sequence[Piece]) -> tuple[TypedField, ...]:
    fields = typed_fields(context, items, most=MOST_FIELDS)
    if not fields:
        return fields
    title = fields[0]
    if title.type not in _TITLES:
        context.findings.error(
            "cards_title_type", items[0].line, text=title.prompt.text[:60], type=title.type.value
        )
    # A title stands in one line wherever the card is named.
    kind = FieldType.PERSON if title.type is FieldType.PERSON else FieldType.LINE
    return (replace(title, type=kind, options=()), *fields[1:])


def _examples(context: BlockContext, given: Sequence[Piece] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    start = first_index(given, PieceKind.ITEM)
    context.refuse_text_after(given, 0)
    items = of_kind(given[start:], PieceKind.ITEM)
    if not items:
        context.findings.error("cards_examples_empty", context.line)
    if len(items) > MOST_EXAMPLES:
        context.findings.error("cards_examples_many", context.line, count=len(items), most=MOST_EXAMPLES)
    return short_texts(context, [(plain(item.lines), item.line) for item in items])


def _check(context: BlockContext, board: CardBoard) -> None:
    if board.anonymous and not board.shared:
        context.findings.error("cards_anonym_alone", context.line)
    if board.shared:
        check_sight_of_shared(context)


KIND = BlockKind(CardBoard.kind, _parse)
