"""…/lernheft as a document on the screen: what is in it, keywords then and now, what became of wishes."""

from __future__ import annotations

import pytest

from tests.modules.doors import course, words
from tests.modules.lernheft_files import WITH_REVIEW, write_everything
from tests.progress.cohort import write


@pytest.fixture
def page(app, client_for, cast, pinned):
    """Anna's Lernheft, after she has written everywhere."""
    pinned(WITH_REVIEW)
    write_everything(app, cast.anna)
    return client_for(cast.anna).soup(course(cast, "lernheft"))


def test_the_contents_lead_to_every_part(page):
    entries = page.select(".lernheft__contents a")
    assert [words(entry) for entry in entries] == [
        "Meine Ausgangsfragen 1", "Meine Schlagworte 3", "Meine Wünsche vom Ankommen 2",
        "1 · Ankommen 2 Einträge", "2 · Vom Fall zum Feld 2 Einträge", "Frühere Eintragungen 1",
    ]  # fmt: skip
    for entry in entries:
        target = page.find(id=entry["href"].removeprefix("#"))
        assert words(entry).startswith(words(target))


def test_keywords_then_and_now(page):
    part = page.select_one("#schlagworte").parent
    assert (
        words(part)
        == "Meine Schlagworte Am Anfang Willkommen Zaun Kiez Dazugekommen Halt am Morgen Aneignung"
    )


def test_what_became_of_the_wishes(page):
    wishes = [words(wish) for wish in page.select(".lernheft__wishes li")]
    assert wishes == ["mitreden (mit der Gruppe geteilt) erfüllt", "Ruhe (nur für mich)"]


def test_the_review_does_not_repeat_them(page):
    stations = {words(station.h3): words(station) for station in page.select(".stage")}
    assert "Was nehme ich mit? Geduld" in stations["Felder"]
    assert "mitreden" not in stations["Felder"]


def test_a_struck_wish_keeps_what_became_of_it(app, client_for, cast, pinned):
    pinned(WITH_REVIEW)
    said = {"id": "w-ankommen_a9", "text": "Kuchen", "state": "teilweise"}
    write(app, cast.anna, "rueck", {"wishes": [said], "entries": []})
    station = client_for(cast.anna).soup(course(cast, "lernheft")).select_one(".stage")
    assert "Ein Wunsch, den Sie inzwischen gestrichen haben Kuchen teilweise" in words(station)


def test_nobody_else_sees_what_became_of_a_wish(app, client_for, cast, pinned):
    pinned(WITH_REVIEW)
    write_everything(app, cast.anna)
    for person, path in ((cast.bela, "heute"), (cast.tarek, "heute"), (cast.bela, "seite/feld/felder")):
        answer = client_for(person).get(course(cast, path))
        assert "Geduld" not in answer.text


def test_the_texts_of_any_kind_survive_its_block(app, client_for, cast):
    body = {
        "cards": [{"id": "a1", "entries": [{"q": "Ort", "a": "Kiosk"}], "column": "geprüft"}],
        "runs": [{"day": "2026-07-03", "rows": [["Bolzplatz"]]}], "if": "es regnet", "remind": True, "last": 3,
    }  # fmt: skip
    write(app, cast.anna, "gone-1", body)
    part = client_for(cast.anna).soup(course(cast, "lernheft")).select_one("#frueher").parent
    assert [text.text for text in part.select(".own")] == ["Ort\nKiosk", "geprüft", "Bolzplatz", "es regnet"]


def test_an_empty_sheet_of_the_review_shows_nobodys_words(app, client_for, cast, pinned):
    pinned(WITH_REVIEW)
    write_everything(app, cast.anna)
    client = client_for(cast.anna)
    sheet = words(client.soup(course(cast, "blatt/rueck?leer=1")))
    assert "mitreden" not in sheet
    assert "Erst hinsehen" not in sheet
    assert "Erst hinsehen" in words(client.soup(course(cast, "blatt/rueck")))


def test_a_wish_is_marked_by_the_form(client_for, cast, pinned, saved):
    pinned(WITH_REVIEW)
    sent = {
        "s-w-ankommen_a1": "offen",
        "w-w-ankommen_a1": "mitreden",
        "version": "0",
        "client_id": "geraet-0001",
    }
    assert client_for(cast.anna).post_form(course(cast, "antwort/zu/rueck"), sent).status_code == 303
    assert saved(cast.anna, "rueck")["wishes"] == [
        {"id": "w-ankommen_a1", "text": "mitreden", "state": "offen"}
    ]
