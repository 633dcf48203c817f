"""What the people of a cohort let others read, out of the database. Only rows that were shared are ever opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select

from app.cohorts.models import Enrolment
from app.course.model import Block, Course
from app.extensions import db
from app.quizzes import readable, sharing
from app.quizzes.models import Answer
from app.quizzes.readable import Written
from app.quizzes.sealed import opened
from app.quizzes.values import Contribution


def contributions(cohort_id: int, block_id: str, *readers: str) -> list[Contribution]:
    """What the people of a cohort let these `readers` see of a block, by name (one statement)."""
    return _given(cohort_id, [block_id], readers or (sharing.PICTURE,)).get(block_id, [])


def written(
    cohort_id: int, course: Course, blocks: Mapping[str, Block], *readers: str
) -> dict[str, list[Written]]:
    """By block what people wrote for these readers, without those who emptied it again (one statement)."""
    given = _given(cohort_id, blocks, readers)
    return {
        block_id: readable.read(course, block, given.get(block_id, [])) for block_id, block in blocks.items()
    }


def _given(
    cohort_id: int, block_ids: Collection[str], readers: Collection[str]
) -> dict[str, list[Contribution]]:
    query = (
        select(Answer.block_id, Enrolment.id, Enrolment.name, Answer.sealed_body, Answer.saved_at)
        .join(Answer, Answer.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.left_at.is_(None))
        .where(Answer.block_id.in_(block_ids), Answer.shared_as.in_(readers))
        .order_by(Enrolment.name, Enrolment.id)
    )
    found: dict[str, list[Contribution]] = {}
    for block_id, person, name, sealed, saved_at in db.session.execute(query):
        body = opened(sealed, person, block_id)
        found.setdefault(block_id, []).append(Contribution(person, name, body, saved_at))
    return found
