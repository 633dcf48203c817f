"""The way of a cohort: what becomes of a course."""

from __future__ import annotations

import pytest

from app.course import tailor
from app.course.compile import compile_course
from app.course.model import Course, PageKind
from app.course.source import from_folder, from_mapping
from app.course.tailor import WHOLE, Way
from tests.course.test_content import FOLDER
from tests.support.course import CASE, HALT_2, small_course

SECOND = CASE.replace("case-1", "case-2").replace("module: [feld]", "module: [ankommen, feld]")


@pytest.fixture(scope="module")
def small() -> Course:
    files = small_course() | {
        "cases/zweiter.md": SECOND.encode(),
        "feld/halt-2.md": HALT_2.replace("minuten: 8\nart", "minuten: 8\nkern: ja\nart").encode(),
    }
    made = compile_course(from_mapping(files)[0]).course
    assert made is not None
    return made


def keys(course: Course) -> list[str]:
    return [f"{module.slug}/{page.slug}" for module, page in course.stations()]


def test_the_whole_course_is_the_course_itself(small: Course) -> None:
    for way in (WHOLE, Way(modules=("ankommen", "feld"), cases=("zweiter", "der-weg-zur-kita"))):
        assert tailor.tailored(small, way) is small
        assert tailor.plain(small, way) == WHOLE


def test_modules_keep_number_and_title(small: Course) -> None:
    made = tailor.tailored(small, Way(modules=("feld", "ankommen")))
    assert [(module.number, module.title) for module in made.modules] == [
        (2, "Vom Fall zum Feld"),
        (1, "Ankommen"),
    ]
    assert keys(made)[0] == "feld/felder"
    assert made.contents == small.contents
    assert made.digest == small.digest


def test_a_module_taken_off(small: Course) -> None:
    made = tailor.tailored(small, Way(modules=("feld",)))
    assert keys(made) == ["feld/felder", "feld/halt-2"]
    assert made.find_page("ankommen", "willkommen") is None
    assert made.find_block("l1-1") is None
    assert [case.slug for case in made.cases] == ["der-weg-zur-kita", "zweiter"]
    assert made.contents == ("Vom Fall zum Feld",)
    assert (made.day_plans, made.glossary) == (small.day_plans, small.glossary)


def test_the_core_path(small: Course) -> None:
    made = tailor.tailored(small, Way(core=True))
    assert keys(made) == ["ankommen/willkommen", "ankommen/schauen", "feld/halt-2"]
    assert [module.minutes for module in made.modules] == [24, 8]
    assert made.contents == ("Ankommen", "Vom Fall zum Feld")
    assert [block_id for _, block_id in tailor.stops(made)] == ["l2-1"]


def test_cases_are_chosen_and_need_their_module(small: Course) -> None:
    made = tailor.tailored(small, Way(cases=("zweiter",)))
    assert [case.slug for case in made.cases] == ["zweiter"]
    made = tailor.tailored(small, Way(modules=("ankommen",)))
    assert [case.slug for case in made.cases] == ["zweiter"]
    assert tailor.tailored(small, Way(cases=())).cases == ()


def test_a_module_without_core_pages_is_not_on_the_core_path() -> None:
    course = compile_course(from_mapping(small_course())[0]).course
    assert course is not None
    assert [module.slug for module in tailor.tailored(course, Way(core=True)).modules] == ["ankommen"]
    assert tailor.tailored(course, Way(core=True, modules=("feld",))) is course


def test_what_a_later_edition_lacks_is_passed_over(small: Course) -> None:
    way = Way(modules=("feld", "weg"), cases=("weg",))
    assert [module.slug for module in tailor.tailored(small, way).modules] == ["feld"]
    assert tailor.plain(small, way) == Way(modules=("feld",), cases=())
    assert tailor.tailored(small, Way(modules=("weg",))) is small


@pytest.mark.parametrize(
    "way",
    [WHOLE, Way(core=True), Way(modules=("b", "a"), cases=()), Way(True, ("a",), ("c", "d"), ("l1-1",))],
)
def test_written_and_read(way: Way) -> None:
    assert tailor.read(tailor.write(way)) == way
    assert (tailor.write(way) == "") == (way == WHOLE)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', '{"core": "ja", "modules": "a"}'])
def test_what_cannot_be_read_is_the_whole_course(text: str) -> None:
    assert tailor.read(text) == WHOLE


def test_how_long(small: Course) -> None:
    assert tailor.extent(tailor.tailored(small, Way(core=True))) == tailor.Extent(
        stations=3, readings=2, reading_minutes=24, minutes=32, cases=2, case_minutes=60
    )


def test_whether_there_is_a_core(small: Course) -> None:
    assert tailor.has_core(small)
    assert not tailor.has_core(tailor.tailored(small, Way(core=True)))


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the course is not here")
def test_the_core_path_of_the_course_that_comes_with_feldweg() -> None:
    course = compile_course(*from_folder(FOLDER)).course
    assert course is not None
    made = tailor.tailored(course, Way(core=True))
    pages = [page for _, page in made.stations()]
    assert sum(page.kind is PageKind.PAGE for page in pages) == 24
    assert [page.slug for page in pages if page.kind is PageKind.REFLECTION] == [
        "lernstopp-1",
        "lernstopp-3",
        "lernstopp-5",
        "lernstopp-9",
    ]
    exercises = [page.slug for page in pages if page.kind is PageKind.EXERCISE]
    assert exercises == ["uebung-gegensatzpaare", "uebung-fallwerkstatt"]
    assert len(made.modules) == 9
    plan = course.find_day_plan("ein-tag")
    assert plan is not None
    assert plan.core
    assert sum(page.minutes for page in pages) <= plan.content_minutes
