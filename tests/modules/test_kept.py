"""A form that arrives too late keeps its text: for the same person only, until they are signed in again."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.modules.doors import course, form_of, words

WELCOME = "seite/ankommen/willkommen"
TEXT = "Ein Satz, der nicht verloren geht."


@pytest.fixture
def typed(client_for, cast):
    """Anna's form, filled in."""
    return form_of(client_for(cast.anna).soup(course(cast, WELCOME)), "w1-3") | {"e0": TEXT}


def hidden(response) -> tuple[str, dict[str, str]]:
    """The form on the page: where it goes, what it sends."""
    page = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    form = page.select_one("main form")
    return form["action"], {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def sign_in(client, client_for, person) -> None:
    """The same browser, signed in as this person."""
    with client_for(person).session_transaction() as other:
        known = dict(other)
    with client.session_transaction() as session:
        session.update(known)


def test_a_stale_token_asks_once_more(client_for, cast, typed, saved):
    client = client_for(cast.anna)
    response = client.post(course(cast, "antwort/zu/w1-3"), data=typed | {"csrf_token": "alt"})
    assert response.status_code == 400
    assert TEXT in response.get_data(as_text=True)
    action, again = hidden(response)
    assert client.post_form(action, again).status_code == 303
    assert saved(cast.anna, "w1-3")["entries"][0]["a"] == TEXT


def test_an_expired_session_keeps_the_text(client_for, cast, typed, saved):
    client = client_for(None)
    response = client.post_form(course(cast, "antwort/zu/w1-3"), typed)
    assert response.status_code == 401
    assert "sicher aufgehoben" in response.get_data(as_text=True)
    assert saved(cast.anna, "w1-3") == {}
    sign_in(client, client_for, cast.anna)
    assert "Ihr Text ist aufgehoben" in words(client.soup(course(cast)))
    kept = client.get("/aufgehoben")
    assert TEXT in kept.get_data(as_text=True)
    action, again = hidden(kept)
    assert client.post_form(action, again).status_code == 303
    assert saved(cast.anna, "w1-3")["entries"][0]["a"] == TEXT


def test_nobody_else_gets_to_see_it(client_for, cast, typed, saved):
    client = client_for(None)
    client.post_form(course(cast, "antwort/zu/w1-3"), typed)
    sign_in(client, client_for, cast.bela)
    assert client.get("/aufgehoben").status_code == 303
    assert TEXT not in client.get("/", follow_redirects=True).get_data(as_text=True)
    assert saved(cast.bela, "w1-3") == {}


def test_a_session_that_ended_between_typing_and_sending(client_for, cast, typed):
    """Signed out in another window: the token does not fit any more, but the form says whose it is."""
    client = client_for(None)
    response = client.post(course(cast, "antwort/zu/w1-3"), data=typed)
    assert response.status_code == 401
    assert "sicher aufgehoben" in response.get_data(as_text=True)
