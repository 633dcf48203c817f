"""What the people of the benchmark write: form fields for each kind of block, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.course.blocks.arbeitsblatt import Sheet
from app.course.blocks.fall import CaseScenario
from app.course.blocks.frage import Question
from app.course.blocks.freitext import FreeText
from app.course.blocks.lernfragen import OpeningQuestions
from app.course.blocks.lernstopp import ReflectionPoint
from app.course.blocks.schlagworte import Keywords
from app.course.blocks.wuensche import Wishes
from app.course.blocks.zuordnung import Matching
from app.course.model import Block
from app.course.typed_fields import FieldType

LENGTHS = (50, 170, 300, 430)  # characters of the four autosaves of one field
_WORDS = [
    "Sozialraum", "Nachbarschaft", "Wille", "Gespräch", "Lebenswelt", "Träger", "Straße", "Netzwerk", "Auftrag",
    "Übergang", "Familie", "Quartier", "Vertrauen", "Aneignung", "Ressource", "Verein", "Kita", "Weg", "Blick",
]  # fmt: skip
_FIRST = ["Änne", "Bela", "Cem", "Dörte", "Émile", "Fatma", "Güneş", "Hannelore", "Inês", "Jörg"]
_LAST = [
    "Kolb", "Öztürk", "Groß-Weiß", "Müller", "Świątek", "Petersen", "Łukasik", "Brandt", "Yılmaz", "Ó Súilleabháin",
]  # fmt: skip
Fields = list[tuple[str, str]]


def name(number: int) -> str:
    """The name of the person with this number; no two are alike."""
    roman = "" if number < 100 else f" {_numeral(number // 100)}"
    return f"{_FIRST[number % 10]} {_LAST[number // 10 % 10]}{roman}"


def _numeral(number: int) -> str:
    """A number as capital letters: names have no digits."""
    return (_numeral(number // 26) if number >= 26 else "") + chr(ord("A") + number % 26)


def text(seed: str, revision: int) -> str:
    """A text that grows with each revision (from 1) and is different for every seed and revision."""
    length = LENGTHS[min(revision, len(LENGTHS)) - 1]
    words = random.Random(seed)
    written = f"{seed}, Fassung {revision}:"
    while len(written) < length:
        written += " " + words.choice(_WORDS)
    return written[: length - 1].rstrip() + "."


def fields(block: Block, seed: str, revision: int) -> Fields:
    """The form of this block, filled in by this person (`seed`) for the n-th time."""
    return _HOW[type(block)](block, f"{seed} {block.id}", revision)


def answers(block: Block) -> bool:
    """Whether the people of the benchmark write into blocks of this kind: those that most of a day is spent with."""
    return type(block) in _HOW


def _sheet(block: Sheet, seed: str, revision: int) -> Fields:
    """The texts of the first run; what is chosen or dated stays open."""
    free = [field for field in block.fields if not field.options and field.type is not FieldType.DATE]
    return [(f"t-{field.key}-1-1", text(f"{seed} {field.key}", revision)[:400]) for field in free]


def _entries(prompts: Sequence[Any], seed: str, revision: int) -> Fields:
    return [(f"e{n}", text(f"{seed} e{n}", revision)) for n, _ in enumerate(prompts)]


def _items(prefix: str, count: int, seed: str, revision: int) -> Fields:
    return [(f"{prefix}-a{n}", f"{seed} {n}, Fassung {revision}") for n in range(1, count + 1)]


def _wishes(block: Wishes, seed: str, revision: int) -> Fields:
    return [*_items("w", min(2, block.count), seed, revision), ("t-a1", "gruppe")]


def _keywords(block: Keywords, seed: str, revision: int) -> Fields:
    return [*_items("k", max(3, block.minimum), seed, revision), ("shared", "ja")]


def _questions(block: OpeningQuestions, seed: str, revision: int) -> Fields:
    return _items("q", min(2, block.maximum), seed, revision)


def _texts(block: FreeText, seed: str, revision: int) -> Fields:
    return _entries(block.prompts, seed, revision)


def _reflection(block: ReflectionPoint, seed: str, revision: int) -> Fields:
    return [*_entries(block.prompts, seed, revision), *_items("k", 1, seed, revision)]


def _case(block: CaseScenario, seed: str, revision: int) -> Fields:
    """Two of its stages."""
    return _entries(block.stages[:2], seed, revision)


def _choice(block: Question, seed: str, revision: int) -> Fields:
    start = random.Random(seed).randrange(len(block.options))
    return [("o", block.options[(start + revision) % len(block.options)].key)]


def _pairs(block: Matching, seed: str, revision: int) -> Fields:
    start, rights = random.Random(seed).randrange(len(block.rights)), block.rights
    return [
        (f"p-{pair.key}", rights[(start + place + revision) % len(rights)])
        for place, pair in enumerate(block.pairs)
    ]


_HOW: dict[type[Block], Callable[[Any, str, int], Fields]] = {
    Wishes: _wishes,
    Keywords: _keywords,
    OpeningQuestions: _questions,
    FreeText: _texts,
    ReflectionPoint: _reflection,
    CaseScenario: _case,
    Question: _choice,
    Matching: _pairs,
    Sheet: _sheet,
}


def sent_texts(sent: Iterable[tuple[str, str]]) -> list[str]:
    """Everything a person wrote or chose in this form, sorted."""
    technical = ("version", "client_id", "autosave", "csrf_token", "shared", "last")
    readers = [key for key, value in sent if key.startswith("t-") and value in ("gruppe", "")]
    return sorted(value for key, value in sent if value and key not in technical and key not in readers)


def kept_texts(body: dict[str, Any]) -> list[str]:
    """Everything that a stored body holds of what a person wrote or chose, sorted."""
    runs = [entry for run in body.get("runs", ()) for entry in run["entries"]]
    found = [entry["a"] for entry in [*body.get("entries", ()), *runs]]
    found += [item["text"] for item in [*body.get("items", ()), *body.get("keywords", ())]]
    found += [*body.get("chosen", ()), *body.get("pairs", {}).values(), *body.get("states", {}).values()]
    return sorted(value for value in found if value)
