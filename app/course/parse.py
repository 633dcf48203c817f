"""Splits a Markdown file into front matter, prose and blocks, line by line, before Markdown looks at it.

The splitter knows code fences, so examples in them stay text, and every part keeps its line numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.course.findings import Findings
from app.course.text import BLOCK_ID, Line, Lines, code_lines, lines_of, text_of, trimmed
from app.course.yamltext import Mapping, Node, Scalar, read_yaml

_FENCE = re.compile(r" {0,3}:{3,}(.*)")
# A fence with a colon too few. One colon may begin the text of a definition, so then only `{#` gives it away.
_SHORT_FENCE = re.compile(
    r" {0,3}(?:::[ \t]*((?:[^\W\d_][\w-]*[ \t]*(?:\{[^{}]*\})?)?)"
    r"|:[ \t]*([^\W\d_][\w-]*[ \t]*\{#[^{}]*\}))[ \t]*"
)
_OPENING = re.compile(r"([^\W\d_][\w-]*)\s*(?:\{([^{}]*)\})?", re.UNICODE)
# Longer opening lines are refused: nobody types them, and the patterns here would take long over them.
_LONGEST_OPENING = 500
_ATTRIBUTE = re.compile(r'#(\S+)|([^\W\d_][\w-]*)=(?:"([^"]*)"|([^\s"=]+))', re.UNICODE)

_CURLY = re.compile(r'([^\W\d_][\w-]*)=[„“”‚‘’»«]([^„“”‚‘’»«"]*)', re.UNICODE)


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A fenced block before its kind has looked at it. `line` is that of the opening fence."""

    name: str
    id: str
    attributes: Mapping
    body: Lines
    line: int


RawPart = Lines | RawBlock


@dataclass(frozen=True, slots=True)
class RawPage:
    """A file in its parts. Prose is given as numbered lines; `front` is None if it could not be read."""

    front: Mapping | None
    parts: tuple[RawPart, ...]

    @property
    def blocks(self) -> tuple[RawBlock, ...]:
        return tuple(part for part in self.parts if isinstance(part, RawBlock))


def split(text: str, findings: Findings) -> RawPage:
    """The parts of a page or case; whatever is wrong with their outer form is noted in `findings`."""
    lines = lines_of(text)
    front, body = _front_matter(lines, findings)
    return RawPage(front, split_body(body, findings))


def _front_matter(lines: Lines, findings: Findings) -> tuple[Mapping | None, Lines]:
    if lines[0].text.rstrip() != "---":
        findings.error("front_matter_missing", 1)
        return None, lines
    end = next((i for i, line in enumerate(lines) if i and line.text.rstrip() == "---"), None)
    if end is None:
        findings.error("front_matter_open", 1)
        return None, ()
    front = read_yaml(text_of(lines[1:end]), findings, first_line=2)
    if isinstance(front, Mapping):
        return Mapping(front.entries, 1), lines[end + 1 :]
    if front is not None:
        findings.error("yaml_no_fields", 2)
    return None, lines[end + 1 :]


def split_body(lines: Lines, findings: Findings) -> tuple[RawPart, ...]:
    """Prose and blocks of `lines` in their order; blank prose is left out."""
    code = code_lines(lines)
    if code.open_at:
        findings.error("code_fence_open", code.open_at)
    return _Splitter(findings).split(lines, code.inside)


class _Splitter:
    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._parts: list[RawPart] = []
        self._start = 0
        self._opening: tuple[int, str] | None = None

    def split(self, lines: Lines, in_code: tuple[bool, ...]) -> tuple[RawPart, ...]:
        for index, line in enumerate(lines):
            said = None if in_code[index] else self._said(line)
            if said is None:
                continue
            if said:
                self._open(lines, index, said)
            elif self._opening is None:
                self._findings.error("stray_fence", line.number)
                self._prose(lines, index)
            else:
                self._close(lines, index)
        if self._opening is None:
            self._prose(lines, len(lines))
        else:
            self._unclosed(lines, len(lines))
        return tuple(self._parts)

    def _said(self, line: Line) -> str | None:
        """What stands behind the colons of a fence ("" for a closing one); None if the line is no fence."""
        fence = _FENCE.fullmatch(line.text)
        if fence:
            return fence[1].strip()
        short = _SHORT_FENCE.fullmatch(line.text) if len(line.text) <= _LONGEST_OPENING else None
        if short is None:
            return None
        said = (short[1] or short[2] or "").strip()
        self._findings.error("fence_short", line.number, fence=f"::: {said}".strip())
        return said

    def _open(self, lines: Lines, index: int, said: str) -> None:
        if self._opening is None:
            self._prose(lines, index)
        else:
            # A fence inside a block nearly always means that the one before was never closed.
            self._unclosed(lines, index)
        self._opening = (lines[index].number, said)
        self._start = index + 1

    def _unclosed(self, lines: Lines, index: int) -> None:
        assert self._opening is not None  # noqa: S101 - callers have just asked
        line, said = self._opening
        self._findings.error("block_unclosed", line, block=said.split("{")[0].split(" ")[0])
        self._close(lines, index)

    def _close(self, lines: Lines, index: int) -> None:
        assert self._opening is not None  # noqa: S101 - callers have just asked
        block = _raw_block(self._opening, trimmed(lines[self._start : index]), self._findings)
        if block:
            self._parts.append(block)
        self._opening = None
        self._start = index + 1

    def _prose(self, lines: Lines, index: int) -> None:
        prose = trimmed(lines[self._start : index])
        if prose:
            self._parts.append(prose)
        self._start = index + 1


def _raw_block(opening: tuple[int, str], body: Lines, findings: Findings) -> RawBlock | None:
    line, said = opening
    found = _OPENING.fullmatch(said) if len(said) <= _LONGEST_OPENING else None
    if not found:
        findings.error("fence_malformed", line, text=said[:60])
        return None
    block_id, attributes = _attributes(found[2] or "", line, findings)
    return RawBlock(found[1], block_id, Mapping(dict(attributes), line), body, line)


def _attributes(text: str, line: int, findings: Findings) -> tuple[str, dict[str, Node]]:
    """The id (or "") and the other attributes of an opening fence."""
    block_id = ""
    values: dict[str, Node] = {}
    for found in _ATTRIBUTE.finditer(text):
        identifier, name, quoted, plain = found.groups()
        if identifier is not None:
            block_id = _valid_id(identifier, block_id, line, findings)
        elif name in values:
            findings.error("attribute_twice", line, attribute=name)
        else:
            values[name] = Scalar(quoted if quoted is not None else plain, line)
    rest = _ATTRIBUTE.sub(" ", text).strip()
    bare_id = rest.removeprefix("#").strip().lower()
    if not block_id and BLOCK_ID.fullmatch(bare_id):
        findings.error("id_without_hash", line, id=bare_id)
        return bare_id, values
    curly = _CURLY.search(text)
    if curly:
        # One word between them was always taken as it stands, so for that it stays a warning.
        note = findings.error if rest else findings.warning
        note("attribute_quotes", line, attribute=curly[1], value=curly[2].strip())
    elif rest:
        findings.error("attribute_malformed", line, text=rest[:60])
    return block_id, values


def _valid_id(identifier: str, earlier: str, line: int, findings: Findings) -> str:
    if earlier:
        findings.error("attribute_twice", line, attribute="#" + identifier)
    elif not BLOCK_ID.fullmatch(identifier):
        findings.error("id_invalid", line, id=identifier)
    return earlier or identifier
