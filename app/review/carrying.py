"""Learning cards go along when somebody moves to another cohort of the same course."""

from __future__ import annotations

from sqlalchemy import select

from app.extensions import db
from app.review.models import ReviewCard, ReviewPause


def carry_over(source_id: int, target_id: int) -> None:
    """Copy the cards to the other enrolment, without those it has already. Call inside a transaction."""
    known = set(db.session.scalars(select(ReviewCard.term_slug).where(ReviewCard.enrolment_id == target_id)))
    for card in db.session.scalars(select(ReviewCard).where(ReviewCard.enrolment_id == source_id)).all():
        if card.term_slug not in known:
            db.session.add(
                ReviewCard(
                    enrolment_id=target_id,
                    term_slug=card.term_slug,
                    step=card.step,
                    due_on=card.due_on,
                    first_on=card.first_on,
                    last_on=card.last_on,
                )
            )
    pause = db.session.get(ReviewPause, source_id)
    if pause and db.session.get(ReviewPause, target_id) is None:
        db.session.add(ReviewPause(enrolment_id=target_id, since=pause.since))
    db.session.flush()
