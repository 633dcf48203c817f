"""`regler`: scales between numbers, words or two poles; they may be multiplied or averaged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, inline, key_of, of_kind
from app.course.model import Block, Prompt, Sight
from app.course.pieces import Piece, PieceKind, as_written, joined
from app.course.render import plain
from app.course.text import Line
from app.course.typed_fields import MOST_STEPS, TypedField, typed_field, words

MOST_SCALES = 20

_POLES = re.compile(r"[ \t]*\((?P<low>[^()]+?)[ \t]*(?:<->|↔)[ \t]*(?P<high>[^()]+?)\)[ \t]*$")
_BARE_POLES = re.compile(r"[ \t]*(?:<->|↔)[ \t]*")


class Reckoning(StrEnum):
    """What is made of the values."""

    NONE = "nichts"
    PRODUCT = "produkt"
    MEAN = "mittel"


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale. `low` and `high` are the words at its ends, "" for none."""

    key: str
    prompt: Prompt
    low: str = ""
    high: str = ""


@dataclass(frozen=True, kw_only=True)
class Scales(Block):
    """Scales that all have the same `steps` (numbers or words, from the lowest). `fields` are asked besides.

    `weakest`: a question about the lowest one, "" for none. `closing_html` is shown only after something was saved.
    """

    kind: ClassVar[str] = "regler"

    intro_html: str
    scales: tuple[Scale, ...]
    fields: tuple[TypedField, ...]
    steps: tuple[str, ...]
    reckoning: Reckoning
    weakest: str
    group_picture: bool
    closing_html: str

    @property
    def together(self) -> bool:
        return self.group_picture


def _parse(context: BlockContext) -> Scales:
    title, pieces = context.title_and_pieces()
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start)
    intro = [piece for piece in pieces[:start] if piece.kind is not PieceKind.QUOTE]
    scales, fields = _scales_and_fields(context, of_kind(pieces, PieceKind.ITEM))
    reckoning = context.fields.choice("rechnen", Reckoning, Reckoning.NONE, without=Reckoning.NONE)
    weakest = context.fields.text("schwaechster")
    if len(scales) == 1 and (weakest or reckoning is not Reckoning.NONE):
        context.findings.error("scales_need_two", context.line)
    picture = context.fields.yes("gruppenbild")
    if picture and context.common["sight"] is not Sight.ONLY_ME:
        context.findings.error("scales_picture_sight", context.fields.line_of("gruppenbild"))
    return Scales(
        **context.common,
        title=title,
        intro_html=context.html(as_written(intro)),
        scales=scales,
        fields=fields,
        steps=_steps(context, reckoning),
        reckoning=reckoning,
        weakest=weakest,
        group_picture=picture,
        closing_html=context.html(joined(of_kind(pieces, PieceKind.QUOTE))),
    )


def _steps(context: BlockContext, reckoning: Reckoning) -> tuple[str, ...]:
    named = words(
        context, "stufen", least=2 if "stufen" in context.fields else 0, example="nie, manchmal, oft"
    )
    low, high = context.fields.whole("von", 0, 0, 100), context.fields.whole("bis", 5, 1, 100)
    if named:
        if "von" in context.fields or "bis" in context.fields:
            context.findings.error("scales_steps_twice", context.line)
        if reckoning is not Reckoning.NONE:
            context.findings.error("scales_words_reckoned", context.fields.line_of("rechnen"))
        if len(named) > MOST_STEPS:
            context.findings.error(
                "scales_too_long", context.line, most=MOST_STEPS, last=low + MOST_STEPS - 1
            )
        return named
    if low >= high:
        context.findings.error("scales_inverted", context.line, low=low, high=high)
    elif high - low >= MOST_STEPS:
        context.findings.error("scales_too_long", context.line, most=MOST_STEPS, last=low + MOST_STEPS - 1)
    return tuple(str(step) for step in range(low, max(low + 1, min(high, low + MOST_STEPS - 1)) + 1))


def _scales_and_fields(
    context: BlockContext, items: Sequence[Piece]
) -> tuple[tuple[Scale, ...], tuple[TypedField, ...]]:
    """An item that names a type ("Bis wann? (Datum)") is a field beside the scales."""
    scales: list[Scale] = []
    fields: list[TypedField] = []
    for item in items:
        field = typed_field(context, item.lines, item.line)
        if field.prompt.text == plain(item.lines):
            scales.append(_scale(context, item, field.prompt))
        else:
            fields.append(field)
    if not scales:
        context.findings.error("scales_missing", context.line)
    if len(items) > MOST_SCALES:
        context.findings.error(
            "fields_too_many", context.line, block=context.raw.name, count=len(items), most=MOST_SCALES
        )
    _check_doubles(context, items, [*scales, *fields])
    return tuple(scales), tuple(fields)


def _scale(context: BlockContext, item: Piece, whole: Prompt) -> Scale:
    first = item.lines[0].text if item.lines else ""
    found = _POLES.search(first)
    if found:
        lines = (Line(item.line, first[: found.start()]), *item.lines[1:])
        text = plain(lines)
        if not text:  # "- (eins <-> anderes)": poles only, in parentheses
            return _between(context, item, found["low"], found["high"])
        return Scale(
            key_of(text),
            Prompt(text, inline(context.html(lines))),
            found["low"].strip(),
            found["high"].strip(),
        )
    sides = _BARE_POLES.split(first)
    if len(sides) == 2 and all(side.strip() for side in sides):
        return _between(context, item, *sides)
    if len(sides) != 1:
        context.findings.error("scales_poles_malformed", item.line)
    return Scale(key_of(whole.text), whole)


def _between(context: BlockContext, item: Piece, low: str, high: str) -> Scale:
    """A scale that is named by its poles alone."""
    ends = [plain((Line(item.line, side.strip()),)) for side in (low, high)]
    text = " – ".join(ends)
    return Scale(key_of(text), Prompt(text, inline(context.html((Line(item.line, text),)))), *ends)


def _check_doubles(
    context: BlockContext, items: Sequence[Piece], found: Sequence[Scale | TypedField]
) -> None:
    texts = [each.prompt.text for each in found if each.prompt.text]
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        context.findings.error("prompt_twice", items[0].line, text=text[:60])


KIND = BlockKind(Scales.kind, _parse)
