"""What cards, nets and two sides read alike: short texts, words that may be missing, a sight that fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.course.block_reading import BlockContext
from app.course.model import Sight
from app.course.pieces import Piece, PieceKind
from app.course.typed_fields import words

SHORT = 80
MOST_WORDS = 6


def words_when_given(context: BlockContext, name: str, example: str) -> tuple[str, ...]:
    """The attribute `name` as two to six words; () if it is not there."""
    given = name in context.fields
    found = words(context, name, least=2 if given else 0, example=example)
    if len(found) > MOST_WORDS:
        context.findings.error("words_too_many", context.line, field=name, count=len(found), most=MOST_WORDS)
    return found


def text_when_given(context: BlockContext, name: str, example: str) -> str:
    """The attribute `name` as a sentence; "" if it is not there. `ja` alone is no sentence."""
    text = context.fields.text(name)
    if name in context.fields and text.lower() in ("", "ja", "nein"):
        context.findings.error("sentence_missing", context.line, field=name, example=example)
        return ""
    return text


def short_texts(context: BlockContext, items: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Names for cards or nodes, each with its line: not empty, not too long, each once."""
    known: dict[str, str] = {}
    for text, line in items:
        if not text:
            context.findings.error("prompt_empty", line, block=context.raw.name)
        elif len(text) > SHORT:
            context.findings.error("name_too_long", line, text=text[:40], count=len(text), most=SHORT)
        elif text.casefold() in known:
            context.findings.error("name_twice", line, text=text)
        known.setdefault(text.casefold(), text)
    return tuple(filter(None, known.values()))


def refuse_quotes(context: BlockContext, pieces: Iterable[Piece]) -> None:
    """These kinds have nothing that is shown afterwards, so a quote would be lost."""
    for piece in pieces:
        if piece.kind is PieceKind.QUOTE:
            context.findings.error("quote_unused", piece.line, block=context.raw.name)
            return


def check_sight_of_shared(context: BlockContext) -> None:
    """What a whole cohort writes together cannot be for one's own eyes."""
    if "sicht" in context.fields and context.common["sight"] is not Sight.GROUP:
        context.findings.error(
            "sight_of_shared", context.line, block=context.raw.name, sight=context.common["sight"].value
        )
