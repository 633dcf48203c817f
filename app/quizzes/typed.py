"""Reading and showing typed fields: what a date, a choice or a scale may hold. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.course.typed_fields import FieldType, TypedField
from app.quizzes.forms import (
    LINE_LENGTH,
    TEXT_LENGTH,
    Errors,
    Form,
    only_real,
    tidy_line,
    tidy_text,
    too_long,
)
from app.quizzes.kind import FormField
from app.quizzes.values import Body

_GERMAN_DATE = re.compile(r"(\d{1,2})\.[ ]?(\d{1,2})\.[ ]?(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEARS = range(1900, 2101)
_LINES = (FieldType.LINE, FieldType.PERSON)
_CHOICES = (FieldType.CHOICE, FieldType.SCALE, FieldType.YES_NO)


@dataclass(frozen=True, slots=True)
class Filled:
    """A field as a form shows it: `name` in the form, and what stands in it."""

    field: TypedField
    name: str
    value: str

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        return shown(self.field, self.value)


def name_of(field: TypedField, row: str = "") -> str:
    """The field's name in the form; `row` where a sheet has several lines of the same fields."""
    return f"t-{field.key}-{row}" if row else f"t-{field.key}"


def read_typed(form: Form, fields: Iterable[TypedField], row: str = "") -> tuple[dict[str, str], Errors]:
    """What was written by the prompt's text (also empty ones), and a German sentence for what cannot be."""
    values: dict[str, str] = {}
    errors: Errors = {}
    for field in fields:
        name = name_of(field, row)
        value, error = _read(field, form.get(name, ""))
        values[field.prompt.text] = value
        errors[name] = error
    return values, only_real(errors)


def _read(field: TypedField, sent: str) -> tuple[str, str]:
    if field.type is FieldType.TEXT:
        text = tidy_text(sent)
        return text, too_long(text, TEXT_LENGTH)
    line = tidy_line(sent)
    if field.type in _LINES:
        return line, too_long(line, LINE_LENGTH)
    if field.type in _CHOICES:
        return (line if line in field.options else ""), ""
    return _read_date(line)


def _read_date(line: str) -> tuple[str, str]:
    """A date as 2026-07-03, however it was typed; what is none stays as it was typed, with a sentence."""
    found = _ISO_DATE.fullmatch(line) or _GERMAN_DATE.fullmatch(line)
    if not line:
        return "", ""
    parts = [int(part) for part in found.groups()] if found else []
    if parts and "." in line:
        parts.reverse()
    try:
        day = date(*parts)
    except (TypeError, ValueError):
        return line[:LINE_LENGTH], f"„{line[:40]}“ ist kein Datum. Schreiben Sie es so: 24.12.2026."
    if day.year not in _YEARS:
        return line[:LINE_LENGTH], f"Das Jahr {day.year} kann nicht gemeint sein. Bitte prüfen Sie das Datum."
    return day.isoformat(), ""


def filled(fields: Sequence[TypedField], values: dict[str, str], row: str = "") -> list[Filled]:
    """The fields with what stands in them (`values` by the prompt's text)."""
    return [Filled(field, name_of(field, row), values.get(field.prompt.text, "")) for field in fields]


def shown(field: TypedField, value: str) -> str:
    """The value as a person reads it: a date as 3.7.2026, a step of a scale with its end."""
    if field.type is FieldType.DATE:
        found = _ISO_DATE.fullmatch(value)
        return f"{int(found[3])}.{int(found[2])}.{found[1]}" if found else value
    if field.type is FieldType.SCALE and value:
        return f"{value} von {field.options[-1]}"
    return value


def form_fields(fields: Sequence[TypedField], values: dict[str, str], row: str = "") -> list[FormField]:
    """The same for the page that shows two versions."""
    return [
        FormField(
            each.name,
            each.field.prompt.text,
            each.value,
            long=each.field.type is FieldType.TEXT,
            options=tuple((word, word) for word in ("", *each.field.options)) if each.field.options else (),
        )
        for each in filled(fields, values, row)
    ]


def values_of(body: Body, key: str = "entries") -> dict[str, str]:
    """What was written, by question, from entries of the form {"q": question, "a": answer}."""
    return {entry["q"]: entry["a"] for entry in body.get(key, ())}


def as_entries(values: dict[str, str]) -> list[dict[str, str]]:
    """Questions and answers as a body keeps them, so that an answer survives a question that is asked no more."""
    return [{"q": question, "a": answer} for question, answer in values.items()]
