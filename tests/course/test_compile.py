"""From a tree to a Course."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from app.course.compile import compile_course
from app.course.digest import digest
from app.course.model import Severity
from app.course.source import SourceTree, from_mapping
from tests.course.sample import compiled, page, sample


def test_course() -> None:
    tree, _ = from_mapping(sample())
    course = compile_course(tree).course
    assert course is not None
    assert (course.slug, course.title, course.digest) == ("probe", "Probe", digest(tree))
    assert [(module.number, station.slug) for module, station in course.stations()] == [
        (1, "seite"),
        (1, "halt"),
    ]
    assert [block.id for block in course.blocks] == ["l1", "f1"]
    assert [case.slug for case in course.cases] == ["haus"]
    assert [term.slug for term in course.glossary] == ["wort"]
    assert [reference.key for reference in course.bibliography] == ["buch-2010"]
    assert course.media == {"platz.svg"}


def test_modules_are_numbered_as_listed() -> None:
    other = sample()["eins/module.yaml"].replace(b"Erstes", b"Zweites")
    course = compiled(
        sample(
            course=sample()["course.yaml"].replace(b"module: [eins]\nt", b"module: [zwei, eins]\nt"),
            **{
                "zwei/module.yaml": other,
                "zwei/seite.md": page("Text"),
                "zwei/halt.md": sample()["eins/halt.md"].replace(b"l1", b"l2"),
            },
        )
    ).course
    assert course is not None
    assert [(module.number, module.slug) for module in course.modules] == [(1, "zwei"), (2, "eins")]


def test_a_course_is_frozen() -> None:
    course = compiled(sample()).course
    assert course is not None
    with pytest.raises(FrozenInstanceError):
        course.title = "x"  # type: ignore[misc]


def test_no_course_exactly_if_there_is_an_error() -> None:
    assert compiled(sample(page="kaputt")).course is None
    warned = compiled(sample(page=page("<b>")))
    assert warned.course is not None
    assert [problem.severity for problem in warned.problems] == [Severity.WARNING]


def test_an_empty_tree() -> None:
    result = compile_course(SourceTree({}))
    assert result.course is None
    assert [problem.code for problem in result.problems] == ["file_missing"]


def test_a_tree_nobody_normalised_does_not_raise() -> None:
    compile_course(
        SourceTree({"course.yaml": b"\xff\xfe", "a/b.md": b"\xff", "a/module.yaml": b"\r\n\t", "x": b""})
    )
    compile_course(
        SourceTree({"cases/module.yaml": b"", "media/x.md": b"", "a/b/c.md": b"", "/": b"", "": b""})
    )


def test_the_same_tree_gives_the_same_course() -> None:
    assert compiled(sample()) == compiled(dict(reversed(sample().items())))


QUIZ = "::: frage {#q1}\nWas?\n- [x] a\n- [ ] b\n\n> Weil.\n:::\n"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"page": page(QUIZ)}, "feedback_missing"),
        ({"page": page("![a](medien:ein platz.svg)\n")}, "picture_blank"),
        ({"page": page("::: neuer-block {#n1}\nx\n:::\n")}, "block_unknown"),
        ({"stop": None}, "page_missing"),
        ({"picture": None}, "unknown_media"),
        ({"page": "kaputt"}, "front_matter_missing"),
        ({"course": sample()["course.yaml"].replace(b"module: [eins]\nt", b"module: [eins, zwei]\nt")}, "module_missing"),
        ({"bibliography": "- a: b: c\n"}, "yaml_colon"),
        ({"course": sample()["course.yaml"].replace(b'"12:15"', b'"10:00"')}, "slot_inverted"),
    ],
)  # fmt: skip
def test_what_was_published_stays_readable_when_the_rules_become_stricter(
    changes: dict[str, str | bytes | None], code: str
) -> None:
    tree, _ = from_mapping(sample(**changes))
    assert compile_course(tree).course is None
    eased = compile_course(tree, lenient=True)
    assert eased.course is not None
    assert eased.course.find_block("l1") or code == "page_missing"
    assert code in {problem.code for problem in eased.problems}
    assert {problem.severity for problem in eased.problems} == {Severity.WARNING}


def test_lenient_keeps_the_question_whose_rule_became_stricter() -> None:
    tree, _ = from_mapping(sample(page=page(QUIZ)))
    course = compile_course(tree, lenient=True).course
    assert course is not None
    assert course.find_block("q1") is not None
    assert course.digest == digest(tree)


def test_lenient_changes_nothing_for_a_course_without_errors() -> None:
    tree, _ = from_mapping(sample())
    assert compile_course(tree, lenient=True) == compile_course(tree)


def test_lenient_has_no_course_where_nothing_can_be_shown() -> None:
    result = compile_course(from_mapping({"course.yaml": b"x: 1\n"})[0], lenient=True)
    assert result.course is None
    assert Severity.ERROR in {problem.severity for problem in result.problems}
