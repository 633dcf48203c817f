"""Typed reading of a YAML mapping or a block's attributes, with a problem for whatever does not fit."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar

from app.course.findings import Findings
from app.course.text import SLUG, folded, nearest
from app.course.yamltext import Listing, Mapping, Node, Scalar

Choice = TypeVar("Choice", bound=StrEnum)

_TIME = re.compile(r"(\d{1,2})[:.](\d{2})")
_YES = {"ja": True, "nein": False}


class Fields:
    """Reads the entries of `mapping` by name; `finish` then tells of names nobody asked for.

    `unknown` is the code of that last problem, since a block's attribute is not called a field. `between`
    is what an author writes between name and value.
    """

    def __init__(
        self, mapping: Mapping, findings: Findings, unknown: str = "unknown_field", between: str = ": "
    ) -> None:
        self.line = mapping.line
        self._entries = mapping.entries
        self._findings = findings
        self._unknown = unknown
        self._between = between
        self._asked: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def line_of(self, name: str) -> int:
        """The line of a field's value, or of the whole mapping if the field is missing."""
        node = self._entries.get(name)
        return node.line if node else self.line

    def text(self, name: str, *, required: bool = False) -> str:
        """One text, "" if it is missing."""
        scalar = self._scalar(name)
        if required and not (scalar and scalar.text.strip()):
            self._findings.error("field_missing", self.line_of(name), field=name)
        return folded(scalar.text) if scalar else ""

    def slug(self, name: str) -> str:
        """A required short name of a–z, 0–9 and hyphens."""
        text = self.text(name, required=True)
        if text and not SLUG.fullmatch(text):
            self._findings.error("slug_invalid", self.line_of(name), name=text)
        return text

    def whole(self, name: str, default: int, low: int, high: int, *, required: bool = False) -> int:
        """A whole number from `low` to `high`."""
        text = self.text(name, required=required)
        if not text:
            return default
        digits = text.removesuffix("%").strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) < 7 and low <= int(digits) <= high):
            example = f"{name}{self._between}{default or min(max(10, low), high)}"
            self._findings.error(
                "number_invalid",
                self.line_of(name),
                field=name,
                value=text,
                low=low,
                high=high,
                example=example,
            )
            return default
        return int(digits)

    def yes(self, name: str) -> bool:
        """`ja` or `nein`; missing means no."""
        text = self.text(name) or "nein"
        if text.lower() not in _YES:
            self._findings.error("yes_no_invalid", self.line_of(name), field=name, value=text)
        return _YES.get(text.lower(), False)

    def choice(
        self, name: str, choices: type[Choice], default: Choice, *, without: Choice | None = None
    ) -> Choice:
        """One of the words of an enumeration but for the word `without`."""
        text = self.text(name)
        if not text:
            return default
        words = [choice.value for choice in choices if choice is not without]
        if text in words:
            return choices(text)
        self._findings.error(
            "choice_invalid", self.line_of(name), field=name, value=text,
            allowed=", ".join(words), nearest=nearest(text, words),
        )  # fmt: skip
        return default

    def time(self, name: str) -> int | None:
        """A time of day like 09:30 in minutes since midnight; None if there is none to be read."""
        text = self.text(name, required=True)
        found = _TIME.fullmatch(text)
        minutes = int(found[1]) * 60 + int(found[2]) if found else -1
        if found and int(found[2]) < 60 and minutes <= 24 * 60:
            return minutes
        if text:
            self._findings.error("time_invalid", self.line_of(name), field=name, value=text)
        return None

    def texts(self, name: str) -> tuple[Scalar, ...]:
        """A list of texts with their lines; a single text counts as a list of one."""
        self._asked.add(name)
        node = self._entries.get(name)
        if node is None or (isinstance(node, Scalar) and not node.text):
            return ()
        if isinstance(node, Mapping):
            self._findings.error("list_expected", node.line, field=name)
            return ()
        items: tuple[Node, ...] = node.items if isinstance(node, Listing) else (node,)
        for item in items:
            if not isinstance(item, Scalar):
                self._findings.error("text_expected", item.line, field=name)
        return tuple(Scalar(folded(item.text), item.line) for item in items if isinstance(item, Scalar))

    def records(self, name: str) -> list[Fields]:
        """A list of mappings, each ready to be read."""
        self._asked.add(name)
        node = self._entries.get(name)
        if node is None:
            return []
        if not isinstance(node, Listing):
            self._findings.error("list_expected", node.line, field=name)
            return []
        for item in node.items:
            if not isinstance(item, Mapping):
                self._findings.error("fields_expected", item.line, field=name)
        return [Fields(item, self._findings) for item in node.items if isinstance(item, Mapping)]

    def record(self, name: str) -> Fields:
        """A mapping inside this one; an empty one if it is missing."""
        self._asked.add(name)
        node = self._entries.get(name)
        if isinstance(node, Mapping):
            return Fields(node, self._findings)
        if node is not None:
            self._findings.error("fields_expected", node.line, field=name)
        return Fields(Mapping({}, self.line), self._findings)

    def finish(self) -> None:
        """Tells of every name that was not asked for, with the name that was probably meant."""
        for name, node in self._entries.items():
            if name not in self._asked:
                self._findings.error(
                    self._unknown, node.line, field=name, nearest=nearest(name, self._asked),
                    allowed=", ".join(sorted(self._asked)),
                )  # fmt: skip

    def _scalar(self, name: str) -> Scalar | None:
        self._asked.add(name)
        node = self._entries.get(name)
        if node is None or isinstance(node, Scalar):
            return node
        self._findings.error("text_expected", node.line, field=name)
        return None
