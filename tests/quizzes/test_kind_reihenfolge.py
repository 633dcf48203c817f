"""`reihenfolge`: reading its form, and what the page shows before and after."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from app.quizzes.kinds import kind_of
from app.quizzes.kinds.reihenfolge import in_line
from tests.quizzes.conftest import Save
from tests.quizzes.questions import Ask
from tests.support.cast import Cast

ID = "qu-order"


@pytest.fixture
def ask(at_work: Cast, save: Save) -> Ask:
    return Ask(at_work, save)


def placed(ask: Ask, *places: object) -> MultiDict[str, str]:
    """The form with these places for the steps in their right order."""
    block = ask.block(ID)
    return MultiDict({f"p-{step.key}": str(place) for step, place in zip(block.steps, places, strict=True)})


def test_reading(ask: Ask) -> None:
    found = ask.read(ID, placed(ask, 2, 1, 3, 4))
    assert found.done
    assert not found.errors
    assert sorted(found.body["places"].values()) == [1, 2, 3, 4]


def test_what_is_missing_or_twice_is_said_and_the_rest_kept(ask: Ask) -> None:
    found = ask.read(ID, placed(ask, 1, 1, "", "x"))
    keys = [step.key for step in ask.block(ID).steps]
    assert found.errors == {
        f"p-{keys[3]}": "Bitte geben Sie „Einrichtungen im Quartier ansprechen“ noch einen Platz.",
        f"p-{keys[2]}": "Bitte geben Sie „Netz fragen“ noch einen Platz.",
        f"p-{keys[0]}": "Platz 1 ist zweimal vergeben, an „Eigene Kräfte suchen“ und „Veränderungsfrage klären“. "
        "Bitte geben Sie einem davon einen anderen.",
    }
    assert found.body == {"places": {keys[0]: 1, keys[1]: 1}}
    assert not found.done
    page = ask.page(ID, typed=found.body, errors=found.errors)
    assert [option["value"] for option in page.select("option[selected]")] == ["1", "1"]
    assert len(page.select("[aria-invalid]")) == 3


def test_before_handing_in_nothing_tells_the_order(ask: Ask) -> None:
    page = ask.page(ID)
    shown = [item["data-text"] for item in page.select("[data-order] > li")]
    assert sorted(shown) == sorted(step.text for step in ask.block(ID).steps)
    assert shown != [step.text for step in ask.block(ID).steps]
    assert "Vom Nahen" not in page.text
    assert "Ohne Frage" not in page.text
    assert not page.select("option[selected]")


@pytest.mark.parametrize(
    ("numbers", "stay"),
    [([1, 2, 3], {1, 2, 3}), ([3, 1, 2], {1, 2}), ([2, 3, 4, 1], {2, 3, 4}), ([], set()), ([2, 1], {2})],
)
def test_only_what_has_to_move_is_in_the_wrong_place(numbers: list[int], stay: set[int]) -> None:
    assert in_line(numbers) == stay


def test_after_handing_in_only_the_one_that_moved_is_named(ask: Ask) -> None:
    ask.save(ID, ask.read(ID, placed(ask, 4, 1, 2, 3)).body)
    page = ask.page(ID)
    words = [word.text for word in page.select(".order--answered .feedback__word")]
    assert words == ["passt in die Folge", "passt in die Folge", "passt in die Folge", "gehört an den Anfang"]
    assert "Ohne Frage sucht man lange." in page.text
    assert "Das Netz kommt" not in page.text
    assert page.select(".order--right li")[0].text == "Veränderungsfrage klären"
    assert "Vom Nahen zum Fernen." in page.text
    assert page.find("a", string="Noch einmal versuchen")
    assert "noch nicht ganz" in page.text


def test_where_a_step_belongs(ask: Ask) -> None:
    ask.save(ID, ask.read(ID, placed(ask, 1, 2, 4, 3)).body)
    words = {word.text for word in ask.page(ID).select(".feedback--notquite .feedback__word")}
    assert words <= {"gehört nach „Eigene Kräfte suchen“", "gehört nach „Netz fragen“"}
    assert len(words) == 1


def test_everything_in_its_place(ask: Ask) -> None:
    ask.save(ID, ask.read(ID, placed(ask, 1, 2, 3, 4)).body)
    page = ask.page(ID)
    assert "Ihre Antwort trifft zu." in page.text
    assert not page.select(".order--right")


def test_an_answer_to_other_steps_is_asked_anew(ask: Ask) -> None:
    ask.save(ID, {"places": {"00000000": 1}})
    assert ask.page(ID).select("[data-order]")


def test_on_paper_there_are_boxes(ask: Ask) -> None:
    page = ask.page(ID, paper=True)
    assert len(page.select(".order__box")) == 4
    assert not page.select("select")


def test_notes_and_fields(ask: Ask) -> None:
    block, body = ask.block(ID), ask.read(ID, placed(ask, 2, 1, 3, 4)).body
    kind = kind_of(block)
    assert [note.text for note in kind.notes(block, body, ask.learner)] == [
        "1. Eigene Kräfte suchen\n2. Veränderungsfrage klären\n3. Netz fragen\n4. Einrichtungen im Quartier ansprechen"
    ]
    assert kind.notes(block, {}, ask.learner) == []
    fields = kind.fields(block, body, ask.learner)
    assert [field.shown for field in fields] == ["Platz 1", "Platz 2", "Platz 3", "Platz 4"]
    assert ask.read(ID, MultiDict([(field.name, field.value) for field in fields])).body == body
    assert kind.by_attempt
