"""The register of somebody who is not in the cohort any more: what they were there for, and what they objected."""

from __future__ import annotations

from dataclasses import dataclass

from app.attendance.own import own_register
from app.attendance.own.own_register import Line
from app.cohorts import departures
from app.cohorts.departures import Departed
from app.cohorts.loaders import LARGEST_ID, Here
from app.cohorts.models import Cohort, Enrolment
from app.course.model import Course
from app.editions import service as editions


@dataclass(frozen=True, slots=True)
class Former:
    """A place that ended. `lines`: slots that began while it lasted, and others about which something is known."""

    departed: Departed
    course: Course
    lines: list[Line]
    attended: int

    @property
    def cohort(self) -> Cohort:
        return self.departed.cohort


def find(user_id: int, cohort_id: int) -> Former | None:
    """Of this person in this cohort; not of a guest who was somebody else, whose entries went over."""
    left = departures.of_user(user_id, cohort_id) if cohort_id <= LARGEST_ID else []
    return next((_read(each) for each in left if not each.merged), None)


def before(enrolment: Enrolment) -> list[Former]:
    """Of the cohorts from which this person moved here."""
    return [_read(each) for each in departures.before(enrolment)]


def _read(departed: Departed) -> Former:
    cohort, left_at = departed.cohort, departed.enrolment.left_at
    here = Here(cohort, None, editions.course(cohort.edition_digest), frozenset())
    register = own_register.of(here, departed.enrolment)
    lines = [
        line
        for line in register.lines
        if line.source or line.objection or (left_at and line.slot.starts_at <= left_at)
    ]
    return Former(departed, here.course, lines, register.attended)
