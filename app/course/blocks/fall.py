"""`fall`: a practice case in stages; each stage shows its orientation after own thoughts were saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, inline, of_kind
from app.course.model import Block, Prompt
from app.course.pieces import Piece, PieceKind, as_written, joined, pieces_of
from app.course.render import plain

STAGE_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a case. The prompt's text is the title, its HTML the task."""

    title: str
    prompt: Prompt
    orientation_html: str


@dataclass(frozen=True, kw_only=True)
class CaseScenario(Block):
    kind: ClassVar[str] = "fall"

    stages: tuple[Stage, ...]
    group_work: bool = False


def _parse(context: BlockContext) -> CaseScenario:
    headings: list[Piece] = []
    contents: list[list[Piece]] = []
    for piece in pieces_of(context.raw.body):
        if piece.kind is PieceKind.HEADING and piece.level == STAGE_LEVEL:
            headings.append(piece)
            contents.append([])
        elif contents:
            contents[-1].append(piece)
        else:
            context.findings.error("text_before_stages", piece.line)
    if not headings:
        context.findings.error("stages_missing", context.line)
    stages = [_stage(context, *pair) for pair in zip(headings, contents, strict=True)]
    _check_titles(context, zip(headings, stages, strict=True))
    group_work = context.fields.yes("gruppenarbeit")
    return CaseScenario(**context.common, stages=tuple(stages), group_work=group_work)


def _stage(context: BlockContext, heading: Piece, content: list[Piece]) -> Stage:
    title = plain(heading.lines)
    quotes = of_kind(content, PieceKind.QUOTE)
    # The task keeps the form it was written in (lists, tables); only the orientation is taken out.
    task = as_written(piece for piece in content if piece.kind is not PieceKind.QUOTE)
    if not title or not plain(task):
        context.findings.error("prompt_empty", heading.line, block=context.raw.name)
    prompt = Prompt(title, inline(context.html(task)))
    return Stage(title, prompt, context.html(joined(quotes)))


def _check_titles(context: BlockContext, stages: Iterable[tuple[Piece, Stage]]) -> None:
    seen: set[str] = set()
    for heading, stage in stages:
        if stage.title in seen:
            context.findings.error("prompt_twice", heading.line, text=stage.title[:60])
        seen.add(stage.title)


KIND = BlockKind(CaseScenario.kind, _parse)
