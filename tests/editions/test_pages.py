"""/fassungen and /fassungen/<id>."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.course.source import from_mapping
from app.editions import service
from app.extensions import db, transaction
from tests.support.cast import Cast
from tests.support.course import small_course

WHO = {"nobody": 401, "anna": 404, "frida": 404, "tarek": 200, "theo": 200, "olga": 200, "adam": 200}


def second(app: Flask) -> int:
    files = small_course()
    files["ankommen/schauen.md"] = files["ankommen/schauen.md"] + b"\nNoch ein Satz.\n"
    tree = from_mapping(files)[0]
    course = service.prepare(tree).course
    assert course
    with app.app_context():
        with transaction():
            edition_id = service.publish(tree, course, "Tarek Aydın", "Ein Satz mehr").edition.id
        db.session.remove()
    return edition_id


def test_the_list(app: Flask, cast: Cast, client_for: Any) -> None:
    second(app)
    rows = [
        " ".join(row.get_text(" ").split())
        for row in client_for(cast.tarek).soup("/fassungen").select("tbody tr")
    ]
    assert rows == [
        "Kleiner Kurs Ein Satz mehr Fassung 2 vom 3. Juli 2026, 11:00 Uhr Tarek Aydın 0",
        "Kleiner Kurs Fassung 1 vom 3. Juli 2026, 11:00 Uhr Test 2",
    ]


def test_an_edition_says_what_is_in_it_and_what_is_new(app: Flask, cast: Cast, client_for: Any) -> None:
    page = client_for(cast.olga).soup(f"/fassungen/{second(app)}")
    text = " ".join(page.get_text(" ").split())
    for words in ("Seiten: geändert Schauen (Ankommen)", "1. Ankommen", "Willkommen 12 Minuten", "09:00–10:30 Ankommen",
                  "noch in keiner Kohorte", "Ein Satz mehr", "Der Weg zur Kita"):  # fmt: skip
        assert words in text


def test_the_first_edition(cast: Cast, client_for: Any) -> None:
    text = client_for(cast.olga).soup(f"/fassungen/{cast.edition}").get_text()
    assert "Das ist die erste Fassung dieses Kurses" in text
    assert "in 2 Kohorten" in text


def test_only_organisers_are_offered_to_create_a_cohort(cast: Cast, client_for: Any) -> None:
    address = f"/kohorten/neu?fassung={cast.edition}"
    for who, offered in ((cast.olga, 1), (cast.tarek, 0)):
        page = client_for(who).soup(f"/fassungen/{cast.edition}")
        assert len(page.select(f'a[href="{address}"]')) == offered


def test_an_empty_installation(app: Flask, cast: Cast, client_for: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(service, "editions", list)
    assert "feldweg.py publish" in client_for(cast.olga).soup("/fassungen").get_text()


@pytest.mark.parametrize("name", list(WHO))
def test_who_may(cast: Cast, client_for: Any, name: str) -> None:
    client = client_for(None if name == "nobody" else getattr(cast, name))
    for url in ("/fassungen", f"/fassungen/{cast.edition}"):
        assert client.get(url).status_code == WHO[name]


@pytest.mark.parametrize("edition_id", [4711, 2**31, 2**70])
def test_an_edition_that_does_not_exist(cast: Cast, client_for: Any, edition_id: int) -> None:
    assert client_for(cast.olga).get(f"/fassungen/{edition_id}").status_code == 404


def test_statements_do_not_grow_with_editions(
    app: Flask, cast: Cast, client_for: Any, statements: Any
) -> None:
    client = client_for(cast.olga)
    with statements() as few:
        client.get("/fassungen")
    second(app)
    with statements() as many:
        client.get("/fassungen")
    assert len(few) == len(many) == 3
