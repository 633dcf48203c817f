"""`freitext`: one or several text fields, with an optional text to compare one's own with afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, of_kind
from app.course.model import Block, Prompt
from app.course.pieces import Piece, PieceKind, as_written, joined
from app.course.typed_fields import words

SHORTEST_WORD = 4


@dataclass(frozen=True, kw_only=True)
class FreeText(Block):
    """A text field for each prompt. `comparison_html` is shown only after the own text was saved.

    `hint` is said afterwards if one of the `hint_words` stands in the text.
    """

    kind: ClassVar[str] = "freitext"

    intro_html: str
    prompts: tuple[Prompt, ...]
    comparison_html: str
    side_by_side: bool
    hint_words: tuple[str, ...] = ()
    hint: str = ""


def _parse(context: BlockContext) -> FreeText:
    title, pieces = context.title_and_pieces()
    comparison = of_kind(pieces, PieceKind.QUOTE)
    task = [piece for piece in pieces if piece.kind is not PieceKind.QUOTE]
    intro, prompts = _intro_and_prompts(context, task)
    hint_words, hint = _hint(context)
    return FreeText(
        **context.common,
        title=title,
        intro_html=context.html(as_written(intro)),
        prompts=prompts,
        comparison_html=context.html(joined(comparison)),
        side_by_side=context.fields.yes("nebeneinander"),
        hint_words=hint_words,
        hint=hint,
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


def _hint(context: BlockContext) -> tuple[tuple[str, ...], str]:
    """The words to look for and what is said about them; one without the other would do nothing."""
    found, hint = words(context, "woerter"), context.fields.text("hinweis")
    if bool(found) != bool(hint):
        missing = "hinweis" if found else "woerter"
        context.findings.error("hint_incomplete", context.line, missing=missing)
    for word in found:
        if len(word) < SHORTEST_WORD:
            context.findings.error("hint_word_short", context.fields.line_of("woerter"), text=word)
    return found, hint


KIND = BlockKind(FreeText.kind, _parse)
