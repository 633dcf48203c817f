"""`karten`."""

from __future__ import annotations

import pytest

from app.course.blocks.karten import CardBoard
from app.course.typed_fields import FieldType
from tests.course.sample import blocks_of, on_page

BODY = """\
::: karten {#k gemeinsam=ja anonym=ja spalten="entdeckt, geprüft" pruefdatum=ja loeschdatum=ja buendeln=ja einwilligung="Alle wissen davon."}
## Unsere Karte
Tragen Sie *Orte* ein.

- Ort oder Angebot
- Zugang
- Bis wann? (Datum)

Beispiele:
- Kiosk am Markt
- Bibliothek
:::
"""


def one(body: str = BODY) -> CardBoard:
    (block,) = blocks_of(body)
    assert isinstance(block, CardBoard)
    return block


def test_value() -> None:
    board = one()
    assert (board.title, board.intro_html) == ("Unsere Karte", "<p>Tragen Sie <em>Orte</em> ein.</p>\n")
    assert [(field.prompt.text, field.type) for field in board.fields] == [
        ("Ort oder Angebot", FieldType.LINE), ("Zugang", FieldType.TEXT), ("Bis wann?", FieldType.DATE),
    ]  # fmt: skip
    assert board.examples == ("Kiosk am Markt", "Bibliothek")
    assert board.columns == ("entdeckt", "geprüft")
    assert board.consent == "Alle wissen davon."
    assert board.review_date
    assert board.expiry_date
    assert board.bundles
    assert board.anonymous
    assert board.shared
    assert board.together


def test_the_least() -> None:
    board = one("::: karten {#k}\n- Ort (Person)\n:::\n")
    assert board.fields[0].type is FieldType.PERSON
    assert (board.columns, board.examples, board.consent) == ((), (), "")
    assert not board.together


def test_the_line_for_examples_may_touch_its_list() -> None:
    assert one("::: karten {#k}\n- Ort\n\nBeispiele:\n- Kiosk\n:::\n").examples == ("Kiosk",)


@pytest.mark.parametrize("sight", ["nur-ich", "trainer"])
def test_what_all_see_is_for_the_group(sight: str) -> None:
    assert (5, "sight_of_shared") in on_page(f"::: karten {{#k gemeinsam=ja sicht={sight}}}\n- Ort\n:::\n")


def test_sight_may_be_said_where_it_fits() -> None:
    assert on_page("::: karten {#k gemeinsam=ja sicht=gruppe}\n- Ort\n:::\n") == []
    assert on_page("::: karten {#k sicht=trainer}\n- Ort\n:::\n") == []


@pytest.mark.parametrize(
    ("body", "line", "code"),
    [
        ("::: karten {#k}\n:::\n", 5, "fields_missing"),
        ("::: karten {#k spalten=eins}\n- Ort\n:::\n", 5, "words_missing"),
        ('::: karten {#k spalten="a, a"}\n- Ort\n:::\n', 5, "words_twice"),
        ("::: karten {#k anonym=ja}\n- Ort\n:::\n", 5, "cards_anonym_alone"),
        ("::: karten {#k}\n- Ort\n- Ort\n:::\n", 7, "prompt_twice"),
        ("::: karten {#k}\n- Ort\n\nNoch etwas.\n:::\n", 8, "text_after_list"),
        ("::: karten {#k}\n- Ort\n\nBeispiele:\n\nKiosk\n:::\n", 10, "text_after_list"),
        ("::: karten {#k}\n- Ort\n\nBeispiele:\n- Kiosk\n- kiosk\n:::\n", 10, "name_twice"),
        ("::: karten {#k gemeinsahm=ja}\n- Ort\n:::\n", 5, "unknown_attribute"),
    ],
)
def test_mistakes(body: str, line: int, code: str) -> None:
    assert (line, code) in on_page(body)
