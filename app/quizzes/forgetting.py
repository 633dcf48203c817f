"""Erasing everything a person wrote. That something was done stays: what one has earned is not lost by it."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from app.extensions import db
from app.quizzes.models import Answer, AnswerRevision, Reminder
from app.quizzes.sealed import seal


def forget(enrolment_id: int) -> int:
    """Empty all answers of this person with their whole history; how many that were. Call inside a transaction.

    Versions stay, so that a window which is still open meets no conflict. Sheets of small groups belong to the group.
    """
    own = select(Answer.id).where(Answer.enrolment_id == enrolment_id)
    # Locked first: a save under way is waited for and erased with its version, a later one is a new text.
    locked = select(Answer.id, Answer.block_id).where(Answer.enrolment_id == enrolment_id)
    rows = db.session.execute(locked.order_by(Answer.id).with_for_update()).all()
    db.session.execute(delete(AnswerRevision).where(AnswerRevision.answer_id.in_(own)))
    db.session.execute(delete(Reminder).where(Reminder.enrolment_id == enrolment_id))
    for answer_id, block_id in rows:
        empty = seal({}, enrolment_id, block_id)
        statement = update(Answer).where(Answer.id == answer_id).values(sealed_body=empty, shared_as=None)
        db.session.execute(statement, execution_options={"synchronize_session": False})
    return len(rows)
