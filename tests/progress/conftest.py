from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app import clock
from app.course.compile import compile_course
from app.course.model import Course
from app.course.source import from_mapping
from tests.support.course import small_course


@pytest.fixture
def small() -> Course:
    """The small course, compiled."""
    course = compile_course(from_mapping(small_course())[0]).course
    assert course is not None
    return course


@pytest.fixture
def evening() -> Iterator[None]:
    """It is 18:00, the day of the cast is over."""
    with clock.standing_at(datetime(2026, 7, 3, 16, 0, tzinfo=UTC)):
        yield
