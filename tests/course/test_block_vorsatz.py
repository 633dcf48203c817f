"""`vorsatz`, and what sheets brought to `freitext` and `fall`."""

from __future__ import annotations

from app.course.blocks.fall import CaseScenario
from app.course.blocks.freitext import FreeText
from app.course.blocks.vorsatz import Resolution
from tests.course.sample import blocks_of, on_page


def test_value() -> None:
    (block,) = blocks_of(
        "::: vorsatz {#v minuten=3}\n## Klein anfangen\nWas *probieren* Sie?\n\n- Wenn A, dann B.\n- Wenn C, dann D.\n\n> Gut.\n:::\n"
    )
    assert isinstance(block, Resolution)
    assert (block.title, block.minutes) == ("Klein anfangen", 3)
    assert block.intro_html == "<p>Was <em>probieren</em> Sie?</p>\n"
    assert block.examples == ("Wenn A, dann B.", "Wenn C, dann D.")
    assert block.closing_html == "<p>Gut.</p>\n"


def test_examples_are_not_needed_but_a_task_is() -> None:
    assert on_page("::: vorsatz {#v}\nWas probieren Sie?\n:::\n") == []
    assert on_page("::: vorsatz {#v}\n- Wenn A, dann B.\n:::\n") == [(5, "prompt_empty")]


def test_words_to_look_for() -> None:
    (block,) = blocks_of(
        '::: freitext {#t woerter="motivieren, dazu bringen" hinweis="Wer will das?"}\nWas?\n:::\n'
    )
    assert isinstance(block, FreeText)
    assert (block.hint_words, block.hint) == (("motivieren", "dazu bringen"), "Wer will das?")
    assert on_page('::: freitext {#t hinweis="Wer will das?"}\nWas?\n:::\n') == [(5, "hint_incomplete")]


def test_a_case_for_groups() -> None:
    (block,) = blocks_of("::: fall {#f gruppenarbeit=ja}\n## Eins\nWas?\n:::\n")
    assert isinstance(block, CaseScenario)
    assert block.group_work
