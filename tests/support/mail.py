"""A real mail server for tests, that refuses what it is told to, and the setting that uses it."""

from __future__ import annotations

import socket
from dataclasses import replace
from email.message import Message as Mail
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from flask import Flask

from app import Feldweg


class Inbox(Message):
    """Keeps what arrives. `refusals`: answer by recipient; `closing`: answer to every letter's text."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Mail] = []
        self.refusals: dict[str, str] = {}
        self.asked: list[str] = []
        self.closing = ""

    @property
    def received(self) -> list[tuple[str, str, str]]:
        """To, subject and text of each letter."""
        return [(str(found["To"]), str(found["Subject"]), _text(found)) for found in self.letters]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        self.asked.append(address)
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        return self.closing or str(await super().handle_DATA(server, session, envelope))

    def handle_message(self, message: Mail) -> None:
        self.letters.append(message)


def _text(message: Mail) -> str:
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode().strip()


class Server:
    """The inbox behind a port of 127.0.0.1, and this app set to use it."""

    def __init__(self, app: Flask, **options: Any) -> None:
        self.inbox = Inbox()
        self._controller = Controller(self.inbox, hostname="127.0.0.1", port=free_port(), **options)
        self._controller.start()
        use_server(app, self._controller.port)

    def stop(self) -> None:
        self._controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def use_server(app: Flask, port: int, **settings: Any) -> None:
    """Letters of this app leave by that port."""
    here: Feldweg = app.extensions["feldweg"]
    known = {"host": "127.0.0.1", "port": port, "sender": "feldweg@example.org", "starttls": False}
    mail = replace(here.settings.mail, **{**known, **settings})
    app.extensions["feldweg"] = Feldweg(replace(here.settings, mail=mail), here.sealer)
