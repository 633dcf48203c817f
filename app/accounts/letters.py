"""Letters: written in the same transaction as what they tell of, sent afterwards by a thread of their own.

Bodies are sealed, because they may hold a personal link. Whoever sends a letter takes it first (`_take`), so that two
processes do not both send it; should one be killed while it talks to the mail server, the letter is due again after
`_HELD_FOR`, with the same Message-ID.
"""

from __future__ import annotations

import logging
import smtplib
import threading
import uuid
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol

from flask import Flask, current_app
from sqlalchemy import and_, delete, func, or_, select, update

from app import clock
from app.accounts import periodic, refusals
from app.accounts.models import Letter
from app.accounts.refusals import Kind, Refusal
from app.extensions import db, transaction
from app.sealing import CannotOpen
from app.settings import Mail

log = logging.getLogger("feldweg.letters")
_WAITS = (1, 5, 15, 60, 240, 720)  # minutes before the next try; then Feldweg gives up and says so
KEPT_FOR = timedelta(days=14)
_HELD_FOR = timedelta(minutes=10)
_TIMEOUT = 20
_TROUBLE = (OSError, smtplib.SMTPException, ValueError)
_wake = threading.Event()


def can_send() -> bool:
    """Whether a mail server is set."""
    return bool(_mail().host)


class Person(Protocol):
    """Whom a letter is about: a place in a cohort or on a waiting list."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...


def write(recipient: str, subject: str, body: str, person: Person | None = None) -> None:
    """Put a letter into the outbox. Call inside a transaction; it leaves after the commit.

    `person`: whom it is about; the outbox sends it to nobody else.
    """
    sealed = current_app.extensions["feldweg"].sealer.seal(body, "letter")
    now = clock.now()
    letter = Letter(recipient=recipient, subject=subject, sealed_body=sealed, created_at=now, next_try_at=now)
    if person:
        letter.user_id, letter.name = person.user_id, person.name
    db.session.add(letter)
    db.session.flush()


def new_message_id() -> str:
    """Not to be guessed: whoever knows it can say that the letter came back."""
    domain = _mail().sender.rpartition("@")[2].strip(" >") or "feldweg.invalid"
    return f"<{uuid.uuid4().hex}@{domain}>"


def send_due() -> int:
    """Send every letter whose time has come; returns how many left. Each has its own transaction."""
    return sum(_send(letter_id) for letter_id in _due())


def empty_outbox() -> None:
    """What the postman does in each round: send what is due, forget what is long done."""
    if can_send():
        send_due()
    with transaction():
        forget()


def forget() -> None:
    """Letters that arrived, or whose failure was dealt with, are not kept longer. Call inside a transaction."""
    limit = clock.now() - KEPT_FOR
    arrived = and_(Letter.sent_at < limit, Letter.bounced_at.is_(None))
    db.session.execute(delete(Letter).where(or_(arrived, Letter.settled_at < limit)))


def _due() -> Sequence[int]:
    query = select(Letter.id).where(Letter.next_try_at <= clock.now()).order_by(Letter.id)
    found = db.session.scalars(query).all()
    db.session.rollback()  # no snapshot is held while the mail server is talked to
    return found


def _take(letter_id: int) -> bool:
    """Whether this letter is ours to send: one conditional update, so that only one of many finds it due."""
    taken = update(Letter).where(Letter.id == letter_id, Letter.next_try_at <= clock.now())
    name = func.coalesce(Letter.message_id, new_message_id())
    with transaction():
        done = db.session.execute(taken.values(next_try_at=clock.now() + _HELD_FOR, message_id=name))
        return bool(done.rowcount)  # type: ignore[attr-defined]


def _send(letter_id: int) -> int:
    if not _take(letter_id):
        return 0
    refusal = _hand_over(letter_id)
    with transaction():
        letter = db.session.get_one(Letter, letter_id)
        if refusal is None:
            letter.sent_at, letter.next_try_at, letter.error = clock.now(), None, None
        else:
            _note_failure(letter, refusal)
    return int(refusal is None)


def _hand_over(letter_id: int) -> Refusal | None:
    """Give the letter to the mail server; what it refused, if it did."""
    try:
        message = _compose(db.session.get_one(Letter, letter_id))
    except (ValueError, CannotOpen) as error:  # an address that is none; another key
        return Refusal(Kind.UNREADABLE, 0, type(error).__name__)
    finally:
        db.session.rollback()
    return _deliver(message)


def _compose(letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = _mail().sender, letter.recipient, letter.subject
    message["Date"], message["Message-ID"] = format_datetime(clock.now()), letter.message_id
    message["Auto-Submitted"] = "auto-generated"  # so that holiday notices do not answer
    message.set_content(current_app.extensions["feldweg"].sealer.open(letter.sealed_body, "letter"))
    return message


def _note_failure(letter: Letter, refusal: Refusal) -> None:
    """When to try next; never where that can change nothing."""
    log.warning("letter %s not sent: %s %s", letter.id, refusal.kind, refusal.code)
    wait = _WAITS[letter.tries] if letter.tries < len(_WAITS) and not refusal.permanent else None
    letter.tries, letter.error = letter.tries + 1, refusal.line
    letter.next_try_at = clock.now() + timedelta(minutes=wait) if wait else None


def _deliver(message: EmailMessage) -> Refusal | None:
    mail = _mail()
    try:
        server = smtplib.SMTP(mail.host, mail.port, timeout=_TIMEOUT)
    except (OSError, smtplib.SMTPException) as error:
        return refusals.of_server(error)
    except ValueError:  # its name is none
        return Refusal(Kind.NETWORK)
    try:
        return _say(server, message)
    finally:
        server.close()


def _say(server: smtplib.SMTP, message: EmailMessage) -> Refusal | None:
    mail = _mail()
    try:
        if mail.starttls:
            server.starttls()
        if mail.user:
            server.login(mail.user, mail.password)
    except _TROUBLE as error:
        return refusals.of_server(error)
    try:
        server.send_message(message)
    except _TROUBLE as error:
        return refusals.of_letter(error)
    _say_goodbye(server)
    return None


def _say_goodbye(server: smtplib.SMTP) -> None:
    """The letter is accepted: a connection that breaks now changes nothing."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        log.info("the mail server closed the connection early")


def start_postman(app: Flask) -> None:
    """A daemon thread that empties the outbox, at once after `wake` and every minute, and does the periodic jobs."""

    def rounds() -> None:
        while True:
            _wake.wait(60)
            _wake.clear()
            with app.app_context():
                try:
                    empty_outbox()
                except Exception:
                    log.exception("the outbox could not be emptied")
                do_jobs()

    threading.Thread(target=rounds, name="postman", daemon=True).start()


def do_jobs() -> None:
    """Every job whose time has come; one that fails is tried again next round."""
    for job in periodic.due(clock.now()):
        try:
            found = list(job.find(clock.now()))
            db.session.rollback()  # no snapshot is held between finding and doing
            for each in found:
                with transaction():
                    job.do(each, clock.now())
            job.done_at = clock.now()
        except Exception:
            log.exception("the job %s failed", job.name)


def wake() -> None:
    """There is a new letter, and it is committed."""
    _wake.set()


def _mail() -> Mail:
    mail: Mail = current_app.extensions["feldweg"].settings.mail
    return mail
