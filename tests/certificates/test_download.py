"""The documents: their holder's own, all of them for the desk, and what the page of records is given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask

from app import clock
from app.cohorts.models import Enrolment
from app.extensions import db, transaction
from tests.certificates.making import complete, issue, stored, url
from tests.support.cast import Cast, Person, enrol
from tests.support.client import PageClient

ClientFor = Callable[[Person | None], PageClient]


@pytest.fixture
def document(olga: PageClient, ready: Cast) -> str:
    number = issue(olga, ready, ready.anna).number
    return f"/kurs/{ready.nord}/bescheinigung/{number}.pdf"


def test_the_file_is_the_stored_one(ready: Cast, app: Flask, document: str, client_for: ClientFor) -> None:
    answer = client_for(ready.anna).get(document)
    assert answer.data == stored(app)[0].pdf
    assert answer.mimetype == "application/pdf"
    assert (
        answer.headers["Content-Disposition"] == "attachment; filename=Teilnahmebescheinigung-2026-0001.pdf"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("anna", 200), ("olga", 200), ("adam", 200), ("tarek", 403), ("bela", 404), ("frida", 404), ("theo", 404),
     (None, 401)],
)  # fmt: skip
def test_who_may(ready: Cast, document: str, client_for: ClientFor, who: str | None, status: int) -> None:
    assert client_for(getattr(ready, who) if who else None).get(document).status_code == status


def test_its_holder_keeps_it_after_leaving(
    ready: Cast, app: Flask, document: str, client_for: ClientFor
) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Enrolment, ready.anna.enrolment_id).left_at = clock.now()
    assert client_for(ready.anna).get(document).status_code == 200


@pytest.mark.parametrize("number", ["2026-9999", "x", "%00", "..%2f..%2fetc%2fpasswd"])
def test_unknown_number(olga: PageClient, ready: Cast, number: str) -> None:
    assert olga.get(f"/kurs/{ready.nord}/bescheinigung/{number}.pdf").status_code == 404


@pytest.mark.parametrize("cohort_id", [0, 999, 2**31, 2**70])
def test_unknown_cohort(olga: PageClient, document: str, cohort_id: int) -> None:
    assert olga.get(f"/kurs/{cohort_id}/bescheinigung/2026-0001.pdf").status_code == 404


def test_all_that_count_in_one_archive(olga: PageClient, ready: Cast, app: Flask) -> None:
    with app.app_context(), transaction():
        odd = enrol(ready.nord, '../Ännchen "A/B" Öz')
    complete(app, ready, odd)
    olga.post_form(url(ready, "/ausstellen"))
    olga.post_form(
        url(ready, "/2026-0002/ersetzen"), {"name": "Anna Winter", "reason": "Name nach der Heirat"}
    )
    answer = olga.get(url(ready, "/alle.zip"))
    assert answer.mimetype == "application/zip"
    assert "no-store" in answer.headers["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["2026-0001 Ännchen A B Öz.pdf", "2026-0003 Anna Winter.pdf"]
        assert packed.read("2026-0003 Anna Winter.pdf") == stored(app, ready.anna)[-1].pdf


def test_an_empty_archive_is_not_made(olga: PageClient, ready: Cast) -> None:
    assert olga.get(url(ready, "/alle.zip")).status_code == 303
    assert "noch keine gültige Bescheinigung" in olga.soup(url(ready)).get_text()


@pytest.mark.parametrize(
    ("who", "status"),
    [("adam", 200), ("tarek", 403), ("anna", 403), ("frida", 404), ("theo", 404), (None, 401)],
)
def test_who_may_have_all(
    ready: Cast, document: str, client_for: ClientFor, who: str | None, status: int
) -> None:
    client = client_for(getattr(ready, who) if who else None)
    assert client.get(url(ready, "/alle.zip")).status_code == status


def test_what_the_page_of_records_is_given(
    olga: PageClient, ready: Cast, app: Flask, document: str, client_for: ClientFor
) -> None:
    olga.post_form(
        url(ready, "/2026-0001/ersetzen"), {"name": "Anna Winter", "reason": "Name nach der Heirat"}
    )
    with app.test_request_context():
        found = app.extensions["feldweg_issued"](ready.anna.enrolment_id)
        assert app.extensions["feldweg_issued"](ready.bela.enrolment_id) == []
        db.session.remove()
    assert [(row["title"], row["number"], row["status"]) for row in found] == [
        ("Teilnahmebescheinigung", "2026-0002", "gültig"),
        ("Teilnahmebescheinigung", "2026-0001", "ersetzt"),
    ]
    assert found[0]["issued_at"] == clock.now()
    assert client_for(ready.anna).get(found[0]["href"]).status_code == 200
