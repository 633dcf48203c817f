"""`zuordnung`."""

from __future__ import annotations

import pytest

from app.course.blocks.zuordnung import Matching
from tests.course.sample import blocks_of, on_page

BODY = """\
::: zuordnung {#z seite=halt}
Was passt?

- *Eins*, und noch
  ein Wort -> Zahl
      > Nein.
- rot => Farbe
- Zwei → Zahl

> Darum.
> Quelle: Noack 2022
:::
"""


def one(body: str = BODY) -> Matching:
    (block,) = blocks_of(body)
    assert isinstance(block, Matching)
    return block


def test_value() -> None:
    block = one()
    assert [(pair.left_text, pair.right) for pair in block.pairs] == [
        ("Eins, und noch ein Wort", "Zahl"), ("rot", "Farbe"), ("Zwei", "Zahl"),
    ]  # fmt: skip
    assert block.pairs[0].left_html == "<em>Eins</em>, und noch ein Wort"
    assert block.pairs[0].feedback_html == "<p>Nein.</p>\n"
    assert (block.explanation_html, block.source, block.page) == (
        "<p>Darum.</p>\n",
        "Noack 2022",
        "eins/halt",
    )


def test_the_order_of_the_right_texts_tells_nothing() -> None:
    assert one().rights == ("Farbe", "Zahl")


def test_keys_differ() -> None:
    assert len({pair.key for pair in one().pairs}) == 3


@pytest.mark.parametrize("pair", ["a", "a ->", "-> b", "a -> b -> c", ""])
def test_a_pair_that_is_none(pair: str) -> None:
    assert (7, "pair_malformed") in on_page(
        f"::: zuordnung {{#z}}\nWas?\n- {pair}\n- c -> d\n- e -> f\n\n> g\n:::\n"
    )
