"""`rueckschau`: at the end of the course, what became of wishes, questions, keywords and insights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, of_kind
from app.course.model import Block, Prompt
from app.course.pieces import PieceKind, as_written

WHAT_REMAINS = Prompt("Was nehme ich mit?", "Was nehme ich mit?")


@dataclass(frozen=True, kw_only=True)
class Review(Block):
    """A text field for each prompt; what else it shows is the learner's own and comes from all over the course."""

    kind: ClassVar[str] = "rueckschau"

    intro_html: str
    prompts: tuple[Prompt, ...]


def _parse(context: BlockContext) -> Review:
    title, pieces = context.title_and_pieces()
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start, quotes=True)
    if not pieces and not title:
        context.findings.error("prompt_empty", context.line, block=context.raw.name)
    return Review(
        **context.common,
        title=title,
        intro_html=context.html(as_written(pieces[:start])),
        prompts=context.prompts(of_kind(pieces, PieceKind.ITEM)) or (WHAT_REMAINS,),
    )


KIND = BlockKind(Review.kind, _parse, has_sight=False)
