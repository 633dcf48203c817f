"""`lernstopp`."""

from __future__ import annotations

import pytest

from app.course.blocks.lernstopp import ReflectionPoint
from app.course.model import Prompt
from tests.course.sample import blocks_of, on_page


def test_value() -> None:
    (block,) = blocks_of(
        "::: lernstopp {#l minuten=8}\n## Zwischenhalt\nKurz.\n\n> Ein Wort.\n\n- Eins?\n- Zwei?\n:::\n"
    )
    assert block == ReflectionPoint(
        id="l",
        minutes=8,
        title="Zwischenhalt",
        line=5,
        intro_html="<p>Kurz.</p>\n<blockquote>\n<p>Ein Wort.</p>\n</blockquote>\n",
        prompts=(Prompt("Eins?", "Eins?"), Prompt("Zwei?", "Zwei?")),
    )


def test_without_title_and_introduction() -> None:
    (block,) = blocks_of("::: lernstopp {#l}\n- Eins?\n:::\n")
    assert isinstance(block, ReflectionPoint)
    assert (block.title, block.intro_html) == ("", "")


def test_it_needs_a_prompt() -> None:
    assert on_page("::: lernstopp {#l}\nKurz.\n:::\n") == [(5, "prompts_missing")]


@pytest.mark.parametrize("text", ["Noch etwas.", "> Noch etwas.", "### Noch etwas"])
def test_text_behind_the_prompts_would_be_lost(text: str) -> None:
    assert on_page(f"::: lernstopp {{#l}}\n- Eins?\n\n{text}\n:::\n") == [(8, "text_after_list")]
