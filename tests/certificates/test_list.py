"""The desk's list: who is ready, what the others lack, what was issued."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.cohorts import service as cohorts
from app.cohorts.models import Attendance
from app.editions.models import Edition
from app.extensions import db, transaction
from app.progress import service as progress
from tests.certificates.making import complete, here_of, issue, one, squeezed, url
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


def test_what_stops_several_is_said_once(app: Flask, olga: PageClient, ready: Cast) -> None:
    with app.app_context(), transaction():
        enrol(ready.nord, "Cem Kaya")
    part = olga.soup(url(ready)).find(id="fehlt").find_parent("section")
    text = squeezed(part.get_text(" ", strip=True))
    assert text.count("Die Anwesenheit ist noch nicht erfasst: „Fallwerkstatt“") == 1
    rows = [squeezed(row.td.get_text(" ", strip=True)) for row in part.select("tbody tr")]
    assert rows[0] == "Anwesenheit: 4 UE, nötig 5 · 1 Abschnitt nicht erfasst"
    assert rows[1].startswith(
        "Anwesenheit: 0 UE, nötig 5 · Lernstopps: 0 von 2 · 3 Abschnitte nicht erfasst Die Anwesenheit"
    )


def test_whoever_stands_on_a_recognition_is_marked(app: Flask, olga: PageClient, ready: Cast) -> None:
    complete(app, ready, ready.bela, slots=())
    with app.app_context(), transaction():
        here, by = here_of(ready, ready.olga), db.session.get_one(User, ready.olga.user_id)
        bela = cohorts.find_enrolment(ready.nord, ready.bela.enrolment_id)
        slot = cohorts.find_slot(ready.nord, ready.slots[4])
        assert bela
        assert slot
        cohorts.mark(slot, bela, Attendance.ABSENT, 0, by)
        assert progress.override(here, bela.id, "attendance", "Nachgeholt im Gespräch", by)
    rows = [
        squeezed(row.th.get_text(" ")) for row in olga.soup(url(ready)).select("form[data-issue] tbody tr")
    ]
    assert rows == ["Anna Kolb", "Bela Öztürk mit Anerkennung: Anwesenheit"]


def test_the_register_has_times_and_a_page_to_verify_every_row(olga: PageClient, ready: Cast) -> None:
    first = issue(olga, ready, ready.anna)
    olga.post_form(
        url(ready, f"/{first.number}/ersetzen"), {"name": "Anna Winter", "reason": "Nach der Heirat"}
    )
    olga.post_form(url(ready, "/2026-0002/widerrufen"), {"reason": "Ein Versehen war es", "sure": "y"})
    rows = olga.soup(url(ready)).find(id="register").find_parent("section").select("tbody tr")
    old, new = (squeezed(row.get_text(" ", strip=True)) for row in rows)
    assert "durch 2026-0002 für Anna Winter , 3. Juli 2026, 20:00 Uhr, von Olga Sommer" in old.replace(
        "Winter,", "Winter ,"
    )
    assert "3. Juli 2026, 20:00 Uhr, von Olga Sommer: Ein Versehen war es" in new
    assert rows[0].find("a", string="Prüfseite")["href"] == f"/pruefen/{first.facts.code}"
    assert all(row.find("a", string="Prüfseite") for row in rows)


@pytest.mark.parametrize(("base", "warned"), [("", True), ("https://lernen.example.org", False)])
def test_an_address_that_only_this_computer_knows_is_said(
    app: Flask, olga: PageClient, ready: Cast, base: str, warned: bool
) -> None:
    house = app.extensions["feldweg"]
    app.extensions["feldweg"] = replace(house, settings=replace(house.settings, base_url=base))
    for page in (url(ready), one(ready, ready.anna, "vorschau")):
        assert ("Bitte setzen Sie FELDWEG_BASE_URL" in olga.soup(page).get_text()) is warned


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
