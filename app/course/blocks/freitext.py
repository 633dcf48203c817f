"""`freitext`: one or several text fields, with an optional text to compare one's own with afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, of_kind
from app.course.model import Block, Prompt
from app.course.pieces import Piece, PieceKind, as_written, joined


@dataclass(frozen=True, kw_only=True)
class FreeText(Block):
    """A text field for each prompt. `comparison_html` is shown only after the own text was saved."""

    kind: ClassVar[str] = "freitext"

    intro_html: str
    prompts: tuple[Prompt, ...]
    comparison_html: str
    side_by_side: bool


def _parse(context: BlockContext) -> FreeText:
    title, pieces = context.title_and_pieces()
    comparison = of_kind(pieces, PieceKind.QUOTE)
    task = [piece for piece in pieces if piece.kind is not PieceKind.QUOTE]
    intro, prompts = _intro_and_prompts(context, task)
    return FreeText(
        **context.common,
        title=title,
        intro_html=context.html(as_written(intro)),
        prompts=prompts,
        comparison_html=context.html(joined(comparison)),
        side_by_side=context.fields.yes("nebeneinander"),
    )


def _intro_and_prompts(
    context: BlockContext, task: Sequence[Piece]
) -> tuple[Sequence[Piece], tuple[Prompt, ...]]:
    """With a list, its items are the prompts; without, the last paragraph is the only one."""
    start = first_index(task, PieceKind.ITEM)
    if start < len(task):
        context.refuse_text_after(task, start)
        return task[:start], context.prompts(of_kind(task, PieceKind.ITEM))
    if not task:
        context.findings.error("prompts_missing", context.line, block=context.raw.name)
        return (), ()
    return task[:-1], context.prompts(task[-1:])


KIND = BlockKind(FreeText.kind, _parse)
