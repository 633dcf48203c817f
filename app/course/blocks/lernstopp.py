"""`lernstopp`: a pause in which learners look back at their questions and keywords and write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, of_kind
from app.course.model import Block, Prompt
from app.course.pieces import PieceKind, as_written


@dataclass(frozen=True, kw_only=True)
class ReflectionPoint(Block):
    """A short introduction and one text field for each prompt; the heading is the title."""

    kind: ClassVar[str] = "lernstopp"

    intro_html: str
    prompts: tuple[Prompt, ...]


def _parse(context: BlockContext) -> ReflectionPoint:
    title, pieces = context.title_and_pieces()
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start, quotes=True)
    items = of_kind(pieces, PieceKind.ITEM)
    if not items:
        context.findings.error("prompts_missing", context.line, block=context.raw.name)
    return ReflectionPoint(
        **context.common,
        title=title,
        intro_html=context.html(as_written(pieces[:start])),
        prompts=context.prompts(items),
    )


KIND = BlockKind(ReflectionPoint.kind, _parse)
