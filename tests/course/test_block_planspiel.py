"""`planspiel`."""

from __future__ import annotations

import pytest

from app.course import messages
from app.course.blocks.planspiel import Simulation
from tests.course.sample import blocks_of, compiled, on_page, page, sample

BODY = """\
::: planspiel {#p sicht=trainer minuten=5}
Sie haben *Zeit*.

## 1. Woche
Es **beginnt**.

> Ein Zitat im Text.

- Klein anfangen: mit
  vier Familien => Auswertung
  > Zwei kommen.
- *Erst* planen -> lange  planung

## Lange Planung
Es dauert.

- Zurück -> 1. Woche

## Auswertung
Das bleibt:

- Was war gut?

> Ein Gedanke.
:::
"""


def one(body: str = BODY) -> Simulation:
    (block,) = blocks_of(body)
    assert isinstance(block, Simulation)
    return block


def test_value() -> None:
    block = one()
    assert (block.intro_html, block.minutes, block.sight) == (
        "<p>Sie haben <em>Zeit</em>.</p>\n",
        5,
        "trainer",
    )
    assert [(scene.title, scene.is_ending) for scene in block.scenes] == [
        ("1. Woche", False), ("Lange Planung", False), ("Auswertung", True),
    ]  # fmt: skip
    first, second = block.scenes[0].choices
    assert (first.text, first.target) == ("Klein anfangen: mit vier Familien", "Auswertung")
    assert first.consequence_html == "<p>Zwei kommen.</p>\n"
    assert (second.text, second.target) == ("Erst planen", "Lange Planung")
    assert "<blockquote>" in block.scenes[0].html
    assert "<li>Was war gut?</li>" in block.scenes[2].html
    assert "<blockquote>" in block.scenes[2].html


def test_scenes_by_title() -> None:
    block = one()
    assert block.scene("Auswertung") is block.scenes[2]
    assert block.scene("Mond") is None


@pytest.mark.parametrize("choice", ["a ->", "-> Auswertung", "a -> b -> c", "nur Text"])
def test_a_choice_that_is_none(choice: str) -> None:
    assert (22, "choice_malformed") in on_page(
        BODY.replace("- Zurück -> 1. Woche", f"- Zurück -> 1. Woche\n- {choice}")
    )


def test_a_misspelt_scene_is_one_problem() -> None:
    (problem,) = compiled(sample(page=page(BODY.replace("=> Auswertung", "=> Auswertun")))).problems
    assert (problem.line, problem.code) == (13, "scene_unknown")
    assert messages.suggestion(problem) == (
        "Meinten Sie „Auswertung“? Hinter dem Pfeil steht die Überschrift einer Szene, Wort für Wort."
    )
