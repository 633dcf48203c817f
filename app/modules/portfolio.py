"""The Lernheft: everything a person wrote, in the order of the way. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.course.model import Block, Course, Page, PageKind
from app.modules import stations
from app.quizzes.entries import Note
from app.quizzes.kinds import kind_of
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Saved

# Shown together at the top of the Lernheft, with what became of them, instead of once more on their page.
_OPENING_KINDS = ("lernfragen", "schlagworte", "wuensche")

# What a body holds besides texts: names of things, and what only its block could explain.
_NO_TEXTS = {"id", "states", "state", "chosen", "pairs"}
_MARK = re.compile(r"\s*|[a-z]{0,2}[0-9]{1,5}|[0-9a-f]{8}|ja|nein|[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was written into one block; `group` names the small group that wrote it, "" for oneself."""

    block: Block
    notes: Sequence[Note]
    saved_at: datetime
    group: str = ""


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
    """What was written in a module. `name` is short and stays: for the name of a file."""

    title: str
    pages: tuple[Written, ...]
    name: str = ""

    @property
    def entries(self) -> int:
        return sum(len(page.entries) for page in self.pages)


# By block: the name of the small group, and what it has written.
Sheets = Mapping[str, tuple[str, Saved]]


@dataclass(frozen=True, slots=True)
class Orphan:
    """An answer whose block is no longer part of the course: its texts as they are."""

    saved_at: datetime
    texts: tuple[str, ...]


def chapters(
    course: Course, answers: Mapping[str, Saved], learner: Learner, sheets: Sheets | None = None
) -> list[Chapter]:
    """The modules, each with what was written there, alone or in a small group; those without any are left out."""
    found = []
    for module, places in stations.places(course):
        written = [_written(key, page, answers, learner, sheets or {}) for key, page in places]
        kept = tuple(page for page in written if page.entries or page.answered)
        name = f"{module.number:02}-{module.slug}"
        found.append(Chapter(f"{module.number} · {module.title}", kept, name))
    return [chapter for chapter in found if chapter.pages]


def orphans(course: Course, answers: Mapping[str, Saved]) -> list[Orphan]:
    """Answers to blocks that are not on the way of this edition, the oldest first."""
    met = {block.id for _, places in stations.places(course) for _, page in places for block in page.blocks}
    lost = [saved for block_id, saved in answers.items() if block_id not in met]
    lost.sort(key=lambda saved: (saved.saved_at, saved.block_id))
    found = [Orphan(saved.saved_at, tuple(_texts(saved.body))) for saved in lost]
    return [orphan for orphan in found if orphan.texts]


def _written(key: str, page: Page, answers: Mapping[str, Saved], learner: Learner, sheets: Sheets) -> Written:
    asked = [block.id for block in page.blocks if kind_of(block).by_attempt]
    answered = sum(block_id in answers for block_id in asked)
    entries = [*_entries(page, answers, learner), *_of_groups(page, sheets, learner)]
    return Written(key, page, tuple(entries), answered, len(asked))


def _entries(page: Page, answers: Mapping[str, Saved], learner: Learner) -> Iterator[Entry]:
    for block in page.blocks:
        saved = answers.get(block.id)
        if saved is None or block.kind in _OPENING_KINDS or kind_of(block).by_attempt:
            continue
        notes = [*kind_of(block).notes(block, _without_thread(saved.body, learner), learner)]
        notes += _of_earlier_questions(saved.body, learner)
        if notes:
            yield Entry(block, notes, saved.saved_at)


def _of_groups(page: Page, sheets: Sheets, learner: Learner) -> Iterator[Entry]:
    for block in page.blocks:
        group, saved = sheets.get(block.id, ("", None))
        notes = kind_of(block).notes(block, saved.body, learner) if saved else ()
        if saved and notes:
            yield Entry(block, notes, saved.saved_at, group)


def _without_thread(body: Body, learner: Learner) -> Body:
    """A body without what the opening section shows already: states of questions and wishes, new keywords."""
    threaded = bool(body.get("states") or body.get("keywords"))
    acknowledged = body.get("acknowledged", False) and not threaded
    shown = {wish.id for wish in learner.wishes}
    struck = [wish for wish in body.get("wishes", ()) if wish["id"] not in shown]
    without: Body = {
        "states": {},
        "wording": {},
        "keywords": [],
        "acknowledged": acknowledged,
        "wishes": struck,
    }
    return {**body, **without}


def _of_earlier_questions(body: Body, learner: Learner) -> Iterator[Note]:
    """New wordings of questions that were struck out since: no thread shows them any more."""
    known = {question.id for question in learner.opening_questions}
    for name, text in body.get("wording", {}).items():
        if name not in known:
            yield Note("Neue Fassung einer Frage, die Sie inzwischen gestrichen haben", text)


def _texts(body: object) -> Iterator[str]:
    """Whatever somebody wrote, however the kind of block kept it; ids, marks and choices are no texts."""
    if isinstance(body, str):
        yield from () if _MARK.fullmatch(body) else (body,)
    elif isinstance(body, list):
        for part in body:
            yield from _texts(part)
    elif isinstance(body, dict) and "q" in body and "a" in body:
        yield from (f"{body['q']}\n{body['a']}".strip(),) if body["a"] else ()
    elif isinstance(body, dict):
        for key, part in body.items():
            if key not in _NO_TEXTS:
                yield from _texts(part)
