"""`gegenueber`: two sides answer the same questions, and then lay both sheets beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, of_kind
from app.course.boards import check_sight_of_shared, refuse_quotes
from app.course.model import Block
from app.course.pieces import PieceKind, as_written
from app.course.typed_fields import TypedField, typed_fields, words

MOST_FIELDS = 12


@dataclass(frozen=True, kw_only=True)
class TwoSides(Block):
    """`sides` are two names; a person answers `fields` for one of them."""

    kind: ClassVar[str] = "gegenueber"

    intro_html: str
    sides: tuple[str, ...]
    fields: tuple[TypedField, ...]

    @property
    def together(self) -> bool:
        return True


def _parse(context: BlockContext) -> TwoSides:
    title, pieces = context.title_and_pieces()
    refuse_quotes(context, pieces)
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start)
    sides = words(context, "seiten", least=2, example="Jugendhilfe, Schule")
    if len(sides) > 2:
        context.findings.error("sides_too_many", context.line, count=len(sides))
    check_sight_of_shared(context)
    return TwoSides(
        **context.common,
        title=title,
        intro_html=context.html(as_written(pieces[:start])),
        sides=sides[:2],
        fields=typed_fields(context, of_kind(pieces, PieceKind.ITEM), most=MOST_FIELDS),
    )


KIND = BlockKind(TwoSides.kind, _parse)
