"""At the same instant: one person gets one certificate, and no number is given twice or left out."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app import clock
from app.certificates.models import Certificate
from app.extensions import db, transaction
from tests.certificates.making import complete, issue, issue_directly, stored, url
from tests.support.cast import Cast, Person, enrol
from tests.support.client import PageClient

THREADS = 8


def at_once(app: Flask, deeds: list[Callable[[], None]]) -> list[BaseException]:
    """Run all of these in threads of their own that start together; what went wrong."""
    start, wrong = threading.Barrier(len(deeds)), []

    def run(deed: Callable[[], None]) -> None:
        start.wait()
        try:
            with app.test_request_context():
                deed()
                db.session.remove()
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_one_person_eight_times(app: Flask, ready: Cast) -> None:
    found: list[str] = []

    def deed() -> None:
        found.append(issue_directly(ready, ready.anna).certificate.number)

    assert at_once(app, [deed] * THREADS) == []
    assert found == ["2026-0001"] * THREADS
    assert len(stored(app)) == 1


def test_eight_people_at_once_get_consecutive_numbers(app: Flask, ready: Cast) -> None:
    with app.app_context(), transaction():
        people = [enrol(ready.nord, f"Person {number}") for number in range(THREADS)]
    for person in people:
        complete(app, ready, person)

    def deed(person: Person) -> Callable[[], None]:
        return lambda: issue_directly(ready, person) and None

    assert at_once(app, [deed(person) for person in people]) == []
    rows = stored(app)
    assert [row.number for row in rows] == [f"2026-{number:04d}" for number in range(1, THREADS + 1)]
    assert len({row.code for row in rows}) == THREADS
    assert {row.facts.name for row in rows} == {person.name for person in people}


def test_two_replace_the_same_at_once(
    app: Flask, ready: Cast, olga: PageClient, client_for: Callable[[Person | None], PageClient]
) -> None:
    number = issue(olga, ready, ready.anna).number
    clients = [client_for(ready.olga), client_for(ready.adam)]
    tokens = [client.token() for client in clients]
    names = ["Anna Winter", "Anna Sommer"]

    def deed(at: int) -> Callable[[], None]:
        data = {"name": names[at], "reason": "Name nach der Heirat", "csrf_token": tokens[at]}
        return lambda: clients[at].post(url(ready, f"/{number}/ersetzen"), data=data) and None

    assert at_once(app, [deed(0), deed(1)]) == []
    rows = stored(app)
    assert len(rows) == 2
    assert sum(row.valid_key is not None for row in rows) == 1


def test_the_database_itself_refuses_a_second_valid_one(app: Flask, olga: PageClient, ready: Cast) -> None:
    first = issue(olga, ready, ready.anna)
    twin = Certificate(
        enrolment_id=ready.anna.enrolment_id, cohort_id=ready.nord, kind="participation", number="2026-0099",
        code="X" * 20, facts=first.json, pdf=b"", pdf_sha256="", conforms=True, issued_at=clock.now(),
        issued_by="Test", valid_key=first.valid_key,
    )  # fmt: skip
    with app.app_context(), transaction():
        db.session.add(twin)
        with pytest.raises(IntegrityError, match=r"(?i)unique"):
            db.session.flush()
        db.session.rollback()
    assert len(stored(app)) == 1
