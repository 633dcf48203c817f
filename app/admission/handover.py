"""A new personal link on its way to the page that shows it: sealed in the browser's session, for minutes.

Nothing keeps the link itself, so this page is the only place where it can be seen.
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

from flask import current_app, session

from app import clock
from app.sealing import CannotOpen, Sealer

_KEY = "personal_link"
_SHOWN_FOR = timedelta(minutes=15)  # long enough to load the page again


def put(enrolment_id: int, secret: str) -> None:
    sealed = _sealer().seal(secret, _context(enrolment_id))
    session[_KEY] = [base64.b64encode(sealed).decode(), clock.now().isoformat()]


def get(enrolment_id: int) -> str | None:
    """The secret of the link just made for this enrolment."""
    try:
        sealed, at = session[_KEY]
        if clock.now() - datetime.fromisoformat(at) > _SHOWN_FOR:
            return None
        return _sealer().open(base64.b64decode(sealed), _context(enrolment_id))
    except (KeyError, ValueError, TypeError, CannotOpen):
        return None


def _context(enrolment_id: int) -> str:
    return f"personal link of {enrolment_id}"


def _sealer() -> Sealer:
    sealer: Sealer = current_app.extensions["feldweg"].sealer
    return sealer
