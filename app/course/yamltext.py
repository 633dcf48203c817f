"""YAML in which every value is text and knows its line: `9:30`, `ja` and `1.10` stay what they are.

Anchors and aliases are refused: authors do not need them, and a few lines of them can fill the memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from app.course.findings import Findings
from app.course.yaml_slips import slip_before


@dataclass(frozen=True, slots=True)
class Scalar:
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: dict[str, Node]
    line: int


Node = Scalar | Listing | Mapping

MAX_DEPTH = 20

# What PyYAML says (beginning of its sentence) -> our code. The order matters: the first match wins.
_CODES = (
    ("mapping values are not allowed", "yaml_colon"),
    ("alias", "yaml_alias"),
    ("found undefined alias", "yaml_alias"),
    ("expected alphabetic or numeric character", "yaml_alias"),
    ("found character '\\t'", "yaml_tab"),
    ("found character", "yaml_start_character"),
    ("found unexpected end of stream", "yaml_quote"),
    ("found unexpected document separator", "yaml_quote"),
    ("could not find expected ':'", "yaml_no_colon"),
    ("expected ',' or", "yaml_bracket"),
    ("expected <block end>", "yaml_indent"),
    ("expected '<document start>'", "yaml_indent"),
    ("found unknown escape character", "yaml_escape"),
    ("expected a single document", "yaml_documents"),
    ("but found another document", "yaml_documents"),
)
# For these the place where the unfinished thing began helps more than the place where it was noticed.
_FROM_THE_BEGINNING = {"yaml_quote", "yaml_bracket", "yaml_no_colon"}
# These may be no more than what an earlier slip of the author led to.
_EXPLAINED_BY_SLIPS = {
    "yaml_colon", "yaml_alias", "yaml_tab", "yaml_start_character", "yaml_quote", "yaml_no_colon",
    "yaml_bracket", "yaml_indent", "yaml_escape", "yaml_syntax",
}  # fmt: skip


class _TextLoader(yaml.BaseLoader):
    """Composes nodes; refuses aliases and deep nesting before they cost anything."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=event.start_mark)
        if self.depth >= MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_yaml(text: str, findings: Findings, first_line: int = 1) -> Mapping | Listing | None:
    """The mapping or list written in `text`, whose first line has the number `first_line`.

    An empty text gives an empty mapping. None means it cannot be read; the reason is in `findings`.
    """
    try:
        node = yaml.compose(text, Loader=_TextLoader)
    except yaml.MarkedYAMLError as error:
        _note_syntax_error(error, text, findings, first_line)
        return None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        findings.error("yaml_character", line)
        return None
    except RecursionError:
        findings.error("yaml_syntax", first_line)
        return None
    if node is None:
        return Mapping({}, first_line)
    value = _converted(node, findings, first_line)
    if isinstance(value, Scalar):
        findings.error("yaml_no_fields", value.line)
        return None
    return value


def _note_syntax_error(error: yaml.MarkedYAMLError, text: str, findings: Findings, first_line: int) -> None:
    said = error.problem or ""
    code = next((code for beginning, code in _CODES if said.startswith(beginning)), "yaml_syntax")
    mark = error.problem_mark
    if code in _FROM_THE_BEGINNING and error.context_mark is not None:
        mark = error.context_mark
    index = mark.line if mark is not None else 0
    if code in _EXPLAINED_BY_SLIPS and error.problem_mark is not None:
        slip = slip_before(text.split("\n"), error.problem_mark.line, error.problem_mark.column)
        code, index = slip or (code, index)
    if code == "yaml_quote":
        findings.error(code, first_line + index, opened=first_line + index)
    else:
        findings.error(code, first_line + index)


def _converted(node: yaml.Node, findings: Findings, first_line: int) -> Node:
    line = node.start_mark.line + first_line
    if isinstance(node, yaml.SequenceNode):
        return Listing(tuple(_converted(item, findings, first_line) for item in node.value), line)
    if not isinstance(node, yaml.MappingNode):
        return Scalar(node.value, line)
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        key_line = key.start_mark.line + first_line
        if not isinstance(key, yaml.ScalarNode):
            findings.error("yaml_syntax", key_line)
        elif key.value in entries:
            findings.error("yaml_duplicate_key", key_line, field=key.value, first_line=lines[key.value])
        else:
            entries[key.value] = _converted(value, findings, first_line)
            lines[key.value] = key_line
    return Mapping(entries, line)
