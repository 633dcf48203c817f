"""A full disk, a broken logo, a letter that announces: nothing half is ever left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace as with_changes
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.accounts import letters
from app.accounts.models import Letter
from app.cohorts.models import Enrolment
from app.extensions import db, transaction
from app.settings import Mail
from tests.certificates.making import issue, one, stored, url
from tests.support.cast import Cast, Person
from tests.support.client import PageClient
from tests.support.databases import SERVER, count

ClientFor = Callable[[Person | None], PageClient]
JSON = {"Accept": "application/json"}


@contextmanager
def full_disk(app: Flask) -> Iterator[None]:
    """SQLite may not take another page, as on a disk without space."""

    def limit(connection: Any) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def free(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=4294967294")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "begin", limit)
    yield
    event.remove(engine, "begin", limit)
    event.listen(engine, "begin", free)


@pytest.mark.skipif(bool(SERVER), reason="the disk of a PostgreSQL server is not ours to fill")
def test_a_full_disk_leaves_no_half_record(olga: PageClient, ready: Cast, app: Flask) -> None:
    with full_disk(app):
        answer = olga.post_form(one(ready, ready.anna))
        assert answer.status_code == 507
        assert "Der Speicher ist voll" in answer.get_data(as_text=True)
        said = olga.post_form(one(ready, ready.anna), headers=JSON)
        assert said.status_code == 507
        assert "Es konnte nichts gespeichert werden" in said.get_json()["text"]
        assert olga.post_form(url(ready, "/ausstellen")).status_code == 507
        assert olga.get(url(ready)).status_code == 200
    assert stored(app) == []
    with app.app_context():
        assert count("certificate_year") == 0
        assert db.session.get_one(Enrolment, ready.anna.enrolment_id).name_fixed_at is None
        db.session.remove()
    assert issue(olga, ready, ready.anna).number == "2026-0001"


@pytest.mark.skipif(bool(SERVER), reason="the disk of a PostgreSQL server is not ours to fill")
def test_a_full_disk_while_replacing_keeps_the_old_one(olga: PageClient, ready: Cast, app: Flask) -> None:
    before = issue(olga, ready, ready.anna)
    with full_disk(app):
        data = {"name": "Anna Winter", "reason": "Name nach der Heirat"}
        answer = olga.post_form(url(ready, f"/{before.number}/ersetzen"), data)
    assert answer.status_code == 507
    assert "Anna Winter" in answer.get_data(as_text=True)
    assert stored(app) == [before]


def test_a_broken_logo_is_named_and_nothing_is_issued(
    olga: PageClient, ready: Cast, app: Flask, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg")
    _settings(app, organisation=with_changes(app.extensions["feldweg"].settings.organisation, logo=logo))
    assert olga.post_form(one(ready, ready.anna)).status_code == 303
    assert "FELDWEG_ORG_LOGO" in olga.soup(url(ready)).get_text()
    said = olga.post_form(one(ready, ready.anna), headers=JSON)
    assert said.status_code == 500
    assert "FELDWEG_ORG_LOGO" in said.get_json()["text"]
    assert olga.get(one(ready, ready.anna, "vorschau")).status_code == 303
    assert stored(app) == []


def test_a_name_without_glyph_is_issued_with_a_hint(olga: PageClient, ready: Cast, app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Enrolment, ready.anna.enrolment_id).name = "Anna \ue123 Kolb"
    assert "fehlt eine Schrift" in olga.soup(one(ready, ready.anna, "vorschau")).get_text()
    row = issue(olga, ready, ready.anna)
    assert not row.conforms
    assert "fehlt eine Schrift" in olga.soup(url(ready)).get_text()


def test_a_letter_announces_it(
    olga: PageClient, ready: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(letters, "wake", lambda: woken.append(1))
    _with_mail(app, ready)
    row = issue(olga, ready, ready.anna)
    recipient, subject, body = _letters(app)[0]
    assert (recipient, subject) == ("anna@example.org", "Ihre Teilnahmebescheinigung 2026-0001")
    assert f"http://localhost/kurs/{ready.nord}/bescheinigung/2026-0001.pdf" in body
    assert row.facts.verify_address in body
    assert "Anna Kolb" in body
    assert woken
    issue(olga, ready, ready.anna)
    assert len(_letters(app)) == 1


def test_a_replacement_is_announced_as_well(olga: PageClient, ready: Cast, app: Flask) -> None:
    _with_mail(app, ready)
    issue(olga, ready, ready.anna)
    for _ in range(2):
        data = {"name": "Anna Winter", "reason": "Name nach der Heirat"}
        olga.post_form(url(ready, "/2026-0001/ersetzen"), data)
    assert [subject for _, subject, _ in _letters(app)] == [
        "Ihre Teilnahmebescheinigung 2026-0001",
        "Ihre Teilnahmebescheinigung 2026-0002",
    ]


def test_no_letter_without_address_or_mail_server(olga: PageClient, ready: Cast, app: Flask) -> None:
    issue(olga, ready, ready.anna)
    assert _letters(app) == []


def _with_mail(app: Flask, cast: Cast) -> None:
    mail = Mail(host="127.0.0.1", port=9, user="", password="", sender="f@example.org", starttls=False)
    _settings(app, mail=mail)
    with app.app_context(), transaction():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).email = "anna@example.org"


def _settings(app: Flask, **changes: Any) -> None:
    feldweg = app.extensions["feldweg"]
    app.extensions["feldweg"] = with_changes(feldweg, settings=with_changes(feldweg.settings, **changes))


def _letters(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        opener = app.extensions["feldweg"].sealer
        rows = db.session.query(Letter).order_by(Letter.id)
        found = [(row.recipient, row.subject, opener.open(row.sealed_body, "letter")) for row in rows]
        db.session.remove()
    return found
