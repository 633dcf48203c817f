"""What tests of check-in by code need: the code that is on the wall, somebody who scans it, what the register says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from app import clock
from app.attendance.by_code import check_in
from app.cohorts.models import ScheduledSlot
from app.extensions import db
from tests.support.cast import NOW, Cast, Person

RUNNING = 2  # "Das Feld", 10:45-12:15; it is 11:00


def on_the_wall(app: Flask, slot_id: int, at: datetime = NOW) -> str:
    """The code of this slot at this moment, as it is stored (ABCDEF)."""
    with app.app_context(), clock.standing_at(at):
        code = check_in.code_of(db.session.get_one(ScheduledSlot, slot_id))
        db.session.remove()
    return code


def after(minutes: float = 0, seconds: float = 0) -> datetime:
    """So long after 11:00."""
    return NOW + timedelta(minutes=minutes, seconds=seconds)


def scan(client: Any, code: str) -> Any:
    """The page behind the QR code."""
    return client.get(f"/anwesend/{code}")


def press(client: Any, code: str, person: Person) -> Any:
    """Press „Ich bin da“."""
    return client.post_form(f"/anwesend/{code}", {"enrolment": str(person.enrolment_id)})


def check(client: Any, code: str, person: Person) -> Any:
    """Scan and press."""
    assert scan(client, code).status_code == 200
    return press(client, code, person)


def marks(app: Flask, cast: Cast, person: Person, number: int = RUNNING) -> list[tuple[str, int, str, str]]:
    """(state, minutes, way, by) of every counting mark, the oldest first; also those that wait."""
    with app.app_context():
        found = check_in._marks(cast.slots[number], person.enrolment_id)
        rows = [(mark.state, mark.minutes, mark.way, mark.recorded_by) for mark in reversed(found)]
        db.session.remove()
    return rows
