"""What somebody finds who is not in the cohort any more: where they were, since when, and the way back."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts.models import User
from app.cohorts import people, places
from app.cohorts.models import Cohort, Enrolment
from app.extensions import db
from tests.support.cast import Cast

LEFT = "Sie sind am 3. Juli 2026 aus „Kohorte Nord“ ausgetreten."
REMOVED = "Sie nehmen seit dem 3. Juli 2026 nicht mehr an „Kohorte Nord“ teil."
MOVED = "Sie sind am 3. Juli 2026 von „Kohorte Nord“ nach „Kohorte Süd“ umgezogen."
BACK = "Möchten Sie wieder dabei sein, wenden Sie sich an"


def leave(cast: Cast) -> None:
    anna = db.session.get_one(Enrolment, cast.anna.enrolment_id)
    places.leave(anna, db.session.get_one(User, cast.anna.user_id))


def remove(cast: Cast) -> None:
    anna = db.session.get_one(Enrolment, cast.anna.enrolment_id)
    people.remove(anna, db.session.get_one(User, cast.olga.user_id))


def move(cast: Cast) -> None:
    anna = db.session.get_one(Enrolment, cast.anna.enrolment_id)
    places.move(anna, db.session.get_one(Cohort, cast.sued), db.session.get_one(User, cast.olga.user_id))


def said(page: Any) -> str:
    return " ".join(page.select_one("main").get_text().split())


@pytest.mark.parametrize(("go", "words"), [(leave, LEFT), (remove, REMOVED)])
def test_the_start_page_says_where_they_were_and_how_to_come_back(
    cast: Cast, client_for: Any, writing: Any, go: Any, words: str
) -> None:
    with writing():
        go(cast)
    page = client_for(cast.anna).soup("/")
    assert words in said(page)
    assert BACK in said(page)
    assert "noch zu keiner Kohorte" not in said(page)
    assert page.select_one('main a.button[href="/beitreten/"]').get_text() == "Code eingeben"


def test_the_start_page_of_somebody_who_never_was_anywhere_stays(
    cast: Cast, client_for: Any, writing: Any
) -> None:
    with writing():
        own = db.session.get_one(Enrolment, cast.anna.enrolment_id)
        db.session.delete(own)
    assert "Sie gehören noch zu keiner Kohorte." in said(client_for(cast.anna).soup("/"))


def test_who_moved_is_led_on(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        move(cast)
    client = client_for(cast.anna)
    assert client.get("/").headers["Location"] == f"/kurs/{cast.sued}/"
    answer = client.get(f"/kurs/{cast.nord}/")
    text = " ".join(answer.get_data(as_text=True).split())
    assert answer.status_code == 403
    assert MOVED in text
    assert f'<a href="/kurs/{cast.sued}/">Kohorte Süd</a>' in text
    assert BACK not in text


@pytest.mark.parametrize(("go", "words"), [(leave, LEFT), (remove, REMOVED)])
@pytest.mark.parametrize(
    "page", ["", "lernheft", "seite/ankommen/eins", "anwesenheit", "austreten", "medien/x.svg"]
)
def test_addresses_of_the_course_explain_it(
    cast: Cast, client_for: Any, writing: Any, page: str, go: Any, words: str
) -> None:
    with writing():
        go(cast)
    answer = client_for(cast.anna).get(f"/kurs/{cast.nord}/{page}")
    text = " ".join(answer.get_data(as_text=True).split())
    assert answer.status_code == 403
    assert "<h1>Sie sind nicht mehr in dieser Kohorte</h1>" in text
    assert words in text
    assert BACK in text


def test_what_was_typed_is_shown_and_scripts_are_answered_as_before(
    cast: Cast, client_for: Any, writing: Any
) -> None:
    with writing():
        leave(cast)
    client = client_for(cast.anna)
    answer = client.post_form(f"/kurs/{cast.nord}/antwort/zu/l1-1", {"text": "Mein langer Gedanke"})
    assert answer.status_code == 403
    assert "Mein langer Gedanke" in answer.get_data(as_text=True)
    answer = client.get(f"/kurs/{cast.nord}/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (404, "Diese Seite gibt es nicht")


def test_strangers_the_desk_and_those_inside_are_answered_as_before(
    cast: Cast, client_for: Any, writing: Any
) -> None:
    with writing():
        leave(cast)
    assert client_for(None).get(f"/kurs/{cast.nord}/").status_code == 401
    for person in (cast.frida, cast.theo):
        assert client_for(person).get(f"/kurs/{cast.nord}/").status_code == 404
    anna = client_for(cast.anna)
    for address in (
        f"/kurs/{cast.sued}/",
        "/kurs/4711/",
        f"/kurs/{2**40}/",
        f"/kohorten/{cast.nord}",
        "/kurs/x",
    ):
        assert anna.get(address).status_code == 404
    assert client_for(cast.bela).get(f"/kurs/{cast.nord}/seite/gibt/es-nicht").status_code == 404


def test_who_is_taken_in_again_is_inside(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        leave(cast)
        olga = db.session.get_one(User, cast.olga.user_id)
        people.readmit(db.session.get_one(Enrolment, cast.anna.enrolment_id), olga)
    client = client_for(cast.anna)
    assert client.get("/").headers["Location"] == f"/kurs/{cast.nord}/"
    assert client.get(f"/kurs/{cast.nord}/").status_code == 200
