"""`lueckentext`: a text with gaps to be filled in; the comparison is tolerant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from app.course.block_reading import BlockContext, BlockKind, inline, key_of, of_kind
from app.course.model import Block, Prompt
from app.course.pieces import Piece, PieceKind, as_written
from app.course.text import Line, Lines, text_of

MOST_GAPS = 30
LONGEST_WORD = 80
TASK = "Setzen Sie ein, was fehlt."

_GAP = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)\]\]")
# Markers for gaps while Markdown renders the text; nobody types characters of the private use area.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKER = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_TAG = re.compile(r"<[^<>]*>")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_NOT_COMPARED = re.compile(r"[\s\-‐-―'’„“”‚‘\"]+|[.,;:!?]+$")


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap: the accepted words, the first of which is the solution, and the hint that is given to others.

    `key` is made of the words around the gap, not of those in it: it stands on the page.
    """

    key: str
    words: tuple[str, ...]
    hint_html: str

    def accepts(self, text: str) -> bool:
        return normal(text) in {normal(word) for word in self.words}


@dataclass(frozen=True, kw_only=True)
class Cloze(Block):
    """`texts` are the pieces of HTML around the gaps, one more than there are gaps; only together are they whole.

    `choice`: the words are offered. `page` is where to read again, as "module/page", or "".
    """

    kind: ClassVar[str] = "lueckentext"

    prompt: Prompt
    texts: tuple[str, ...]
    gaps: tuple[Gap, ...]
    choice: bool
    explanation_html: str
    source: str
    page: str

    @property
    def offered(self) -> tuple[str, ...]:
        """The solutions, each once, sorted so that their order tells nothing."""
        return tuple(sorted({gap.words[0] for gap in self.gaps}, key=str.casefold))


def normal(text: str) -> str:
    """What counts when two words are compared: not case, blanks, hyphens, accents or how an umlaut is written."""
    small = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    bare = unicodedata.normalize("NFKD", _NOT_COMPARED.sub("", small.strip()))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _parse(context: BlockContext) -> Cloze:
    title, pieces = context.title_and_pieces()
    start = next((i for i, piece in enumerate(pieces) if "[[" in text_of(piece.source)), len(pieces))
    reader = _Gaps(context)
    texts = reader.texts(_cloze(context, pieces[start:]))
    # Without a gap nobody knows where the text begins; then only that is a problem.
    behind = pieces[start:] or pieces
    explanation, source = context.explanation(of_kind(behind, PieceKind.QUOTE))
    task = as_written(pieces[:start])
    choice = context.fields.yes("auswahl")
    block = Cloze(
        **context.common,
        title=title,
        prompt=context.prompt(task, context.line) if task and texts else Prompt(TASK, TASK),
        texts=texts,
        gaps=tuple(reader.gaps),
        choice=choice,
        explanation_html=explanation,
        source=source,
        page=context.page_to_read(),
    )
    if choice and len(block.offered) == 1:
        context.findings.error("gaps_alike", context.line)
    return block


def _cloze(context: BlockContext, pieces: Sequence[Piece]) -> Lines:
    """The text with gaps, without the explanation behind it."""
    quoted = False
    for piece in pieces:
        if piece.kind is PieceKind.QUOTE:
            quoted = True
        elif quoted:
            context.findings.error("cloze_after_explanation", piece.line)
            break
    return as_written(piece for piece in pieces if piece.kind is not PieceKind.QUOTE)


@dataclass
class _Gaps:
    """Collects the gaps of a text and puts markers in their places, so that Markdown leaves them alone."""

    context: BlockContext
    gaps: list[Gap] = field(default_factory=list)

    def texts(self, lines: Lines) -> tuple[str, ...]:
        """The rendered text, cut at its gaps."""
        findings, line = self.context.findings, self.context.line
        whole = tuple(_unbroken(lines))
        count = sum(len(_GAP.findall(each.text)) for each in whole)
        if count > MOST_GAPS:
            findings.error("gaps_too_many", line, count=count, most=MOST_GAPS)
            return ()
        marked = tuple(Line(each.number, self._marked(each)) for each in whole)
        if not self.gaps:
            findings.error("gaps_missing", line)
            return ()
        html = self.context.html(marked)
        # A gap in an address or in a picture's description cannot be filled in.
        found = [int(number) for number in _MARKER.findall(_TAG.sub("", html))]
        if found != list(range(len(self.gaps))):
            findings.error("gap_misplaced", lines[0].number)
            return ()
        return tuple(_MARKER.split(html)[::2])

    def _marked(self, line: Line) -> str:
        around = _GAP.sub("…", line.text)
        if "[[" in around or "]]" in around:
            self.context.findings.error("gap_open", line.number)

        def mark(found: re.Match[str]) -> str:
            self.gaps.append(self._gap(found[1], around, line.number))
            return f"{_OPEN}{len(self.gaps) - 1}{_CLOSE}"

        return _GAP.sub(mark, line.text)

    def _gap(self, inside: str, around: str, line: int) -> Gap:
        accepted, _, hint = inside.partition(">")
        words = tuple(dict.fromkeys(" ".join(word.split()) for word in accepted.split("|") if word.strip()))
        if not any(normal(word) for word in words):
            self.context.findings.error("gap_empty", line)
        for word in words:
            if len(word) > LONGEST_WORD:
                self.context.findings.error("gap_too_long", line, text=word[:40], most=LONGEST_WORD)
        hints = (Line(line, hint.strip()),) if hint.strip() else ()
        return Gap(self._free_key(around), words or ("",), inline(self.context.html(hints)))

    def _free_key(self, around: str) -> str:
        known = {gap.key for gap in self.gaps}
        number = 1
        while key_of(f"{around} {number}") in known:
            number += 1
        return key_of(f"{around} {number}")


def _unbroken(lines: Lines) -> Iterator[Line]:
    """The lines, with those put together through which a gap runs."""
    waiting: list[str] = []
    number = still_open = 0
    for line in lines:
        blank = not line.text.strip()
        if waiting and blank:
            yield Line(number, " ".join(waiting))
            waiting, still_open = [], 0
        number = number if waiting else line.number
        waiting.append(line.text.strip() if waiting else line.text)
        still_open += line.text.count("[[") - line.text.count("]]")
        if still_open <= 0:
            yield Line(number, " ".join(waiting))
            waiting, still_open = [], 0
    if waiting:
        yield Line(number, " ".join(waiting))


KIND = BlockKind(Cloze.kind, _parse)
