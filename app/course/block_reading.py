"""What every kind of block needs to read itself: attributes, pieces, and texts rendered in their place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from app.course.fields import Fields
from app.course.findings import Findings, Target
from app.course.model import Block, Prompt, Sight
from app.course.parse import RawBlock
from app.course.pieces import Piece, PieceKind, joined, pieces_of
from app.course.render import Renderer, plain
from app.course.text import Line, Lines, trimmed


class Common(TypedDict):
    """The values all kinds share, ready to be passed on to the value class."""

    id: str
    sight: Sight
    minutes: int
    line: int


@dataclass(frozen=True)
class BlockContext:
    """A block being read: `fields` are its attributes, `module` the slug of its module ("" in a case)."""

    raw: RawBlock
    fields: Fields
    common: Common
    findings: Findings
    renderer: Renderer
    module: str

    @property
    def line(self) -> int:
        return self.raw.line

    def title_and_pieces(self) -> tuple[str, tuple[Piece, ...]]:
        """The text of a heading the body begins with ("" if there is none), and the pieces after it."""
        pieces = pieces_of(self.raw.body)
        if pieces and pieces[0].kind is PieceKind.HEADING:
            return plain(pieces[0].lines), pieces[1:]
        return "", pieces

    def title_and_body(self) -> tuple[str, Lines]:
        """The same, with what follows as it was written."""
        title, _ = self.title_and_pieces()
        return title, trimmed(self.raw.body[1:]) if title else self.raw.body

    def html(self, lines: Lines) -> str:
        """Rendered text; "" for nothing."""
        return self.renderer.html(lines) if lines else ""

    def prompt(self, lines: Lines, line: int) -> Prompt:
        """What a learner is asked; an empty one is a problem at `line`.

        A prompt of one paragraph is without `<p>`, so that it may stand in a label or a legend.
        """
        text = plain(lines)
        if not text:
            self.findings.error("prompt_empty", line, block=self.raw.name)
        return Prompt(text, inline(self.html(lines)))

    def prompts(self, items: Iterable[Piece]) -> tuple[Prompt, ...]:
        """One prompt for each list item; two of the same text would share their answers."""
        found: dict[str, Prompt] = {}
        for item in items:
            prompt = self.prompt(item.lines, item.line)
            if prompt.text in found and prompt.text:
                self.findings.error("prompt_twice", item.line, text=prompt.text[:60])
            found[prompt.text] = prompt
        return tuple(found.values())

    def range(self, *, least: int, most: int) -> tuple[int, int]:
        """The attributes `min` and `max`; `least` and `most` where they are missing."""
        minimum = self.fields.whole("min", least, 0, 100)
        maximum = self.fields.whole("max", max(most, minimum), 1, 100)
        if minimum > maximum:
            self.findings.error("range_inverted", self.line, low=minimum, high=maximum)
        return minimum, maximum

    def page_to_read(self) -> str:
        """The page named by `seite=` as "module/page"; a bare page slug means one of the same module."""
        name = self.fields.text("seite")
        if name and "/" not in name and self.module:
            name = f"{self.module}/{name}"
        if name:
            self.findings.use(Target.PAGE, name, self.line)
        return name

    def explanation(self, quotes: Sequence[Piece]) -> tuple[str, str]:
        """The rendered explanation of a quiz block and the source named in its `Quelle:` line; required."""
        lines, source = without_source(joined(quotes))
        lines = without_label(lines, "Erklärung:")
        if not plain(lines):
            self.findings.error("explanation_missing", self.line, block=self.raw.name)
        return self.html(lines), source

    def refuse_text_after(self, pieces: Sequence[Piece], first: int, *, quotes: bool = False) -> None:
        """A text behind the list would be lost or misplaced; it is a problem. So are `quotes` if asked for."""
        refused = {PieceKind.TEXT, PieceKind.HEADING} | ({PieceKind.QUOTE} if quotes else set())
        for piece in pieces[first:]:
            if piece.kind in refused:
                self.findings.error("text_after_list", piece.line, block=self.raw.name)
                return

    def refuse_quotes_between_items(self, pieces: Sequence[Piece]) -> set[int]:
        """A quote between two items was meant as feedback but is not indented.

        Gives the lines of the items before them, which do have feedback, only not where it belongs.
        """
        items = pieces[first_index(pieces, PieceKind.ITEM) :]
        before: set[int] = set()
        for item, quote, following in zip(items, items[1:], items[2:], strict=False):
            if quote.kind is PieceKind.QUOTE and following.kind is PieceKind.ITEM:
                self.findings.error("feedback_not_indented", quote.line)
                before.add(item.line)
        return before


@dataclass(frozen=True)
class BlockKind:
    """A kind of block: its name in the authors' language and the function that reads it.

    `has_sight` is false where not the author but the learner decides who may read.
    """

    name: str
    parse: Callable[[BlockContext], Block]
    has_sight: bool = True


def of_kind(pieces: Iterable[Piece], kind: PieceKind) -> list[Piece]:
    return [piece for piece in pieces if piece.kind is kind]


def first_index(pieces: Sequence[Piece], kind: PieceKind) -> int:
    """The index of the first piece of a kind, or the number of pieces if there is none."""
    return next((index for index, piece in enumerate(pieces) if piece.kind is kind), len(pieces))


def without_source(lines: Lines) -> tuple[Lines, str]:
    """The lines without those from `Quelle:` to the end of its paragraph, and the words behind `Quelle:`."""
    start = next((i for i, line in enumerate(lines) if line.text.lstrip().startswith("Quelle:")), None)
    if start is None:
        return lines, ""
    end = next((i for i in range(start, len(lines)) if not lines[i].text.strip()), len(lines))
    source = plain(lines[start:end]).removeprefix("Quelle:").strip()
    return trimmed(lines[:start] + lines[end:]), source


def without_label(lines: Lines, label: str) -> Lines:
    """The lines without a label the platform shows anyway."""
    if not lines or not lines[0].text.lstrip().startswith(label):
        return lines
    first = Line(lines[0].number, lines[0].text.lstrip().removeprefix(label).lstrip())
    return trimmed((first, *lines[1:]))


def inline(html: str) -> str:
    """`html` without the `<p>` around it if it is a single paragraph."""
    inner = html.strip().removeprefix("<p>").removesuffix("</p>")
    is_single = html.strip() == f"<p>{inner}</p>" and "<p>" not in inner
    return inner if is_single else html


def key_of(text: str) -> str:
    """A short name for an answer, made of its words, so that it survives a change of order."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
