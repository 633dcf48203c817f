"""`matrix`."""

from __future__ import annotations

import pytest

from app.course import messages
from app.course.blocks.matrix import Cell, Matrix
from tests.course.sample import blocks_of, compiled, on_page, page, sample

BODY = """\
::: matrix {#m seite=halt}
Wohin gehört welche Karte?
| Arbeit | 1. Person | *Beziehungen* |
|:--|---|---|
| erkennen | | |
| ver/ändern | | |

- *Stärken* sehen, und
  darüber reden -> erkennen / 1. Person
  > Hier geht es ums Hinsehen.
- Netzwerkkarte => ERKENNEN/Beziehungen
- Bekannt machen → ver/ändern / Beziehungen

> Beides.
> Quelle: Noack 2022
:::
"""


def one(body: str = BODY) -> Matrix:
    (block,) = blocks_of(body)
    assert isinstance(block, Matrix)
    return block


def test_value() -> None:
    block = one()
    assert block.prompt.text == "Wohin gehört welche Karte?"
    assert block.rows == ("erkennen", "ver/ändern")
    assert block.columns == ("1. Person", "Beziehungen")
    assert [(card.text, card.cell) for card in block.cards] == [
        ("Stärken sehen, und darüber reden", Cell("erkennen", "1. Person")),
        ("Netzwerkkarte", Cell("erkennen", "Beziehungen")),
        ("Bekannt machen", Cell("ver/ändern", "Beziehungen")),
    ]
    assert block.cards[0].html == "<em>Stärken</em> sehen, und darüber reden"
    assert block.cards[0].feedback_html == "<p>Hier geht es ums Hinsehen.</p>\n"
    assert (block.explanation_html, block.source, block.page) == (
        "<p>Beides.</p>\n",
        "Noack 2022",
        "eins/halt",
    )


def test_the_cells_row_by_row() -> None:
    assert [[cell.name for cell in row] for row in one().cells] == [
        ["erkennen / 1. Person", "erkennen / Beziehungen"],
        ["ver/ändern / 1. Person", "ver/ändern / Beziehungen"],
    ]


@pytest.mark.parametrize("card", ["a", "a ->", "-> erkennen / Beziehungen", "a -> b -> c"])
def test_a_card_that_is_none(card: str) -> None:
    body = BODY.replace("- Netzwerkkarte => ERKENNEN/Beziehungen", f"- {card}")
    assert (15, "card_malformed") in on_page(body)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Beziehungen / erkennen", "erkennen / Beziehungen"),
        ("erkenen / Beziehungen", "erkennen / Beziehungen"),
    ],
)
def test_the_cell_probably_meant(said: str, meant: str) -> None:
    body = BODY.replace("ERKENNEN/Beziehungen", said)
    (problem,) = [p for p in compiled(sample(page=page(body))).problems if p.code == "cell_unknown"]
    assert messages.sentence(problem) == f"Das Feld „{said}“ gibt es in der Tabelle nicht."
    assert messages.suggestion(problem) == (
        f"Meinten Sie „{meant}“? Schreiben Sie erst die Zeile, dann die Spalte. Möglich sind: "
        "erkennen / 1. Person, erkennen / Beziehungen, ver/ändern / 1. Person, ver/ändern / Beziehungen."
    )


def test_a_missing_table_is_the_only_problem() -> None:
    assert on_page("::: matrix {#m}\nWohin?\n\n- a -> b / c\n- d -> e / f\n\n> g\n:::\n") == [
        (5, "matrix_table_missing")
    ]
