"""`planspiel`: one choice after the other, a way that is never lost, an ending that counts."""

from __future__ import annotations

import json

import pytest
from werkzeug.datastructures import MultiDict

from app.quizzes.conflicts import choices
from app.quizzes.forms import Read
from app.quizzes.kinds import kind_of
from app.quizzes.kinds.planspiel import MOST_STEPS, MOST_WAYS
from app.quizzes.values import Body
from tests.quizzes.conftest import Save
from tests.quizzes.questions import Ask
from tests.support.cast import Cast

ID = "qu-game"
SMALL, RING, AGAIN = (
    "Klein anfangen: mit vier Familien kochen",
    "Beim Nachbarn klingeln",
    "Noch einmal von vorn überlegen",
)


@pytest.fixture
def ask(at_work: Cast, save: Save) -> Ask:
    return Ask(at_work, save)


def form_of(ask: Ask, body: Body) -> MultiDict[str, str]:
    block = ask.block(ID)
    return MultiDict([(each.name, each.value) for each in kind_of(block).fields(block, body, ask.learner)])


def choose(ask: Ask, body: Body, words: str) -> Read:
    """The form as it stands after `body`, sent with the button with these words."""
    form = form_of(ask, body)
    keys = [one.key for scene in ask.block(ID).scenes for one in scene.choices if one.text == words]
    form["wahl"] = keys[0] if keys else words
    return ask.read(ID, form)


def walked(ask: Ask, *words: str) -> Read:
    read = Read({})
    for each in words:
        read = choose(ask, read.body, each)
        assert not read.errors
    return read


def test_the_beginning(ask: Ask) -> None:
    page = ask.page(ID)
    assert [h.text for h in page.select("h3")] == ["Ausgangslage"]
    assert [button.text for button in page.select(".scene button")] == [SMALL, "Erst alles planen"]
    assert "Sie und Ihre Trainer:in sehen das." in page.text
    assert "Zwei sagen zu" not in page.text
    assert not page.find("button", attrs={"name": "neu"})
    assert page.find("form")["data-autosave"] == "nein"


def test_a_choice_is_a_step(ask: Ask) -> None:
    read = walked(ask, SMALL)
    assert read.body == {
        "entries": [{"q": "Ausgangslage", "a": SMALL, "to": "Der erste Donnerstag"}],
        "ways": [],
    }
    assert (read.done, read.anchor) == (False, "qu-game-szene")
    ask.save(ID, read.body)
    page = ask.page(ID)
    assert [h.text for h in page.select("h3")] == ["Der erste Donnerstag"]
    assert page.select_one(".trail__after").text.strip() == "Zwei sagen zu, eine vielleicht."
    assert "Ihr Weg bisher: 1 Entscheidung" in " ".join(page.text.split())


def test_an_ending_is_done_and_loops_are_allowed(ask: Ask) -> None:
    read = walked(ask, SMALL, AGAIN, "Erst alles planen", "Anhalten und fragen", RING)
    assert read.done
    assert [step["to"] for step in read.body["entries"]][-1] == "Auswertung"
    ask.save(ID, read.body)
    page = ask.page(ID)
    assert not page.select(".scene button")
    assert "Hier endet dieser Weg." in page.text


def test_to_begin_again_keeps_the_way(ask: Ask) -> None:
    first = walked(ask, SMALL, RING)
    form = form_of(ask, first.body)
    form["neu"] = "ja"
    again = ask.read(ID, form)
    assert again.body == {"entries": [], "ways": [first.body["entries"]]}
    assert not again.done
    ask.save(ID, again.body)
    page = ask.page(ID)
    assert [h.text for h in page.select("h3")] == ["Ausgangslage"]
    assert "Ein früherer Weg: 2 Entscheidungen, bis „Auswertung“" in page.text
    assert "Dass mich keiner fragt" in page.text


