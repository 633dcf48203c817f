"""A participant gets a fresh personal link for themselves; staff have a password instead."""

from __future__ import annotations

import re

from flask import Flask

from app.accounts import service
from app.accounts.models import User
from app.extensions import db, transaction
from tests.conftest import ClientFor
from tests.support.cast import Cast


def test_a_new_link_works_and_the_old_one_does_not(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    with app.app_context(), transaction():
        old = service.new_personal_link(cast.anna.user_id)
    client = client_for(cast.anna)
    page = client.post_form("/mein").get_data(as_text=True)
    new = re.search(r"/mein/([\w-]+)", page)
    assert new is not None
    assert client_for(None).get(f"/mein/{old}").status_code == 410
    assert "Guten Tag, Anna Kolb" in client_for(None).soup(f"/mein/{new[1]}").get_text()
    assert client.get("/mein").status_code == 200  # this device stays signed in


def test_only_looking_changes_nothing(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    with app.app_context(), transaction():
        old = service.new_personal_link(cast.anna.user_id)
    assert client_for(cast.anna).get("/mein").status_code == 200
    assert client_for(None).get(f"/mein/{old}").status_code == 200


def test_people_with_a_password_get_none(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    with app.app_context(), transaction():
        db.session.get_one(User, cast.olga.user_id).password = "x"
    assert client_for(cast.olga).get("/mein").location == "/passwort"
    assert client_for(cast.olga).post_form("/mein").status_code == 403


def test_nobody_is_asked_to_sign_in(client_for: ClientFor) -> None:
    assert client_for(None).get("/mein").status_code == 401
