"""`umfrage`: up to five questions answered without a name; the results are there for all from five answers on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, of_kind
from app.course.boards import refuse_quotes
from app.course.model import Block
from app.course.pieces import PieceKind, as_written
from app.course.typed_fields import FieldType, TypedField, typed_fields

MOST_QUESTIONS = 5


@dataclass(frozen=True, kw_only=True)
class Survey(Block):
    """Nobody, not even the database, knows who answered what; so an answer cannot be changed afterwards."""

    kind: ClassVar[str] = "umfrage"

    intro_html: str
    questions: tuple[TypedField, ...]

    @property
    def together(self) -> bool:
        """The results are everybody's."""
        return True


def _parse(context: BlockContext) -> Survey:
    title, pieces = context.title_and_pieces()
    refuse_quotes(context, pieces)
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start)
    items = of_kind(pieces, PieceKind.ITEM)
    questions = typed_fields(context, items, most=MOST_QUESTIONS)
    _refuse_names(context, zip(questions, (item.line for item in items), strict=False))
    return Survey(
        **context.common,
        title=title,
        intro_html=context.html(as_written(pieces[:start])),
        questions=questions,
    )


def _refuse_names(context: BlockContext, questions: Iterable[tuple[TypedField, int]]) -> None:
    """A field that asks for a person would undo what the survey promises."""
    for question, line in questions:
        if question.type is FieldType.PERSON:
            context.findings.error("survey_person", line, text=question.prompt.text[:60])


KIND = BlockKind(Survey.kind, _parse, has_sight=False)
