"""`vorsatz`: an if-then sentence with a date; list items are examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, inline, of_kind
from app.course.model import Block
from app.course.pieces import PieceKind, as_written, joined


@dataclass(frozen=True, kw_only=True)
class Resolution(Block):
    """A resolution of one's own. `closing_html` is shown only after something was saved."""

    kind: ClassVar[str] = "vorsatz"

    intro_html: str
    examples: tuple[str, ...]
    closing_html: str


def _parse(context: BlockContext) -> Resolution:
    title, pieces = context.title_and_pieces()
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start)
    intro = [piece for piece in pieces[:start] if piece.kind is not PieceKind.QUOTE]
    if not intro and not title:
        context.findings.error("prompt_empty", context.line, block=context.raw.name)
    return Resolution(
        **context.common,
        title=title,
        intro_html=context.html(as_written(intro)),
        examples=tuple(inline(context.html(item.lines)) for item in of_kind(pieces, PieceKind.ITEM)),
        closing_html=context.html(joined(of_kind(pieces, PieceKind.QUOTE))),
    )


KIND = BlockKind(Resolution.kind, _parse)
