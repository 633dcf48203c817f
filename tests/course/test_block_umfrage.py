"""`umfrage`."""

from __future__ import annotations

import pytest

from app.course import messages
from app.course.blocks.umfrage import Survey
from app.course.typed_fields import FieldType
from tests.course.sample import blocks_of, on_page, page, problem, sample

BODY = """\
::: umfrage {#u minuten=3}
## Drei Fragen zum Platz
Kurz und *ehrlich*.

- Wie oft sind Sie dort? (Auswahl: täglich, wöchentlich, selten)
- Wie sicher fühlen Sie sich? (Skala 1 bis 5)
- Was fehlt dort?
:::
"""


def one(body: str = BODY) -> Survey:
    (block,) = blocks_of(body)
    assert isinstance(block, Survey)
    return block


def test_value() -> None:
    block = one()
    assert (block.title, block.minutes, block.intro_html) == (
        "Drei Fragen zum Platz", 3, "<p>Kurz und <em>ehrlich</em>.</p>\n",
    )  # fmt: skip
    assert [(question.prompt.text, question.type) for question in block.questions] == [
        ("Wie oft sind Sie dort?", FieldType.CHOICE),
        ("Wie sicher fühlen Sie sich?", FieldType.SCALE),
        ("Was fehlt dort?", FieldType.TEXT),
    ]
    assert block.questions[1].options == ("1", "2", "3", "4", "5")


def test_its_results_are_everybodys() -> None:
    assert one().together


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("::: umfrage {#u}\nNur Text\n:::\n", (5, "fields_missing")),
        ("::: umfrage {#u}\n" + "".join(f"- {n}?\n" for n in range(6)) + ":::\n", (5, "fields_too_many")),
        ("::: umfrage {#u}\n- Wer? (Person)\n:::\n", (6, "survey_person")),
        ("::: umfrage {#u}\n- Was?\n\nNoch etwas.\n:::\n", (8, "text_after_list")),
        ("::: umfrage {#u}\n- Was?\n\n> Darum.\n:::\n", (8, "quote_unused")),
        ("::: umfrage {#u sicht=gruppe}\n- Was?\n:::\n", (5, "unknown_attribute")),
        ("::: umfrage {#u}\n- Was?\n- Was?\n:::\n", (7, "prompt_twice")),
    ],
)
def test_problems(body: str, expected: tuple[int, str]) -> None:
    assert on_page(body) == [expected]


def test_who_asks_for_a_person_is_told_why_not() -> None:
    found = problem(sample(page=page("::: umfrage {#u}\n- Wer stört? (Person)\n:::\n")), "survey_person")
    assert messages.sentence(found) == "„Wer stört?“ fragt nach einer Person. Eine Umfrage ist anonym."
