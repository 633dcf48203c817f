from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.access import Standing
from app.cohorts.loaders import Here
from app.cohorts.models import Cohort, Enrolment
from app.course.compile import compile_course
from app.course.model import Block, Course
from app.course.source import from_mapping
from app.extensions import db, transaction
from app.quizzes import learner, service
from app.quizzes.values import Body, Conflict, Saved
from tests.support.cast import Cast, Person
from tests.support.course import small_course


def compiled(files: dict[str, bytes]) -> Course:
    """The course of these files; they must be without problems that matter."""
    found = compile_course(from_mapping(files)[0])
    assert found.course is not None, found.problems
    return found.course


@pytest.fixture(scope="session")
def course() -> Course:
    return compiled(small_course())


@pytest.fixture
def block(course: Course) -> Callable[[str], Any]:
    """A block of the small course by its id."""

    def find(block_id: str) -> Block:
        found = course.find_block(block_id)
        assert found is not None
        return found[1]

    return find


@pytest.fixture
def at_work(app: Flask, cast: Cast) -> Iterator[Cast]:
    """The cast, within a request, so that pages can be made."""
    with app.test_request_context("/"):
        yield cast


Save = Callable[..., Saved | Conflict]


@pytest.fixture
def save(at_work: Cast) -> Save:
    """`save(person, block_id, body, base=0, done=True)` records an answer with a client id of its own."""
    sent = 0

    def record(
        person: Person, block_id: str, body: Body, base: int = 0, done: bool = True
    ) -> Saved | Conflict:
        nonlocal sent
        sent += 1
        with transaction():
            return service.record(
                person.enrolment_id,
                block_id,
                body,
                client_id=f"geraet-{sent:04}",
                base_version=base,
                done=done,
            )

    return record


def here_of(cast: Cast, person: Person, course: Course) -> Here:
    """The cohort Nord as this participant stands to it."""
    cohort, enrolment = (
        db.session.get_one(Cohort, cast.nord),
        db.session.get_one(Enrolment, person.enrolment_id),
    )
    return Here(cohort, enrolment, course, frozenset({Standing.PARTICIPANT}))


def learner_of(person: Person, course: Course) -> learner.Learner:
    return learner.build(course, service.answers_of(person.enrolment_id), person.enrolment_id)
