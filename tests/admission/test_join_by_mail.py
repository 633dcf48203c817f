"""With a mail server set, personal links also leave by letter."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models import Letter, User
from app.cohorts.models import Enrolment
from app.extensions import db
from app.settings import Mail
from tests.support.cast import Cast
from tests.support.databases import count

URL = "/beitreten/NRD2-3456"
FORM = {"name": "Mara Krüger", "email": "mara@example.org", "form_key": "k"}


@pytest.fixture(autouse=True)
def _mail_server(app: Flask) -> None:
    feldweg = app.extensions["feldweg"]
    mail = Mail(
        host="mail.example.org", port=25, user="", password="", sender="f@example.org", starttls=False
    )
    settings = dataclasses.replace(feldweg.settings, mail=mail)
    app.extensions["feldweg"] = dataclasses.replace(feldweg, settings=settings)


def letters(app: Flask) -> list[tuple[str, str]]:
    sealer = app.extensions["feldweg"].sealer
    return [
        (row.recipient, sealer.open(row.sealed_body, "letter")) for row in db.session.scalars(select(Letter))
    ]


def test_the_link_is_also_sent(app: Flask, cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(None)
    client.post_form(URL, FORM)
    shown = client.soup(f"{URL}/willkommen").select_one("#link").get_text()
    with reading():
        [(recipient, body)] = letters(app)
        assert recipient == "mara@example.org"
        assert shown in body
        assert "Kohorte Nord" in body


def test_without_an_address_nothing_is_sent(cast: Cast, client_for: Any, reading: Any) -> None:
    client_for(None).post_form(URL, FORM | {"email": ""})
    with reading():
        assert count("letter") == 0


def test_the_same_address_again_gets_a_new_link_by_mail_only(
    app: Flask, cast: Cast, client_for: Any, reading: Any
) -> None:
    client_for(None).post_form(URL, FORM)
    answer = client_for(None).post_form(URL, {"name": "Wer", "email": "Mara@example.org", "form_key": "z"})
    assert answer.status_code == 409
    assert "Wir haben Ihnen einen neuen persönlichen Link" in answer.get_data(as_text=True)
    with reading():
        _, (recipient, body) = letters(app)
        assert recipient == "mara@example.org"
        secret = body.split("/mein/")[1].split()[0]
        person = accounts.person_by_link(secret)
        assert person
        assert person.name == "Mara Krüger"
        assert secret not in answer.get_data(as_text=True)


def test_nobody_can_be_flooded_with_letters(cast: Cast, client_for: Any, reading: Any) -> None:
    client_for(None).post_form(URL, FORM)
    for number in range(5):
        client_for(None).post_form(
            URL, {"name": f"Wer {number}", "email": "mara@example.org", "form_key": str(number)}
        )
    with reading():
        assert count("letter") == 4


def test_staff_are_sent_to_their_sign_in(
    app: Flask, cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    client_for(cast.theo).post_form(
        URL, {"name": "Theo Brandt", "email": "theo@example.org", "form_key": "t"}
    )
    client_for(None).post_form(URL, {"name": "Wer", "email": "theo@example.org", "form_key": "z"})
    with reading():
        [(_, body)] = letters(app)
        assert "/anmelden" in body
        assert "/mein/" not in body
        assert count("personal_link") == 0
        assert db.session.scalar(select(Enrolment.email).join(User).where(User.id == cast.theo.user_id))
