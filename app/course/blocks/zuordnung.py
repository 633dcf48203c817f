"""`zuordnung`: texts on the left that belong to texts on the right; a right text may occur several times."""

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
from app.course.text import Line, text_of

_ARROW = re.compile(r"->|=>|→")


@dataclass(frozen=True, slots=True)
class Pair:
    """A left text and the right one it belongs to. `key` is made of the left text's words."""

    key: str
    left_html: str
    left_text: str
    right: str
    feedback_html: str


@dataclass(frozen=True, kw_only=True)
class Matching(Block):
    """Pairs to be found; `page` is where to read again, as "module/page", or ""."""

    kind: ClassVar[str] = "zuordnung"

    prompt: Prompt
    pairs: tuple[Pair, ...]
    explanation_html: str
    source: str
    page: str

    @property
    def rights(self) -> tuple[str, ...]:
        """The right texts, each once, sorted so that their order tells nothing."""
        return tuple(sorted({pair.right for pair in self.pairs}))


def _parse(context: BlockContext) -> Matching:
    title, pieces = context.title_and_pieces()
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start)
    context.refuse_quotes_between_items(pieces)
    prompt = context.prompt(as_written(pieces[:start]), context.line)
    read = [_pair(context, item) for item in of_kind(pieces, PieceKind.ITEM)]
    pairs = tuple(pair for pair in read if pair)
    _check(context, pairs, len(read))
    explanation, source = context.explanation(of_kind(pieces[start:], PieceKind.QUOTE))
    return Matching(
        **context.common,
        title=title,
        prompt=prompt,
        pairs=pairs,
        explanation_html=explanation,
        source=source,
        page=context.page_to_read(),
    )


def _pair(context: BlockContext, item: Piece) -> Pair | None:
    own, feedback = item_and_quote(item)
    # A pair is one sentence on each side, so line breaks in it mean nothing.
    sides = [side.strip() for side in _ARROW.split(text_of(own).replace("\n", " "))]
    if len(sides) != 2 or not all(sides):
        context.findings.error("pair_malformed", item.line)
        return None
    left, right = ((Line(item.line, side),) for side in sides)
    text = plain(left)
    return Pair(key_of(text), inline(context.html(left)), text, plain(right), context.html(feedback))


def _check(context: BlockContext, pairs: Sequence[Pair], written: int) -> None:
    if written < 2:
        context.findings.error("pairs_too_few", context.line)
    elif len(pairs) == written and len({pair.right for pair in pairs}) == 1:
        context.findings.error("pairs_all_alike", context.line)
    lefts = [pair.left_text for pair in pairs]
    for text in sorted({text for text in lefts if lefts.count(text) > 1}):
        context.findings.error("pair_twice", context.line, text=text[:60])


KIND = BlockKind(Matching.kind, _parse)
