"""What happens in a cohort of the tests: people are marked, write, read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from flask import Flask

from app import clock
from app.cohorts.models import AttendanceMark
from app.extensions import db, transaction
from app.progress import service
from app.quizzes import service as quizzes
from tests.support.cast import Cast, Person, enrol

CANARY = "Kanarienvogel, nur für mich"


def mark(
    app: Flask,
    person: Person,
    slot_id: int,
    state: str = "present",
    minutes: int = 0,
    by: str = "Tarek Aydın",
) -> None:
    with app.app_context(), transaction():
        db.session.add(
            AttendanceMark(
                slot_id=slot_id, enrolment_id=person.enrolment_id, state=state, minutes=minutes,
                recorded_at=clock.now(), recorded_by=by,
            )
        )  # fmt: skip


def write(app: Flask, person: Person, block_id: str, body: dict[str, object] | None = None) -> None:
    """Save an answer that counts as done; without a body a private one full of canaries."""
    with app.app_context(), transaction():
        quizzes.record(
            person.enrolment_id,
            block_id,
            body or private(block_id),
            client_id=uuid.uuid4().hex,
            base_version=0,
            done=True,
        )


def private(block_id: str) -> dict[str, object]:
    """A private body of the kind of this block of the small course."""
    if block_id == "w-ankommen":
        return {"items": [{"id": "a1", "text": CANARY, "shared": False}]}
    if block_id in ("w1-1", "w1-2"):
        return {"items": [{"id": "a1", "text": CANARY}], "shared": False}
    return {"entries": [{"q": "Was?", "a": CANARY}], "keywords": [{"id": "k1", "text": CANARY}], "states": {}}


def wish(app: Flask, person: Person, text: str) -> None:
    items = [{"id": "a1", "text": text, "shared": True}, {"id": "a2", "text": CANARY, "shared": False}]
    write(app, person, "w-ankommen", {"items": items})


def share_keywords(app: Flask, person: Person, *words: str) -> None:
    items = [{"id": f"a{n}", "text": word} for n, word in enumerate(words, 1)]
    write(app, person, "w1-1", {"items": items, "shared": True})


def read(app: Flask, person: Person, *pages: str) -> None:
    with app.app_context(), transaction():
        for page in pages:
            service.confirm_page(person.enrolment_id, page)


def complete(app: Flask, cast: Cast, person: Person) -> None:
    """Everything the rule of Nord asks for (once the day is over)."""
    for slot_id in (cast.slots[0], cast.slots[2], cast.slots[4]):
        mark(app, person, slot_id)
    for block_id in ("l1-1", "l2-1"):
        write(app, person, block_id)


def many(app: Flask, cast: Cast, number: int) -> list[Person]:
    with app.app_context(), transaction():
        return [enrol(cast.nord, f"Person {n:03}") for n in range(number)]


def everything_private(app: Flask, cast: Cast, people: Iterable[Person]) -> None:
    for person in people:
        for block_id in ("w-ankommen", "w1-1", "w1-2", "w1-3", "l1-1", "l2-1", "q1-1", "case-1"):
            write(app, person, block_id)
