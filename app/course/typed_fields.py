"""Fields with a type, as sheets, cards and surveys have them: "- Bis wann? (Datum)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.course.block_reading import BlockContext, key_of
from app.course.model import Prompt
from app.course.pieces import Piece
from app.course.slips import is_example, type_meant
from app.course.text import Line, Lines

MOST_STEPS = 11

_TYPE = re.compile(
    r"[ \t]*\((?:(?P<plain>Text|Zeile|Datum|Person|ja/nein)"
    r"|Auswahl:(?P<options>[^()]*)"
    r"|Skala[ \t]+(?P<low>\d{1,3})[ \t]*(?:bis|-|–)[ \t]*(?P<high>\d{1,3}))\)[ \t]*$"
)


class FieldType(StrEnum):
    """What can be put into a field; the values are the words authors write."""

    TEXT = "Text"
    LINE = "Zeile"
    DATE = "Datum"
    PERSON = "Person"
    YES_NO = "ja/nein"
    CHOICE = "Auswahl"
    SCALE = "Skala"


@dataclass(frozen=True, slots=True)
class TypedField:
    """A field of a form. `key` is made of the prompt's words; `options` are the words of a choice, the numbers of a
    scale or yes and no, empty for everything that is written freely."""

    key: str
    prompt: Prompt
    type: FieldType
    options: tuple[str, ...] = ()


def typed_fields(
    context: BlockContext, items: Sequence[Piece], *, least: int = 1, most: int = 40
) -> tuple[TypedField, ...]:
    """One field for each list item; two with the same words would share what is written into them."""
    if len(items) < least:
        context.findings.error("fields_missing", context.line, block=context.raw.name)
    if len(items) > most:
        context.findings.error(
            "fields_too_many", context.line, block=context.raw.name, count=len(items), most=most
        )
    fields: dict[str, TypedField] = {}
    for item in items:
        field = typed_field(context, item.lines, item.line)
        if field.prompt.text in fields and field.prompt.text:
            context.findings.error("prompt_twice", item.line, text=field.prompt.text[:60])
        if is_example(field.prompt.text):
            context.findings.warning("field_example", item.line, text=field.prompt.text[:60])
        fields[field.prompt.text] = field
    return tuple(fields.values())


def typed_field(context: BlockContext, lines: Lines, line: int) -> TypedField:
    """The field these lines ask for; a parenthesis at the end of the first line gives its type."""
    kind: FieldType = FieldType.TEXT
    options: tuple[str, ...] = ()
    found = _TYPE.search(lines[0].text) if lines else None
    if found:
        lines = (Line(lines[0].number, lines[0].text[: found.start()]), *lines[1:])
        kind, options = _type(context, found, line)
    elif lines:
        said, meant = type_meant(lines[0].text)
        if said:
            context.findings.warning("field_type_unclear", line, text=said, nearest=meant)
    prompt = context.prompt(lines, line)
    return TypedField(key_of(prompt.text), prompt, kind, options)


def _type(context: BlockContext, found: re.Match[str], line: int) -> tuple[FieldType, tuple[str, ...]]:
    said = found[0].strip()
    if found["plain"]:
        kind = FieldType(found["plain"])
        return kind, ("ja", "nein") if kind is FieldType.YES_NO else ()
    if found["options"] is not None:
        words = tuple(word.strip() for word in found["options"].split(",") if word.strip())
        if len(words) < 2:
            context.findings.error("field_choice_short", line, text=said)
        for name in doubles(words):
            context.findings.error("field_choice_twice", line, text=said, name=name)
        return FieldType.CHOICE, tuple(dict.fromkeys(words))
    low, high = int(found["low"]), int(found["high"])
    if not low < high < low + MOST_STEPS:
        context.findings.error("field_scale_invalid", line, text=said)
        high = min(max(high, low + 1), low + MOST_STEPS - 1)
    return FieldType.SCALE, tuple(str(step) for step in range(low, high + 1))


def words(
    context: BlockContext, name: str, *, least: int = 0, example: str = "eins, zwei"
) -> tuple[str, ...]:
    """The attribute `name` as words between commas, each once; fewer than `least` are a problem."""
    found = [word.strip() for word in context.fields.text(name).split(",") if word.strip()]
    if len(found) < least:
        context.findings.error("words_missing", context.line, field=name, least=least, example=example)
    for word in doubles(found):
        context.findings.error("words_twice", context.line, field=name, name=word)
    return tuple(dict.fromkeys(found))


def doubles(words: Iterable[str]) -> list[str]:
    """What occurs more than once."""
    known = list(words)
    return sorted({word for word in known if known.count(word) > 1})
