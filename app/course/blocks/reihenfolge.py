"""`reihenfolge`: steps that are to be put in order; the order of the lines is the right one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, inline, key_of, of_kind
from app.course.model import Block, Prompt
from app.course.pieces import Piece, PieceKind, as_written, item_and_quote
from app.course.render import plain

MOST_STEPS = 15

_NUMBER = re.compile(r" *(\d+)")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be put in its place. `key` is made of its words, so an answer survives a change of order."""

    key: str
    html: str
    text: str
    feedback_html: str


@dataclass(frozen=True, kw_only=True)
class Ordering(Block):
    """`steps` stand in the right order; `page` is where to read again, as "module/page", or ""."""

    kind: ClassVar[str] = "reihenfolge"

    prompt: Prompt
    steps: tuple[Step, ...]
    explanation_html: str
    source: str
    page: str


def _parse(context: BlockContext) -> Ordering:
    title, pieces = context.title_and_pieces()
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start)
    context.refuse_quotes_between_items(pieces)
    prompt = context.prompt(as_written(pieces[:start]), context.line)
    items = of_kind(pieces, PieceKind.ITEM)
    steps = _steps(context, items)
    _check(context, items)
    explanation, source = context.explanation(of_kind(pieces[start:], PieceKind.QUOTE))
    return Ordering(
        **context.common,
        title=title,
        prompt=prompt,
        steps=steps,
        explanation_html=explanation,
        source=source,
        page=context.page_to_read(),
    )


def _steps(context: BlockContext, items: Sequence[Piece]) -> tuple[Step, ...]:
    found: dict[str, Step] = {}
    for item in items:
        own, feedback = item_and_quote(item)
        text = plain(own)
        if not text:
            context.findings.error("step_empty", item.line)
        elif text in found:
            context.findings.error("step_twice", item.line, text=text[:60])
        found[text] = Step(key_of(text), inline(context.html(own)), text, context.html(feedback))
    return tuple(found.values())


def _check(context: BlockContext, items: Sequence[Piece]) -> None:
    if len(items) < 2:
        context.findings.error("steps_too_few", context.line)
    if len(items) > MOST_STEPS:
        context.findings.error("steps_too_many", context.line, count=len(items), most=MOST_STEPS)
    # Markdown does not care about the numbers, but whoever writes 1, 3, 2 means something by it.
    numbers = [(int(found[1]), item.line) for item in items if (found := _NUMBER.match(item.source[0].text))]
    if len({number for number, _ in numbers}) == 1:
        return
    for (before, _), (number, line) in itertools.pairwise(numbers):
        if number <= before:
            context.findings.error("steps_misnumbered", line, number=number, before=before)
            return


KIND = BlockKind(Ordering.kind, _parse)
