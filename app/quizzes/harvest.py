"""What a person takes along from a course: insights written at Lernstopps, and first steps with their day. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.course.blocks.lernstopp import ReflectionPoint
from app.course.blocks.vorsatz import Resolution
from app.course.model import Course
from app.quizzes.values import Body, Saved


@dataclass(frozen=True, slots=True)
class Insight:
    """What was written at a Lernstopp. `question` is the prompt's text, which may not be asked any more."""

    where_title: str
    question: str
    text: str
    at: datetime
    block_id: str


@dataclass(frozen=True, slots=True)
class Step:
    """A resolution. Its body stays as it is: only its kind knows how to say it."""

    where_title: str
    body: Body
    at: datetime
    block_id: str


def answered(
    course: Course, answers: Mapping[str, Saved], kinds: type | tuple[type, ...]
) -> Iterator[tuple[str, Saved]]:
    """Title of the page and answer, for each answered block of these kinds, in the order of the course."""
    for block in course.blocks:
        found = course.find_block(block.id)
        if isinstance(block, kinds) and block.id in answers and found:
            yield found[0].title, answers[block.id]


def insights(course: Course, answers: Mapping[str, Saved]) -> Iterator[Insight]:
    """Everything written at Lernstopps, in the order of the way."""
    for where, saved in answered(course, answers, ReflectionPoint):
        for entry in saved.body.get("entries", ()):
            if entry.get("a"):
                yield Insight(where, entry.get("q", ""), entry["a"], saved.saved_at, saved.block_id)


def steps(course: Course, answers: Mapping[str, Saved]) -> Iterator[Step]:
    """Every resolution of which at least a part was written."""
    for where, saved in answered(course, answers, Resolution):
        if any(saved.body.get(part) for part in ("if", "then")):
            yield Step(where, saved.body, saved.saved_at, saved.block_id)
