"""Somebody saves while texts are being erased: nothing new is lost, and nothing erased comes back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType

import pytest
from flask import Flask

from app.extensions import db, transaction
from app.quizzes import forgetting, purge, service
from app.quizzes.values import Body
from tests.quizzes.boards_sample import moved
from tests.support.cast import Cast

DUE = datetime(2026, 9, 1, 0, 5, tzinfo=UTC)
Meanwhile = Callable[[ModuleType, Callable[[], None]], threading.Thread]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """`meanwhile(room, act)`: acts in another thread as soon as `room` seals its first text, and waits a moment."""

    def prepare(room: ModuleType, act: Callable[[], None]) -> threading.Thread:
        real, thread = room.seal, threading.Thread(target=act)

        def seal(*args: object) -> bytes:
            if thread.ident is None:
                thread.start()
                thread.join(1.5)
            sealed: bytes = real(*args)
            return sealed

        monkeypatch.setattr(room, "seal", seal)
        return thread

    return prepare


@pytest.fixture
def record(app: Flask, cast: Cast) -> Callable[..., None]:
    """`record(block_id, body, base)`: Anna saves it."""

    def act(block_id: str, body: Body, base: int = 0) -> None:
        with app.app_context():
            with transaction():
                service.record(
                    cast.anna.enrolment_id,
                    block_id,
                    body,
                    client_id=f"geraet-{base:04}",
                    base_version=base,
                    done=True,
                )
            db.session.remove()

    return act


def card(name: str, title: str, day: str = "") -> Body:
    entries = [{"q": "Ort oder Angebot", "a": title}]
    return {"id": name, "entries": entries, "extras": {"loeschen": day}, "consent": True}


def said(text: str) -> Body:
    return {"entries": [{"q": "Was?", "a": text}]}


def test_a_card_saved_while_another_is_erased_stays(app, cast, record, meanwhile) -> None:
    with app.app_context():
        moved(cast)
    new: Body = {"cards": [card("a1", "Bibliothek"), card("a3", "Park")], "last": 3}
    record("k1", {"cards": [card("a1", "Bibliothek"), card("a2", "Frau Y.", "2026-09-01")], "last": 2})
    saving = meanwhile(purge, lambda: record("k1", new, 1))
    with app.app_context():
        with transaction():
            purge.erase_due(DUE)
        db.session.remove()
        saving.join()
        assert service.answers_of(cast.anna.enrolment_id)["k1"].body == new


def test_forgetting_erases_the_history_of_a_text_saved_meanwhile(app, cast, record, meanwhile) -> None:
    record("w1-3", said("eins"))
    saving = meanwhile(forgetting, lambda: record("w1-3", said("zwei"), 1))
    with app.app_context():
        with transaction():
            forgetting.forget(cast.anna.enrolment_id)
        db.session.remove()
        saving.join()
        head = service.answers_of(cast.anna.enrolment_id)["w1-3"].body
        history = [revision.body for revision in service.history(cast.anna.enrolment_id, "w1-3")]
    assert history == ([head] if head else []), "a text is left that its writer can neither see nor erase"
