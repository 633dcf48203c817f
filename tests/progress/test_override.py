"""…/anerkennen: an organiser declares a criterion fulfilled, with a reason."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.progress.cohort import complete, mark
from tests.progress.who import check
from tests.support.databases import count

REASON = "Lernstopp im Gespräch bearbeitet"


def page(cast, person=None):
    return f"/kohorten/{cast.nord}/stand/{(person or cast.anna).enrolment_id}"


def address(cast, person=None):
    return page(cast, person) + "/anerkennen"


def form(criterion="reflections", reason=REASON):
    return {"criterion": criterion, "reason": reason}


def rows(app):
    with app.app_context():
        return count("completion_override")


def test_it_wins_and_is_named(app, cast, client_for):
    olga = client_for(cast.olga)
    response = olga.post_form(address(cast), form())
    assert (response.status_code, response.location) == (303, page(cast))
    said = " ".join(olga.soup(page(cast)).get_text(" ", strip=True).split())
    assert "Lernstopps: jetzt als erfüllt anerkannt" in said
    assert f"Lernstopps: als erfüllt anerkannt von Olga Sommer, Begründung: „{REASON}“" in said
    assert f"3. Juli 2026, 11:00 Uhr, Olga Sommer: Lernstopps als erfüllt anerkannt: „{REASON}“" in said
    assert "anerkannt" in client_for(cast.tarek).soup(f"/kohorten/{cast.nord}/stand").get_text()


def test_sending_twice_makes_one_record(app, cast, client_for):
    olga = client_for(cast.olga)
    for _ in range(2):
        assert olga.post_form(address(cast), form()).status_code == 303
    assert rows(app) == 1
    assert "war schon erfüllt" in olga.soup(page(cast)).get_text()


@pytest.mark.usefixtures("evening")
def test_what_is_fulfilled_by_facts_needs_no_override(app, cast, client_for):
    complete(app, cast, cast.anna)
    assert client_for(cast.olga).post_form(address(cast), form()).status_code == 303
    assert rows(app) == 0


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        (form(reason="zu kurz"), "mindestens 10 Zeichen"),
        (form(reason="    kurz      \n\n "), "mindestens 10 Zeichen"),
        (form(reason="x" * 1001), "1001 Zeichen"),
        (form(criterion=""), "Bitte wählen Sie"),
        (form(criterion="quiz"), "Bitte wählen Sie"),
        ({}, "Bitte wählen Sie"),
    ],
)
def test_invalid_input_keeps_what_was_typed(app, cast, client_for, given, complaint):
    response = client_for(cast.olga).post_form(address(cast), given)
    assert response.status_code == 422
    soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    assert complaint in soup.get_text()
    typed = given.get("reason", "").strip()
    assert soup.find("textarea").get_text().strip() == typed
    if given.get("criterion") == "reflections":
        assert soup.find("input", attrs={"value": "reflections"}).has_attr("checked")
    assert rows(app) == 0


def test_control_characters_are_left_out(app, cast, client_for):
    olga = client_for(cast.olga)
    assert olga.post_form(address(cast), form(reason="Im\x00 Gespräch\x1b bearbeitet")).status_code == 303
    assert "„Im Gespräch bearbeitet“" in olga.soup(page(cast)).get_text()


def test_markup_in_a_reason_is_text(cast, client_for):
    olga = client_for(cast.olga)
    olga.post_form(address(cast), form(reason="<script>alert(1)</script>"))
    assert "<script>alert" not in olga.get(page(cast)).get_data(as_text=True)


def test_an_override_does_not_replace_the_register(app, cast, client_for):
    mark(app, cast.anna, cast.slots[0])
    olga = client_for(cast.olga)
    olga.post_form(address(cast), form())
    olga.post_form(address(cast), form("attendance"))
    said = olga.soup(page(cast)).get_text(" ", strip=True)
    assert "Ein Abschnitt ist noch nicht erfasst, 1 hat noch nicht begonnen." in said
    assert "fehlt noch etwas" in said


def test_who_may(cast, client_for):
    check(cast, client_for, lambda c: c.post_form(address(cast), form()), trainer=False, good=303)


def test_someone_unknown_or_elsewhere(app, cast, client_for):
    olga = client_for(cast.olga)
    assert olga.post_form(f"/kohorten/{cast.nord}/stand/999/anerkennen", form()).status_code == 404
    assert olga.post_form(address(cast, cast.frida), form()).status_code == 404
    assert rows(app) == 0


def test_without_token_nothing_happens(app, cast, client_for):
    assert client_for(cast.olga).post(address(cast), data=form()).status_code == 400
    assert rows(app) == 0
