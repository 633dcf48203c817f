"""What became of the letters: which wait, which failed, which came back; and what somebody decides about them.

Bodies are never read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import defer

from app import clock
from app.accounts import bounces, letters, refusals
from app.accounts.bounces import Bounce
from app.accounts.models import Letter
from app.extensions import db

MOST_SENT = 200  # of those that arrived, as many are listed


@dataclass(frozen=True, slots=True)
class Outbox:
    """Each list with the oldest first, except `sent`. `sent_count`: also those beyond the longest list."""

    waiting: Sequence[Letter]
    failed: Sequence[Letter]
    bounced: Sequence[Letter]
    sent: Sequence[Letter]
    sent_count: int


def _is_bounced() -> ColumnElement[bool]:
    return and_(Letter.bounced_at.is_not(None), Letter.settled_at.is_(None))


def _is_failed() -> ColumnElement[bool]:
    given_up = and_(Letter.sent_at.is_(None), Letter.next_try_at.is_(None))
    return and_(given_up, Letter.bounced_at.is_(None), Letter.settled_at.is_(None))


def read() -> Outbox:
    """Everything of the last two weeks, and whatever nobody has dealt with yet (three statements)."""
    listed = select(Letter).options(defer(Letter.sealed_body, raiseload=True))
    open_ones = listed.where(or_(Letter.next_try_at.is_not(None), _is_failed(), _is_bounced()))
    found = list(db.session.scalars(open_ones.order_by(Letter.id)))
    lately = and_(Letter.sent_at > clock.now() - letters.KEPT_FOR, Letter.bounced_at.is_(None))
    sent = db.session.scalars(
        listed.where(lately).order_by(Letter.sent_at.desc(), Letter.id.desc()).limit(MOST_SENT)
    )
    count = db.session.scalar(select(func.count(Letter.id)).where(lately)) or 0
    return Outbox(
        waiting=[letter for letter in found if letter.next_try_at],
        failed=[letter for letter in found if not letter.next_try_at and not letter.bounced_at],
        bounced=[letter for letter in found if letter.bounced_at and not letter.next_try_at],
        sent=list(sent),
        sent_count=count,
    )


def troubled() -> int:
    """How many letters did not arrive and wait for somebody to deal with them."""
    return db.session.scalar(select(func.count(Letter.id)).where(or_(_is_failed(), _is_bounced()))) or 0


def find(letter_id: int, *, lock: bool = False) -> Letter | None:
    """A letter; `lock` against a second writer, inside a transaction."""
    query = select(Letter).where(Letter.id == letter_id)
    return db.session.scalar(query.with_for_update() if lock else query)


def is_as_shown(letter: Letter, known: str) -> bool:
    """Whether it may be sent again. `known`: the Message-ID the form showed; another one means that somebody has done so."""
    return letter.next_try_at is None and (letter.message_id or "") == known


def send_again(letter: Letter, address: str) -> None:
    """Send it once more to this address, as a new message. Call inside a transaction."""
    letter.recipient, letter.message_id = address, letters.new_message_id()
    letter.next_try_at, letter.tries = clock.now(), 0
    letter.sent_at = letter.error = letter.bounced_at = letter.bounce = letter.settled_at = None
    db.session.flush()


def given_up(failed: Iterable[Letter]) -> list[Letter]:
    """Of letters that failed, those that may arrive now: nobody said that they never will."""
    return [letter for letter in failed if not refusals.read(letter.error or "").permanent]


def send_all_again() -> int:
    """Once more whatever was given up, for example because the mail server was away for days; how many those are.
    Call inside a transaction."""
    found = given_up(db.session.scalars(select(Letter).where(_is_failed()).with_for_update()))
    for letter in found:
        letter.next_try_at, letter.tries, letter.error = clock.now(), 0, None
    db.session.flush()
    return len(found)


def settle(letter: Letter) -> None:
    """Somebody has dealt with it; a letter that still waits is not sent any more. Call inside a transaction."""
    letter.settled_at = letter.settled_at or clock.now()
    letter.next_try_at = None
    db.session.flush()


def came_back(letter: Letter, bounce: str = "", at: datetime | None = None) -> bool:
    """A letter that was sent did not arrive. Says whether that is news. Call inside a transaction."""
    if letter.bounced_at is not None or letter.sent_at is None:
        return False
    letter.bounced_at, letter.bounce, letter.settled_at = at or clock.now(), bounce, None
    db.session.flush()
    return True


@dataclass(frozen=True, slots=True)
class Received:
    """What a returned message did. `letter`: which one it is about, None if no letter of ours; `news`: marked now."""

    bounce: Bounce
    letter: Letter | None
    news: bool


def receive(message: bytes) -> Received:
    """Mark the letter that this delivery status notification is about. Raises bounces.NotABounce."""
    bounce = bounces.read(message)
    if not bounce.message_ids:
        return Received(bounce, None, False)
    query = select(Letter).where(Letter.message_id.in_(bounce.message_ids)).with_for_update()
    letter = db.session.scalars(query.order_by(Letter.id)).first()
    if letter is None or not bounce.final:
        return Received(bounce, letter, False)
    return Received(bounce, letter, came_back(letter, bounce.line))
