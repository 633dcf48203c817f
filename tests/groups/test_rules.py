"""Drawing, and one text out of two."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.groups.rules import Contradiction, draw, merged
from tests.groups.conftest import body


@given(st.integers(1, 30), st.integers(1, 20), st.integers())
def test_everybody_is_in_one_group_and_sizes_are_fair(people: int, count: int, seed: int) -> None:
    groups = draw(range(people), count, random.Random(seed))
    assert sorted(one for group in groups for one in group) == list(range(people))
    sizes = [len(group) for group in groups]
    assert max(sizes) - min(sizes) <= 1
    assert len(groups) == min(count, people, 15)


def test_the_draw_depends_on_chance() -> None:
    assert len({str(draw(range(9), 3, random.Random(seed))) for seed in range(20)}) > 10


BASE = body(a="", b="", c="alt")


@pytest.mark.parametrize(
    ("current", "sent", "result"),
    [
        (body(a="eins", b="", c="alt"), body(a="", b="zwei", c="alt"), body(a="eins", b="zwei", c="alt")),
        (body(a="eins", b="", c="alt"), body(a="eins", b="", c="neu"), body(a="eins", b="", c="neu")),
        (body(a="", b="", c=""), body(a="eins", b="", c="alt"), body(a="eins", b="", c="")),
        (BASE, body(a="x", b="", c=""), body(a="x", b="", c="")),
        (body(a="x", b="", c="alt"), BASE, body(a="x", b="", c="alt")),
        (body(a="", b="", c="alt", d="mehr"), body(a="x", b="", c="alt"), body(a="x", b="", c="alt", d="mehr")),
    ],
)  # fmt: skip
def test_each_field_is_taken_from_whoever_changed_it(current, sent, result):
    assert merged(BASE, current, sent) == result


def runs(*found: list[dict[str, object]]) -> dict[str, object]:
    """A sheet filled in that often."""
    return {"runs": [{"day": "2026-07-03", "entries": entries} for entries in found]}


def entry(question: str, answer: str, row: int = 1) -> dict[str, object]:
    return {"q": question, "a": answer} | ({"row": row} if row > 1 else {})


A, B, C = entry("Wer?", "A"), entry("Wer?", "B", 2), entry("Wer?", "C", 3)
OTHER = entry("Was?", "X", 2)


@pytest.mark.parametrize(
    ("base", "current", "sent", "result"),
    [
        ({}, runs([A]), runs([OTHER]), runs([A, OTHER])),
        (runs([A, B]), runs([A, B, C]), runs([A, B, OTHER]), runs([A, B, C, OTHER])),
        (runs([A, B]), runs([A, B, C]), runs([A]), runs([A, C])),
        (runs([A]), runs([A], [B]), runs([A, C]), runs([A, C], [B])),
    ],
)  # fmt: skip
def test_rows_and_runs_of_a_sheet_are_fields_of_their_own(base, current, sent, result):
    assert merged(base, current, sent) == result


def test_two_texts_in_one_row_contradict_each_other() -> None:
    with pytest.raises(Contradiction):
        merged(runs([A, B]), runs([A, entry("Wer?", "D", 2)]), runs([A, entry("Wer?", "E", 2)]))


def test_two_texts_in_one_field_contradict_each_other() -> None:
    with pytest.raises(Contradiction):
        merged(BASE, body(a="eins", b="", c="alt"), body(a="zwei", b="", c="alt"))


def test_without_a_base_new_fields_meet() -> None:
    assert merged({}, body(a="eins", b=""), body(a="eins", b="zwei")) == body(a="eins", b="zwei")


TEXT = st.sampled_from(["", "x", "y"])
SHEET = st.fixed_dictionaries({"a": TEXT, "b": TEXT, "c": TEXT}).map(lambda answers: body(**answers))


@given(SHEET, SHEET, SHEET)
def test_nothing_anybody_changed_is_lost(base, current, sent):
    try:
        result = merged(base, current, sent)
    except Contradiction:
        return
    was, theirs, mine, now = (
        {one["q"]: one["a"] for one in sheet["entries"]} for sheet in (base, current, sent, result)
    )
    for question in "abc":
        if mine[question] != was[question]:
            assert now[question] == mine[question]
        else:
            assert now[question] == theirs[question]
