"""What the tests of the participants' pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.cohorts.models import Cohort
from app.course.compile import compile_course
from app.course.model import Course
from app.course.source import from_mapping
from app.editions.models import Edition
from app.extensions import db, transaction
from app.quizzes import service as quizzes
from tests.support.cast import Cast, Person, publish
from tests.support.course import small_course


@pytest.fixture(scope="session")
def course_value() -> Course:
    compiled = compile_course(from_mapping(small_course())[0])
    assert compiled.course is not None
    return compiled.course


@pytest.fixture
def writing(app: Flask) -> Callable[[], Any]:
    """`with writing():` changes the database as a view would."""

    @contextmanager
    def inside() -> Iterator[None]:
        with app.app_context():
            with transaction():
                yield
            db.session.remove()

    return inside


@pytest.fixture
def saved(app: Flask) -> Callable[..., dict[str, Any]]:
    """`saved(person, block_id)`: the text as it is in the database, {} for none."""

    def read(person: Person, block_id: str) -> dict[str, Any]:
        with app.app_context():
            found = quizzes.answers_of(person.enrolment_id).get(block_id)
            db.session.remove()
        return found.body if found else {}

    return read


@pytest.fixture
def pinned(app: Flask, cast: Cast) -> Callable[[dict[str, str]], None]:
    """`pinned({path: text})` publishes the small course with these files and lets Nord learn on it."""

    def pin(changes: dict[str, str]) -> None:
        with app.app_context(), transaction():
            files = small_course() | {path: text.encode() for path, text in changes.items()}
            edition: Edition = publish(files)
            values = {"edition_id": edition.id, "edition_digest": edition.digest}
            db.session.execute(update(Cohort).where(Cohort.id == cast.nord).values(**values))

    return pin
