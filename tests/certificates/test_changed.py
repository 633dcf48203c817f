"""Attendance that changed after issuing: the list says which valid certificates are no longer true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app import clock
from app.accounts.models import User
from app.certificates import composing
from app.cohorts import service as cohorts
from app.cohorts.models import Attendance, Enrolment
from app.extensions import db, transaction
from tests.certificates.making import complete, facts, issue, squeezed, stored, url
from tests.support.cast import Cast, Person, enrol
from tests.support.client import PageClient


@pytest.mark.parametrize(
    ("attended", "planned", "words"),
    [
        (345, 360, ""),
        (339, 360, ""),  # still 7,5 UE
        (180, 360, "Anwesenheit geändert: bescheinigt 7,5, jetzt 4 UE"),
        (360, 360, "Anwesenheit geändert: bescheinigt 7,5, jetzt 8 UE"),
        (345, 405, "Anwesenheit geändert: bescheinigt 7,5 von 8, jetzt 7,5 von 9 UE"),
    ],
)
def test_the_words_of_a_change(attended: int, planned: int, words: str) -> None:
    assert composing.change(facts(), attended, planned, 45) == words


def mark(app: Flask, cast: Cast, person: Person, at: int, state: Attendance, minutes: int = 0) -> None:
    with app.app_context(), transaction():
        enrolment = cohorts.find_enrolment(cast.nord, person.enrolment_id)
        slot = cohorts.find_slot(cast.nord, cast.slots[at])
        assert enrolment
        assert slot
        cohorts.mark(slot, enrolment, state, minutes, db.session.get_one(User, cast.olga.user_id))


def register(page: BeautifulSoup) -> BeautifulSoup:
    return page.find(id="register").find_parent("section")


def said(part: Any) -> str:
    return squeezed(part.get_text(" ", strip=True))


def test_unchanged_says_nothing(olga: PageClient, ready: Cast) -> None:
    issue(olga, ready, ready.anna)
    page = olga.soup(url(ready))
    assert "geändert" not in said(page.main)
    assert "nicht mehr richtig" not in said(page.main)


def test_still_enough_is_replaced_from_the_register(olga: PageClient, ready: Cast, app: Flask) -> None:
    number = issue(olga, ready, ready.anna).number
    mark(app, ready, ready.anna, 4, Attendance.PARTIAL, 50)
    page = olga.soup(url(ready))
    assert "Anwesenheit geändert: bescheinigt 6, jetzt 5 UE. Bitte ersetzen oder widerrufen." in said(
        register(page)
    )
    assert "1 gültig, aber nicht mehr richtig" in said(page.select_one(".figures"))
    link = register(page).find("a", string="Ersetzen")["href"]
    assert link == url(ready, f"/{number}/ersetzen?neu=ja")
    assert olga.soup(link).find("input", id="fresh").has_attr("checked")
    data = {"name": "Anna Kolb", "reason": "Anwesenheit berichtigt", "fresh": "y"}
    assert olga.post_form(url(ready, f"/{number}/ersetzen"), data).status_code == 303
    assert stored(app)[-1].facts.units_attended == "5"
    assert "geändert" not in said(register(olga.soup(url(ready))))


def test_no_longer_enough(olga: PageClient, ready: Cast, app: Flask) -> None:
    number = issue(olga, ready, ready.anna).number
    mark(app, ready, ready.anna, 4, Attendance.ABSENT)
    part = register(olga.soup(url(ready)))
    assert "Anwesenheit geändert: bescheinigt 6, jetzt 4 UE." in said(part)
    assert "Bitte widerrufen: Für eine neue fehlt etwas." in said(part)
    assert "Anwesenheit: 4 von 5 nötigen UE (6 geplant)." in said(part)
    assert part.find("a", string="Ersetzen")["href"] == url(ready, f"/{number}/ersetzen")


def test_also_of_people_who_left(olga: PageClient, ready: Cast, app: Flask) -> None:
    issue(olga, ready, ready.anna)
    mark(app, ready, ready.anna, 4, Attendance.PARTIAL, 50)
    with app.app_context(), transaction():
        db.session.get_one(Enrolment, ready.anna.enrolment_id).left_at = clock.now()
    part = register(olga.soup(url(ready)))
    assert "bescheinigt 6, jetzt 5 UE" in said(part)
    assert "nimmt nicht mehr teil" in said(part)


def test_replaced_and_revoked_ones_are_left_alone(olga: PageClient, ready: Cast, app: Flask) -> None:
    number = issue(olga, ready, ready.anna).number
    olga.post_form(url(ready, f"/{number}/widerrufen"), {"reason": "Ein Versehen war es", "sure": "y"})
    mark(app, ready, ready.anna, 4, Attendance.ABSENT)
    assert "geändert" not in said(register(olga.soup(url(ready))))


def test_statements_do_not_grow_with_changes(
    olga: PageClient, ready: Cast, app: Flask, statements: Callable[[], Any]
) -> None:
    with app.app_context(), transaction():
        more = [enrol(ready.nord, f"Person {number}") for number in range(4)]
    for person in more:
        complete(app, ready, person)
    issue(olga, ready, more[0])
    olga.get(url(ready))
    with statements() as few:
        olga.get(url(ready))
    for person in more[1:]:
        issue(olga, ready, person)
        mark(app, ready, person, 4, Attendance.ABSENT)
    with statements() as many:
        olga.get(url(ready))
    assert len(many) == len(few) <= 9
