"""Markdown becomes safe HTML: CommonMark, tables, footnotes and definition lists; raw HTML stays text.

What markdown-it makes is sanitised by an allowlist all the same, so that one mistake is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.course import limits
from app.course.findings import Findings
from app.course.footnotes import REFERENCE, footnote_rules
from app.course.links import FROM_PAGE, HEADING_PREFIX, link, picture
from app.course.raw_links import note_raw_links
from app.course.sanitise import sanitised
from app.course.text import Line, Lines, code_lines, folded, lines_of, text_of

_RAW_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_NESTING_MARKER = re.compile(r"\s*(?:>|[-+*](?=\s|$)|\d{1,9}[.)](?=\s|$))")
_NOT_IN_ANCHOR = re.compile(r"[^\w]+", re.UNICODE)
_ALIGNMENT = {"text-align:right": "rechts", "text-align:center": "mittig", "text-align:left": "links"}


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    footnote_rules(markdown)
    markdown.add_render_rule("table_open", _table_open)
    markdown.add_render_rule("table_close", _table_close)
    # Every target is let through here so that `_Walk` sees and judges it; the allowlist stands behind it.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    return markdown


def _table_open(*_: Any) -> str:
    return '<div class="tabelle" tabindex="0" role="region" aria-label="Tabelle"><table>\n'


def _table_close(*_: Any) -> str:
    return "</table></div>\n"


_MARKDOWN = _markdown()


def render(markdown: str, *, links: str = FROM_PAGE) -> str:
    """Safe HTML for a text that stands alone. `links` leads from its page to the cohort's root."""
    return Renderer(Findings(""), base=links).html(lines_of(markdown))


def plain(lines: Lines) -> str:
    """The words of a text without any markup, in one line."""
    words: list[str] = []
    for token in _parsed(lines, {}) or ():
        if token.type in {"fence", "code_block"}:
            words.append(token.content)
        for child in token.children or ():
            breaks = child.type in {"softbreak", "hardbreak"}
            words.append(" " if breaks else child.content)
        words.append(" ")
    return folded("".join(words))


def _empty_corners(tokens: Sequence[Token]) -> None:
    """A heading cell without words, mostly the corner of a table, is an ordinary cell: it heads nothing."""
    for before, inside, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.type == "th_open" and not inside.content.strip():
            before.tag = after.tag = "td"


def _parsed(lines: Lines, env: dict[str, Any]) -> list[Token] | None:
    """The tokens of a text, or None if the Markdown parser gives up on it."""
    try:
        return _MARKDOWN.parse(text_of(lines), env)
    except Exception:
        # Parsers have been brought down by strange input before; one page must not take the check with it.
        return None


