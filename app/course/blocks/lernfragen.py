"""`lernfragen`: the questions a learner brings along; each has a state that changes on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind
from app.course.model import Block, Prompt


@dataclass(frozen=True, kw_only=True)
class OpeningQuestions(Block):
    """From `minimum` to `maximum` questions of the learner's own."""

    kind: ClassVar[str] = "lernfragen"

    prompt: Prompt
    minimum: int
    maximum: int


def _parse(context: BlockContext) -> OpeningQuestions:
    title, body = context.title_and_body()
    minimum, maximum = context.range(least=1, most=5)
    prompt = context.prompt(body, context.line)
    return OpeningQuestions(**context.common, title=title, prompt=prompt, minimum=minimum, maximum=maximum)


KIND = BlockKind(OpeningQuestions.kind, _parse)
