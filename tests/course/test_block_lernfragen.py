"""`lernfragen`."""

from __future__ import annotations

from app.course.blocks.lernfragen import OpeningQuestions
from app.course.model import Prompt
from tests.course.sample import blocks_of, on_page


def test_value() -> None:
    (block,) = blocks_of("::: lernfragen {#l min=1 max=4}\nWelche Fragen?\n\nAuch kleine.\n:::\n")
    html = "<p>Welche Fragen?</p>\n<p>Auch kleine.</p>\n"
    prompt = Prompt("Welche Fragen? Auch kleine.", html)
    assert block == OpeningQuestions(id="l", line=5, prompt=prompt, minimum=1, maximum=4)


def test_five_at_most_unless_said_otherwise() -> None:
    (block,) = blocks_of("::: lernfragen {#l}\nWas?\n:::\n")
    assert isinstance(block, OpeningQuestions)
    assert (block.minimum, block.maximum) == (1, 5)


def test_nothing_to_answer() -> None:
    assert on_page("::: lernfragen {#l}\n:::\n") == [(5, "prompt_empty")]
