"""The Lernheft: everything a person wrote, in the order of the way. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.course.model import Block, Course, Page, PageKind
from app.modules import stations
from app.quizzes.entries import Note
from app.quizzes.kinds import kind_of
from app.quizzes.learner import Keyword, Learner
from app.quizzes.values import Body, Saved

# Shown together at the top of the Lernheft, with what became of them, instead of once more on their page.
_OPENING_KINDS = ("lernfragen", "schlagworte", "wuensche")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was written into one block."""

    block: Block
    notes: Sequence[Note]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody left at one station. Questions with right answers only say how many were worked on."""

    key: str
    page: Page
    entries: tuple[Entry, ...]
    answered: int
    asked: int

    @property
    def is_stop(self) -> bool:
        return self.page.kind is PageKind.REFLECTION


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    pages: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Orphan:
    """An answer whose block is no longer part of the course: its texts as they are."""

    saved_at: datetime
    texts: tuple[str, ...]


def chapters(course: Course, answers: Mapping[str, Saved], learner: Learner) -> list[Chapter]:
    """The modules, each with what was written there; those without any entry are left out."""
    found = []
    for module, places in stations.places(course):
        written = [_written(key, page, answers, learner) for key, page in places]
        kept = tuple(page for page in written if page.entries or page.answered)
        found.append(Chapter(f"{module.number} · {module.title}", kept))
    return [chapter for chapter in found if chapter.pages]


def keyword_groups(learner: Learner) -> list[tuple[str, list[Keyword]]]:
    """The keywords by the place where they were added, in the order of the way."""
    groups: dict[str, list[Keyword]] = {}
    for keyword in learner.keywords:
        groups.setdefault(keyword.block_id, []).append(keyword)
    return [(words[0].added_where, words) for words in groups.values()]


def orphans(course: Course, answers: Mapping[str, Saved]) -> list[Orphan]:
    """Answers to blocks that are not on the way of this edition."""
    met = {block.id for _, places in stations.places(course) for _, page in places for block in page.blocks}
    lost = [saved for block_id, saved in answers.items() if block_id not in met]
    found = [Orphan(saved.saved_at, tuple(_texts(saved.body))) for saved in lost]
    return [orphan for orphan in found if orphan.texts]


def _written(key: str, page: Page, answers: Mapping[str, Saved], learner: Learner) -> Written:
    asked = [block.id for block in page.blocks if kind_of(block).by_attempt]
    answered = sum(block_id in answers for block_id in asked)
    return Written(key, page, tuple(_entries(page, answers, learner)), answered, len(asked))


def _entries(page: Page, answers: Mapping[str, Saved], learner: Learner) -> Iterator[Entry]:
    for block in page.blocks:
        saved = answers.get(block.id)
        if saved is None or block.kind in _OPENING_KINDS or kind_of(block).by_attempt:
            continue
        notes = [*kind_of(block).notes(block, _without_thread(saved.body), learner)]
        notes += _of_earlier_questions(saved.body, learner)
        if notes:
            yield Entry(block, notes, saved.saved_at)


def _without_thread(body: Body) -> Body:
    """A Lernstopp without what the opening section shows already: states of questions and new keywords."""
    threaded = bool(body.get("states") or body.get("keywords"))
    acknowledged = body.get("acknowledged", False) and not threaded
    return {**body, "states": {}, "wording": {}, "keywords": [], "acknowledged": acknowledged}


def _of_earlier_questions(body: Body, learner: Learner) -> Iterator[Note]:
    """New wordings of questions that were struck out since: no thread shows them any more."""
    known = {question.id for question in learner.opening_questions}
    for name, text in body.get("wording", {}).items():
        if name not in known:
            yield Note("Neue Fassung einer Frage, die Sie inzwischen gestrichen haben", text)


def _texts(body: Body) -> Iterator[str]:
    for entry in body.get("entries", ()):
        if entry.get("a"):
            yield f"{entry.get('q', '')}\n{entry['a']}".strip()
    for item in [*body.get("items", ()), *body.get("keywords", ())]:
        if item.get("text"):
            yield item["text"]
    yield from body.get("wording", {}).values()
