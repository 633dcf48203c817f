"""The Lernheft: everything a person wrote, in the order of the way. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.course.model import Block, Course, Page
from app.quizzes.entries import Note
from app.quizzes.kinds import kind_of
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Saved

# Shown together at the top of the Lernheft, with what became of them, instead of once more on their page.
_OPENING_KINDS = ("lernfragen", "schlagworte", "wuensche")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was written into one block. A question with right answers only says that it was worked on."""

    block: Block
    page: Page
    notes: Sequence[Note]
    saved_at: datetime
    graded: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Orphan:
    """An answer whose block is no longer part of the course: its texts as they are."""

    saved_at: datetime
    texts: tuple[str, ...]


def chapters(course: Course, answers: Mapping[str, Saved], learner: Learner) -> list[Chapter]:
    """Modules, then cases, each with what was written there; those without any entry are left out."""
    pages: list[tuple[str, Sequence[Page]]] = [
        (f"{module.number} · {module.title}", module.pages) for module in course.modules
    ]
    pages.append(("Fallwerkstatt", course.cases))
    found = [Chapter(title, tuple(_entries(group, answers, learner))) for title, group in pages]
    return [chapter for chapter in found if chapter.entries]


def _entries(pages: Sequence[Page], answers: Mapping[str, Saved], learner: Learner) -> Iterator[Entry]:
    for page in pages:
        for block in page.blocks:
            saved = answers.get(block.id)
            if saved is None or block.kind in _OPENING_KINDS:
                continue
            kind = kind_of(block)
            notes = [] if kind.by_attempt else list(kind.notes(block, saved.body, learner))
            if notes or kind.by_attempt:
                yield Entry(block, page, notes, saved.saved_at, kind.by_attempt)


def orphans(course: Course, answers: Mapping[str, Saved]) -> list[Orphan]:
    """Answers to blocks that this edition of the course does not have."""
    lost = [saved for block_id, saved in answers.items() if course.find_block(block_id) is None]
    found = [Orphan(saved.saved_at, tuple(_texts(saved.body))) for saved in lost]
    return [orphan for orphan in found if orphan.texts]


def _texts(body: Body) -> Iterator[str]:
    for entry in body.get("entries", ()):
        if entry.get("a"):
            yield f"{entry.get('q', '')}\n{entry['a']}".strip()
    for item in [*body.get("items", ()), *body.get("keywords", ())]:
        if item.get("text"):
            yield item["text"]
