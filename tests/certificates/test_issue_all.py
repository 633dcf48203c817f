"""Issuing to everyone who is ready, with one POST."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.certificates.models import Certificate
from app.extensions import db, transaction
from tests.certificates.making import complete, issue, one, stored, url
from tests.support.cast import Cast, Person, enrol
from tests.support.client import PageClient

ClientFor = Callable[[Person | None], PageClient]


def test_everyone_who_is_ready_and_nobody_else(olga: PageClient, ready: Cast, app: Flask) -> None:
    with app.app_context(), transaction():
        cora = enrol(ready.nord, "Cora Lind")
    complete(app, ready, cora)
    answer = olga.post_form(url(ready, "/ausstellen"))
    assert answer.status_code == 303
    assert [(row.number, row.facts.name) for row in stored(app)] == [
        ("2026-0001", "Anna Kolb"),
        ("2026-0002", "Cora Lind"),
    ]
    page = olga.soup(url(ready)).get_text()
    assert "2 Bescheinigungen sind ausgestellt: 2026-0001 bis 2026-0002." in page
    assert "Bela Öztürk" in page


def test_again_changes_nothing_and_says_so(olga: PageClient, ready: Cast, app: Flask) -> None:
    olga.post_form(url(ready, "/ausstellen"))
    before = stored(app)
    olga.get(url(ready))
    olga.post_form(url(ready, "/ausstellen"))
    assert stored(app) == before
    assert "Es wurde nichts ausgestellt" in olga.soup(url(ready)).get_text()


def test_whoever_was_revoked_only_by_a_decision_of_its_own(olga: PageClient, ready: Cast, app: Flask) -> None:
    number = issue(olga, ready, ready.anna).number
    olga.post_form(
        url(ready, f"/{number}/widerrufen"), {"reason": "An die falsche Person ausgestellt", "sure": "y"}
    )
    olga.post_form(url(ready, "/ausstellen"))
    assert len(stored(app)) == 1
    assert olga.post_form(one(ready, ready.anna)).status_code == 409
    assert olga.post_form(one(ready, ready.anna), {"erneut": "ja"}).status_code == 303
    assert [row.valid_key is not None for row in stored(app)] == [False, True]


def test_a_new_one_after_a_revocation_bears_the_corrected_name(
    olga: PageClient, ready: Cast, app: Flask
) -> None:
    issue(olga, ready, ready.anna)
    olga.post_form(
        url(ready, "/2026-0001/ersetzen"), {"name": "Anna Winter", "reason": "Name nach der Heirat"}
    )
    olga.post_form(
        url(ready, "/2026-0002/widerrufen"), {"reason": "Datum der Fortbildung war falsch", "sure": "y"}
    )
    assert "Anna Winter" in olga.soup(one(ready, ready.anna, "vorschau")).select_one("dl.facts").get_text()
    olga.post_form(one(ready, ready.anna), {"erneut": "ja"})
    assert [row.facts.name for row in stored(app)] == ["Anna Kolb", "Anna Winter", "Anna Winter"]


def test_a_fault_halfway_leaves_what_was_issued_and_goes_on_later(
    olga: PageClient, ready: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), transaction():
        people = [enrol(ready.nord, f"Person {number}") for number in range(3)]
    for person in people:
        complete(app, ready, person)
    flush, seen = db.session.flush, []

    def failing() -> None:
        seen.extend(row for row in db.session.new if isinstance(row, Certificate))
        if len(seen) > 2:
            raise RuntimeError
        flush()

    with monkeypatch.context() as patch:
        patch.setattr("app.certificates.service.db.session.flush", failing)
        assert olga.post_form(url(ready, "/ausstellen")).status_code == 500
    assert len(stored(app)) == 2
    olga.post_form(url(ready, "/ausstellen"))
    assert [row.number for row in stored(app)] == ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("olga", 303), ("adam", 303), ("tarek", 403), ("anna", 403), ("frida", 404), ("theo", 404), (None, 401)],
)
def test_who_may(ready: Cast, app: Flask, client_for: ClientFor, who: str | None, status: int) -> None:
    client = client_for(getattr(ready, who) if who else None)
    assert client.post_form(url(ready, "/ausstellen")).status_code == status
    assert len(stored(app)) == (status == 303)


def test_unknown_cohort(olga: PageClient) -> None:
    assert olga.post_form("/kohorten/999/bescheinigungen/ausstellen").status_code == 404
