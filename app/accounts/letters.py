"""Letters: written in the same transaction as what they tell of, sent afterwards by a thread of their own.

Bodies are sealed, because they may hold a personal link.
"""

from __future__ import annotations

import logging
import smtplib
import threading
from datetime import timedelta
from email.message import EmailMessage

from flask import Flask, current_app
from sqlalchemy import delete, select

from app import clock
from app.accounts import periodic
from app.accounts.models import Letter
from app.extensions import db, transaction
from app.settings import Mail

log = logging.getLogger("feldweg.letters")
_WAITS = (1, 5, 15, 60, 240, 720)  # minutes before the next try; then Feldweg gives up and says so
_KEPT_FOR = timedelta(days=14)
_wake = threading.Event()


def can_send() -> bool:
    """Whether a mail server is set."""
    return bool(_mail().host)


def write(recipient: str, subject: str, body: str) -> None:
    """Put a letter into the outbox. Call inside a transaction; it leaves after the commit."""
    sealed = current_app.extensions["feldweg"].sealer.seal(body, "letter")
    now = clock.now()
    db.session.add(
        Letter(recipient=recipient, subject=subject, sealed_body=sealed, created_at=now, next_try_at=now)
    )
    db.session.flush()


def send_due() -> int:
    """Send every letter whose time has come; returns how many left. Each has its own transaction."""
    sent = 0
    due = db.session.scalars(select(Letter.id).where(Letter.next_try_at <= clock.now())).all()
    for letter_id in due:
        sent += _send(letter_id)
    with transaction():
        db.session.execute(delete(Letter).where(Letter.created_at < clock.now() - _KEPT_FOR))
    return sent


def _send(letter_id: int) -> int:
    letter = db.session.get(Letter, letter_id)
    if letter is None or letter.next_try_at is None:
        return 0
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = _mail().sender, letter.recipient, letter.subject
    message.set_content(current_app.extensions["feldweg"].sealer.open(letter.sealed_body, "letter"))
    db.session.rollback()  # no snapshot is held while the mail server is talked to
    try:
        _deliver(message)
    except (OSError, smtplib.SMTPException) as error:
        _note_failure(letter_id, type(error).__name__)
        return 0
    with transaction():
        done = db.session.get_one(Letter, letter_id)
        done.sent_at, done.next_try_at, done.error = clock.now(), None, None
    return 1


def _note_failure(letter_id: int, error: str) -> None:
    log.warning("letter %s not sent: %s", letter_id, error)
    with transaction():
        letter = db.session.get_one(Letter, letter_id)
        wait = _WAITS[letter.tries] if letter.tries < len(_WAITS) else None
        letter.tries, letter.error = letter.tries + 1, error
        letter.next_try_at = clock.now() + timedelta(minutes=wait) if wait else None


def _deliver(message: EmailMessage) -> None:
    mail = _mail()
    with smtplib.SMTP(mail.host, mail.port, timeout=20) as server:
        if mail.starttls:
            server.starttls()
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(message)


def start_postman(app: Flask) -> None:
    """A daemon thread that empties the outbox, at once after `wake` and every minute, and does the periodic jobs."""

    def rounds() -> None:
        while True:
            _wake.wait(60)
            _wake.clear()
            with app.app_context():
                try:
                    if can_send():
                        send_due()
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
