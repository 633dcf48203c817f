"""The list of participants, and one participant's page."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts.models import Letter, User
from app.cohorts import people, service
from app.cohorts.models import Cohort, Enrolment
from app.extensions import db
from tests.support.cast import NOW, Cast
from tests.support.doors import DESK, STAFF, knock


def names(client: Any, cast: Cast) -> list[str]:
    return [
        cell.get_text(strip=True)
        for cell in client.soup(f"/kohorten/{cast.nord}/teilnehmende").select("tbody th")
    ]


def test_shows_who_came_when(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.tarek).soup(f"/kohorten/{cast.nord}/teilnehmende")
    assert names(client_for(cast.tarek), cast) == ["Anna Kolb", "Bela Öztürk"]
    assert "3. Juli 2026, 11:00 Uhr" in page.get_text()


def test_addresses_are_for_organisers_only(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).email = "anna@example.org"
    url = f"/kohorten/{cast.nord}/teilnehmende"
    assert "anna@example.org" in client_for(cast.olga).soup(url).get_text()
    assert "anna@example.org" not in client_for(cast.tarek).soup(url).get_text()


def test_names_are_in_the_order_of_a_list(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        for name in ("Çiğdem", "Äse", "zoe", "Dana"):
            service.join(db.session.get_one(Cohort, cast.nord), name, None, None)
    assert names(client_for(cast.olga), cast) == ["Anna Kolb", "Äse", "Bela Öztürk", "Çiğdem", "Dana", "zoe"]


def test_markup_in_a_name_stays_text(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        people.rename(
            people.enrolments(cast.nord)[0], "<b>Anna</b>", db.session.get_one(User, cast.olga.user_id)
        )
    assert "<b>Anna</b>" in names(client_for(cast.olga), cast)


def test_an_empty_cohort_says_what_to_do(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        for person in people.enrolments(cast.nord):
            people.remove(person, db.session.get_one(User, cast.olga.user_id))
    page = client_for(cast.olga).soup(f"/kohorten/{cast.nord}/teilnehmende")
    assert "Plakat zum Drucken" in page.select_one(".empty").get_text()
    assert "Nicht mehr dabei" in page.get_text()


def test_who_may_see_the_list(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, f"/kohorten/{cast.nord}/teilnehmende") == STAFF


def test_who_may_see_one_person(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}") == DESK


@pytest.mark.parametrize("page", ["", "/link", "/herausnehmen"])
def test_somebody_of_another_cohort_is_not_found(cast: Cast, client_for: Any, page: str) -> None:
    client = client_for(cast.olga)
    for enrolment_id in (cast.frida.enrolment_id, 4711, 2**40):
        assert client.get(f"/kohorten/{cast.nord}/teilnehmende/{enrolment_id}{page}").status_code == 404
        assert client.post_form(f"/kohorten/{cast.nord}/teilnehmende/{enrolment_id}{page}").status_code == 404


def test_says_how_far_everybody_has_come(
    cast: Cast, client_for: Any, writing: Any, mail: None, reading: Any
) -> None:
    with writing():
        bela = db.session.get_one(Enrolment, cast.bela.enrolment_id)
        bela.walk_in, bela.funder, bela.email = True, "Caritas", "bela@example.org"
        db.session.get_one(User, cast.anna.user_id).entered_at = NOW
    olga = client_for(cast.olga)
    olga.post_form(f"/kohorten/{cast.nord}/teilnehmende/{cast.bela.enrolment_id}/einladung")
    with writing():
        letter = db.session.query(Letter).one()
        letter.bounced_at = NOW
    page = olga.soup(f"/kohorten/{cast.nord}/teilnehmende")
    anna, bela_row = [" ".join(row.get_text(" ").split()) for row in page.select("tbody tr")]
    assert "ohne E-Mail war da" in anna
    assert "Gast" in bela_row
    assert "Caritas bela@example.org nicht zugestellt" in bela_row
    assert "eingeladen am 3. Juli 2026, 11:00 Uhr" in bela_row
    page = client_for(cast.tarek).soup(f"/kohorten/{cast.nord}/teilnehmende").get_text()
    assert "Caritas" not in page
    assert "eingeladen" not in page


def test_several_trainers_see_the_cohort(cast: Cast, client_for: Any) -> None:
    form = {"title": "Nord", "place": "Rathaus", "attendance_percent": "80", "reflections": "keine"}
    form |= {"join_until": "2026-07-10"}
    trainers = [cast.tarek.user_id, cast.theo.user_id]
    client_for(cast.olga).post_form(f"/kohorten/{cast.nord}/aendern", form | {"trainers": trainers})
    for trainer in (cast.tarek, cast.theo):
        assert client_for(trainer).get(f"/kohorten/{cast.nord}/teilnehmende").status_code == 200
        assert client_for(trainer).get(f"/kohorten/{cast.nord}/anwesenheit").status_code == 200
        assert client_for(trainer).get(f"/kohorten/{cast.nord}/einladen").status_code == 403


def test_a_place_taken_back_beyond_the_seats_is_named(cast: Cast, client_for: Any, writing: Any) -> None:
    url = f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}"
    client = client_for(cast.olga)
    client.post_form(f"{url}/herausnehmen")
    with writing():
        db.session.get_one(Cohort, cast.nord).seats = 1
    answer = client.post_form(f"{url}/aufnehmen", follow_redirects=True)
    assert "Damit nehmen mehr teil, als es Plätze gibt (1)." in answer.get_data(as_text=True)
