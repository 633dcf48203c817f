"""Opening a personal link changes nothing; confirming signs in; an old or wrong one says what to do."""

from __future__ import annotations

import pytest
from flask import Flask

from app.accounts import limits, service
from app.extensions import transaction
from tests.conftest import ClientFor
from tests.support.cast import Cast
from tests.support.databases import count


@pytest.fixture
def secret(app: Flask, cast: Cast) -> str:
    with app.app_context(), transaction():
        return service.new_personal_link(cast.anna.user_id)


def test_opening_it_shows_whose_it_is_and_signs_nobody_in(secret: str, client_for: ClientFor) -> None:
    client = client_for(None)
    for _ in range(3):  # a mail scanner may open it any number of times
        assert "Guten Tag, Anna Kolb" in client.soup(f"/mein/{secret}").get_text()
    with client.session_transaction() as session:
        assert "_user_id" not in session


def test_confirming_signs_in_and_goes_to_the_start(secret: str, client_for: ClientFor) -> None:
    client = client_for(None)
    response = client.post_form(f"/mein/{secret}")
    assert (response.status_code, response.location) == (303, "/")
    with client.session_transaction() as session:
        assert session["_user_id"]


def test_it_works_again_on_another_phone(secret: str, client_for: ClientFor) -> None:
    assert client_for(None).post_form(f"/mein/{secret}").status_code == 303
    assert client_for(None).post_form(f"/mein/{secret}").status_code == 303


def test_a_new_link_ends_the_old_one(app: Flask, cast: Cast, secret: str, client_for: ClientFor) -> None:
    with app.app_context(), transaction():
        newer = service.new_personal_link(cast.anna.user_id)
    assert client_for(None).get(f"/mein/{secret}").status_code == 410
    assert client_for(None).get(f"/mein/{newer}").status_code == 200


def test_an_unknown_link_is_gone_and_counted(app: Flask, client_for: ClientFor) -> None:
    response = client_for(None).get("/mein/nie-vergeben")
    assert response.status_code == 410
    assert "neuen Link geben" in response.get_data(as_text=True)
    with app.app_context():
        assert count("attempt") == 1


def test_guessing_is_stopped(app: Flask, client_for: ClientFor) -> None:
    with app.app_context(), transaction():
        for _ in range(60):
            limits.count("mein:127.0.0.1")
    response = client_for(None).get("/mein/nie-vergeben")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "600"


def test_the_secret_itself_is_not_stored(app: Flask, secret: str) -> None:
    with app.app_context():
        assert count("personal_link") == 1
        assert service.person_by_link(secret) is not None
        assert service.person_by_link(service._hash(secret)) is None
