"""Everything a person ever saved, with all versions, to take along."""

from __future__ import annotations

from sqlalchemy import select

from app.extensions import db
from app.quizzes.models import Answer, AnswerRevision
from app.quizzes.sealed import opened
from app.quizzes.values import Revision


def of_person(enrolment_id: int) -> dict[str, list[Revision]]:
    """By block id what ever arrived for it, oldest first (one statement)."""
    rows = db.session.execute(
        select(
            Answer.block_id,
            AnswerRevision.version,
            AnswerRevision.base_version,
            AnswerRevision.sealed_body,
            AnswerRevision.saved_at,
        )
        .join(AnswerRevision, AnswerRevision.answer_id == Answer.id)
        .where(Answer.enrolment_id == enrolment_id)
        .order_by(Answer.block_id, AnswerRevision.id)
    )
    found: dict[str, list[Revision]] = {}
    for block_id, version, base, sealed, saved_at in rows:
        body = opened(sealed, enrolment_id, block_id)
        found.setdefault(block_id, []).append(Revision(version, base, body, saved_at))
    return found
