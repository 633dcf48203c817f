"""A wrong name is mended by a new certificate; the old one keeps its words and says what counts instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_changes

import pytest
from flask import Flask

from app.accounts.models import User
from app.cohorts import service as cohorts
from app.cohorts.models import Attendance, Cohort, Enrolment
from app.extensions import db, transaction
from tests.certificates.making import issue, stored, text_of, url
from tests.support.cast import Cast, Person
from tests.support.client import PageClient

ClientFor = Callable[[Person | None], PageClient]
CORRECT = {"name": "Anna Kolb-Winter", "reason": "Name nach der Heirat"}


def replace_url(cast: Cast, number: str = "2026-0001") -> str:
    return url(cast, f"/{number}/ersetzen")


@pytest.fixture
def issued(olga: PageClient, ready: Cast) -> str:
    return issue(olga, ready, ready.anna).number


def test_the_new_one_differs_only_in_name_number_and_code(
    olga: PageClient, ready: Cast, app: Flask, issued: str
) -> None:
    before = stored(app)[0]
    assert olga.post_form(replace_url(ready, issued), CORRECT).status_code == 303
    old, new = stored(app)
    assert old == with_changes(before, valid_key=None)
    assert new.replaces_id == old.id
    assert new.facts.replaces == old.number
    assert new.facts.name == "Anna Kolb-Winter"
    own = {"name", "number", "code", "verify_address", "replaces"}
    differing = {key for key in new.facts.__slots__ if getattr(new.facts, key) != getattr(old.facts, key)}
    assert differing == own
    assert new.code != old.code
    assert "ersetzt die Bescheinigung Nr. 2026-0001" in text_of(new.pdf)
    assert new.replace_reason == CORRECT["reason"]


def test_the_register_says_it(olga: PageClient, ready: Cast, issued: str) -> None:
    olga.post_form(replace_url(ready, issued), CORRECT)
    text = olga.soup(url(ready)).find(id="register").find_parent("section").get_text(" ", strip=True)
    assert "durch 2026-0002" in text
    assert "statt 2026-0001: Name nach der Heirat" in text


def test_sent_twice_it_is_done_once(olga: PageClient, ready: Cast, app: Flask, issued: str) -> None:
    for _ in range(2):
        assert olga.post_form(replace_url(ready, issued), CORRECT).status_code == 303
    assert len(stored(app)) == 2


def test_a_replaced_one_stays(olga: PageClient, ready: Cast, app: Flask, issued: str) -> None:
    olga.post_form(replace_url(ready, issued), CORRECT)
    olga.get(url(ready))
    answer = olga.post_form(
        replace_url(ready, issued), {"name": "Ganz anders", "reason": "Noch eine Änderung"}
    )
    assert answer.status_code == 303
    assert len(stored(app)) == 2
    assert "wurde schon durch 2026-0002 ersetzt" in olga.soup(url(ready)).get_text()
    assert olga.get(replace_url(ready, issued)).status_code == 303


def test_only_on_demand_the_register_is_read_again(
    olga: PageClient, ready: Cast, app: Flask, issued: str
) -> None:
    with app.app_context(), transaction():
        anna = cohorts.find_enrolment(ready.nord, ready.anna.enrolment_id)
        slot = cohorts.find_slot(ready.nord, ready.slots[4])
        assert anna
        assert slot
        cohorts.mark(slot, anna, Attendance.PARTIAL, 50, db.session.get_one(User, ready.olga.user_id))
        db.session.get_one(Cohort, ready.nord).title = "Kohorte Nordost"
    olga.post_form(replace_url(ready, issued), CORRECT)
    olga.post_form(replace_url(ready, "2026-0002"), CORRECT | {"fresh": "y"})
    first, second, third = (row.facts for row in stored(app))
    assert first.units_attended == second.units_attended == "6"
    assert third.units_attended == "5"  # 230 minutes are 5,11 UE: rounded down
    assert (second.cohort_title, third.cohort_title) == ("Kohorte Nord", "Kohorte Nordost")


def test_from_the_register_only_while_it_says_enough(
    olga: PageClient, ready: Cast, app: Flask, issued: str
) -> None:
    with app.app_context(), transaction():
        anna = cohorts.find_enrolment(ready.nord, ready.anna.enrolment_id)
        slot = cohorts.find_slot(ready.nord, ready.slots[4])
        assert anna
        assert slot
        cohorts.mark(slot, anna, Attendance.ABSENT, 0, db.session.get_one(User, ready.olga.user_id))
    answer = olga.post_form(replace_url(ready, issued), CORRECT | {"fresh": "y"})
    assert answer.status_code == 422
    assert "Anwesenheit" in answer.get_data(as_text=True)
    assert len(stored(app)) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "mindestens zwei Zeichen"),
        ("A", "mindestens zwei Zeichen"),
        ("x" * 300, "300 Zeichen"),
        ("Anna\x07Kolb", "Steuerzeichen"),
        ("Anna\u202eKolb", "Steuerzeichen"),
        ("123", "keinen Buchstaben"),
    ],
)
def test_a_wrong_name_keeps_what_was_typed(
    olga: PageClient, ready: Cast, app: Flask, issued: str, name: str, words: str
) -> None:
    answer = olga.post_form(replace_url(ready, issued), {"name": name, "reason": "Der Name war falsch"})
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert words in text
    assert "Der Name war falsch" in text
    assert len(stored(app)) == 1


@pytest.mark.parametrize("fresh", [{}, {"fresh": "y"}])
def test_without_any_change_it_is_refused(
    olga: PageClient, ready: Cast, app: Flask, issued: str, fresh: dict[str, str]
) -> None:
    data = {"name": "Anna Kolb", "reason": "Nur so, nichts geändert"} | fresh
    answer = olga.post_form(replace_url(ready, issued), data)
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "Auf der neuen stünde dasselbe wie auf der alten." in text
    assert "Nur so, nichts geändert" in text
    assert [row.number for row in stored(app)] == ["2026-0001"]
    assert olga.post_form(replace_url(ready, issued), CORRECT).status_code == 303
    assert stored(app)[-1].number == "2026-0002", "no number was used up"


@pytest.mark.parametrize("reason", ["", "zu kurz", "   kurz    ", "x" * 1001])
def test_a_reason_is_needed(olga: PageClient, ready: Cast, app: Flask, issued: str, reason: str) -> None:
    answer = olga.post_form(replace_url(ready, issued), {"name": "Anna Winter", "reason": reason})
    assert answer.status_code == 422
    assert "Anna Winter" in answer.get_data(as_text=True)
    assert len(stored(app)) == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("adam", 200), ("tarek", 403), ("anna", 403), ("frida", 404), ("theo", 404), (None, 401)],
)
def test_who_may(
    ready: Cast, app: Flask, issued: str, client_for: ClientFor, who: str | None, status: int
) -> None:
    client = client_for(getattr(ready, who) if who else None)
    assert client.get(replace_url(ready, issued)).status_code == status
    answer = client.post_form(replace_url(ready, issued), CORRECT)
    assert answer.status_code == (303 if status == 200 else status)
    assert len(stored(app)) == (2 if status == 200 else 1)


@pytest.mark.parametrize("number", ["2026-9999", "x", "2026-0001'--", "%00", "2026-0001%00", "1" * 400])
def test_unknown_number(olga: PageClient, ready: Cast, issued: str, number: str) -> None:
    for deed in ("ersetzen", "widerrufen"):
        address = url(ready, f"/{number}/{deed}")
        assert olga.get(address).status_code == 404
        assert olga.post_form(address, CORRECT).status_code == 404


def test_a_number_of_another_cohort_is_unknown(olga: PageClient, ready: Cast, issued: str) -> None:
    other = f"/kohorten/{ready.sued}/bescheinigungen/{issued}/ersetzen"
    assert olga.get(other).status_code == 404
    assert olga.post_form(other, CORRECT).status_code == 404


def test_the_person_is_listed_by_the_corrected_name(
    olga: PageClient, ready: Cast, app: Flask, issued: str
) -> None:
    olga.post_form(replace_url(ready, issued), CORRECT)
    with app.app_context():
        assert db.session.get_one(Enrolment, ready.anna.enrolment_id).name == CORRECT["name"]
