"""`gegenueber`."""

from __future__ import annotations

import pytest

from app.course.blocks.gegenueber import TwoSides
from app.course.typed_fields import FieldType
from tests.course.sample import blocks_of, on_page


def test_value() -> None:
    (block,) = blocks_of(
        '::: gegenueber {#g seiten="Jugendhilfe, Schule"}\n## Was klären wir?\nWählen Sie.\n\n- Wozu?\n- Bis wann? (Datum)\n:::\n'
    )
    assert isinstance(block, TwoSides)
    assert (block.title, block.sides) == ("Was klären wir?", ("Jugendhilfe", "Schule"))
    assert block.intro_html == "<p>Wählen Sie.</p>\n"
    assert [field.type for field in block.fields] == [FieldType.TEXT, FieldType.DATE]
    assert block.together


@pytest.mark.parametrize(
    ("body", "line", "code"),
    [
        ("::: gegenueber {#g}\n- Wozu?\n:::\n", 5, "words_missing"),
        ("::: gegenueber {#g seiten=Schule}\n- Wozu?\n:::\n", 5, "words_missing"),
        ('::: gegenueber {#g seiten="a, b, c"}\n- Wozu?\n:::\n', 5, "sides_too_many"),
        ('::: gegenueber {#g seiten="a, b"}\nNur Text.\n:::\n', 5, "fields_missing"),
        ('::: gegenueber {#g seiten="a, b"}\n- Wozu?\n\n> Später.\n:::\n', 8, "quote_unused"),
        ('::: gegenueber {#g seiten="a, b" sicht=nur-ich}\n- Wozu?\n:::\n', 5, "sight_of_shared"),
    ],
)
def test_mistakes(body: str, line: int, code: str) -> None:
    assert (line, code) in on_page(body)