class Renderer:
    """Renders the texts of one page, so that no two of them use the same anchor."""

    def __init__(
        self,
        findings: Findings,
        base: str = FROM_PAGE,
        block_ids: frozenset[str] = frozenset(),
        footnotes: Mapping[str, Lines] | None = None,
    ) -> None:
        """`footnotes` are the page's definitions by label: they may stand in another part of the page."""
        self._findings = findings
        self._base = base
        self._block_ids = block_ids
        self._footnotes = footnotes or {}
        self._texts = 0
        self._notes = 0
        self.anchors: set[str] = set(block_ids)
        self.anchors_used: list[tuple[str, int]] = []
        self.footnotes_used: set[str] = set()

    def html(self, lines: Lines) -> str:
        """Safe HTML. Problems and links go to the page's findings."""
        if _too_deep(lines, self._findings):
            return ""
        lines = self._with_footnotes(lines)
        self._texts += 1
        env: dict[str, Any] = {"docId": str(self._texts), "notes_before": self._notes}
        tokens = _parsed(lines, env)
        if tokens is None:
            self._findings.error("text_unreadable", lines[0].number)
            return ""
        self._notes += len(env.get("footnotes", {}).get("list", {}))
        for token in tokens:
            self._mend(token, lines)
        _empty_corners(tokens)
        self._name_headings(tokens, lines)
        return sanitised(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env))

    def _with_footnotes(self, lines: Lines) -> Lines:
        labels = dict.fromkeys(label for line in lines for label in REFERENCE.findall(line.text))
        result = list(lines)
        for label in labels:
            if label in self._footnotes:
                self.footnotes_used.add(label)
                result += [Line(lines[-1].number, ""), *self._footnotes[label]]
        return tuple(result)

    def _mend(self, token: Token, lines: Lines) -> None:
        style = token.attrs.pop("style", None)
        if style in _ALIGNMENT:
            token.attrs["class"] = _ALIGNMENT[str(style)]
        if token.type == "inline" and token.map:
            self._walk(token.children or [], lines, token.map[0])

    def _walk(self, children: Sequence[Token], lines: Lines, index: int) -> None:
        for child in children:
            line = lines[min(index, len(lines) - 1)].number
            if child.type in {"softbreak", "hardbreak"}:
                index += 1
            elif child.type == "link_open":
                self._link(child, line)
            elif child.type == "image":
                self._picture(child, line)
            elif child.type == "text":
                self._text(child, line)

    def _link(self, token: Token, line: int) -> None:
        target = str(token.attrs.pop("href", ""))
        found = link(target, self._base, self._block_ids)
        if found is None:
            self._findings.error("link_target", line, target=unquote(target))
            return
        token.attrs["href"] = found.address
        if found.external:
            token.attrs["rel"] = "noopener noreferrer"
        if found.anchor:
            self.anchors_used.append((found.anchor, line))
        if found.use:
            self._findings.use(*found.use, line)

    def _picture(self, token: Token, line: int) -> None:
        target = str(token.attrs.pop("src", ""))
        found = picture(target, self._base)
        if not folded(token.content):
            self._findings.error("alt_missing", line, target=unquote(target))
        if found is None or found.use is None:
            self._findings.error("picture_target", line, target=unquote(target))
            return
        token.attrs["src"] = found.address
        token.attrs["loading"] = "lazy"
        self._findings.use(*found.use, line)

    def _text(self, token: Token, line: int) -> None:
        note_raw_links(token.content, line, self._findings)
        html = _RAW_HTML.search(token.content)
        if html:
            self._findings.warning("raw_html", line, text=html[0][:40])
        for label in REFERENCE.findall(token.content):
            self._findings.error("footnote_undefined", line, label=label)

    def _name_headings(self, tokens: Sequence[Token], lines: Lines) -> None:
        for token, inside in pairwise(tokens):
            if token.type != "heading_open" or not token.map:
                continue
            line = lines[min(token.map[0], len(lines) - 1)].number
            if token.tag == "h1":
                self._findings.error("heading_level", line, text=inside.content[:60])
            words = "".join(child.content for child in inside.children or ())
            token.attrs["id"] = self._free_anchor(words)

    def _free_anchor(self, heading: str) -> str:
        wanted = HEADING_PREFIX + (_NOT_IN_ANCHOR.sub("-", heading.lower()).strip("-") or "ohne-titel")
        anchor, number = wanted, 1
        while anchor in self.anchors:
            number += 1
            anchor = f"{wanted}-{number}"
        self.anchors.add(anchor)
        return anchor


def _too_deep(lines: Lines, findings: Findings) -> bool:
    """Whether lists and quotes are nested too deep; counted on the lines, before Markdown sees them."""
    for line, code in zip(lines, code_lines(lines).inside, strict=True):
        rest, depth = line.text.expandtabs(4), 0
        marker = None if code else _NESTING_MARKER.match(rest)
        if marker:
            # Two columns are the least a list needs for each level.
            depth = (len(marker[0]) - len(marker[0].lstrip())) // 2
        while marker and depth <= limits.NESTING:
            depth += 1
            rest = rest[marker.end() :]
            marker = _NESTING_MARKER.match(rest)
        if depth > limits.NESTING:
            findings.error("nesting_too_deep", line.number, most=limits.NESTING)
            return True
    return False
