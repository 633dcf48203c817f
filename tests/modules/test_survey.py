"""A survey on its page: handed in once, kept without a name, shown to all from five answers on."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.quizzes.models import Answer, AnswerRevision
from tests.modules.doors import READERS, course, form_of, knock, words
from tests.quizzes.procedures_sample import FELDER, PATH

PAGE = "seite/feld/felder"


@pytest.fixture(autouse=True)
def _pinned(pinned) -> None:
    pinned({PATH: FELDER})


@pytest.fixture
def hand_in(client_for, cast):
    """`hand_in(person, text)`: fills in the form of the page and sends it."""

    def send(person, text, often="selten"):
        client = client_for(person)
        page = client.soup(course(cast, PAGE))
        form = form_of(page, "u1")
        form[page.select_one("#u1 textarea")["name"]] = text
        form[page.select_one("#u1 select")["name"]] = often
        return client.post_form(course(cast, "antwort/zu/u1"), form)

    return send


def test_what_was_said_is_counted_and_not_kept(hand_in, cast, saved, client_for):
    assert hand_in(cast.anna, "Eine Bank").status_code == 303
    assert saved(cast.anna, "u1") == {"taken": True}
    page = client_for(cast.anna).soup(course(cast, PAGE))
    assert words(page.select_one("#u1 [data-saved]")) == "abgegeben"
    assert "Eine Bank" not in page.text
    assert "Noch vier Antworten, dann erscheint das Ergebnis." in words(page.select_one("#u1-gemeinsam"))
    assert words(page.select_one("#u1-gemeinsam h2")) == "Ergebnis der Umfrage : Drei Fragen zum Platz"


def test_the_same_form_twice_is_counted_once(client_for, cast):
    client = client_for(cast.anna)
    page = client.soup(course(cast, PAGE))
    form = form_of(page, "u1") | {page.select_one("#u1 textarea")["name"]: "Eine Bank"}
    for _ in range(2):
        assert client.post_form(course(cast, "antwort/zu/u1"), form).status_code == 303
    form |= {"client_id": "ein-anderes-fenster", page.select_one("#u1 textarea")["name"]: "Zwei"}
    assert client.post_form(course(cast, "antwort/zu/u1"), form).status_code == 303
    shown = client.soup(course(cast, "gemeinsam/u1"))
    assert "Noch vier Antworten" in words(shown.select_one("[data-together]"))


def test_where_the_form_is_not_valid_nothing_is_lost_and_nothing_counted(hand_in, cast, saved, client_for):
    response = hand_in(cast.anna, "x" * 501)
    assert response.status_code == 422
    assert "x" * 501 in response.text
    assert saved(cast.anna, "u1") == {}
    shown = client_for(cast.anna).soup(course(cast, "gemeinsam/u1"))
    assert "Noch fünf Antworten" in words(shown.select_one("[data-together]"))


def test_staff_see_the_results_too(hand_in, cast, client_for):
    hand_in(cast.anna, "Eine Bank")
    for path in ("gemeinsam/u1", PAGE):
        assert "Noch vier Antworten" in words(
            client_for(cast.tarek).soup(course(cast, path)).select_one("main")
        )


def test_who_may_see_the_results(client_for, cast):
    assert knock(client_for, cast, lambda client: client.get(course(cast, "gemeinsam/u1"))) == READERS


def test_on_paper_nobody_writes_a_name(client_for, cast):
    sheet = client_for(cast.tarek).soup(course(cast, "blatt/u1?leer=1"))
    assert sheet.select(".paper__name") == []
    assert sheet.select_one(".paper-choice")


def test_who_has_erased_the_lernheft_is_not_asked_again(hand_in, cast, client_for):
    hand_in(cast.anna, "Eine Bank")
    client = client_for(cast.anna)
    client.post_form(course(cast, "lernheft/loeschen"), {"sicher": "ja"})
    page = client.soup(course(cast, PAGE))
    assert page.select_one("#u1 form") is None, "what is handed in a second time would not be counted"
    assert "Danke, Ihre Antworten sind gezählt." in words(page.select_one("#u1"))


def test_of_the_time_only_the_day_is_kept(app, hand_in, cast):
    """So that nobody can hold the times of answers against the times at which the counters moved."""
    hand_in(cast.anna, "Eine Bank")
    with app.app_context():
        times = [
            *db.session.scalars(select(Answer.saved_at)),
            *db.session.scalars(select(AnswerRevision.saved_at)),
        ]
        times += db.session.scalars(select(Answer.done_at))
        db.session.remove()
    assert [clock.local(when).strftime("%d.%m.%Y %H:%M:%S") for when in times] == ["03.07.2026 00:00:00"] * 3
