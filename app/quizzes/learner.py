"""One person's thread through the course, from everything they saved: questions, keywords, wishes, insights, steps.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.course.blocks.lernfragen import OpeningQuestions
from app.course.blocks.lernstopp import ReflectionPoint
from app.course.blocks.rueckschau import Review
from app.course.blocks.schlagworte import Keywords
from app.course.blocks.wuensche import Wishes
from app.course.model import Course
from app.quizzes import harvest
from app.quizzes.harvest import Insight, Step, answered
from app.quizzes.values import Body, Saved

STATES = {"offen": "offen", "teilweise": "teilweise", "beantwortet": "beantwortet", "veraendert": "verändert"}
CHANGED = "veraendert"
WISH_STATES = {"erfuellt": "erfüllt", "teilweise": "teilweise", "offen": "offen"}


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """What became of a question at one place. `text` is its wording if it was put anew there, else ""."""

    where_title: str
    state: str
    text: str
    at: datetime
    block_id: str


@dataclass(frozen=True, slots=True)
class Question:
    """An opening question. `thread` begins where it was written down and goes along the way."""

    id: str
    text: str
    wording_now: str
    state: str
    thread: tuple[ThreadEntry, ...]


@dataclass(frozen=True, slots=True)
class Keyword:
    """`at_start`: written down before reading, not added at a Lernstopp."""

    id: str
    text: str
    added_where: str
    block_id: str
    at_start: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """`state` is a key of WISH_STATES once somebody has looked back, else ""."""

    id: str
    text: str
    shared: bool
    state: str = ""


@dataclass(frozen=True, slots=True)
class KeywordGroup:
    """Keywords that were written down at the same place."""

    where: str
    at_start: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Learner:
    enrolment_id: int
    course: Course
    opening_questions: tuple[Question, ...]
    keywords: tuple[Keyword, ...]
    wishes: tuple[Wish, ...]
    insights: tuple[Insight, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def keyword_groups(self) -> tuple[KeywordGroup, ...]:
        """The keywords by the place where they were added, in the order of the way."""
        groups: dict[str, list[Keyword]] = {}
        for keyword in self.keywords:
            groups.setdefault(keyword.block_id, []).append(keyword)
        return tuple(
            KeywordGroup(words[0].added_where, words[0].at_start, tuple(word.text for word in words))
            for words in groups.values()
        )


def build(course: Course, answers: Mapping[str, Saved], enrolment_id: int = 0) -> Learner:
    """`answers` are all answers of one person by block id, as `service.answers_of` gives them."""
    return Learner(
        enrolment_id=enrolment_id,
        course=course,
        opening_questions=tuple(_questions(course, answers)),
        keywords=tuple(_keywords(course, answers)),
        wishes=tuple(_wishes(course, answers)),
        insights=tuple(harvest.insights(course, answers)),
        steps=tuple(harvest.steps(course, answers)),
    )


def item_id(block_id: str, item: Mapping[str, str]) -> str:
    """The name of an item in the whole course: several blocks may ask for questions."""
    return f"{block_id}_{item['id']}"


def _items(body: Body, key: str = "items") -> list[dict[str, str]]:
    return [item for item in body.get(key, ()) if item.get("text")]


def _questions(course: Course, answers: Mapping[str, Saved]) -> Iterator[Question]:
    stops = list(answered(course, answers, ReflectionPoint))
    for where, saved in answered(course, answers, OpeningQuestions):
        for item in _items(saved.body):
            yield _question(item_id(saved.block_id, item), item["text"], where, saved, stops)


def _question(name: str, text: str, where: str, asked: Saved, stops: list[tuple[str, Saved]]) -> Question:
    later = [
        _entry(title, saved, name)
        for title, saved in stops
        if saved.body.get("states", {}).get(name) in STATES
    ]
    newest_first = sorted(later, key=lambda entry: entry.at)[::-1]
    return Question(
        id=name,
        text=text,
        wording_now=next((entry.text for entry in newest_first if entry.text), text),
        state=newest_first[0].state if newest_first else "offen",
        thread=(ThreadEntry(where, "offen", text, asked.saved_at, asked.block_id), *later),
    )


def _entry(where: str, saved: Saved, name: str) -> ThreadEntry:
    state = saved.body["states"][name]
    return ThreadEntry(where, state, _wording(saved.body, name), saved.saved_at, saved.block_id)


def _wording(body: Body, name: str) -> str:
    """A new wording counts where the question was said to have changed."""
    changed = body["states"][name] == CHANGED
    return str(body.get("wording", {}).get(name, "")) if changed else ""


def _keywords(course: Course, answers: Mapping[str, Saved]) -> Iterator[Keyword]:
    seen: set[str] = set()
    starts = {block.id for block in course.blocks if isinstance(block, Keywords)}
    for where, saved in answered(course, answers, (Keywords, ReflectionPoint)):
        block_id = saved.block_id
        for item in _items(saved.body) + _items(saved.body, "keywords"):
            if item["text"].casefold() not in seen:
                seen.add(item["text"].casefold())
                yield Keyword(item_id(block_id, item), item["text"], where, block_id, block_id in starts)


def _wishes(course: Course, answers: Mapping[str, Saved]) -> Iterator[Wish]:
    states = _wish_states(course, answers)
    for _, saved in answered(course, answers, Wishes):
        for item in saved.body.get("items", ()):
            name = item_id(saved.block_id, item)
            yield Wish(name, item["text"], item.get("shared") is True, states.get(name, ""))


def _wish_states(course: Course, answers: Mapping[str, Saved]) -> dict[str, str]:
    """What was last said of each wish."""
    reviews = sorted(
        (saved for _, saved in answered(course, answers, Review)), key=lambda saved: saved.saved_at
    )
    said = [wish for saved in reviews for wish in saved.body.get("wishes", ())]
    return {wish["id"]: wish["state"] for wish in said if wish.get("state") in WISH_STATES}
