"""Staff sign in with e-mail and password; wrong ones get the same answer; guessing is stopped."""

from __future__ import annotations

import pytest
from flask import Flask

from app.access import Role
from app.accounts import service
from app.extensions import transaction
from tests.conftest import ClientFor
from tests.support.databases import count

EMAIL, PASSWORD = "olga@example.org", "ein langer Satz"


@pytest.fixture
def olga(app: Flask) -> int:
    with app.app_context(), transaction():
        return service.create_staff("Olga Sommer", EMAIL, PASSWORD, frozenset({Role.ORGANISER})).id


def sign_in(client_for: ClientFor, email: str, password: str):  # type: ignore[no-untyped-def]
    client = client_for(None)
    return client, client.post_form("/anmelden", {"email": email, "password": password})


def test_the_right_password_signs_in(olga: int, client_for: ClientFor) -> None:
    client, response = sign_in(client_for, "  Olga@Example.org ", PASSWORD)
    assert (response.status_code, response.location) == (302, "/")
    assert "Olga Sommer" in client.get("/impressum").get_data(as_text=True)


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "falsch geraten"), ("niemand@example.org", PASSWORD)]
)
def test_wrong_ones_get_the_same_answer(olga: int, client_for: ClientFor, email: str, password: str) -> None:
    _, response = sign_in(client_for, email, password)
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "E-Mail-Adresse oder Passwort stimmt nicht" in page
    assert f'value="{email}"' in page
    assert password not in page


def test_guessing_is_stopped_after_eight_tries(app: Flask, olga: int, client_for: ClientFor) -> None:
    for _ in range(8):
        sign_in(client_for, EMAIL, "falsch geraten")
    _, response = sign_in(client_for, EMAIL, PASSWORD)
    assert response.status_code == 429
    with app.app_context():
        assert count("attempt") == 8


def test_signing_out_ends_the_session_and_clears_the_device(olga: int, client_for: ClientFor) -> None:
    client, _ = sign_in(client_for, EMAIL, PASSWORD)
    response = client.post_form("/abmelden")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Olga Sommer" not in client.get("/impressum").get_data(as_text=True)


def test_a_new_password_replaces_the_old(olga: int, client_for: ClientFor) -> None:
    client, _ = sign_in(client_for, EMAIL, PASSWORD)
    answer = client.post_form(
        "/passwort",
        {"password": PASSWORD, "new_password": "noch ein Satz", "new_password_confirm": "noch ein Satz"},
    )
    assert answer.status_code == 302
    assert sign_in(client_for, EMAIL, PASSWORD)[1].status_code == 200
    assert sign_in(client_for, EMAIL, "noch ein Satz")[1].status_code == 302


def test_an_address_is_taken_once(app: Flask, olga: int) -> None:
    with app.app_context(), transaction(), pytest.raises(service.EmailTaken):
        service.create_staff("Zweite Olga", EMAIL.upper(), PASSWORD, frozenset({Role.TRAINER}))
