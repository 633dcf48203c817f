"""Who someone is to a cohort, for the gate: one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, exists, select

from app.access import Role, Standing, desk_standings
from app.cohorts import ways
from app.cohorts.models import Cohort, Enrolment, cohort_trainer
from app.course.model import Course
from app.editions import service as editions
from app.extensions import db
from app.web.gate import Found

LARGEST_ID = 2**31 - 1  # what a row's number can be on PostgreSQL
_DESK = frozenset({Standing.ORGANISER, Standing.ADMIN})


@dataclass(frozen=True, slots=True)
class Here:
    """A cohort as one person stands to it. `enrolment` is their own, None if they take no part.

    `course` is all of the edition: everything in it can be read, and answered. `way` is what of it the cohort goes.
    """

    cohort: Cohort
    enrolment: Enrolment | None
    course: Course
    standings: frozenset[Standing]

    @property
    def desk(self) -> bool:
        """Whether this person organises (and may do everything with the cohort)."""
        return bool(self.standings & _DESK)

    @property
    def way(self) -> Course:
        """The course as this cohort goes it: the modules, pages and cases chosen for it, in its order."""
        return ways.course_of(self.course, self.cohort.way or "")


def cohort_for(user: Any, cohort_id: int, **_values: Any) -> Found[Here] | None:
    """Participants stand in it while enrolled, trainers if assigned, organisers and admins always."""
    if cohort_id > LARGEST_ID:
        return None
    row = db.session.execute(_STANDING, {"user_id": user.id, "cohort_id": cohort_id}).one_or_none()
    if row is None:
        return None
    cohort, enrolment, is_trainer = row
    standings = set(desk_standings(user.role_names))
    if enrolment is not None:
        standings.add(Standing.PARTICIPANT)
    if is_trainer and Role.TRAINER in user.role_names:
        standings.add(Standing.TRAINER)
    if not standings:
        return None
    known = frozenset(standings)
    return Found(Here(cohort, enrolment, editions.course(cohort.edition_digest), known), known)


def _standing() -> Select[Cohort, Enrolment | None, bool]:
    user_id = bindparam("user_id", type_=Integer)
    trains = exists().where(cohort_trainer.c.cohort_id == Cohort.id, cohort_trainer.c.user_id == user_id)
    mine = and_(Enrolment.cohort_id == Cohort.id, Enrolment.user_id == user_id, Enrolment.left_at.is_(None))
    query = select(Cohort, Enrolment, trains).outerjoin(Enrolment, mine)
    return query.where(Cohort.id == bindparam("cohort_id"))


_STANDING = _standing()  # built once: putting it together costs more than running it
