"""The Lernheft as a document to take along: every word of it as plain text, for PDF and text files."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.course.model import Course
from app.course.text import folded
from app.modules import portfolio
from app.quizzes.learner import STATES, WISH_STATES, KeywordGroup, Learner, Question, ThreadEntry
from app.quizzes.values import Saved
from app.web import german

_LINE_END = re.compile(r"</(?:p|li|h[1-6]|blockquote|tr|dt|dd|figcaption|pre)>|<br\s*/?>")
_ITEM = re.compile(r"<li\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_HEADED = re.compile(r"^<strong>([^<>]*)</strong> (?=[A-ZÄÖÜ„<])")  # the step of a case before its task


@dataclass(frozen=True, slots=True)
class Cover:
    """Whose Lernheft it is, of which course, made when. `edition` is short."""

    name: str
    course: str
    subtitle: str
    cohort: str
    place: str
    edition: str
    on: date

    @property
    def day(self) -> str:
        return german.day(self.on)


@dataclass(frozen=True, slots=True)
class Said:
    question: str
    text: str
    extra: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What was written into one block. `title` is "" if it says no more than its station."""

    title: str
    when: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A station on the way. `quiz` says how many questions were worked on, "" where there are none."""

    title: str
    is_stop: bool
    passages: tuple[Passage, ...]
    quiz: str


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    name: str
    stations: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class ThreadStep:
    where: str
    when: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An opening question in its latest wording, its state, and how it came to that."""

    text: str
    state: str
    steps: tuple[ThreadStep, ...]


@dataclass(frozen=True, slots=True)
class Wished:
    text: str
    readers: str
    state: str


@dataclass(frozen=True, slots=True)
class Former:
    """Texts whose block is no longer part of the course."""

    when: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    cover: Cover
    questions: tuple[Asked, ...]
    keywords: tuple[KeywordGroup, ...]
    wishes: tuple[Wished, ...]
    chapters: tuple[Chapter, ...]
    former: tuple[Former, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.questions or self.keywords or self.wishes or self.chapters or self.former)


def compose(
    course: Course,
    answers: Mapping[str, Saved],
    learner: Learner,
    cover: Cover,
    sheets: portfolio.Sheets | None = None,
) -> Document:
    """All of it, from one's own answers and the sheets of one's small groups."""
    readers = {True: "mit der Gruppe geteilt", False: "nur für mich"}
    return Document(
        cover=cover,
        questions=tuple(_asked(question) for question in learner.opening_questions),
        keywords=learner.keyword_groups,
        wishes=tuple(
            Wished(wish.text, readers[wish.shared], WISH_STATES.get(wish.state, ""))
            for wish in learner.wishes
        ),
        chapters=tuple(map(_chapter, portfolio.chapters(course, answers, learner, sheets))),
        former=tuple(
            Former(german.moment(orphan.saved_at), orphan.texts)
            for orphan in portfolio.orphans(course, answers)
        ),
    )


def _asked(question: Question) -> Asked:
    first, *later = question.thread
    changed = question.text if question.text != question.wording_now else ""
    steps = [ThreadStep(first.where_title, german.moment(first.at), "notiert", changed)]
    return Asked(question.wording_now, STATES[question.state], (*steps, *map(_step, later)))


def _step(entry: ThreadEntry) -> ThreadStep:
    return ThreadStep(entry.where_title, german.moment(entry.at), STATES[entry.state], entry.text)


def _chapter(chapter: portfolio.Chapter) -> Chapter:
    return Chapter(chapter.title, chapter.name, tuple(_stop(written) for written in chapter.pages))


def _stop(written: portfolio.Written) -> Stop:
    title = written.page.title
    passages = tuple(
        Passage(
            _title(entry, title),
            german.moment(entry.saved_at),
            tuple(Said(plain(note.question_html), note.text, note.extra) for note in entry.notes),
        )
        for entry in written.entries
    )
    quiz = f"Wissensfragen bearbeitet: {written.answered} von {written.asked}" if written.answered else ""
    return Stop(title, written.is_stop, passages, quiz)


def _title(entry: portfolio.Entry, station: str) -> str:
    own = "" if entry.block.title == station else entry.block.title
    return f"{own} ({entry.group})".strip() if entry.group else own


def plain(rendered: str) -> str:
    """The words of rendered Markdown, a line for each paragraph and each item of a list."""
    headed = _HEADED.sub(r"\1<br>", rendered.replace("\n", " "))
    broken = _LINE_END.sub("\n", _ITEM.sub("\n- ", headed))
    lines = [folded(html.unescape(_TAG.sub("", line))) for line in broken.split("\n")]
    return "\n".join(line for line in lines if line and line != "-")
