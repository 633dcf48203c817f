"""What the people of the demo have written, as bodies of the blocks of the real course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.course.blocks.freitext import FreeText
from app.course.blocks.lernfragen import OpeningQuestions
from app.course.blocks.lernstopp import ReflectionPoint
from app.course.blocks.schlagworte import Keywords
from app.course.blocks.wuensche import Wishes
from app.course.model import Course, Prompt

Body = dict[str, Any]


def bodies(person: Mapping[str, Any], course: Course) -> Iterator[tuple[str, Body]]:
    """(block id, body) of everything this person wrote; the course says which block is which."""
    seen: set[type] = set()
    asked: list[str] = []
    for block in course.blocks:
        if type(block) in seen:  # only the first block of each kind: the arrival and the first Lernstopp
            continue
        seen.add(type(block))
        if isinstance(block, Wishes) and person["wuensche"]:
            shared = [(wish["text"], wish["teilen"] in (True, "ja")) for wish in person["wuensche"]]
            yield (
                block.id,
                {"items": _items([text for text, _ in shared], shared=[share for _, share in shared])},
            )
        elif isinstance(block, Keywords) and person["schlagworte"]:
            yield (
                block.id,
                {"items": _items(person["schlagworte"]), "shared": person["teilen"] in (True, "ja")},
            )
        elif isinstance(block, OpeningQuestions) and person["fragen"]:
            asked = [f"{block.id}_{item['id']}" for item in _items(person["fragen"])]
            yield block.id, {"items": _items(person["fragen"])}
        elif isinstance(block, FreeText) and person["weg"]:
            yield block.id, {"entries": _entries(block.prompts, person["weg"])}
        elif isinstance(block, ReflectionPoint) and "lernstopp" in person:
            yield block.id, _reflection(block, person["lernstopp"], asked)


def closing_bodies(course: Course) -> Iterator[tuple[str, Body]]:
    """Every Lernstopp, reflected on without an entry."""
    for block in course.blocks:
        if isinstance(block, ReflectionPoint):
            yield block.id, {"entries": [], "states": {}, "wording": {}, "keywords": [], "acknowledged": True}


def _reflection(block: ReflectionPoint, written: Mapping[str, Any], asked: list[str]) -> Body:
    keyword = written.get("schlagwort")
    return {
        "entries": _entries(block.prompts, [written["einsicht"]]),
        "states": dict(zip(asked, written["staende"], strict=False)),
        "wording": {},
        "keywords": [{"id": "a1", "text": keyword}] if keyword else [],
        "acknowledged": False,
    }


def _entries(prompts: tuple[Prompt, ...], texts: list[str]) -> list[dict[str, str]]:
    return [{"q": prompt.text, "a": text} for prompt, text in zip(prompts, texts, strict=False)]


def _items(texts: list[str], shared: list[bool] | None = None) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = [{"id": f"a{number}", "text": text} for number, text in enumerate(texts, 1)]
    for item, share in zip(items, shared or [], strict=False):
        item["shared"] = share
    return items
