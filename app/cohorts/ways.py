"""The way of a cohort: the course as it goes, made once for each edition and choice, and changing the choice."""

from __future__ import annotations

import hashlib

from sqlalchemy import exists, select

from app.cohorts.models import Cohort, Enrolment
from app.course import tailor
from app.course.model import Course
from app.course.tailor import Way
from app.editions.cache import Cache
from app.extensions import db

_ways: Cache[Course] = Cache(most=100)


class Overtaken(Exception):
    """Somebody else has changed the way meanwhile."""


class Certified(Exception):
    """Certificates of this cohort say already what was on its way."""


def certified(cohort_id: int) -> bool:
    """Whether somebody of this cohort has a certificate; then its way stays as it is (one statement)."""
    fixed = exists().where(Enrolment.cohort_id == cohort_id, Enrolment.name_fixed_at.is_not(None))
    return bool(db.session.scalar(select(fixed)))


def course_of(course: Course, text: str) -> Course:
    """The course as the way `text` (the cohort's column) goes."""
    if not text:
        return course
    return _ways.get(f"{course.digest} {text}", lambda: tailor.tailored(course, tailor.read(text)))


def stamp(text: str) -> str:
    """Names a choice, so that a form can say which one it was filled in on."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def shape(cohort_id: int, way: Way, made_on: str) -> None:
    """From now on this is the way. `made_on`: stamp of the choice it replaces. Raises Overtaken, Certified.

    Answers are never touched. Call inside a transaction.
    """
    cohort = db.session.get_one(Cohort, cohort_id, with_for_update=True)
    if certified(cohort_id):
        raise Certified(cohort_id)
    if stamp(cohort.way) != made_on:
        raise Overtaken(cohort_id)
    cohort.way = tailor.write(way)
    db.session.flush()
