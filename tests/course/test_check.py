"""Rules across files. (That each problem has its place is tested in test_messages.)"""

from __future__ import annotations

import pytest

from app.course.model import Severity
from tests.course.sample import CASE, COURSE, MODULE, PAGE, STOP, compiled, found, page, problem, sample


def test_a_doubled_id_names_both_places() -> None:
    files = sample(page=page("::: freitext {#l1}\nWas?\n:::\n"))
    doubled = problem(files, "id_twice")
    assert (doubled.path, doubled.line) == ("eins/seite.md", 5)
    assert dict(doubled.parameters) == {"id": "l1", "first_path": "eins/halt.md", "first_line": "6"}


def test_ids_are_unique_over_pages_and_cases() -> None:
    assert ("cases/haus.md", 6, "id_twice") in found(
        sample(case=sample()["cases/haus.md"].replace(b"#f1", b"#l1"))
    )


def test_names_are_suggested() -> None:
    files = sample(page=PAGE.replace("glossar:wort", "glossar:wrot"), module=MODULE.replace("halt", "hallt"))
    assert dict(problem(files, "unknown_term").parameters)["nearest"] == "wort"
    assert dict(problem(files, "page_missing").parameters)["nearest"] == "halt"


def test_all_problems_at_once_and_sorted() -> None:
    files = sample(course=COURSE + "x: 1\n", page="kaputt", glossary="kaputt", picture=None)
    problems = compiled(files).problems
    assert list(problems) == sorted(problems)
    assert {problem.path for problem in problems} == {"course.yaml", "eins/seite.md", "glossary.md"}


def test_an_unreadable_course_file_brings_no_problems_that_follow_from_it() -> None:
    assert found(sample(course="kennung: a: b\n")) == [("course.yaml", 1, "yaml_colon")]


def test_an_unreadable_module_file_brings_no_problems_that_follow_from_it() -> None:
    assert found(sample(module='titel: "x\n')) == [("eins/module.yaml", 1, "yaml_quote")]


def test_an_unreadable_bibliography_brings_no_problems_that_follow_from_it() -> None:
    assert found(sample(bibliography="- a: b: c\n")) == [("bibliography.yaml", 1, "yaml_colon")]


def test_an_unreadable_page_does_not_spoil_the_sum_of_minutes() -> None:
    assert found(sample(stop=STOP.replace("titel:", "titel: a:"))) == [("eins/halt.md", 2, "yaml_colon")]


def test_links_to_a_page_that_is_not_shown_are_wrong() -> None:
    files = sample(page=PAGE + "[x](seite:eins/neu)\n", **{"eins/neu.md": page("Text")})
    assert found(files) == [("eins/neu.md", 1, "page_unlisted"), ("eins/seite.md", 9, "unknown_page")]


def test_cases_glossary_and_bibliography_may_be_missing() -> None:
    files = sample(case=None, glossary=None, bibliography=None, picture=None, page=page("Text"))
    assert compiled(files).problems == ()


def test_what_is_only_a_warning() -> None:
    files = sample(module=MODULE.replace("20", "25"), **{"eins/neu.md": page("Text"), "notiz.txt": "x"})
    problems = compiled(files).problems
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    assert {problem.code for problem in problems} == {"module_minutes", "page_unlisted", "file_unexpected"}


def test_a_misspelt_file_name_is_suggested() -> None:
    files = sample(**{"glossar.md": "## A {#a}\nb\n"})
    assert dict(problem(files, "file_unexpected").parameters)["nearest"] == "glossary.md"


LINKED = PAGE + "[x](seite:eins/halt)\n"


@pytest.mark.parametrize(
    ("module", "line", "code"),
    [
        ('titel: "A"\n  minuten: 20\nseiten: [seite, halt]\n', 2, "yaml_indent"),
        ("titel: A\n  minuten: 20\nseiten: [seite, halt]\n", 2, "yaml_indent"),
        ("titel: A\n\tminuten: 20\nseiten: [seite, halt]\n", 2, "yaml_tab"),
        ('titel: "A\nminuten: 20\nseiten: ["seite", "halt"]\n', 1, "yaml_quote"),
        ("titel: A\nminuten: 20\nseiten: []\n", 3, "module_without_pages"),
    ],
)
def test_a_slip_in_a_module_file_does_not_bury_itself(module: str, line: int, code: str) -> None:
    assert found(sample(module=module, page=LINKED)) == [("eins/module.yaml", line, code)]


def test_a_missing_module_file_is_said_once() -> None:
    files = sample(module=None, case=CASE.replace("::: fall", "[x](seite:eins/halt)\n\n::: fall"))
    assert ("course.yaml", 3, "module_missing") in found(files)
    assert "unknown_page" not in {code for _, _, code in found(files)}


def test_an_unreadable_course_file_leaves_links_alone() -> None:
    assert found(sample(course='titel: "Probe\nmodule: [eins]\n', page=LINKED)) == [
        ("course.yaml", 1, "yaml_quote")
    ]


def test_a_course_file_without_modules_is_said_once() -> None:
    assert found(sample(course="kennung: p\ntitel: T\n", page=LINKED)) == [
        ("course.yaml", 1, "field_missing")
    ]
