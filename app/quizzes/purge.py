"""Cards whose last day has come are erased for good: from the answer and from every earlier text of it.

The version of an answer stays what it was, so nobody who is writing meets a conflict; a page opened before that sends
such a card once more is refused by the reading of the form.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from app import clock
from app.accounts.periodic import Job
from app.cohorts.models import Cohort, Enrolment
from app.course.blocks.karten import CardBoard
from app.editions import service as editions
from app.extensions import db
from app.quizzes import cards
from app.quizzes.models import Answer, AnswerRevision
from app.quizzes.sealed import opened, seal
from app.quizzes.values import Body

Row = type[Answer] | type[AnswerRevision]


def erase_due(now: datetime) -> int:
    """Erase every card whose day has come; how many texts were rewritten. Call inside a transaction."""
    return sum(erase(answer_id, now) for answer_id in answers_due(now))


def answers_due(now: datetime) -> list[int]:
    """The answers that still hold such a card, now or in their history, in all cohorts. Reads only."""
    today = clock.local(now).date()
    return [answer.id for answer in _answers() if any(_rewritten(answer, today))]


def erase(answer_id: int, now: datetime) -> int:
    """Rewrite head and history of one answer; how many texts that were. Call inside a transaction."""
    # Locked, so that a text saved just now is not replaced by what was read before it.
    answer = db.session.get(Answer, answer_id, with_for_update=True, populate_existing=True)
    if answer is None:
        return 0
    key = answer.enrolment_id, answer.block_id
    rewritten = list(_rewritten(answer, clock.local(now).date()))
    for model, row_id, body in rewritten:
        sealed = seal(body, *key)
        statement = update(model).where(model.id == row_id).values(sealed_body=sealed)
        db.session.execute(statement, execution_options={"synchronize_session": False})
    return len(rewritten)


def _answers() -> Iterator[Answer]:
    """The answers to boards, in all cohorts, also of people who have left."""
    for cohort_id, digest in db.session.execute(select(Cohort.id, Cohort.edition_digest)).all():
        boards = _boards(digest)
        if boards:
            yield from db.session.scalars(
                select(Answer)
                .join(Enrolment, Enrolment.id == Answer.enrolment_id)
                .where(Enrolment.cohort_id == cohort_id, Answer.block_id.in_(boards))
            )


def _boards(digest: str) -> list[str]:
    # A course that cannot be read any more must not keep the others from being cleaned.
    try:
        course = editions.course(digest)
    except (editions.NoSuchEdition, editions.CannotCompile):
        return []
    return [block.id for block in course.blocks if isinstance(block, CardBoard)]


def _rewritten(answer: Answer, today: date) -> Iterator[tuple[Row, int, Body]]:
    """Every text of this answer that holds such a card, as it is without it."""
    revisions = select(AnswerRevision.id, AnswerRevision.sealed_body).where(
        AnswerRevision.answer_id == answer.id
    )
    texts: list[tuple[Row, int, bytes]] = [(Answer, answer.id, answer.sealed_body)]
    texts += [(AnswerRevision, *row) for row in db.session.execute(revisions)]
    for model, row_id, sealed in texts:
        body = opened(sealed, answer.enrolment_id, answer.block_id)
        left = cards.alive(cards.of_body(body), today)
        if len(left) < len(cards.of_body(body)):
            yield model, row_id, {**body, "cards": left}


JOB = Job("cards", timedelta(days=1), answers_due, erase)
