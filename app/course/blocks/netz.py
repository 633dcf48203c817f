"""`netz`: nodes and the links between them, written in rows and drawn as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index, of_kind
from app.course.boards import check_sight_of_shared, refuse_quotes, short_texts, text_when_given
from app.course.model import Block, Prompt
from app.course.pieces import PieceKind, as_written
from app.course.render import plain

MOST_NODES = 25


class LinkKind(StrEnum):
    """What is said about a link: a sentence, or how strong it is."""

    SENTENCE = "satz"
    STRENGTH = "staerke"


@dataclass(frozen=True, kw_only=True)
class Net(Block):
    """`nodes` are there to begin with. `mark` is what a mark on a node means, `tend` a question that is answered with
    one of the links; both "" for none. `distance`: how many steps lie between two nodes may be asked."""

    kind: ClassVar[str] = "netz"

    prompt: Prompt
    nodes: tuple[str, ...]
    link: LinkKind
    keywords: bool
    mark: str
    distance: bool
    tend: str
    shared: bool

    @property
    def together(self) -> bool:
        return self.shared


def _parse(context: BlockContext) -> Net:
    title, pieces = context.title_and_pieces()
    refuse_quotes(context, pieces)
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start)
    items = of_kind(pieces, PieceKind.ITEM)
    if len(items) > MOST_NODES:
        context.findings.error("net_nodes_many", context.line, count=len(items), most=MOST_NODES)
    net = Net(
        **context.common,
        title=title,
        prompt=context.prompt(as_written(pieces[:start]), context.line),
        nodes=short_texts(context, [(plain(item.lines), item.line) for item in items]),
        link=context.fields.choice("verbindung", LinkKind, LinkKind.SENTENCE),
        keywords=context.fields.yes("schlagworte"),
        mark=text_when_given(context, "markieren", "Hier ist jemand allein"),
        distance=context.fields.yes("abstand"),
        tend=text_when_given(context, "pflegen", "Welche Verbindung pflegen Sie als Nächstes?"),
        shared=context.fields.yes("gemeinsam"),
    )
    if net.shared:
        check_sight_of_shared(context)
    return net


KIND = BlockKind(Net.kind, _parse)
