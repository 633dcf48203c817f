"""Name, e-mail address and funder of a person are corrected."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts import service as accounts
from app.cohorts.models import Enrolment
from app.extensions import db
from tests.admission.making import deeds
from tests.support.cast import Cast

FORM = {"name": "Anna Kolb", "email": "anna@example.org", "funder": "Jugendamt Nord"}


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}"


def test_works_and_is_logged(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    assert client.post_form(url(cast), FORM).status_code == 303
    with reading():
        anna = db.session.get_one(Enrolment, cast.anna.enrolment_id)
        assert (anna.email, anna.funder) == ("anna@example.org", "Jugendamt Nord")
        assert deeds(cast.nord) == ["corrected"]
    assert "E-Mail-Adresse, Kostenträger" in client.soup(url(cast)).get_text()
    assert "Jugendamt Nord" in client.soup(f"/kohorten/{cast.nord}/teilnehmende").get_text()


def test_saving_the_form_as_it_is_changes_nothing(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    form = {
        field["name"]: field.get("value", "") for field in client.soup(url(cast)).select("form.stack input")
    }
    assert client.post_form(url(cast), form).status_code == 303
    with reading():
        assert deeds(cast.nord) == []


def test_the_address_of_somebody_else_is_named(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        db.session.get_one(Enrolment, cast.bela.enrolment_id).email = "Anna@example.org"
    answer = client_for(cast.olga).post_form(url(cast), FORM)
    assert answer.status_code == 409
    assert "Diese Adresse gehört schon zu Bela Öztürk." in answer.get_data(as_text=True)
    assert 'value="Jugendamt Nord"' in answer.get_data(as_text=True)
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).funder == ""


def test_what_changed_meanwhile_is_shown(cast: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    shown = client.soup(url(cast)).select_one("#shown")["value"]
    with writing():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).funder = "Caritas"
    answer = client.post_form(url(cast), FORM | {"shown": shown})
    assert answer.status_code == 409
    assert "Inzwischen hat jemand die Angaben geändert: Anna Kolb, Caritas." in answer.get_data(as_text=True)
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).funder == "Caritas"


@pytest.mark.parametrize("wrong", [{"email": "kaputt"}, {"funder": "x" * 201}, {"funder": "a\x07b"}])
def test_bad_input(cast: Cast, client_for: Any, reading: Any, wrong: dict[str, str]) -> None:
    assert client_for(cast.olga).post_form(url(cast), FORM | wrong).status_code == 422
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).email is None


def test_the_list_can_be_searched_when_it_is_long(cast: Cast, client_for: Any, writing: Any) -> None:
    client, page = client_for(cast.tarek), f"/kohorten/{cast.nord}/teilnehmende"
    assert not client.soup(page).select("#suche")
    with writing():
        for number in range(20):
            row = db.session.get_one(Enrolment, cast.bela.enrolment_id)
            db.session.add(
                Enrolment(
                    cohort_id=cast.nord,
                    user_id=_account(number),
                    name=f"Person {number}",
                    joined_at=row.joined_at,
                )
            )
    assert client.soup(page).select("#suche")
    found = client.soup(f"{page}?suche=ozturk").select("tbody th")
    assert [each.get_text(strip=True) for each in found] == ["Bela Öztürk"]
    assert "Niemand heißt so" in client.soup(f"{page}?suche=xyz").get_text()


def _account(number: int) -> int:
    return accounts.create_person(f"Person {number}").id
