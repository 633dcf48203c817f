"""`schlagworte`: the learner's own keywords, written down before reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind
from app.course.model import Block, Prompt


@dataclass(frozen=True, kw_only=True)
class Keywords(Block):
    """From `minimum` to `maximum` short words or phrases."""

    kind: ClassVar[str] = "schlagworte"

    prompt: Prompt
    minimum: int
    maximum: int


def _parse(context: BlockContext) -> Keywords:
    title, body = context.title_and_body()
    minimum, maximum = context.range(least=1, most=10)
    prompt = context.prompt(body, context.line)
    return Keywords(**context.common, title=title, prompt=prompt, minimum=minimum, maximum=maximum)


KIND = BlockKind(Keywords.kind, _parse)
