"""What all kinds of blocks have in common, and how they are found."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import app.course.blocks
from app.course.blocks import kinds
from app.course.model import Sight
from tests.course.sample import blocks_of, on_page


def test_each_file_is_one_kind_named_like_it() -> None:
    files = {path.stem for path in Path(app.course.blocks.__path__[0]).glob("*.py")} - {"__init__"}
    assert set(kinds()) == files
    assert files == {
        "ablauf", "arbeitsblatt", "fall", "frage", "freitext", "gegenueber", "karten", "lernfragen", "lernstopp",
        "lueckentext", "matrix", "netz", "planspiel", "regler", "reihenfolge", "rueckschau", "schlagworte",
        "umfrage", "vorsatz", "wuensche", "zuordnung",
    }  # fmt: skip


def test_nobody_else_reads_unless_it_is_said() -> None:
    (block,) = blocks_of("::: freitext {#t}\nWas?\n:::\n")
    assert block.sight is Sight.ONLY_ME


@pytest.mark.parametrize("sight", [Sight.ONLY_ME, Sight.TRAINER, Sight.GROUP])
def test_sight(sight: Sight) -> None:
    (block,) = blocks_of(f"::: freitext {{#t sicht={sight}}}\nWas?\n:::\n")
    assert block.sight is sight


def test_only_a_small_group_makes_a_sheet_its_own() -> None:
    assert (5, "choice_invalid") in on_page("::: freitext {#t sicht=kleingruppe}\nWas?\n:::\n")


def test_blocks_are_frozen() -> None:
    (block,) = blocks_of("::: freitext {#t}\nWas?\n:::\n")
    with pytest.raises(FrozenInstanceError):
        block.id = "x"  # type: ignore[misc]


@pytest.mark.parametrize("name", ["Frage", "fragen", "frag", "Fraage"])
def test_the_nearest_kind_is_suggested(name: str) -> None:
    assert on_page(f"::: {name} {{#q}}\nWas?\n:::\n") == [(5, "block_unknown")]


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_an_empty_block_of_each_kind_is_a_problem_and_no_crash(kind: str) -> None:
    assert on_page(f"::: {kind} {{#q}}\n:::\n")


@pytest.mark.parametrize("kind", sorted(kinds()))
@pytest.mark.parametrize(
    "body", ["- ", ">", "##", "- [x]", "- ->", "- [ ] a\n>", "```\n```", "1.", "## a\n> b", "[^1]: x"]
)
def test_odd_bodies_do_not_crash(kind: str, body: str) -> None:
    on_page(f"::: {kind} {{#q}}\n{body}\n:::\n")
