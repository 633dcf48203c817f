"""…/lernheft: everything one wrote, and only one's own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from tests.modules.doors import LEARNERS, course, knock, words
from tests.progress.cohort import CANARY, everything_private, write
from tests.support.cast import NOW

QUESTION, OTHER = "Wie finde ich das Feld?", "Wer gehört dazu?"


@pytest.fixture
def notebook(client_for, cast):
    """`notebook(person)`: the page, parsed."""
    return lambda person: client_for(person).soup(course(cast, "lernheft"))


@pytest.fixture
def anna_wrote(app, cast):
    """Something in every block of the course."""
    later = NOW + timedelta(hours=4)
    write(
        app,
        cast.anna,
        "w-ankommen",
        {
            "items": [
                {"id": "a1", "text": "mitreden", "shared": True},
                {"id": "a2", "text": "Ruhe", "shared": False},
            ]
        },
    )
    write(app, cast.anna, "w1-1", {"items": [{"id": "a1", "text": "Zaun"}, {"id": "a2", "text": "Kiez"}]})
    write(app, cast.anna, "w1-2", {"items": [{"id": "a1", "text": QUESTION}, {"id": "a2", "text": OTHER}]})
    write(app, cast.anna, "w1-3", {"entries": [{"q": "Was sehen Sie zuerst?", "a": "Den Platz"}]})
    write(app, cast.anna, "q1-1", {"chosen": ["o1"]})
    write(app, cast.anna, "case-1", {"entries": [{"q": "Schritt I: Wille", "a": "Ruhe am Morgen"}]})
    write(
        app,
        cast.anna,
        "l1-1",
        {
            "entries": [{"q": "Welche Einsicht möchten Sie behalten?", "a": "Erst hinsehen"}],
            "states": {"w1-2_a1": "veraendert"},
            "wording": {"w1-2_a1": "Wo ist das Feld?"},
            "keywords": [{"id": "a1", "text": "Aneignung"}],
        },
    )
    with clock.standing_at(later):
        write(app, cast.anna, "l2-1", {"entries": [], "states": {"w1-2_a1": "beantwortet"}, "acknowledged": True})  # fmt: skip


def test_who_may(client_for, cast):
    assert knock(client_for, cast, lambda client: client.get(course(cast, "lernheft"))) == LEARNERS


def test_empty_it_says_what_will_be_here(notebook, cast):
    page = notebook(cast.anna)
    assert page.select_one(".empty a")["href"] == course(cast)
    assert page.select(".lernheft section") == []


def test_everything_is_there_once(notebook, cast, anna_wrote):
    text = words(notebook(cast.anna).select_one(".lernheft"))
    for written in ("mitreden", "Ruhe (nur für mich)", "Zaun", "Kiez", "Den Platz", "Ruhe am Morgen",
                    "Erst hinsehen", "Aneignung", OTHER):  # fmt: skip
        assert text.count(written) == 1, written
    assert "Wissensfragen bearbeitet: 1 von 3" in text


def test_only_ones_own(app, notebook, cast):
    everything_private(app, cast, [cast.anna, cast.frida])
    assert CANARY in words(notebook(cast.anna))
    assert CANARY not in words(notebook(cast.bela))


def test_a_question_has_its_whole_thread(notebook, cast, anna_wrote):
    first, second = notebook(cast.anna).select_one("#fragen").parent.select("article")
    assert words(first.h3) == "Wo ist das Feld?"
    assert words(first.select_one(".entry__where")) == "Stand: beantwortet"
    assert [words(step) for step in first.select(".thread li")] == [
        f"Willkommen, 3. Juli 2026, 11:00 Uhr notiert : {QUESTION}",
        "Halt am Morgen, 3. Juli 2026, 11:00 Uhr verändert : Wo ist das Feld?",
        "Halt am Abend, 3. Juli 2026, 15:00 Uhr beantwortet",
    ]
    assert [words(step) for step in second.select(".thread li")] == [
        "Willkommen, 3. Juli 2026, 11:00 Uhr notiert"
    ]


def test_keywords_stand_in_the_order_of_the_way(notebook, cast, anna_wrote):
    part = notebook(cast.anna).select_one("#schlagworte").parent
    assert [words(where) for where in part.select(".entry__where")] == ["Willkommen", "Halt am Morgen"]
    assert [words(word) for word in part.select(".chips li")] == ["Zaun", "Kiez", "Aneignung"]


def test_a_lernstopp_does_not_repeat_what_the_opening_shows(notebook, cast, anna_wrote):
    page = notebook(cast.anna)
    stations = {words(station.h3): words(station) for station in page.select(".stage")}
    assert list(stations) == ["Willkommen", "Fragen zum Ankommen", "Halt am Morgen", "Der Weg zur Kita"]
    assert "Erst hinsehen" in stations["Halt am Morgen"]
    assert "Stand Ihrer Frage" not in words(page)
    assert "Neue Schlagworte" not in words(page)


def test_a_pause_without_an_entry_is_noted(app, notebook, cast):
    write(app, cast.anna, "l1-1", {"entries": [], "states": {}, "acknowledged": True})
    stop = notebook(cast.anna).select_one(".stage--stop")
    assert "Für mich bedacht, ohne Eintrag" in words(stop)


def test_the_new_wording_of_a_struck_question_stays(app, notebook, cast):
    body = {"entries": [], "states": {"w1-2_a9": "veraendert"}, "wording": {"w1-2_a9": "Was nun?"}}
    write(app, cast.anna, "l1-1", body)
    assert "Was nun?" in words(notebook(cast.anna).select_one(".stage--stop"))


def test_links_lead_to_the_block(notebook, client_for, cast, anna_wrote):
    links = [link["href"] for link in notebook(cast.anna).select(".stage a")]
    assert course(cast, "seite/ankommen/willkommen#w1-3") in links
    assert course(cast, "fall/lesen/der-weg-zur-kita#case-1") in links
    for link in links:
        page = client_for(cast.anna).soup(link)
        assert "#" not in link or page.find(id=link.split("#")[1])


def test_what_the_course_no_longer_asks_is_still_there(app, notebook, cast, anna_wrote, pinned):
    pinned({"ankommen/willkommen.md": "---\ntitel: Willkommen\nminuten: 12\n---\nNur noch Text.\n"})
    part = words(notebook(cast.anna).select_one("#frueher").parent)
    for text in ("mitreden", "Zaun", QUESTION, "Was sehen Sie zuerst? Den Platz"):
        assert text in part


def test_what_is_written_is_only_text(app, notebook, cast):
    evil = "<script>alert(1)</script>{{ 7*7 }}\nzweite Zeile"
    write(app, cast.anna, "w1-3", {"entries": [{"q": "Was sehen Sie zuerst?", "a": evil}]})
    write(app, cast.anna, "w1-1", {"items": [{"id": "a1", "text": evil}]})
    assert notebook(cast.anna).select_one(".stage .own").text == evil


def test_it_is_dated_on_paper(notebook, cast):
    assert words(notebook(cast.anna).select_one(".print-only")) == "· gedruckt am 3. Juli 2026"


def test_opening_it_writes_nothing(cast, client_for, statements, anna_wrote):
    with statements() as seen:
        client_for(cast.anna).get(course(cast, "lernheft"))
    assert all(statement.startswith("SELECT") for statement in seen), seen


def test_printing_is_offered_once_scripts_run(notebook, cast):
    button = notebook(cast.anna).select_one("main [data-print]")
    assert button["type"] == "button"
    assert button.has_attr("hidden")
