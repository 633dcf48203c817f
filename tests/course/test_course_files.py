"""course.yaml, module.yaml and bibliography.yaml."""

from __future__ import annotations

import pytest

from app.course.course_files import read_bibliography, read_course, read_module
from app.course.model import Reference, RuleProposal
from app.course.yamltext import Scalar

FULL = """\
kennung: k
titel: "T"
untertitel: U
beschreibung: >
  Zwei
  Zeilen
ue_minuten: 60
ziele: [a, b]
inhalte:
  - c
module: [m, n]
abschluss:
  teilnahme: {anwesenheit: "75 %", lernstopps: alle}
"""


def test_course() -> None:
    course = read_course("course.yaml", FULL)
    assert course.findings.problems == []
    assert (course.slug, course.title, course.subtitle, course.description) == ("k", "T", "U", "Zwei Zeilen")
    assert (course.unit_minutes, course.goals, course.contents) == (60, ("a", "b"), ("c",))
    assert course.modules == (Scalar("m", 11), Scalar("n", 11))
    assert course.rule == RuleProposal(attendance_percent=75, reflections="alle")


def test_what_may_be_left_out() -> None:
    course = read_course("course.yaml", "kennung: k\ntitel: T\nmodule: m\n")
    assert course.findings.problems == []
    assert (course.unit_minutes, course.rule) == (45, RuleProposal())


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        ("{teilnahme: {anwesenheit: 80}}", []),
        ("{teilnahme: {anwesenheit: 101}}", ["number_invalid"]),
        ("{teilnahme: {anwesenheit: 80.5}}", ["number_invalid"]),
        ("{teilnahme: {anwesenheit: ²}}", ["number_invalid"]),
        ("{teilnahme: {lernstopps: manche}}", ["choice_invalid"]),
        ("{teilname: {anwesenheit: 80}}", ["unknown_field"]),
        ("{teilnahme: 80 %}", ["fields_expected"]),
        ("[a]", ["fields_expected"]),
    ],
)
def test_rule(rule: str, codes: list[str]) -> None:
    course = read_course("course.yaml", f"kennung: k\ntitel: T\nmodule: [m]\nabschluss: {rule}\n")
    assert [problem.code for problem in course.findings.problems] == codes


def test_all_that_is_missing_is_told_at_once() -> None:
    course = read_course("course.yaml", "untertitel: x\n")
    told = [dict(problem.parameters)["field"] for problem in course.findings.problems]
    assert told == ["module", "kennung", "titel"]


def test_module() -> None:
    module = read_module("m/module.yaml", "titel: T\nminuten: 30\nziele: [z]\nseiten:\n  - a\n  - b\n")
    assert module.findings.problems == []
    assert (module.title, module.minutes, module.minutes_line, module.goals) == ("T", 30, 2, ("z",))
    assert module.pages == (Scalar("a", 5), Scalar("b", 6))


@pytest.mark.parametrize("text", ["- a\n", "nur Text", "titel: a: b"])
def test_a_module_that_cannot_be_read(text: str) -> None:
    module = read_module("m/module.yaml", text)
    assert not module.readable
    assert len(module.findings.problems) == 1


def test_bibliography() -> None:
    first = (
        "- kennung: a-1\n  kurz: A 1\n  voll: Alles\n  zweite_hand: ja\n  sicherheit: hoch\n  hinweis: h\n"
    )
    text = first + "- {kennung: b, kurz: B}\n"
    file = read_bibliography("bibliography.yaml", text)
    assert file.findings.problems == []
    assert file.references == (
        Reference(key="a-1", short="A 1", full="Alles", second_hand=True, confidence="hoch", note="h"),
        Reference(key="b", short="B", full="", second_hand=False, confidence="keine", note=""),
    )


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", []),
        ("kennung: a\n", [(1, "list_expected")]),
        ("- a\n", [(1, "fields_expected")]),
        ("- {kennung: a}\n", [(1, "field_missing")]),
        ("- {kennung: Ä, kurz: x}\n", [(1, "slug_invalid")]),
        ("- {kennung: a, kurz: x, sicherheit: egal}\n", [(1, "choice_invalid")]),
        ("- {kennung: a, kurz: x, jahr: 2010}\n", [(1, "unknown_field")]),
    ],
)
def test_bad_bibliography(text: str, problems: list[tuple[int, str]]) -> None:
    findings = read_bibliography("bibliography.yaml", text).findings
    assert [(problem.line, problem.code) for problem in findings.problems] == problems
