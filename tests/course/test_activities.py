"""docs/activities.md names 52 activities; each stands in the course, where and as what the table says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.course.compile import compile_course
from app.course.model import Course
from app.course.source import from_folder

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "activities.md"
OUTSIDE_THE_PAGES = {2, 49, 51}  # day plan, the cohort's own way, certificates

Row = tuple[int, set[str], list[str], set[str]]


def rows() -> list[Row]:
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0].isdigit():
            kinds, ids, stations = (
                set(cells[2].split(", ")),
                re.findall("`([^`]+)`", cells[3]),
                set(cells[4].split(", ")),
            )
            found.append((int(cells[0]), kinds, ids, stations))
    return found


@pytest.fixture(scope="module")
def course() -> Course:
    compiled = compile_course(*from_folder(ROOT / "content" / "sozialraumorientierung")).course
    assert compiled is not None
    return compiled


def test_all_are_named() -> None:
    assert [number for number, *_ in rows()] == list(range(1, 53))


@pytest.mark.parametrize(
    "row", [row for row in rows() if row[0] not in OUTSIDE_THE_PAGES], ids=lambda row: str(row[0])
)
def test_each_stands_where_the_table_says(course: Course, row: Row) -> None:
    _, kinds, ids, stations = row
    met = [course.find_block(block_id) for block_id in ids]
    assert ids
    assert all(met), ids
    assert {found[1].kind for found in met if found} == kinds
    assert {found[0].path.removesuffix(".md") for found in met if found} == stations


def test_the_course_is_whole(course: Course) -> None:
    pages = [page for _, page in course.stations()]
    kinds = [block.kind for block in course.blocks]
    warm_ups = [block for block in course.blocks if block.id.startswith("w") and block.id[1].isdigit()]
    questions = [block for block in course.blocks if re.fullmatch(r"q\d-\d+", block.id)]
    assert (len(course.modules), sum(page.kind == "seite" for page in pages)) == (9, 45)
    assert sum(page.minutes for page in pages) == 720
    assert sum(page.core for page in pages if page.kind == "seite") == 24
    assert kinds.count("lernstopp") == 10
    assert (len(warm_ups), len(questions)) == (18, 64)
    assert (len(course.cases), len(course.glossary)) == (9, 86)
    assert sum(block.id.startswith("t") for block in course.blocks) == 10
    assert len([work for work in course.bibliography if work.key not in COURSE_DOCUMENTS]) == 51
    assert len([name for name in course.media if name.endswith(".svg")]) >= 8


COURSE_DOCUMENTS = {"foliensatz-2019", "orientierungspapier-2010", "vortrag-godehardt"}
