"""The small course with a case for small groups; Anna, Bela and Cem take part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import update

from app.cohorts.models import Cohort
from app.extensions import db, transaction
from app.groups import service, sheets
from app.groups.service import Group
from app.quizzes.values import Body, Conflict, Saved
from tests.support.cast import Cast, Person, enrol, publish
from tests.support.course import small_course

STATION = "fall/der-weg-zur-kita"
BLOCK = "case-1"


@dataclass(frozen=True)
class Room:
    """Who is there, and what a test needs to act in the database."""

    app: Flask
    cast: Cast
    cem: Person

    def do(self, act: Callable[[], object]) -> object:
        with self.app.app_context():
            with transaction():
                found = act()
            db.session.remove()
        return found

    def draw(self, *people: Person, count: int = 1) -> list[Group]:
        ids = [person.enrolment_id for person in people]
        self.do(lambda: service.draw(self.cast.nord, STATION, None, ids, count))
        return self.groups()

    def groups(self) -> list[Group]:
        with self.app.app_context():
            found = service.in_cohort(self.cast.nord)
            db.session.remove()
        return found

    def send(self, group: Group, body: Body, client: str, base: int = 0) -> Saved | Conflict:
        found = self.do(
            lambda: sheets.record(group.id, BLOCK, body, client_id=client, base_version=base, done=True)
        )
        assert isinstance(found, Saved | Conflict)
        return found

    def sheet(self, group: Group) -> Body:
        with self.app.app_context():
            found = sheets.sheets_of([group.id])
            db.session.remove()
        return found[group.id, BLOCK].body if found else {}


@pytest.fixture
def room(app: Flask, cast: Cast) -> Room:
    files = small_course()
    path = "cases/der-weg-zur-kita.md"
    text = files[path].decode().replace("{#case-1}", "{#case-1 gruppenarbeit=ja}")
    with app.app_context():
        with transaction():
            edition = publish(files | {path: text.encode()})
            values = {"edition_id": edition.id, "edition_digest": edition.digest}
            db.session.execute(update(Cohort).where(Cohort.id == cast.nord).values(values))
            cem = enrol(cast.nord, "Cem Yıldız")
        db.session.remove()
    return Room(app, cast, cem)


def body(**answers: str) -> Body:
    """A sheet with these answers by question."""
    return {"entries": [{"q": question, "a": answer} for question, answer in answers.items()]}
