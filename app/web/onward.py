"""Where somebody wanted to go when they had to say first who they are: kept in the signed session for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import session

from app import clock

_KEY = "onward"


def put(path: str, kept_for: timedelta) -> None:
    """After signing in it goes on there. `path` is one of ours, never what somebody sent."""
    session[_KEY] = [path, (clock.now() + kept_for).isoformat()]


def take() -> str:
    """Where to go on, once; empty when nobody wanted anything."""
    try:
        path, until = session.pop(_KEY)
        return str(path) if clock.now() < datetime.fromisoformat(until) else ""
    except (KeyError, ValueError, TypeError):
        return ""
