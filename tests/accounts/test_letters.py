"""Letters leave after the commit, once; a mail server that is down costs nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from flask import Flask
from sqlalchemy import select

from app import Feldweg, clock
from app.accounts import letters
from app.accounts.models import Letter
from app.extensions import db, transaction
from tests.support.cast import NOW


class Inbox(Message):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[tuple[str, str, str]] = []

    def handle_message(self, message) -> None:  # type: ignore[no-untyped-def]
        body = message.get_payload(decode=True).decode().strip()
        self.received.append((message["To"], str(message["Subject"]), body))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def inbox(app: Flask) -> Iterator[Inbox]:
    """A real mail server that this app is set to use."""
    handler = Inbox()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    use_server(app, server.port)
    yield handler
    server.stop()


def use_server(app: Flask, port: int) -> None:
    here: Feldweg = app.extensions["feldweg"]
    mail = replace(
        here.settings.mail, host="127.0.0.1", port=port, sender="feldweg@example.org", starttls=False
    )
    app.extensions["feldweg"] = Feldweg(replace(here.settings, mail=mail), here.sealer)


def test_a_letter_is_sent_once(app: Flask, inbox: Inbox) -> None:
    with app.app_context():
        with transaction():
            letters.write("anna@example.org", "Ihr Link", "Guten Tag, Anna")
        assert (letters.send_due(), letters.send_due()) == (1, 0)
    assert inbox.received == [("anna@example.org", "Ihr Link", "Guten Tag, Anna")]


def write_and_fail() -> None:
    letters.write("anna@example.org", "Ihr Link", "x")
    raise RuntimeError


def test_a_letter_of_a_transaction_that_failed_is_never_sent(app: Flask, inbox: Inbox) -> None:
    with app.app_context():
        with pytest.raises(RuntimeError), transaction():
            write_and_fail()
        assert letters.send_due() == 0
    assert inbox.received == []


def test_a_dead_mail_server_is_tried_again_later(app: Flask) -> None:
    use_server(app, 9)  # nobody listens there
    with app.app_context():
        with transaction():
            letters.write("anna@example.org", "Ihr Link", "x")
        assert letters.send_due() == 0
        letter = db.session.scalars(select(Letter)).one()
        assert (letter.tries, letter.sent_at, letter.error) == (1, None, "ConnectionRefusedError")
        assert letter.next_try_at == NOW + timedelta(minutes=1)
        db.session.rollback()
        with clock.standing_at(NOW + timedelta(seconds=59)):
            assert letters.send_due() == 0
        with clock.standing_at(NOW + timedelta(minutes=1)):
            assert letters.send_due() == 0
        db.session.rollback()
        assert db.session.scalars(select(Letter.tries)).all() == [2]


def test_the_body_is_sealed_in_the_database(app: Flask) -> None:
    with app.app_context():
        with transaction():
            letters.write("anna@example.org", "Ihr Link", "geheimer Link")
        assert b"geheimer" not in db.session.scalars(select(Letter.sealed_body)).one()
