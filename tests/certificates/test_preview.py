"""The preview shows what would be certified and stores nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.certificates.making import issue, one, stored, text_of
from tests.support.cast import Cast, Person
from tests.support.client import PageClient

ClientFor = Callable[[Person | None], PageClient]


def test_shows_every_fact_and_stores_nothing(olga: PageClient, ready: Cast, app: Flask) -> None:
    page = olga.soup(one(ready, ready.anna, "vorschau"))
    text = page.get_text()
    for word in (
        "Anna Kolb",
        "Kleiner Kurs",
        "Kohorte Nord",
        "3. Juli 2026",
        "Bildungshaus Am See",
        "6 von 6",
    ):
        assert word in text
    assert page.find("form", action=one(ready, ready.anna))
    assert stored(app) == []


def test_pdf_and_picture_say_that_they_are_a_preview(olga: PageClient, ready: Cast) -> None:
    answer = olga.get(one(ready, ready.anna, "vorschau.pdf"))
    assert answer.mimetype == "application/pdf"
    assert "VORSCHAU" in text_of(answer.data)
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "no-store" in answer.headers["Cache-Control"]
    picture = olga.get(one(ready, ready.anna, "vorschau.png"))
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")


def test_whoever_lacks_something_gets_the_reasons_and_no_button(olga: PageClient, ready: Cast) -> None:
    page = olga.soup(one(ready, ready.bela, "vorschau"))
    assert "„Fallwerkstatt“" in page.select_one(".todo").get_text()
    assert page.find("form", action=one(ready, ready.bela)) is None


def test_whoever_has_one_is_shown_the_way_to_replace_it(olga: PageClient, ready: Cast) -> None:
    number = issue(olga, ready, ready.anna).number
    page = olga.soup(one(ready, ready.anna, "vorschau"))
    assert number in page.select_one(".note").get_text()
    assert page.find("form", action=one(ready, ready.anna)) is None


@pytest.mark.parametrize("kind", ["vorschau", "vorschau.pdf", "vorschau.png"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("adam", 200), ("tarek", 403), ("anna", 403), ("frida", 404), ("theo", 404), (None, 401)],
)
def test_who_may(ready: Cast, client_for: ClientFor, who: str | None, status: int, kind: str) -> None:
    client = client_for(getattr(ready, who) if who else None)
    assert client.get(one(ready, ready.anna, kind)).status_code == status


@pytest.mark.parametrize("enrolment_id", [0, 999, 2**31, 2**70])
def test_unknown_person(olga: PageClient, ready: Cast, enrolment_id: int) -> None:
    person = Person("Niemand", 0, enrolment_id)
    for kind in ("vorschau", "vorschau.pdf", "vorschau.png"):
        assert olga.get(one(ready, person, kind)).status_code == 404


def test_someone_of_another_cohort_is_unknown(olga: PageClient, ready: Cast) -> None:
    assert olga.get(one(ready, ready.frida, "vorschau")).status_code == 404
