"""`reihenfolge`."""

from __future__ import annotations

import pytest

from app.course.blocks.reihenfolge import Ordering
from tests.course.sample import blocks_of, on_page

BODY = """\
::: reihenfolge {#r seite=halt}
Was kommt zuerst?

1. *Fragen*, was sein soll
   > Ohne Frage sucht man lange.
2. Suchen
3. Ansprechen

> Darum.
> Quelle: Noack 2022
:::
"""


def one(body: str = BODY) -> Ordering:
    (block,) = blocks_of(body)
    assert isinstance(block, Ordering)
    return block


def test_value() -> None:
    block = one()
    assert block.prompt.text == "Was kommt zuerst?"
    assert [step.text for step in block.steps] == ["Fragen, was sein soll", "Suchen", "Ansprechen"]
    assert block.steps[0].html == "<em>Fragen</em>, was sein soll"
    assert [step.feedback_html for step in block.steps] == ["<p>Ohne Frage sucht man lange.</p>\n", "", ""]
    assert (block.explanation_html, block.source, block.page) == (
        "<p>Darum.</p>\n",
        "Noack 2022",
        "eins/halt",
    )


def test_a_key_does_not_depend_on_the_place() -> None:
    turned = BODY.replace("2. Suchen\n3. Ansprechen", "2. Ansprechen\n3. Suchen")
    assert {step.text: step.key for step in one(turned).steps} == {
        step.text: step.key for step in one().steps
    }


@pytest.mark.parametrize(
    "marks", [("1.", "2.", "3."), ("1.", "1.", "1."), ("-", "-", "-"), ("3)", "4)", "9)")]
)
def test_numbers_that_mean_nothing_wrong(marks: tuple[str, str, str]) -> None:
    items = "\n".join(f"{mark} {text}" for mark, text in zip(marks, "abc", strict=True))
    assert on_page(f"::: reihenfolge {{#r}}\nWas?\n\n{items}\n\n> g\n:::\n") == []


def test_feedback_that_is_not_indented() -> None:
    body = "::: reihenfolge {#r}\nWas?\n1. a\n\n> nein\n\n2. b\n\n> g\n:::\n"
    assert (9, "feedback_not_indented") in on_page(body)
