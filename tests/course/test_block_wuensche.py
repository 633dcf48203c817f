"""`wuensche`."""

from __future__ import annotations

from app.course.blocks.wuensche import Wishes
from app.course.model import Prompt, Sight
from tests.course.sample import blocks_of, on_page


def test_value() -> None:
    (block,) = blocks_of(
        "::: wuensche {#w anzahl=2 minuten=4}\n## Titel\nFür mich lohnt es sich, **wenn** …\n:::\n"
    )
    prompt = Prompt("Für mich lohnt es sich, wenn …", "Für mich lohnt es sich, <strong>wenn</strong> …")
    assert block == Wishes(
        id="w", minutes=4, title="Titel", line=5, prompt=prompt, count=2, sight=Sight.ONLY_ME
    )


def test_three_lines_unless_said_otherwise() -> None:
    (block,) = blocks_of("::: wuensche {#w}\nWenn …\n:::\n")
    assert isinstance(block, Wishes)
    assert block.count == 3


def test_the_writer_decides_who_reads() -> None:
    assert on_page("::: wuensche {#w sicht=gruppe}\nWenn …\n:::\n") == [(5, "unknown_attribute")]


def test_nothing_to_answer() -> None:
    assert on_page("::: wuensche {#w}\n## Titel\n:::\n") == [(5, "prompt_empty")]


def test_count_is_a_number() -> None:
    assert on_page("::: wuensche {#w anzahl=viele}\nWenn …\n:::\n") == [(5, "number_invalid")]
