"""Which blocks others may read because their author said so, and what they read there. Pure.

What decides is what stood beside the field: `sight_note` with the words for trainers or for the whole cohort.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.course.model import Block, Course, Sight
from app.quizzes import learner
from app.quizzes.entries import Note
from app.quizzes.kinds import kind_of
from app.quizzes.sharing import BY_WRITER, GROUP, TRAINER
from app.quizzes.values import Contribution


@dataclass(frozen=True, slots=True)
class Written:
    """What one person wrote into a block, as others read it."""

    enrolment_id: int
    name: str
    notes: Sequence[Note]
    saved_at: datetime


def shared_by_sight(block: Block) -> bool:
    """Whether somebody besides the writer reads this block, with the writer's name."""
    return _named(block) and block.sight is not Sight.ONLY_ME


def for_staff(block: Block, *, trainer: bool) -> tuple[str, ...]:
    """As whom staff may read this block; () if they may not.

    The note beside the field speaks of the trainer: who only organises reads what the whole cohort may read.
    """
    if not shared_by_sight(block):
        return ()
    if trainer:
        return GROUP, TRAINER
    return (GROUP,) if block.sight is Sight.GROUP else ()


def for_the_group(block: Block) -> tuple[str, ...]:
    """The same for the people of the cohort. Answers to quiz questions would give away what is right."""
    open_to_all = _named(block) and block.sight is Sight.GROUP and not kind_of(block).by_attempt
    return (GROUP,) if open_to_all else ()


def _named(block: Block) -> bool:
    """A common picture has its own page, often without names; wishes and keywords are shared by their writer alone."""
    return not block.together and block.kind not in BY_WRITER


def read(course: Course, block: Block, given: Iterable[Contribution]) -> list[Written]:
    """Everybody's words; who has emptied their text is not among them."""
    # Nobody's own questions and keywords from other blocks: the note promised this block only.
    nobody = learner.build(course, {})
    kind = kind_of(block)
    found = [
        Written(
            each.enrolment_id, each.name, _worded(kind.notes(block, _said(each.body), nobody)), each.saved_at
        )
        for each in given
    ]
    return [each for each in found if each.notes]


def _said(body: dict[str, object]) -> dict[str, object]:
    """Without the mark that somebody paused and wrote nothing."""
    return {**body, "acknowledged": False}


def _worded(notes: Sequence[Note]) -> list[Note]:
    return [note for note in notes if note.text.strip()]
