"""The course that comes with Feldweg is without errors and compiles fast."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.course.compile import Compiled, compile_course
from app.course.messages import sentence
from app.course.model import Block, Course, Prose, Severity
from app.course.source import from_folder
from tests.course.html_check import wrong_in

FOLDER = Path(__file__).parents[2] / "content" / "sozialraumorientierung"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the course is not here")


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return compile_course(*from_folder(FOLDER))


@pytest.fixture(scope="module")
def course(compiled: Compiled) -> Course:
    assert compiled.course is not None
    return compiled.course


def test_no_errors(compiled: Compiled) -> None:
    errors = [problem for problem in compiled.problems if problem.severity is Severity.ERROR]
    assert [f"{problem.path}:{problem.line}: {sentence(problem)}" for problem in errors] == []


def test_nothing_was_lost(course: Course) -> None:
    files = [*FOLDER.glob("*/*.md")]
    pages = [page for _, page in course.stations()] + list(course.cases)
    assert len(pages) == len(files)
    written = sum(path.read_text(encoding="utf-8").count("\n::: ") for path in files)
    assert len(course.blocks) == written


def html_of(value: object) -> list[str]:
    """All HTML in a value of the model, however deep."""
    if isinstance(value, Prose):
        return [value.html]
    if isinstance(value, tuple):
        return [html for item in value for html in html_of(item)]
    if isinstance(value, Block) or hasattr(value, "__dataclass_fields__"):
        found: list[str] = []
        for name in value.__dataclass_fields__:  # type: ignore[union-attr]
            inner = getattr(value, name)
            found += [inner] if name.endswith("html") else html_of(inner)
        return found
    return []


def test_html_is_clean(course: Course) -> None:
    for _, page in course.stations():
        html = "".join(html_of(page))
        assert html
        assert wrong_in(html) == [], page.path


def test_it_compiles_in_less_than_a_second() -> None:
    started = time.process_time()
    compile_course(*from_folder(FOLDER))
    assert time.process_time() - started < 1
