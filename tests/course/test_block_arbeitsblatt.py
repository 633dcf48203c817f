"""`arbeitsblatt`."""

from __future__ import annotations

import pytest

from app.course.blocks.arbeitsblatt import Form, Sheet
from app.course.typed_fields import FieldType
from tests.course.sample import blocks_of, on_page

BODY = """\
::: arbeitsblatt {#a form=raster spalten=2 durchgaenge=3 gruppenarbeit=ja minuten=5}
## Ein Ort
Nehmen Sie *einen*.

- Was fällt auf?
- Bis wann? (Datum)

> Was fehlt?
:::
"""
TABLE = """\
::: arbeitsblatt {#a form=raster}
Bitte.

| Blick | Person | Ab wann? (Datum) |
|---|---|:---|
| erkennen | z. B. *eine* Stärke | |
| Wer? (Person) | |

- Und sonst?
:::
"""


def one(body: str = BODY) -> Sheet:
    (block,) = blocks_of(body)
    assert isinstance(block, Sheet)
    return block


def test_value() -> None:
    block = one()
    assert (block.form, block.columns, block.runs, block.group_work, block.minutes) == (
        Form.GRID,
        2,
        3,
        True,
        5,
    )
    assert (block.title, block.intro_html) == ("Ein Ort", "<p>Nehmen Sie <em>einen</em>.</p>\n")
    assert [(field.prompt.text, field.type) for field in block.fields] == [
        ("Was fällt auf?", FieldType.TEXT), ("Bis wann?", FieldType.DATE),
    ]  # fmt: skip
    assert block.closing_html == "<p>Was fehlt?</p>\n"
    assert block.grid is None


def test_a_bare_sheet_is_a_list_filled_in_once() -> None:
    block = one("::: arbeitsblatt {#a}\n- Was?\n:::\n")
    assert (block.form, block.runs, block.group_work, block.closing_html) == (Form.LIST, 1, False, "")


def test_a_table_becomes_cells_named_after_row_and_column() -> None:
    block = one(TABLE)
    assert block.grid
    assert block.grid.corner_html == "Blick"
    assert [field.prompt.text for field in block.fields] == [
        "erkennen: Person", "erkennen: Ab wann?", "Wer?: Person", "Wer?: Ab wann?", "Und sonst?",
    ]  # fmt: skip
    assert [field.type for field in block.fields] == [
        FieldType.TEXT, FieldType.DATE, FieldType.PERSON, FieldType.DATE, FieldType.TEXT,
    ]  # fmt: skip
    assert block.grid.rows[0].cells[0].hint_html == "z. B. <em>eine</em> Stärke"
    assert "tabelle" not in block.intro_html


def test_a_full_table_is_a_part_of_the_text() -> None:
    block = one("::: arbeitsblatt {#a}\n| a | b |\n|---|---|\n| c | d |\n\n- Was?\n:::\n")
    assert block.grid is None
    assert "<td>d</td>" in block.intro_html


@pytest.mark.parametrize(
    ("attributes", "items", "code"),
    [
        ("form=tabelle", "- eins\n", "sheet_count"),
        ("form=kreise lage=ueberlappend", "- a\n- b\n- c\n- d\n", "sheet_count"),
        ("form=spalten", "- eins\n", "sheet_count"),
        ("form=kreise", "", "fields_missing"),
        ("form=liste lage=ineinander", "- eins\n", "sheet_attribute_idle"),
        ("durchgaenge=0", "- eins\n", "number_invalid"),
        ("form=rasta", "- eins\n", "choice_invalid"),
        ("gruppenarbeit=vielleicht", "- eins\n", "yes_no_invalid"),
        ("", "- eins\n- eins\n", "prompt_twice"),
    ],
)
def test_misuse(attributes: str, items: str, code: str) -> None:
    assert code in {
        found for _, found in on_page(f"::: arbeitsblatt {{#a {attributes}}}\nBitte.\n\n{items}:::\n")
    }


def test_two_rows_of_the_same_name() -> None:
    rows = "| | A |\n|---|---|\n| x | |\n| x | |\n"
    assert (6, "prompt_twice") in on_page(f"::: arbeitsblatt {{#a form=raster}}\n{rows}:::\n")
