"""Two versions of an answer side by side: where they differ and what to propose. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.quizzes.kind import FormField


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in both versions. Hidden ones and equal ones need no decision."""

    current: FormField
    submitted: FormField

    @property
    def is_open(self) -> bool:
        return not self.current.hidden and self.current.value != self.submitted.value

    @property
    def proposal(self) -> str:
        """What was just sent, unless the saved text contains it whole."""
        current, submitted = self.current.value, self.submitted.value
        if self.current.hidden:
            return max(current, submitted, key=lambda value: (len(value), value))
        if not self.current.options and submitted in current:
            return current
        return submitted


def choices(current: Sequence[FormField], submitted: Sequence[FormField]) -> list[Choice]:
    """Every field of both; one that is missing on a side is empty there."""
    before = {field.name: field for field in current}
    after = {field.name: field for field in submitted}
    return [
        Choice(before.get(name) or _empty(after[name]), after.get(name) or _empty(before[name]))
        for name in dict.fromkeys([*before, *after])
    ]


def _empty(field: FormField) -> FormField:
    return field if field.hidden else replace(field, value="")
