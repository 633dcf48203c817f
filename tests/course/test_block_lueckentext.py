"""`lueckentext`."""

from __future__ import annotations

import pytest

from app.course.blocks.lueckentext import TASK, Cloze, Gap
from tests.course.sample import blocks_of, on_page

BODY = """\
::: lueckentext {#c seite=halt}
Lesen Sie zuerst den Satz.

Nicht nur der [[Fall]], auch das [[Feld|Gebiet]] zählt. Dort wirken [[Verhältnisse >
Denken Sie an **Wohnen**.]].

- Auch in [[Listen]]

> Darum.
> Quelle: Noack 2022
:::
"""


def one(body: str = BODY) -> Cloze:
    (block,) = blocks_of(body)
    assert isinstance(block, Cloze)
    return block


def test_value() -> None:
    block = one()
    assert block.prompt.text == "Lesen Sie zuerst den Satz."
    assert [gap.words for gap in block.gaps] == [
        ("Fall",),
        ("Feld", "Gebiet"),
        ("Verhältnisse",),
        ("Listen",),
    ]
    assert [gap.hint_html for gap in block.gaps] == ["", "", "Denken Sie an <strong>Wohnen</strong>.", ""]
    assert block.texts == (
        "<p>Nicht nur der ",
        ", auch das ",
        " zählt. Dort wirken ",
        ".</p>\n<ul>\n<li>Auch in ",
        "</li>\n</ul>\n",
    )
    assert (block.explanation_html, block.source, block.page) == (
        "<p>Darum.</p>\n",
        "Noack 2022",
        "eins/halt",
    )


def test_without_a_task_there_is_one() -> None:
    assert one("::: lueckentext {#c}\nEin [[Wort]].\n\n> g\n:::\n").prompt.text == TASK


def test_a_key_tells_nothing_and_does_not_depend_on_the_word() -> None:
    first = one("::: lueckentext {#c}\nEin [[Wort]] fehlt.\n\n> g\n:::\n").gaps
    second = one("::: lueckentext {#c}\nEin [[Satz > Hm.]] fehlt.\n\n> g\n:::\n").gaps
    assert first[0].key == second[0].key
    assert (
        len({gap.key for gap in one("::: lueckentext {#c}\n[[a]] [[b]]\n[[a]] [[b]]\n\n> g\n:::\n").gaps})
        == 4
    )


def test_what_is_offered() -> None:
    block = one(BODY.replace("{#c", "{#c auswahl=ja"))
    assert block.choice
    assert block.offered == ("Fall", "Feld", "Listen", "Verhältnisse")
    assert not one().choice


@pytest.mark.parametrize(
    "text",
    ["Verhältnisse", "verhältnisse", " Verhaeltnisse ", "VERHÄLTNISSE", "Ver hältnisse", "Verhältnisse.", "Verha\u0308ltnisse",
     "Elterncafé", "eltern-cafe", "Straße", "strasse", "soziale  Verhältnisse"],
)  # fmt: skip
def test_tolerant(text: str) -> None:
    assert Gap("k", ("Verhältnisse", "Eltern-Café", "Strasse", "soziale Verhältnisse"), "").accepts(text)


@pytest.mark.parametrize("text", ["", "Verhältnis", "Verhaltnisse", "-", "Verhältnisse und mehr"])
def test_but_not_for_everything(text: str) -> None:
    assert not Gap("k", ("Verhältnisse",), "").accepts(text)


def test_markup_around_and_beside_gaps() -> None:
    block = one("::: lueckentext {#c}\n**Der [[Fall]]** und | <b>\n\n> g\n:::\n")
    assert block.texts == ("<p><strong>Der ", "</strong> und | &lt;b&gt;</p>\n")


@pytest.mark.parametrize("text", ["[[Wort", "Wort]] da [[x]]", "[[a [[b]]", "[[x]] [[\n\ny]]"])
def test_brackets_that_do_not_fit(text: str) -> None:
    assert (6, "gap_open") in on_page(f"::: lueckentext {{#c}}\n{text}\n\n> g\n:::\n")


def test_a_gap_in_a_picture() -> None:
    body = "::: lueckentext {#c}\n![Der [[Platz]]](medien:platz.svg) und\n\n> g\n:::\n"
    assert (6, "gap_misplaced") in on_page(body)
