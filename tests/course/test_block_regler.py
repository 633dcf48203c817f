"""`regler`."""

from __future__ import annotations

import pytest

from app.course.blocks.regler import Reckoning, Scales
from tests.course.sample import blocks_of, on_page

BODY = """\
::: regler {#r von=0 bis=4 rechnen=produkt schwaechster="Was stärkt ihn?"}
## Formel
Schätzen Sie.

- Unzufriedenheit *heute*
- Wer entscheidet? (die Leitung <-> alle gemeinsam)
- Zuständigkeit <-> Verantwortung
- Bis wann? (Datum)

> Nur Mut.
:::
"""


def one(body: str = BODY) -> Scales:
    (block,) = blocks_of(body)
    assert isinstance(block, Scales)
    return block


def test_value() -> None:
    block = one()
    assert [(scale.prompt.text, scale.low, scale.high) for scale in block.scales] == [
        ("Unzufriedenheit heute", "", ""),
        ("Wer entscheidet?", "die Leitung", "alle gemeinsam"),
        ("Zuständigkeit – Verantwortung", "Zuständigkeit", "Verantwortung"),
    ]
    assert [field.prompt.text for field in block.fields] == ["Bis wann?"]
    assert block.steps == ("0", "1", "2", "3", "4")
    assert (block.reckoning, block.weakest) == (Reckoning.PRODUCT, "Was stärkt ihn?")
    assert (block.title, block.intro_html, block.closing_html) == (
        "Formel", "<p>Schätzen Sie.</p>\n", "<p>Nur Mut.</p>\n",
    )  # fmt: skip
    assert not block.together


def test_without_attributes_it_goes_from_zero_to_five() -> None:
    block = one("::: regler {#r}\n- Ziel\n:::\n")
    assert block.steps == ("0", "1", "2", "3", "4", "5")
    assert block.reckoning is Reckoning.NONE


def test_steps_of_words() -> None:
    assert one('::: regler {#r stufen="anstoßen, tragen"}\n- Rolle\n:::\n').steps == ("anstoßen", "tragen")


def test_a_group_picture_makes_it_common() -> None:
    assert one("::: regler {#r gruppenbild=ja}\n- Ziel\n:::\n").together


@pytest.mark.parametrize(
    ("attributes", "items", "code"),
    [
        ("", "", "scales_missing"),
        ("", "- Ziel\n- Ziel\n", "prompt_twice"),
        ("rechnen=summe", "- Ziel\n- Zeit\n", "choice_invalid"),
        ("rechnen=nichts", "- Ziel\n- Zeit\n", "choice_invalid"),
        ('stufen="oft"', "- Ziel\n", "words_missing"),
        ('stufen="oft, oft"', "- Ziel\n", "words_twice"),
        ("von=3 bis=3", "- Ziel\n", "scales_inverted"),
        ("", "- a <-> b <-> c\n", "scales_poles_malformed"),
        ('schwaechster="Warum?"', "- Ziel\n", "scales_need_two"),
    ],
)
def test_misuse(attributes: str, items: str, code: str) -> None:
    assert code in {found for _, found in on_page(f"::: regler {{#r {attributes}}}\nBitte.\n\n{items}:::\n")}
