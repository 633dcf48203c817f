"""`frage`: a quiz question with one or several right options and feedback to each choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import (
    BlockContext,
    BlockKind,
    first_index,
    inline,
    key_of,
    of_kind,
)
from app.course.model import Block, Prompt
from app.course.pieces import Piece, PieceKind, as_written, item_and_quote
from app.course.render import plain
from app.course.text import Line

_BOX = re.compile(r"\[([ xX]?)\](?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Option:
    """A choice. `key` is made of its words, so an answer survives a change of order."""

    key: str
    html: str
    text: str
    right: bool
    feedback_html: str


@dataclass(frozen=True, kw_only=True)
class Question(Block):
    """A question; `page` is where to read again, as "module/page", or ""."""

    kind: ClassVar[str] = "frage"

    prompt: Prompt
    options: tuple[Option, ...]
    explanation_html: str
    source: str
    page: str

    @property
    def several(self) -> bool:
        """Whether more than one option is right."""
        return sum(option.right for option in self.options) > 1


def _parse(context: BlockContext) -> Question:
    title, pieces = context.title_and_pieces()
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start)
    misplaced = context.refuse_quotes_between_items(pieces)
    prompt = context.prompt(as_written(pieces[:start]), context.line)
    items = of_kind(pieces, PieceKind.ITEM)
    options = tuple(_option(context, item, item.line in misplaced) for item in items)
    _check(context, options)
    explanation, source = context.explanation(of_kind(pieces[start:], PieceKind.QUOTE))
    return Question(
        **context.common,
        title=title,
        prompt=prompt,
        options=options,
        explanation_html=explanation,
        source=source,
        page=context.page_to_read(),
    )


def _option(context: BlockContext, item: Piece, has_misplaced_feedback: bool) -> Option:
    own, feedback = item_and_quote(item)
    box = _BOX.match(own[0].text) if own else None
    if box is None:
        context.findings.error("option_without_box", item.line)
    else:
        own = (Line(own[0].number, own[0].text[box.end() :]), *own[1:])
    text = plain(own)
    right = box is not None and box[1] in ("x", "X")
    if not text:
        context.findings.error("option_empty", item.line)
    elif box and not (right or feedback or has_misplaced_feedback):
        context.findings.error("feedback_missing", item.line, text=text[:60])
    return Option(key_of(text), inline(context.html(own)), text, right, context.html(feedback))


def _check(context: BlockContext, options: Sequence[Option]) -> None:
    right = sum(option.right for option in options)
    if len(options) < 2:
        context.findings.error("options_too_few", context.line)
    elif right == 0:
        context.findings.error("no_right_option", context.line)
    elif right == len(options):
        context.findings.error("all_options_right", context.line)
    texts = [option.text for option in options]
    for text in sorted({text for text in texts if texts.count(text) > 1 and text}):
        context.findings.error("option_twice", context.line, text=text[:60])


KIND = BlockKind(Question.kind, _parse)
