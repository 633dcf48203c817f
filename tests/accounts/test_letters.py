"""Letters leave after the commit, once; a mail server that is down costs nothing, a refusal is named."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts import letters, outbox, refusals
from app.accounts.models import Letter
from app.extensions import db, transaction
from tests.support.cast import NOW
from tests.support.mail import Inbox, Server, free_port, use_server

ANNA = "anna@example.org"


@pytest.fixture
def inbox(app: Flask) -> Iterator[Inbox]:
    server = Server(app)
    yield server.inbox
    server.stop()


@pytest.fixture(autouse=True)
def _inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.remove()


def write(recipient: str = ANNA, body: str = "Guten Tag, Anna") -> int:
    with transaction():
        letters.write(recipient, "Ihr Link", body)
    return letter().id


def letter() -> Letter:
    """The newest, as the database has it now."""
    db.session.rollback()
    return db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(1)).one()


def test_a_letter_is_sent_once(inbox: Inbox) -> None:
    write()
    assert (letters.send_due(), letters.send_due()) == (1, 0)
    assert inbox.received == [(ANNA, "Ihr Link", "Guten Tag, Anna")]
    assert (letter().sent_at, letter().next_try_at, letter().error) == (NOW, None, None)


def test_it_carries_the_message_id_that_is_kept(inbox: Inbox) -> None:
    write()
    letters.send_due()
    sent = inbox.letters[0]
    assert sent["Message-ID"] == letter().message_id
    assert str(sent["Message-ID"]).endswith("@example.org>")
    assert (sent["Date"], sent["Auto-Submitted"]) == ("Fri, 03 Jul 2026 09:00:00 +0000", "auto-generated")


def write_and_fail() -> None:
    letters.write(ANNA, "Ihr Link", "x")
    raise RuntimeError


def test_a_letter_of_a_transaction_that_failed_is_never_sent(inbox: Inbox) -> None:
    with pytest.raises(RuntimeError), transaction():
        write_and_fail()
    assert letters.send_due() == 0
    assert inbox.received == []


def test_a_dead_mail_server_is_tried_again_later(app: Flask) -> None:
    use_server(app, free_port())  # nobody listens there
    write()
    assert letters.send_due() == 0
    found = letter()
    assert (found.tries, found.sent_at, found.next_try_at) == (1, None, NOW + timedelta(minutes=1))
    assert refusals.sentence(found.error or "") == "Der Mailserver war nicht zu erreichen."
    with clock.standing_at(NOW + timedelta(seconds=59)):
        assert letters.send_due() == 0
        assert letter().tries == 1
    with clock.standing_at(NOW + timedelta(minutes=1)):
        assert letters.send_due() == 0
    assert letter().tries == 2


def test_after_seven_tries_it_stays_until_somebody_deals_with_it(app: Flask) -> None:
    use_server(app, free_port())
    write()
    moments = []
    while due := letter().next_try_at:
        moments.append(due)
        with clock.standing_at(due):
            letters.send_due()
    assert len(moments) == 7
    assert moments[-1] - NOW == timedelta(minutes=1 + 5 + 15 + 60 + 240 + 720)
    with clock.standing_at(NOW + timedelta(days=60)), transaction():
        letters.forget()
    assert (letter().tries, letter().sent_at) == (7, None)


PERMANENT = {
    "550 5.1.1 <anna@example.org>: Recipient address rejected": "Der Mailserver kennt die Adresse nicht (550).",
    "550 5.7.1 Relaying denied": "Der Mailserver nimmt Mail an diese Adresse nicht an (550).",
    "552 5.2.2 Mailbox full": "Das Postfach ist voll (552).",
}


@pytest.mark.parametrize("answer", PERMANENT)
def test_a_permanent_refusal_is_not_tried_again(inbox: Inbox, answer: str) -> None:
    inbox.refusals[ANNA] = answer
    write()
    assert letters.send_due() == 0
    found = letter()
    assert (found.tries, found.sent_at, found.next_try_at) == (1, None, None)
    assert refusals.sentence(found.error or "") == PERMANENT[answer]
    inbox.refusals.clear()
    with clock.standing_at(NOW + timedelta(days=1)):
        assert letters.send_due() == 0
    assert (inbox.asked, inbox.received) == ([ANNA], [])


def test_a_letter_that_is_refused_for_what_it_says_is_not_tried_again(inbox: Inbox) -> None:
    inbox.closing = "554 5.7.1 Spam message rejected"
    write()
    letters.send_due()
    assert letter().next_try_at is None
    assert refusals.sentence(letter().error or "") == "Der Mailserver nimmt diese Mail nicht an (554)."


def test_a_server_that_knows_only_plain_addresses_is_named(app: Flask) -> None:
    server = Server(app, enable_SMTPUTF8=False)
    write("jürgen@example.org")
    assert (letters.send_due(), letter().next_try_at) == (0, None)
    server.stop()
    sentence = "Der Mailserver kann keine Adressen mit Umlauten oder Sonderzeichen (553)."
    assert refusals.sentence(letter().error or "") == sentence


def test_a_temporary_refusal_says_when_the_next_try_is(inbox: Inbox) -> None:
    inbox.refusals[ANNA] = "450 4.2.0 Greylisted, try again later"
    write()
    assert letters.send_due() == 0
    assert letter().next_try_at == NOW + timedelta(minutes=1)
    said = refusals.sentence(letter().error or "", waits=True)
    assert said == "Der Mailserver vertröstet (450), wir versuchen es weiter."
    known = letter().message_id
    inbox.refusals.clear()
    with clock.standing_at(NOW + timedelta(minutes=1)):
        assert letters.send_due() == 1
    assert inbox.letters[0]["Message-ID"] == known
    assert (letter().error, letter().next_try_at) == (None, None)


def test_a_refused_letter_holds_up_no_other(inbox: Inbox) -> None:
    inbox.refusals[ANNA] = "550 5.1.1 User unknown"
    write()
    write("kein\nEmpfänger")
    write("bela@example.org")
    assert letters.send_due() == 1
    assert [to for to, _, _ in inbox.received] == ["bela@example.org"]
    errors = db.session.scalars(select(Letter.error).order_by(Letter.id)).all()
    assert refusals.sentence(errors[1] or "").startswith("Die Mail ließ sich nicht zusammensetzen.")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"user": "feldweg", "password": "falsch"}, "Die Anmeldung am Mailserver klappt nicht. "),
        ({"host": "mail..example.org"}, "Der Mailserver war nicht zu erreichen."),
        ({"starttls": True}, "Die Verbindung zum Mailserver lässt sich nicht verschlüsseln. "),
    ],
    ids=["login", "host", "starttls"],
)
def test_a_wrong_setting_is_named_and_tried_again(
    app: Flask, inbox: Inbox, settings: dict[str, Any], sentence: str
) -> None:
    """It is mended for all letters at once; then they leave by themselves."""
    use_server(app, app.extensions["feldweg"].settings.mail.port, **settings)
    write()
    assert letters.send_due() == 0
    assert refusals.sentence(letter().error or "").startswith(sentence)
    assert letter().next_try_at == NOW + timedelta(minutes=1)


def test_two_processes_send_a_letter_once(app: Flask, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both know that it is due before either begins."""
    write()
    both_know, due = threading.Barrier(2, timeout=30), letters._due

    def together() -> Any:
        found = due()
        both_know.wait()
        return found

    monkeypatch.setattr(letters, "_due", together)
    sent: list[int] = []
    send(app, sent, times=2)
    assert sorted(sent) == [0, 1]
    assert len(inbox.received) == 1