def test_only_the_last_ways_are_shown(ask: Ask) -> None:
    body: Body = {}
    for _ in range(MOST_WAYS + 2):
        form = form_of(ask, choose(ask, body, SMALL).body)
        form["neu"] = "ja"
        body = ask.read(ID, form).body
    assert len(body["ways"]) == MOST_WAYS


def test_a_way_has_an_end_at_last(ask: Ask) -> None:
    body: Body = {}
    for _ in range(MOST_STEPS // 2):
        body = choose(ask, choose(ask, body, SMALL).body, AGAIN).body
    read = choose(ask, body, SMALL)
    assert read.errors == {
        "wahl": "Sie sind schon 40 Schritte gegangen. Lesen Sie Ihren Weg noch einmal nach und fangen Sie dann neu an."
    }
    assert read.body == body
    page = ask.page(ID, typed=read.body, errors=read.errors)
    assert not page.select(".scene button")
    assert page.find(id="qu-game-wahl")


def test_a_choice_that_is_gone_keeps_the_way(ask: Ask) -> None:
    before = walked(ask, SMALL).body
    read = choose(ask, before, "0badf00d")
    assert read.errors == {
        "wahl": "Diese Wahl gibt es in der neuen Fassung nicht mehr. Bitte wählen Sie noch einmal."
    }
    assert read.body == before
    assert ask.page(ID, typed=read.body, errors=read.errors).find(id="qu-game-wahl")


def test_a_scene_that_is_gone(ask: Ask) -> None:
    ask.save(ID, {"entries": [{"q": "Früher", "a": "<b>Ja</b>", "to": "Weg"}], "ways": []})
    page = ask.page(ID)
    assert "Die Szene „Weg“ gibt es in der neuen Fassung nicht mehr." in page.text
    assert "<b>Ja</b>" in page.text
    assert page.find("button", attrs={"name": "neu"})


@pytest.mark.parametrize(
    "sent", ["", "x", "{}", "[1]", '[{"q":1}]', '[{"q":"a"}]', "[" * 100_000, "null", '"a"']
)
def test_whatever_is_sent(ask: Ask, sent: str) -> None:
    assert ask.read(ID, MultiDict({"weg": sent, "frueher": sent})).body == {"entries": [], "ways": []}


def test_on_paper_all_scenes_stand_there(ask: Ask) -> None:
    page = ask.page(ID, paper=True)
    assert [h.text for h in page.select("h3")] == [
        "1. Ausgangslage", "2. Der erste Donnerstag", "3. Fünf Wochen später", "4. Auswertung",
    ]  # fmt: skip
    assert "☐ Beim Nachbarn klingeln → weiter bei 4" in page.text
    assert not page.select("form")


def test_notes(ask: Ask) -> None:
    block, body = ask.block(ID), walked(ask, SMALL, RING).body
    kind = kind_of(block)
    (note,) = kind.notes(block, body, ask.learner)
    assert note.question_html == "Ihr Weg im Planspiel „Ausgangslage“"
    assert note.text == (f"1. Ausgangslage: {SMALL}\n2. Der erste Donnerstag: {RING}\n→ Auswertung")
    notes = kind.notes(block, {"entries": [], "ways": [body["entries"]]}, ask.learner)
    assert [note.question_html for note in notes] == ["Ein früherer Weg im Planspiel"]
    assert kind.notes(block, {}, ask.learner) == []


def test_two_versions_show_words_and_can_be_sent_again(ask: Ask) -> None:
    block = ask.block(ID)
    kind = kind_of(block)
    one, two = walked(ask, SMALL).body, walked(ask, "Erst alles planen").body
    way, earlier = choices(kind.fields(block, one, ask.learner), kind.fields(block, two, ask.learner))
    assert (way.is_open, earlier.is_open) == (True, False)
    assert way.current.shown == f"1. Ausgangslage: {SMALL}\n→ Der erste Donnerstag"
    assert json.loads(way.submitted.value) == two["entries"]
    assert ask.read(ID, form_of(ask, one)).body == one
    assert kind.fields(block, {}, ask.learner)[0].shown == "am Anfang"
