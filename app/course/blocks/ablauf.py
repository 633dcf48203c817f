"""`ablauf`: a procedure in timed steps that somebody moderates; at its end there may be questions to write about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, first_index
from app.course.boards import refuse_quotes
from app.course.model import Block, Prompt
from app.course.pieces import Piece, PieceKind, as_written
from app.course.render import plain
from app.course.text import Line, Lines, trimmed
from app.course.typed_fields import words

MOST_STEPS = 30
MOST_ROLES = 12
MOST_MINUTES = 240
LONGEST_TITLE = 80

_NUMBERED = re.compile(r"\s*\d")
_BOLD = re.compile(r"\s*(?:\*\*|__)(.+?)(?:\*\*|__)")
_TIME = re.compile(r"\(([^()]*)\)")
_MINUTES = re.compile(r"(?:etwa |ca\. ?)?(\d{1,4})[ \t]*(?:Minuten?|Min\.?|min|')")
_LIKE_TIME = re.compile(r"\d+[ \t]*['’hs]?$|\b(?:Min|min|Std|std|Stunde|stunde|Sek|sek|Uhr)")


class ForWhom(StrEnum):
    """How many runs there are; the values are the words authors write."""

    ALL = "alle"
    GROUP = "gruppe"
    ME = "mich"


@dataclass(frozen=True, slots=True)
class Step:
    """`title` is plain text, "" for a step that is all instruction; `minutes` is 0 where no time is set."""

    title: str
    minutes: int
    html: str


@dataclass(frozen=True, kw_only=True)
class Procedure(Block):
    """Steps that are gone through together, `roles` to be shared out, `prompts` for afterwards."""

    kind: ClassVar[str] = "ablauf"

    intro_html: str
    for_whom: ForWhom
    roles: tuple[str, ...]
    steps: tuple[Step, ...]
    prompts: tuple[Prompt, ...]

    @property
    def duration(self) -> int:
        """The minutes of all steps. A page need not have room for them: a procedure may be offered on top of it."""
        return sum(step.minutes for step in self.steps)


def _parse(context: BlockContext) -> Procedure:
    title, pieces = context.title_and_pieces()
    refuse_quotes(context, pieces)
    start = first_index(pieces, PieceKind.ITEM)
    context.refuse_text_after(pieces, start)
    items = [piece for piece in pieces[start:] if piece.kind is PieceKind.ITEM]
    numbered = _in_order(context, items)
    steps = tuple(_step(context, item) for item in numbered)
    procedure = Procedure(
        **context.common,
        title=title,
        intro_html=context.html(as_written(pieces[:start])),
        for_whom=context.fields.choice("fuer", ForWhom, ForWhom.ALL),
        roles=_roles(context),
        steps=steps,
        prompts=context.prompts(item for item in items if not _is_numbered(item)),
    )
    _check(context, procedure)
    return procedure


def _is_numbered(item: Piece) -> bool:
    return bool(item.source and _NUMBERED.match(item.source[0].text))


def _in_order(context: BlockContext, items: Sequence[Piece]) -> list[Piece]:
    """The numbered items; they come before the questions, and somebody reading the file must see that, too."""
    numbered = [item for item in items if _is_numbered(item)]
    for item in items[len(numbered) :]:
        if _is_numbered(item):
            context.findings.error("procedure_order", item.line)
            break
    return numbered


def _roles(context: BlockContext) -> tuple[str, ...]:
    roles = words(context, "rollen", example="Moderation, Zeitwache")
    if len(roles) > MOST_ROLES:
        context.findings.error(
            "words_too_many", context.line, field="rollen", count=len(roles), most=MOST_ROLES
        )
    return roles


def _step(context: BlockContext, item: Piece) -> Step:
    title, minutes, rest = _head(context, item)
    html = context.html(rest)
    if not title and not plain(rest):
        context.findings.error("prompt_empty", item.line, block=context.raw.name)
    return Step(title, minutes, html)


def _head(context: BlockContext, item: Piece) -> tuple[str, int, Lines]:
    """Title and minutes from the beginning of a step, and its instruction.

    The title is what is bold at the beginning, or what stands before the minutes, or a short step's whole text.
    """
    if not item.lines:
        return "", 0, ()
    first = item.lines[0]
    bold = _BOLD.match(first.text)
    time = _TIME.search(first.text, bold.start(1) if bold else 0)
    if bold and first.text[bold.end() :].lstrip()[:1].islower():
        bold = None  # a sentence that begins with an emphasis
    # In the running text a parenthesis is a parenthesis; only the first one, right at the title, is a time.
    near = time and (not bold or not first.text[bold.end() : time.start()].strip(" \t:."))
    if time and near and _LIKE_TIME.search(time[1].strip()):
        minutes = _minutes(context, item.line, time)
        head, tail = first.text[: time.start()], first.text[time.end() :]
        if bold and time.end() < bold.end():
            head, tail = bold[1][: time.start() - bold.start(1)], first.text[bold.end() :]
    elif bold:
        minutes, head, tail = 0, bold[1], first.text[bold.end() :]
    else:
        text = plain(item.lines)
        whole = len(item.lines) == 1 and len(text) <= LONGEST_TITLE
        return (text, 0, ()) if whole else ("", 0, item.lines)
    title = plain((Line(first.number, head),)).rstrip(" :–-")
    rest = (Line(first.number, tail.lstrip(" \t:–.")), *item.lines[1:])
    return title, minutes, trimmed(rest)


def _minutes(context: BlockContext, line: int, time: re.Match[str]) -> int:
    found = _MINUTES.fullmatch(time[1].strip())
    minutes = int(found[1]) if found else 0
    if not 1 <= minutes <= MOST_MINUTES:
        context.findings.error("step_minutes", line, text=time[0], most=MOST_MINUTES)
        return 0
    return minutes


def _check(context: BlockContext, procedure: Procedure) -> None:
    count = len(procedure.steps)
    if count < 2:
        context.findings.error("procedure_steps_few", context.line)
    elif count > MOST_STEPS:
        context.findings.error("procedure_steps_many", context.line, count=count, most=MOST_STEPS)
    if 0 < procedure.minutes < procedure.duration:
        context.findings.error(
            "procedure_minutes", context.line, block=procedure.minutes, steps=procedure.duration
        )


KIND = BlockKind(Procedure.kind, _parse)
