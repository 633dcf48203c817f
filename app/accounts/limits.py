"""A limit on guessing: failed tries are rows, so the limit survives a restart and holds for all processes."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select
from werkzeug.exceptions import TooManyRequests

from app import clock
from app.accounts.models import Attempt
from app.extensions import db

_FORGOTTEN_AFTER = timedelta(days=1)


def check(bucket: str, *, most: int, minutes: int) -> None:
    """Raises TooManyRequests (429, with Retry-After) when `most` tries failed within the last `minutes`."""
    since = clock.now() - timedelta(minutes=minutes)
    tries = db.session.scalar(select(func.count()).where(Attempt.bucket == bucket[:120], Attempt.at > since))
    if tries and tries >= most:
        raise TooManyRequests(retry_after=minutes * 60)


def count(bucket: str) -> None:
    """Note a failed try. Call inside a transaction."""
    db.session.execute(delete(Attempt).where(Attempt.at < clock.now() - _FORGOTTEN_AFTER))
    db.session.add(Attempt(bucket=bucket[:120], at=clock.now()))
    db.session.flush()
