"""Answers go along when somebody moves to another cohort of the same course. What was written stays where it was, too."""

from __future__ import annotations

from sqlalchemy import select

from app.extensions import db
from app.quizzes.models import Answer, AnswerRevision, Reminder
from app.quizzes.sealed import opened, seal


def carry_over(source_id: int, target_id: int) -> int:
    """Copy every answer with its whole history to the other enrolment; how many answers that were.

    Bodies are sealed anew, because a seal holds for one enrolment. Nothing stays shared: the people of the new cohort
    see of it only what its writer saves again there. Where something was written there already, the later text counts
    and the other stays in the history. Call inside a transaction.
    """
    known = {answer.block_id: answer for answer in _answers(target_id)}
    answers = _answers(source_id)
    for answer in answers:
        there = known.get(answer.block_id)
        if there is None:
            _copy(answer, target_id)
        else:
            _bring_together(answer, there)
    db.session.flush()
    return len(answers)


def carry_reminders(source_id: int, target_id: int, addresses: tuple[str, str]) -> None:
    """The letters somebody wished for come all the same. `addresses`: how links begin (before, now)."""
    taken = select(Reminder.block_id).where(Reminder.enrolment_id == target_id)
    before, now = addresses
    for reminder in db.session.scalars(
        select(Reminder).where(Reminder.enrolment_id == source_id, Reminder.block_id.not_in(taken))
    ):
        reminder.enrolment_id, reminder.link = target_id, reminder.link.replace(before, now, 1)
    db.session.flush()


def _answers(enrolment_id: int) -> list[Answer]:
    query = select(Answer).where(Answer.enrolment_id == enrolment_id).order_by(Answer.id)
    return list(db.session.scalars(query.with_for_update()))


def _revisions(answer_id: int) -> list[AnswerRevision]:
    query = select(AnswerRevision).where(AnswerRevision.answer_id == answer_id)
    return list(db.session.scalars(query.order_by(AnswerRevision.id)))


def _copy(answer: Answer, target_id: int) -> None:
    made = Answer(
        enrolment_id=target_id,
        block_id=answer.block_id,
        version=answer.version,
        sealed_body=_sealed_for(answer.sealed_body, answer, target_id),
        saved_at=answer.saved_at,
        done_at=answer.done_at,
        shared_as=None,
    )
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        _revision(revision, answer, made, revision.version) for revision in _revisions(answer.id)
    )


def _bring_together(answer: Answer, there: Answer) -> None:
    """Both were written by the same person: the later one counts, every text of the other goes into the history."""
    done = [moment for moment in (answer.done_at, there.done_at) if moment]
    there.done_at = min(done, default=None)
    kept = {revision.client_id for revision in _revisions(there.id)}
    coming = [revision for revision in _revisions(answer.id) if revision.client_id not in kept]
    wins = answer.saved_at > there.saved_at and answer.version > 0
    for revision in coming:
        counts = wins and revision.version == answer.version
        if counts:
            _put_on_top(answer, there)
        db.session.add(_revision(revision, answer, there, there.version if counts else None))


def _put_on_top(answer: Answer, there: Answer) -> None:
    there.version += 1
    there.sealed_body = _sealed_for(answer.sealed_body, answer, there.enrolment_id)
    there.saved_at, there.shared_as = answer.saved_at, None


def _revision(revision: AnswerRevision, answer: Answer, there: Answer, version: int | None) -> AnswerRevision:
    return AnswerRevision(
        answer_id=there.id,
        client_id=revision.client_id,
        base_version=revision.base_version,
        version=version,
        sealed_body=_sealed_for(revision.sealed_body, answer, there.enrolment_id),
        saved_at=revision.saved_at,
    )


def _sealed_for(sealed: bytes, answer: Answer, target_id: int) -> bytes:
    body = opened(sealed, answer.enrolment_id, answer.block_id)
    return seal(body, target_id, answer.block_id)
