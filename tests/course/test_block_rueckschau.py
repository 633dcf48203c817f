"""`rueckschau`."""

from __future__ import annotations

from app.course.blocks.rueckschau import WHAT_REMAINS, Review
from app.course.model import Prompt, Sight
from tests.course.sample import blocks_of, on_page


def test_value() -> None:
    (block,) = blocks_of(
        "::: rueckschau {#r minuten=4}\n## Ihr Weg\nLesen Sie **in Ruhe**.\n\n- Was bleibt?\n- Was geht?\n:::\n"
    )
    assert block == Review(
        id="r",
        minutes=4,
        title="Ihr Weg",
        line=5,
        sight=Sight.ONLY_ME,
        intro_html="<p>Lesen Sie <strong>in Ruhe</strong>.</p>\n",
        prompts=(Prompt("Was bleibt?", "Was bleibt?"), Prompt("Was geht?", "Was geht?")),
    )


def test_without_a_list_there_is_one_question() -> None:
    (block,) = blocks_of("::: rueckschau {#r}\nWas ist aus Ihren Wünschen und Fragen geworden?\n:::\n")
    assert isinstance(block, Review)
    assert block.prompts == (WHAT_REMAINS,)
    assert WHAT_REMAINS.text == "Was nehme ich mit?"


def test_a_title_is_enough() -> None:
    (block,) = blocks_of("::: rueckschau {#r}\n## Ihr Weg\n:::\n")
    assert isinstance(block, Review)
    assert (block.title, block.intro_html, block.prompts) == ("Ihr Weg", "", (WHAT_REMAINS,))


def test_it_says_what_it_is_about() -> None:
    assert on_page("::: rueckschau {#r}\n:::\n") == [(5, "prompt_empty")]


def test_nobody_else_ever_reads_it() -> None:
    assert on_page("::: rueckschau {#r sicht=gruppe}\nWas?\n:::\n") == [(5, "unknown_attribute")]


def test_a_text_after_the_list_would_be_lost() -> None:
    assert on_page("::: rueckschau {#r}\n- Was bleibt?\n\nNoch etwas.\n:::\n") == [(8, "text_after_list")]
    assert on_page("::: rueckschau {#r}\n- Was bleibt?\n\n> Noch etwas.\n:::\n") == [(8, "text_after_list")]


def test_two_equal_questions_would_share_their_answers() -> None:
    assert on_page("::: rueckschau {#r}\n- Was?\n- Was?\n:::\n") == [(7, "prompt_twice")]
