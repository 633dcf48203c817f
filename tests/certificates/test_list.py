"""The desk's list: who is ready, what the others lack, what was issued."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.editions.models import Edition
from app.extensions import db, transaction
from tests.certificates.making import complete, issue, url
from tests.support.cast import Cast, Person, cohort, enrol
from tests.support.client import PageClient

ClientFor = Callable[[Person | None], PageClient]


def test_who_is_ready_and_what_others_lack(olga: PageClient, ready: Cast) -> None:
    page = olga.soup(url(ready))
    assert "Anna Kolb" in page.select_one("form[data-issue]").get_text()
    assert "6 von 6" in page.select_one("form[data-issue]").get_text()
    lacking = page.find(id="fehlt").find_parent("section").get_text()
    assert "Bela Öztürk" in lacking
    assert "noch nicht erfasst" in lacking
    assert "„Fallwerkstatt“" in lacking
    assert "Anna" not in lacking


def test_what_was_issued(olga: PageClient, ready: Cast) -> None:
    number = issue(olga, ready, ready.anna).number
    page = olga.soup(url(ready))
    register = page.find(id="register").find_parent("section").get_text()
    assert number in register
    assert "gültig" in register
    assert "Olga Sommer" in register
    assert page.select_one("form[data-issue]") is None


def test_a_cohort_without_people_says_what_to_do(app: Flask, olga: PageClient) -> None:
    with app.app_context(), transaction():
        empty, _ = cohort("Kohorte West", "WST23456", db.session.scalars(select(Edition)).one())
        cohort_id = empty.id
    page = olga.soup(f"/kohorten/{cohort_id}/bescheinigungen")
    assert "noch niemand angemeldet" in page.select_one(".empty").get_text()


@pytest.mark.parametrize(
    ("who", "status"),
    [("olga", 200), ("adam", 200), ("tarek", 403), ("anna", 403), ("frida", 404), ("theo", 404), (None, 401)],
)
def test_who_may(ready: Cast, client_for: ClientFor, who: str | None, status: int) -> None:
    client = client_for(getattr(ready, who) if who else None)
    assert client.get(url(ready)).status_code == status


@pytest.mark.parametrize("cohort_id", [0, 999, 2**31, 2**70])
def test_unknown_cohort(olga: PageClient, cohort_id: int) -> None:
    assert olga.get(f"/kohorten/{cohort_id}/bescheinigungen").status_code == 404


def test_the_number_of_statements_does_not_grow(
    app: Flask, ready: Cast, client_for: ClientFor, statements: Callable[[], Any]
) -> None:
    client = client_for(ready.olga)
    client.get(url(ready))
    with statements() as few:
        client.get(url(ready))
    with app.app_context(), transaction():
        more = [enrol(ready.nord, f"Person {number}") for number in range(30)]
    for person in more[:5]:
        complete(app, ready, person)
    for person in more[:3]:
        issue(client, ready, person)
    with statements() as many:
        client.get(url(ready))
    assert len(many) == len(few) <= 12
