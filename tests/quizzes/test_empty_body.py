"""Every kind of block copes with an answer that was emptied: each block of the real course, with nothing in its body."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from app.course.compile import compile_course
from app.course.model import Block, Course
from app.course.source import from_folder
from app.quizzes import learner
from app.quizzes.kinds import kind_of, kinds
from app.quizzes.values import Saved

FOLDER = Path(__file__).parents[2] / "content" / "sozialraumorientierung"


@cache
def course() -> Course:
    found = compile_course(*from_folder(FOLDER)).course
    assert found is not None
    return found


def one_of_each() -> list[Block]:
    return list({type(block): block for block in course().blocks}.values())


@pytest.mark.parametrize("block", one_of_each(), ids=lambda block: block.kind)
def test_an_emptied_answer(block: Block) -> None:
    saved = Saved(block.id, 3, {}, datetime(2026, 7, 3, tzinfo=UTC), datetime(2026, 7, 3, tzinfo=UTC))
    known = learner.build(course(), {block.id: saved}, 1)
    kind = kind_of(block)
    assert not [note.text for note in kind.notes(block, {}, known) if note.text]
    assert all(not field.value or field.hidden or field.options for field in kind.fields(block, {}, known))
    assert kind.context(block, saved, known, None)


def test_the_course_uses_nearly_every_kind() -> None:
    assert {kind.kind for kind in kinds()} - {block.kind for block in one_of_each()} == {"lueckentext"}
