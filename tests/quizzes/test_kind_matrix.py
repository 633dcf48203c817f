"""`matrix`: reading its form, and what the page shows before and after."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from app.quizzes.kinds import kind_of
from tests.quizzes.conftest import Save
from tests.quizzes.questions import Ask
from tests.support.cast import Cast

ID = "qu-matrix"
RIGHT = ("erkennen / Person", "erkennen / Beziehungen", "verändern / Verhältnisse", "verändern / Beziehungen")


@pytest.fixture
def ask(at_work: Cast, save: Save) -> Ask:
    return Ask(at_work, save)


def laid(ask: Ask, *cells: str) -> MultiDict[str, str]:
    """The form with these cells for the cards as their author wrote them."""
    block = ask.block(ID)
    return MultiDict({f"p-{card.key}": cell for card, cell in zip(block.cards, cells, strict=True)})


def test_reading(ask: Ask) -> None:
    found = ask.read(ID, laid(ask, *RIGHT))
    assert found.done
    assert not found.errors
    assert tuple(found.body["cells"].values()) == RIGHT


def test_what_is_missing_is_said_and_the_rest_kept(ask: Ask) -> None:
    found = ask.read(ID, laid(ask, RIGHT[0], "", "Mond / Person", RIGHT[3]))
    keys = [card.key for card in ask.block(ID).cards]
    assert found.errors == {
        f"p-{keys[1]}": "Bitte legen Sie „Eine Netzwerkkarte zeichnen“ noch in ein Feld.",
        f"p-{keys[2]}": "Bitte legen Sie „Auf eine Querungshilfe an der Hauptstraße drängen“ noch in ein Feld.",
    }
    assert found.body == {"cells": {keys[0]: RIGHT[0], keys[3]: RIGHT[3]}}
    page = ask.page(ID, typed=found.body, errors=found.errors)
    assert {option["value"] for option in page.select("option[selected]")} == {RIGHT[0], RIGHT[3]}
    assert len(page.select("[aria-invalid]")) == 2


def test_before_handing_in_nothing_is_laid(ask: Ask) -> None:
    page = ask.page(ID)
    assert len(page.select("[data-stack] > li")) == 4
    assert page.select_one("[data-matrix]").has_attr("hidden")
    assert not page.select("[data-matrix] li")
    assert not page.select("option[selected]")
    assert "Beides gehört" not in page.text
    assert "kein Mensch" not in page.text
    groups = page.select_one("select").select("optgroup")
    assert [group["label"] for group in groups] == ["erkennen", "verändern"]
    assert [option["value"] for option in groups[0].select("option")] == [
        "erkennen / Person",
        "erkennen / Beziehungen",
        "erkennen / Verhältnisse",
    ]


def test_after_handing_in(ask: Ask) -> None:
    ask.save(ID, ask.read(ID, laid(ask, RIGHT[0], RIGHT[1], RIGHT[0], RIGHT[3])).body)
    page = ask.page(ID)
    assert sorted(word.text for word in page.select(".feedback__word")) == [
        "gehört zu: verändern / Verhältnisse",
        "liegt richtig",
        "liegt richtig",
        "liegt richtig",
    ]
    assert "Die Straße ist kein Mensch." in page.text
    assert "Hier geht es noch ums Hinsehen." not in page.text
    assert "Beides gehört zusammen" in page.text
    cell = page.select_one('[data-cell="verändern / Verhältnisse"]')
    assert [card.text for card in cell.select("li")] == ["Auf eine Querungshilfe an der Hauptstraße drängen"]


def test_everything_in_its_place(ask: Ask) -> None:
    ask.save(ID, ask.read(ID, laid(ask, *RIGHT)).body)
    assert "Ihre Antwort trifft zu." in ask.page(ID).text


def test_an_answer_to_other_cells_is_asked_anew(ask: Ask) -> None:
    body = ask.read(ID, laid(ask, *RIGHT)).body
    body["cells"] = dict.fromkeys(body["cells"], "früher / Person")
    ask.save(ID, body)
    assert ask.page(ID).select("[data-stack]")


def test_on_paper_cards_have_letters_and_the_cells_room(ask: Ask) -> None:
    page = ask.page(ID, paper=True)
    assert len(page.select(".letters > li")) == 4
    assert len(page.select(".matrix__cell")) == 6
    assert not page.select("select, form")


def test_notes_and_fields(ask: Ask) -> None:
    block, body = ask.block(ID), ask.read(ID, laid(ask, *RIGHT)).body
    kind = kind_of(block)
    (note,) = kind.notes(block, body, ask.learner)
    assert note.text.splitlines()[1] == "Eine Netzwerkkarte zeichnen → erkennen / Beziehungen"
    assert kind.notes(block, {}, ask.learner) == []
    fields = kind.fields(block, body, ask.learner)
    assert [field.shown for field in fields] == list(RIGHT)
    assert ask.read(ID, MultiDict([(field.name, field.value) for field in fields])).body == body
    assert kind.by_attempt
