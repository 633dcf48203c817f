"""`wuensche`: what has to happen for the time to be worth it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind
from app.course.model import Block, Prompt


@dataclass(frozen=True, kw_only=True)
class Wishes(Block):
    """Up to `count` lines, each private or shared with the group, as its writer likes."""

    kind: ClassVar[str] = "wuensche"

    prompt: Prompt
    count: int


def _parse(context: BlockContext) -> Wishes:
    title, body = context.title_and_body()
    return Wishes(
        **context.common,
        title=title,
        prompt=context.prompt(body, context.line),
        count=context.fields.whole("anzahl", 3, 1, 20),
    )


KIND = BlockKind(Wishes.kind, _parse, has_sight=False)
