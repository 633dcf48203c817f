"""Footnotes whose definitions may stand anywhere on the page, and their HTML in German."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from app.course.findings import Findings
from app.course.text import Line, Lines, code_lines, indent_of, trimmed

Tokens = Sequence[Token]
Env = Mapping[str, Any]

REFERENCE = re.compile(r"\[\^([^\s\[\]^]{1,40})\]")
_DEFINITION = re.compile(r" {0,3}\[\^([^\s\[\]^]{1,40})\]:")


def footnote_rules(markdown: MarkdownIt) -> None:
    """Adds footnotes and definition lists to a Markdown parser."""
    markdown.use(footnote_plugin).use(deflist_plugin)
    # `^[text]` would be a second way to write the same; authors learn one.
    markdown.disable("footnote_inline")
    markdown.add_render_rule("footnote_ref", _reference)
    markdown.add_render_rule("footnote_block_open", _block_open)
    markdown.add_render_rule("footnote_block_close", _block_close)
    markdown.add_render_rule("footnote_open", _note_open)
    markdown.add_render_rule("footnote_anchor", _way_back)


def taken_out(lines: Lines, findings: Findings, definitions: dict[str, Lines]) -> Lines:
    """The lines without footnote definitions, which are added to `definitions` by their label."""
    in_code = code_lines(lines).inside
    rest: list[Line] = []
    found: list[tuple[str, list[Line]]] = []
    place = rest
    after_blank = False
    for line, code in zip(lines, in_code, strict=True):
        begins = None if code else _DEFINITION.match(line.text)
        blank = not line.text.strip()
        if begins:
            place = []
            found.append((begins[1], place))
        elif after_blank and not blank and indent_of(line.text) < 4:
            place = rest
        place.append(line)
        after_blank = blank
    for label, definition in found:
        if label in definitions:
            findings.error("footnote_twice", definition[0].number, label=label)
        definitions[label] = trimmed(tuple(definition))
    return trimmed(tuple(rest))


def _number(token: Token, env: Env) -> int:
    return int(token.meta["id"]) + 1 + int(env.get("notes_before", 0))


def _name(token: Token, env: Env) -> str:
    return f"{env.get('docId', '0')}-{int(token.meta['id']) + 1}"


def _reference(_: Any, tokens: Tokens, index: int, _options: Any, env: Env) -> str:
    token = tokens[index]
    name, number = _name(token, env), _number(token, env)
    # Only the first reference carries the anchor that the way back leads to.
    anchor = "" if token.meta.get("subId", 0) else f' id="fnref-{name}"'
    label = f'aria-label="Fußnote {number}"'
    return f'<sup class="fussnote"><a href="#fn-{name}"{anchor} {label}>{number}</a></sup>'


def _block_open(_: Any, tokens: Tokens, index: int, _options: Any, env: Env) -> str:
    start = int(env.get("notes_before", 0)) + 1
    return f'<section class="fussnoten" aria-label="Fußnoten">\n<ol start="{start}">\n'


def _block_close(*_: Any) -> str:
    return "</ol>\n</section>\n"


def _note_open(_: Any, tokens: Tokens, index: int, _options: Any, env: Env) -> str:
    return f'<li id="fn-{_name(tokens[index], env)}">'


def _way_back(_: Any, tokens: Tokens, index: int, _options: Any, env: Env) -> str:
    if tokens[index].meta.get("subId", 0):
        return ""
    name = _name(tokens[index], env)
    return f' <a href="#fnref-{name}" class="rueckverweis" aria-label="Zurück zum Text">↩</a>'
