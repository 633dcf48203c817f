"""The kinds of blocks. Each file in this folder is one kind; a new kind needs no more than a new file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from app.course.block_reading import BlockContext, BlockKind, Common
from app.course.fields import Fields
from app.course.findings import Findings
from app.course.model import Block, Sight
from app.course.parse import RawBlock
from app.course.render import Renderer
from app.course.text import nearest

MOST_MINUTES = 600


@cache
def kinds() -> Mapping[str, BlockKind]:
    """All kinds of blocks by their name, found in the files of this folder."""
    found: dict[str, BlockKind] = {}
    for module in pkgutil.iter_modules(__path__):
        kind: BlockKind = importlib.import_module(f"{__name__}.{module.name}").KIND
        found[kind.name] = kind
    return found


def read_block(raw: RawBlock, findings: Findings, renderer: Renderer, module: str) -> Block | None:
    """The value of a raw block; None if there is no such kind. Everything wrong with it is in `findings`."""
    kind = kinds().get(raw.name)
    if kind is None:
        findings.error(
            "block_unknown", raw.line, block=raw.name,
            nearest=nearest(raw.name, kinds()), allowed=", ".join(sorted(kinds())),
        )  # fmt: skip
        return None
    if not raw.id:
        findings.error("id_missing", raw.line, block=raw.name)
    fields = Fields(raw.attributes, findings, unknown="unknown_attribute", between="=")
    common = Common(
        id=raw.id,
        sight=Sight.ONLY_ME,
        minutes=fields.whole("minuten", 0, 0, MOST_MINUTES),
        line=raw.line,
    )
    if kind.has_sight:
        common["sight"] = fields.choice("sicht", Sight, Sight.ONLY_ME, without=Sight.SMALL_GROUP)
    block = kind.parse(BlockContext(raw, fields, common, findings, renderer, module))
    fields.finish()
    return block