def send(app: Flask, sent: list[int], *, times: int) -> None:
    """In as many threads at once."""

    def one() -> None:
        with app.app_context():
            sent.append(letters.send_due())
            db.session.remove()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Killed(BaseException):
    """As if the process were gone."""


def test_a_letter_outlives_a_killed_process(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    with monkeypatch.context() as during:
        during.setattr(letters, "_deliver", raising(Killed))
        with pytest.raises(Killed):
            letters.send_due()
    db.session.remove()
    assert letters.send_due() == 0  # somebody may still be at it
    with clock.standing_at(NOW + timedelta(minutes=11)):
        assert letters.send_due() == 1
    assert len(inbox.received) == 1


def raising(error: type[BaseException]) -> Callable[..., Any]:
    def fail(*_arguments: object) -> None:
        raise error

    return fail


def test_a_server_that_hangs_up_after_taking_it_has_it(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters.smtplib.SMTP, "quit", raising(ConnectionResetError))
    write()
    assert (letters.send_due(), letter().error) == (1, None)


def test_the_body_is_sealed_in_the_database() -> None:
    write(body="geheimer Link")
    assert b"geheimer" not in letter().sealed_body


def test_what_arrived_or_was_dealt_with_is_forgotten_after_two_weeks(inbox: Inbox) -> None:
    arrived = write()
    settled = write()
    bounced = write()
    letters.send_due()
    with transaction():
        outbox.settle(db.session.get_one(Letter, settled))
        outbox.came_back(db.session.get_one(Letter, bounced))
    with clock.standing_at(NOW + timedelta(days=14)):
        letters.empty_outbox()
        assert kept() == [arrived, settled, bounced]
    with clock.standing_at(NOW + timedelta(days=14, minutes=1)):
        letters.empty_outbox()
        assert kept() == [bounced]


def kept() -> list[int]:
    return list(db.session.scalars(select(Letter.id).order_by(Letter.id)))


def test_without_a_mail_server_letters_wait() -> None:
    write()
    letters.empty_outbox()
    assert (letter().tries, letter().next_try_at) == (0, NOW)
