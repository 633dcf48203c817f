"""YAML in which everything is text."""

from __future__ import annotations

import pytest

from app.course.findings import Findings
from app.course.yamltext import Listing, Mapping, Scalar, read_yaml


def read(text: str, first_line: int = 1) -> tuple[Mapping | Listing | None, list[tuple[int, str]]]:
    findings = Findings("x.yaml")
    return read_yaml(text, findings, first_line), [(p.line, p.code) for p in findings.problems]


@pytest.mark.parametrize(
    "value", ["9:30", "ja", "no", "1.10", "01099", "2019-07-05", "~", "null", "0x1f", "1_000"]
)
def test_every_value_is_text(value: str) -> None:
    node, problems = read(f"a: {value}\n")
    assert node == Mapping({"a": Scalar(value, 1)}, 1)
    assert problems == []


def test_lines_count_from_the_first() -> None:
    node, _ = read("a: 1\nb:\n  - x\n  - {c: d}\n", first_line=10)
    assert isinstance(node, Mapping)
    assert node.entries["b"] == Listing((Scalar("x", 12), Mapping({"c": Scalar("d", 13)}, 13)), 12)


def test_nothing_is_an_empty_mapping() -> None:
    assert read("# nur ein Kommentar\n") == (Mapping({}, 1), [])


def test_a_duplicate_keeps_the_first() -> None:
    node, problems = read("a: 1\nb: 2\na: 3\n")
    assert node == Mapping({"a": Scalar("1", 1), "b": Scalar("2", 2)}, 1)
    assert problems == [(3, "yaml_duplicate_key")]


def test_memory_cannot_be_filled_with_aliases() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert read(bomb) == (None, [(1, "yaml_alias")])


@pytest.mark.parametrize("text", ["[" * 30000, "a: " + "{b: " * 10000, "- " * 3000, "? " * 3000])
def test_deep_nesting_is_refused(text: str) -> None:
    node, problems = read(text)
    assert node is None
    assert problems


def test_a_tag_creates_nothing() -> None:
    node, _ = read("a: !!python/object/apply:os.system [echo]\n")
    assert node == Mapping({"a": Listing((Scalar("echo", 1),), 1)}, 1)
