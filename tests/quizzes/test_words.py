"""What a block says about itself: who reads it, where it is saved, what came of it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import MultiDict

from app.quizzes.kinds import kind_of
from tests.quizzes.conftest import Save
from tests.quizzes.test_rendering import FILLED, KINDS, Render, render, sent
from tests.support.cast import Cast

__all__ = ["render"]
BUTTON = "Für mich bedacht, ohne Eintrag"
PAUSED = "für mich bedacht, 11:00. Sie können jederzeit noch etwas aufschreiben."
COUNTS = "Dieser Lernstopp zählt für Ihren Nachweis."
EMPTY = {"entries": [], "states": {}, "wording": {}, "keywords": [], "acknowledged": True, "last": 0}


def seen(page: BeautifulSoup | Tag) -> str:
    """The text without what is hidden for now."""
    for hidden in page.find_all(hidden=True):
        hidden.extract()
    return " ".join(page.get_text(" ").split())


@pytest.mark.parametrize("shared", [False, True])
def test_the_note_on_keywords_says_who_reads_them(
    render: Render, save: Save, at_work: Cast, shared: bool
) -> None:
    save(at_work.anna, "w1-1", FILLED["w1-1"] | {"shared": shared})
    text = seen(render("w1-1"))
    assert ("Nur Sie sehen das, außer Sie geben die Wörter unten ins Bild der Gruppe." in text) is not shared
    assert ("Ihre Wörter stehen ohne Namen im Bild der Gruppe, sobald fünf Personen" in text) is shared


def test_the_note_tells_what_is_saved_not_what_was_just_ticked(
    render: Render, save: Save, at_work: Cast
) -> None:
    save(at_work.anna, "w1-1", FILLED["w1-1"] | {"shared": False})
    assert "Nur Sie sehen das, außer" in seen(
        render("w1-1", typed=FILLED["w1-1"], errors={"k-a1": "Zu lang."})
    )


@pytest.mark.parametrize("block_id", FILLED)
def test_the_state_stands_at_the_button_too(render: Render, save: Save, at_work: Cast, block_id: str) -> None:
    save(at_work.anna, block_id, FILLED[block_id])
    page = render(block_id)
    again = page.find_all(attrs={"data-saved-again": True})
    untouched = ["", ""] if block_id == "case-1" else []  # of a case only the step in which something stands
    assert [place.get_text() for place in again] == ["gespeichert 11:00", *untouched]
    assert all(place.find_parent(class_="block__foot").find("button") for place in again)
    assert len(page.find_all(attrs={"aria-live": True})) == len(page.find_all("output")) == 1


@pytest.mark.parametrize("block_id", KINDS)
def test_nothing_is_said_to_be_saved_before(render: Render, block_id: str) -> None:
    assert "gespeichert 1" not in seen(render(block_id))


def test_a_question_begins_with_what_came_of_it(
    render: Render, save: Save, at_work: Cast, block: Any
) -> None:
    right = [option.key for option in block("q1-2").options if option.right]
    save(at_work.anna, "q1-2", {"chosen": right})
    assert seen(render("q1-2").find(role="status")) == "Ihre Antwort trifft zu."
    for base, chosen in enumerate([right[:1], [option.key for option in block("q1-2").options]], 1):
        save(at_work.anna, "q1-2", {"chosen": chosen}, base=base)
        assert seen(render("q1-2").find(role="status")) == (
            "Ihre Antwort trifft noch nicht ganz zu. Lesen Sie die Hinweise; Sie können es noch einmal versuchen."
        )


def test_a_matching_begins_with_what_came_of_it(
    render: Render, save: Save, at_work: Cast, block: Any
) -> None:
    assert not render("q1-3").find(role="status")
    pairs = block("q1-3").pairs
    save(at_work.anna, "q1-3", {"pairs": {pair.key: pair.right for pair in pairs}})
    page = render("q1-3")
    assert seen(page.find(role="status")) == "Ihre Antwort trifft zu."
    assert page.find(role="status").find_previous("h2")
    save(at_work.anna, "q1-3", {"pairs": {pair.key: pairs[0].right for pair in pairs}}, base=1)
    assert "trifft noch nicht ganz zu" in seen(render("q1-3").find(role="status"))


def test_bedacht_is_offered_while_nothing_was_written(render: Render, save: Save, at_work: Cast) -> None:
    page = render("l1-1")
    assert page.find("button", string=BUTTON)
    assert COUNTS not in seen(page)
    save(at_work.anna, "l1-1", FILLED["l1-1"])
    page = render("l1-1")
    assert not page.find("button", string=BUTTON)
    assert COUNTS in seen(page.find(class_="block--lernstopp"))


def test_bedacht_is_confirmed_above_and_below(render: Render, save: Save, at_work: Cast) -> None:
    save(at_work.anna, "l1-1", EMPTY)
    page = render("l1-1")
    assert not page.find("button", string=BUTTON)
    places = page.find_all(attrs={"data-state": "gespeichert"})
    assert [place.get_text() for place in places] == [PAUSED, PAUSED]
    assert COUNTS in seen(page)
    save(at_work.anna, "l1-1", FILLED["l1-1"] | {"acknowledged": True}, base=1)
    assert "bedacht" not in seen(render("l1-1"))


def test_an_empty_background_save_does_not_take_bedacht_back(
    render: Render, save: Save, at_work: Cast, block: Any
) -> None:
    save(at_work.anna, "l1-1", EMPTY)
    form: MultiDict[str, str] = sent(render("l1-1"), autosave="1")
    read = kind_of(block("l1-1")).read(form, block("l1-1"))
    assert read.body["acknowledged"] is True
    assert read.done


def test_a_changed_question_gets_two_lines(render: Render, save: Save, at_work: Cast) -> None:
    save(at_work.anna, "w1-2", {"items": [{"id": "a1", "text": "Wie?"}], "last": 1})
    page = render("l1-1")
    field = page.find("textarea", attrs={"name": "n-w1-2_a1"})
    assert field["rows"] == "2"
    assert page.find("label", attrs={"for": field["id"]}).get_text() == "Ihre Frage in neuer Fassung"


def test_a_case_counts_its_steps(render: Render) -> None:
    page = render("case-1")
    steps = [stage.find("p").get_text() for stage in page.find_all(class_="stage")]
    assert steps == ["Abschnitt 1 von 3", "Abschnitt 2 von 3", "Abschnitt 3 von 3"]
    assert "Zuerst Ihre eigenen Gedanken" not in seen(page), "the page of the case says it"
