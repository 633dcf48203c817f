"""`freitext`."""

from __future__ import annotations

from app.course.blocks.freitext import FreeText
from app.course.model import Prompt, Sight
from tests.course.sample import blocks_of, on_page


def one(body: str, attributes: str = "") -> FreeText:
    (block,) = blocks_of(f"::: freitext {{#t{attributes}}}\n{body}\n:::\n")
    assert isinstance(block, FreeText)
    return block


def test_one_paragraph_is_one_prompt() -> None:
    assert one("Was sehen Sie?", " sicht=trainer minuten=3") == FreeText(
        id="t",
        sight=Sight.TRAINER,
        minutes=3,
        line=5,
        intro_html="",
        prompts=(Prompt("Was sehen Sie?", "Was sehen Sie?"),),
        comparison_html="",
        side_by_side=False,
    )


def test_title_introduction_list_and_comparison() -> None:
    block = one("## Titel\nErst.\n\n- a\n- b\n\n> Zum Vergleich: c\n>\n> d")
    assert block.title == "Titel"
    assert block.intro_html == "<p>Erst.</p>\n"
    assert [prompt.text for prompt in block.prompts] == ["a", "b"]
    assert block.comparison_html == "<p>Zum Vergleich: c</p>\n<p>d</p>\n"


def test_of_several_paragraphs_the_last_is_the_prompt() -> None:
    block = one("Erst.\n\nDann.\n\nWas?")
    assert block.intro_html == "<p>Erst.</p>\n<p>Dann.</p>\n"
    assert [prompt.text for prompt in block.prompts] == ["Was?"]


def test_a_numbered_list_holds_prompts_too() -> None:
    assert [prompt.text for prompt in one("1. a\n2. b").prompts] == ["a", "b"]


def test_a_list_in_a_prompt_belongs_to_it() -> None:
    block = one("- a\n  - b\n- c")
    assert [prompt.text for prompt in block.prompts] == ["a b", "c"]
    assert "<li>b</li>" in block.prompts[0].html


def test_side_by_side() -> None:
    assert one("- a\n- b", " nebeneinander=ja").side_by_side


def test_nothing_to_answer() -> None:
    assert on_page("::: freitext {#t}\n## Titel\n\n> Vergleich\n:::\n") == [(5, "prompts_missing")]


def test_wrong_attributes_are_all_named() -> None:
    codes = [
        code
        for _, code in on_page("::: freitext {#t sicht=alle minuten=-1 nebeneinander=yes x=1}\nWas?\n:::\n")
    ]
    assert codes == ["choice_invalid", "number_invalid", "unknown_attribute", "yes_no_invalid"]
