"""From one cohort into another: the place ends there and begins here, and what was written goes along."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.admission.models import Waiting
from app.cohorts import places
from app.cohorts.models import Cohort, CourseDay, Enrolment
from app.editions.models import Edition
from app.extensions import db
from app.progress import carrying as progress
from app.quizzes import carrying as quizzes
from app.review import carrying as review


def targets(cohort: Cohort) -> list[Cohort]:
    """Every other cohort that takes place and is not over, by title."""
    today = clock.today()
    running = select(CourseDay.cohort_id).where(CourseDay.date >= today)
    query = select(Cohort).where(
        Cohort.id != cohort.id, Cohort.cancelled_at.is_(None), Cohort.id.in_(running)
    )
    return list(db.session.scalars(query.order_by(Cohort.title, Cohort.id)))


def same_course(one: Cohort, other: Cohort) -> bool:
    """Whether both go the same course, in whatever edition."""
    query = select(Edition.course_slug).where(Edition.id.in_([one.edition_id, other.edition_id]))
    return len(set(db.session.scalars(query))) == 1


def move(enrolment: Enrolment, target: Cohort, by: User) -> Enrolment:
    """Into the `target`, whose row and seats the caller holds. Raises TakesPartThere, SameEmail."""
    origin = db.session.get_one(Cohort, enrolment.cohort_id)
    there = places.move(enrolment, target, by)
    if same_course(origin, target):
        quizzes.carry_over(enrolment.id, there.id)
        addresses = url_for("modules.way", cohort_id=origin.id), url_for("modules.way", cohort_id=target.id)
        quizzes.carry_reminders(enrolment.id, there.id, addresses)
        progress.carry_over(enrolment.id, there.id)
        review.carry_over(enrolment.id, there.id)
    _waits_no_more(there)
    return there


def _waits_no_more(there: Enrolment) -> None:
    query = select(Waiting).where(
        Waiting.cohort_id == there.cohort_id,
        Waiting.user_id == there.user_id,
        Waiting.admitted_at.is_(None),
        Waiting.withdrawn_at.is_(None),
    )
    for waiting in db.session.scalars(query).all():
        waiting.admitted_at, waiting.enrolment_id = clock.now(), there.id
    db.session.flush()
