"""`feldweg.py mail bounce`: a mail server hands returned messages over; the letter they are about is marked."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from app import clock, create_app, settings
from app.accounts import letters
from app.accounts.models import Letter
from app.database import migrate
from app.extensions import db, transaction
from tests.cli.conftest import Run
from tests.support.returned import ANSWER, exchange, postfix


@pytest.fixture
def message_id(data: Path) -> str:
    """Of a letter that was sent."""
    app = create_app(settings.load({"FELDWEG_DATA": str(data)}))
    migrate(app, data / "sicherungen")
    known = f"<{uuid.uuid4().hex}@example.org>"
    with app.app_context():
        with transaction():
            letters.write("anna@example.org", "Ihr Link", "x")
            letter = db.session.scalars(select(Letter)).one()
            letter.message_id, letter.sent_at, letter.next_try_at = known, clock.now(), None
        db.session.remove()
        db.engine.dispose()
    return known


def test_the_letter_is_marked_and_the_second_time_known(run: Run, message_id: str) -> None:
    done = run("mail", "bounce", typed=postfix(message_id).decode())
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == "Vermerkt: Die Mail an anna@example.org kam zurück. Diese Adresse gibt es nicht (5.1.1).\n"
    )
    again = run("mail", "bounce", typed=exchange(message_id).decode())
    assert (again.returncode, "war schon vermerkt" in again.stdout) == (0, True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (ANSWER.decode(), "Das ist keine Rücksendung"),
        ("", "Das ist keine Rücksendung"),
        (postfix("<fremd@example.com>").decode(), "gibt es keine Mail von Feldweg"),
    ],
    ids=["an answer", "nothing", "not ours"],
)
def test_for_a_mail_server_every_message_was_read(run: Run, message_id: str, typed: str, said: str) -> None:
    done = run("mail", "bounce", typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout


def test_the_help_says_what_it_is_for(run: Run) -> None:
    for arguments in (("mail",), ("mail", "--help"), ("mail", "bounce", "--help")):
        done = run(*arguments)
        assert done.returncode == 0
        assert "Rücksendung" in done.stdout or "zurückgibt" in done.stdout
