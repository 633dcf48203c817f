"""A delivery status notification marks the letter that it is about, and no other."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import bounces, letters, outbox, refusals
from app.accounts.models import Letter
from app.extensions import db, transaction
from tests.conftest import Inside
from tests.support.cast import NOW
from tests.support.mail import use_server
from tests.support.returned import ANSWER, exchange, postfix

ID = "<0123456789abcdef0123456789abcdef@example.org>"


@pytest.mark.parametrize(
    "message",
    [postfix(ID), postfix(ID, whole=False), exchange(ID), postfix(ID).replace(b"\n", b"\r\n")],
    ids=["postfix", "postfix, headers only", "exchange", "postfix, Windows lines"],
)
def test_it_says_which_letter_and_why(message: bytes) -> None:
    found = bounces.read(message)
    assert found.message_ids == (ID,)
    assert (found.recipient, found.action, found.final) == ("anna@example.org", "failed", True)
    assert found.status in ("5.1.1", "5.1.10")
    assert "550 5.1.1" in found.said
    assert bounces.status_of(found.line) == found.status


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("5.1.1", "Diese Adresse gibt es nicht (5.1.1)."),
        ("5.1.10", "Diese Adresse nimmt keine Mail an (5.1.10)."),
        ("5.2.2", "Das Postfach ist voll (5.2.2)."),
        ("4.4.7", "Der andere Mailserver war tagelang nicht zu erreichen (4.4.7)."),
        ("5.7.26", "Der andere Mailserver hat die Mail abgelehnt (5.7.26)."),
        ("5.0.0", "Die Mail kam zurück (5.0.0)."),
        ("", "Die Mail kam zurück (von Hand eingetragen)."),
    ],
)
def test_the_reason_is_german(status: str, sentence: str) -> None:
    assert refusals.bounce_sentence(status) == sentence


def test_of_several_recipients_the_one_that_failed_counts() -> None:
    block = (
        b"Final-Recipient: rfc822; anna@example.org\nAction: relayed\nStatus: 2.0.0\n\n"
        b"Final-Recipient: rfc822; bela@example.org\nAction: Failed (unknown)\nStatus: 5.1.1 (bad)\n\n"
    )
    message = postfix(ID).replace(b"\nFinal-Recipient", b"\n" + block + b"Final-Recipient")
    found = bounces.read(
        message.replace(b"rfc822; anna@example.org\nOriginal", b"rfc822; c@example.org\nOriginal")
    )
    assert (found.recipient, found.final) == ("bela@example.org", True)


@pytest.mark.parametrize(
    "message",
    [b"", b"\x00\xff\xfe", ANSWER, b"Content-Type: message/delivery-status\n\nkein Bericht", postfix(ID)[:400],
     b"Content-Type: multipart/mixed; boundary=x0\n\n" + b"".join(b"--x%d\nContent-Type: multipart/mixed; boundary=x%d\n\n" % (n, n + 1) for n in range(3000))],
    ids=["empty", "noise", "an answer", "no report", "cut off", "nested"],
)  # fmt: skip
def test_anything_else_is_no_bounce(message: bytes) -> None:
    with pytest.raises(bounces.NotABounce):
        bounces.read(message)


@pytest.fixture
def sent(app: Flask, writing: Inside) -> Letter:
    """A letter that has left; another one beside it."""
    use_server(app, 25)
    with writing():
        for recipient in ("anna@example.org", "bela@example.org"):
            letters.write(recipient, "Ihr Link", "x")
        for letter in db.session.scalars(select(Letter)):
            letter.message_id, letter.sent_at, letter.next_try_at = letters.new_message_id(), NOW, None
        return db.session.scalars(select(Letter).order_by(Letter.id)).first()  # type: ignore[return-value]


def receive(app: Flask, message: bytes) -> tuple[bool, bool]:
    """Whether a letter was found, and whether it is news."""
    with app.app_context(), transaction():
        found = outbox.receive(message)
        return found.letter is not None, found.news


def marked(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.scalars(select(Letter).where(Letter.bounced_at.is_not(None))).all()
        return [(letter.recipient, letter.bounce or "") for letter in rows]


def message_id(app: Flask) -> str:
    with app.app_context():
        return str(db.session.scalars(select(Letter.message_id).order_by(Letter.id)).first())


def test_the_letter_is_marked_once(app: Flask, sent: Letter) -> None:
    message = postfix(message_id(app))
    assert receive(app, message) == (True, True)
    assert receive(app, message) == (True, False)
    said = "smtp; 550 5.1.1 <anna@example.org>: Recipient address rejected: User unknown"
    assert marked(app) == [("anna@example.org", f"5.1.1 {said}")]


def test_a_delay_marks_nothing(app: Flask, sent: Letter) -> None:
    assert receive(app, postfix(message_id(app), action="delayed", status="4.4.1")) == (True, False)
    assert marked(app) == []


def test_of_a_letter_that_is_not_ours_nothing_is_marked(app: Flask, sent: Letter) -> None:
    assert receive(app, exchange("<fremd@example.com>")) == (False, False)
    assert marked(app) == []


def test_after_sending_again_an_old_notification_marks_nothing(
    app: Flask, sent: Letter, writing: Inside
) -> None:
    old = message_id(app)
    with writing():
        letter = db.session.scalars(select(Letter).order_by(Letter.id)).first()
        assert letter and outbox.is_as_shown(letter, old)
        outbox.send_again(letter, "anna.kolb@example.org")
    assert receive(app, postfix(old)) == (False, False)
    assert marked(app) == []
