"""`schlagworte`."""

from __future__ import annotations

from app.course.blocks.schlagworte import Keywords
from app.course.model import Prompt, Sight
from tests.course.sample import blocks_of, on_page


def test_value() -> None:
    (block,) = blocks_of("::: schlagworte {#s min=3 max=12 sicht=gruppe}\nOhne Nachschlagen.\n:::\n")
    prompt = Prompt("Ohne Nachschlagen.", "Ohne Nachschlagen.")
    assert block == Keywords(id="s", sight=Sight.GROUP, line=5, prompt=prompt, minimum=3, maximum=12)


def test_numbers_left_out() -> None:
    (block,) = blocks_of("::: schlagworte {#s}\nWas?\n:::\n")
    assert isinstance(block, Keywords)
    assert (block.minimum, block.maximum) == (1, 10)


def test_a_high_minimum_raises_the_maximum_left_out() -> None:
    (block,) = blocks_of("::: schlagworte {#s min=12}\nWas?\n:::\n")
    assert isinstance(block, Keywords)
    assert (block.minimum, block.maximum) == (12, 12)


def test_minimum_above_maximum() -> None:
    assert on_page("::: schlagworte {#s min=4 max=3}\nWas?\n:::\n") == [(5, "range_inverted")]
