"""`ablauf`."""

from __future__ import annotations

import pytest

from app.course.blocks.ablauf import ForWhom, Procedure
from tests.course.sample import blocks_of, on_page

BODY = """\
::: ablauf {#a fuer=gruppe rollen="Moderation, Zeitwache"}
## Kollegiale Beratung
Keine Klarnamen.

1. **Auftrag** (5 Minuten) Die Person sagt, was sie klären will.
2. **Sammeln** (10 Minuten) Alle schreiben Ideen auf.
   - jede auf eine Karte
   - niemand bewertet

- Was nehmen Sie mit?
:::
"""


def one(body: str = BODY) -> Procedure:
    (block,) = blocks_of(body)
    assert isinstance(block, Procedure)
    return block


def steps(*items: str) -> Procedure:
    lines = "".join(f"{n}. {item}\n" for n, item in enumerate(items, 1))
    return one(f"::: ablauf {{#a}}\n{lines}:::\n")


def test_value() -> None:
    block = one()
    assert (block.title, block.intro_html) == ("Kollegiale Beratung", "<p>Keine Klarnamen.</p>\n")
    assert (block.for_whom, block.roles) == (ForWhom.GROUP, ("Moderation", "Zeitwache"))
    assert [(step.title, step.minutes) for step in block.steps] == [("Auftrag", 5), ("Sammeln", 10)]
    assert block.steps[0].html == "<p>Die Person sagt, was sie klären will.</p>\n"
    assert "<li>niemand bewertet</li>" in block.steps[1].html
    assert [prompt.text for prompt in block.prompts] == ["Was nehmen Sie mit?"]


def test_the_steps_may_take_longer_than_the_page_has_room_for() -> None:
    block = one()
    assert (block.duration, block.minutes) == (15, 0)


def test_without_attributes_it_is_for_all() -> None:
    assert steps("Eins", "Zwei").for_whom is ForWhom.ALL


@pytest.mark.parametrize(
    ("item", "title", "minutes", "html"),
    [
        ("**Auftrag** (5 Minuten) Reden.", "Auftrag", 5, "<p>Reden.</p>\n"),
        ("**Auftrag (5 Min.)**: Reden.", "Auftrag", 5, "<p>Reden.</p>\n"),
        ("**Wer war da?** (1 Minute)", "Wer war da?", 1, ""),
        ("Ankommen (2 Minuten): Hallo (alle).", "Ankommen", 2, "<p>Hallo (alle).</p>\n"),
        ("Alle sitzen.", "Alle sitzen.", 0, ""),
        ("**Reden** Frei (am Ende 3 Minuten Stille).", "Reden", 0, "<p>Frei (am Ende 3 Minuten Stille).</p>\n"),
        ("Nur (drei Leute) reden.", "Nur (drei Leute) reden.", 0, ""),
        ("**Wichtig** ist die Stille.", "Wichtig ist die Stille.", 0, ""),
        (f"{'lang ' * 20}", "", 0, f"<p>{('lang ' * 20).strip()}</p>\n"),
    ],
)  # fmt: skip
def test_title_and_minutes_of_a_step(item: str, title: str, minutes: int, html: str) -> None:
    step = steps(item, "Ende").steps[0]
    assert (step.title, step.minutes, step.html) == (title, minutes, html)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("::: ablauf {#a}\n1. Eins\n:::\n", (5, "procedure_steps_few")),
        ("::: ablauf {#a}\n- Eins\n- Zwei\n:::\n", (5, "procedure_steps_few")),
        ("::: ablauf {#a}\n1. A\n2. B (0 Minuten)\n:::\n", (7, "step_minutes")),
        ("::: ablauf {#a}\n1. A\n2. B (5-6 Minuten)\n:::\n", (7, "step_minutes")),
        ("::: ablauf {#a}\n1. A\n2. B (1 Stunde)\n:::\n", (7, "step_minutes")),
        ("::: ablauf {#a fuer=grupe}\n1. A\n2. B\n:::\n", (5, "choice_invalid")),
        ("::: ablauf {#a}\n1. A\n2. B\n\n> Darum.\n:::\n", (9, "quote_unused")),
        ("::: ablauf {#a}\n1. A\n2. B\n\nUnd dann?\n:::\n", (9, "text_after_list")),
        ("::: ablauf {#a}\n1. A\n2.\n3. B\n:::\n", (7, "prompt_empty")),
        ('::: ablauf {#a rollen="A, A"}\n1. A\n2. B\n:::\n', (5, "words_twice")),
    ],
)
def test_problems(body: str, expected: tuple[int, str]) -> None:
    assert on_page(body) == [expected]


def test_too_many_roles() -> None:
    roles = ", ".join(f"R{n}" for n in range(13))
    assert on_page(f'::: ablauf {{#a rollen="{roles}"}}\n1. A\n2. B\n:::\n') == [(5, "words_too_many")]
