"""Answers whose question is asked no more, or asked in another way: they stay fields of the form. Pure.

Fields: `f-<key>` the text, `f-<key>-q` its question, `f-<key>-o` its place on the sheet ("" if there is only one).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.course.block_reading import key_of
from app.course.typed_fields import FieldType, TypedField
from app.quizzes.forms import MOST_ITEMS, TEXT_LENGTH, Errors, Form, only_real, tidy_line, tidy_text, too_long
from app.quizzes.kind import FormField
from app.quizzes.values import Body

_NAME = re.compile(r"f-[0-9a-f]{8}")
_PLACE = re.compile(r"[1-9][0-9]?-[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A text without its field. `place` is "run-row" on a sheet."""

    question: str
    text: str
    place: str = ""

    @property
    def name(self) -> str:
        return f"f-{key_of(f'{self.place} {self.question}')}"


def read(form: Form) -> tuple[list[Leftover], Errors]:
    """What was sent of them; an emptied one is gone."""
    found: list[Leftover] = []
    errors: Errors = {}
    for name in [name for name in form if _NAME.fullmatch(name)][:MOST_ITEMS]:
        question = tidy_line(form.get(f"{name}-q", ""))[:TEXT_LENGTH]
        text, place = tidy_text(form[name]), form.get(f"{name}-o", "")
        if question and text:
            found.append(Leftover(question, text, place if _PLACE.fullmatch(place) else ""))
            errors[name] = too_long(text, TEXT_LENGTH)
    return found, only_real(errors)


def sorted_out(
    written: Iterable[Body], fits: Callable[[str, str], bool], place: str = ""
) -> tuple[dict[str, str], list[Leftover]]:
    """Entries by question where `fits(question, answer)`, and the others, those to the same question in one."""
    values: dict[str, str] = {}
    left: dict[str, str] = {}
    for entry in written:
        question, answer = entry["q"], entry["a"]
        if question not in values and fits(question, answer):
            values[question] = answer
        elif answer:
            left[question] = f"{left[question]}\n{answer}" if question in left else answer
    return values, [Leftover(question, text, place) for question, text in left.items()]


def fits_field(field: TypedField | None, answer: str) -> bool:
    """Whether a field of today can show this answer without losing it."""
    if field is None:
        return False
    if field.type is FieldType.DATE:
        return re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", answer) is not None
    if field.options:
        return answer in field.options
    return field.type is FieldType.TEXT or "\n" not in answer


def form_fields(leftovers: Iterable[Leftover]) -> list[FormField]:
    """The same for the page that shows two versions."""
    found = []
    for each in leftovers:
        found.append(FormField(f"{each.name}-q", "", each.question, hidden=True))
        found.append(FormField(f"{each.name}-o", "", each.place, hidden=True))
        found.append(FormField(each.name, f"Frühere Frage: {each.question}", each.text, long=True))
    return found
