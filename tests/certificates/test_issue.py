"""Issuing to one person: everything is written together, and only once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from app import clock
from app.certificates import composing
from app.cohorts import codes
from app.cohorts.models import Enrolment
from app.extensions import db, transaction
from tests.certificates.making import complete, issue, one, stored, text_of
from tests.support.cast import Cast, Person
from tests.support.client import PageClient

ClientFor = Callable[[Person | None], PageClient]
JSON = {"Accept": "application/json"}


def test_words_document_number_and_code_are_stored_together(olga: PageClient, ready: Cast) -> None:
    row = issue(olga, ready, ready.anna)
    assert row.number == "2026-0001"
    assert row.pdf_sha256 == hashlib.sha256(row.pdf).hexdigest()
    assert row.json == composing.canonical(row.facts)
    assert row.facts.name == "Anna Kolb"
    assert row.facts.issuer_name == "Kreis Musterland"
    assert row.facts.verify_address.endswith(f"/pruefen/{codes.grouped(row.code)}")
    assert row.facts.number in text_of(row.pdf)
    assert row.conforms
    assert row.issued_by == "Olga Sommer"
    assert row.valid_key == f"{ready.anna.enrolment_id}:participation"


def test_the_name_is_fixed_from_now_on(olga: PageClient, ready: Cast, app: Flask) -> None:
    issue(olga, ready, ready.anna)
    with app.app_context():
        assert db.session.get_one(Enrolment, ready.anna.enrolment_id).name_fixed_at


def test_issuing_twice_gives_the_same(olga: PageClient, ready: Cast, app: Flask) -> None:
    first = issue(olga, ready, ready.anna)
    assert issue(olga, ready, ready.anna) == first
    answer = olga.post_form(one(ready, ready.anna), headers=JSON)
    assert answer.get_json() == {"number": first.number, "new": False}
    assert len(stored(app)) == 1


def test_step_by_step_for_the_browser(olga: PageClient, ready: Cast) -> None:
    answer = olga.post_form(one(ready, ready.anna), headers=JSON)
    assert answer.get_json() == {"number": "2026-0001", "new": True}


def test_slots_that_are_not_recorded_are_named_and_nothing_is_stored(
    olga: PageClient, ready: Cast, app: Flask
) -> None:
    answer = olga.post_form(one(ready, ready.bela))
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert "Bela Öztürk" in text
    assert "noch nicht erfasst: „Fallwerkstatt“" in text
    said = olga.post_form(one(ready, ready.bela), headers=JSON)
    assert said.status_code == 409
    assert "Fallwerkstatt" in said.get_json()["text"]
    assert stored(app) == []


def test_whoever_left_gets_none(olga: PageClient, ready: Cast, app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Enrolment, ready.anna.enrolment_id).left_at = clock.now()
    answer = olga.post_form(one(ready, ready.anna))
    assert answer.status_code == 409
    assert "nicht mehr in der Kohorte" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("who", "status"),
    [("olga", 303), ("adam", 303), ("tarek", 403), ("anna", 403), ("frida", 404), ("theo", 404), (None, 401)],
)
def test_who_may(ready: Cast, app: Flask, client_for: ClientFor, who: str | None, status: int) -> None:
    client = client_for(getattr(ready, who) if who else None)
    assert client.post_form(one(ready, ready.anna)).status_code == status
    assert len(stored(app)) == (status == 303)


@pytest.mark.parametrize("enrolment_id", [0, 999, 2**31, 2**70])
def test_unknown_person(olga: PageClient, ready: Cast, enrolment_id: int) -> None:
    assert olga.post_form(one(ready, Person("Niemand", 0, enrolment_id))).status_code == 404


def test_someone_of_another_cohort_is_unknown(olga: PageClient, ready: Cast, app: Flask) -> None:
    assert olga.post_form(one(ready, ready.frida)).status_code == 404
    assert stored(app) == []


def test_without_token_nothing_happens(olga: PageClient, ready: Cast, app: Flask) -> None:
    assert olga.post(one(ready, ready.anna)).status_code == 400
    assert stored(app) == []


def test_numbers_begin_again_each_year(olga: PageClient, ready: Cast, app: Flask) -> None:
    assert issue(olga, ready, ready.anna).number == "2026-0001"
    complete(app, ready, ready.bela, slots=(4,))
    with clock.standing_at(datetime(2027, 1, 2, 12, 0, tzinfo=UTC)):
        assert issue(olga, ready, ready.bela).number == "2027-0001"
