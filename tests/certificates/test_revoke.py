"""Revoking: it no longer counts, the record stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_changes

import pytest
from flask import Flask

from tests.certificates.making import issue, stored, url
from tests.support.cast import Cast, Person
from tests.support.client import PageClient

ClientFor = Callable[[Person | None], PageClient]
REASON = {"reason": "An die falsche Person ausgestellt", "sure": "y"}


def revoke_url(cast: Cast, number: str = "2026-0001") -> str:
    return url(cast, f"/{number}/widerrufen")


@pytest.fixture
def issued(olga: PageClient, ready: Cast) -> str:
    return issue(olga, ready, ready.anna).number


def test_the_record_stays_and_says_why(olga: PageClient, ready: Cast, app: Flask, issued: str) -> None:
    before = stored(app)[0]
    assert olga.get(revoke_url(ready)).status_code == 200
    assert olga.post_form(revoke_url(ready), REASON).status_code == 303
    assert stored(app) == [with_changes(before, valid_key=None, revoked_reason=REASON["reason"])]
    text = olga.soup(url(ready)).find(id="register").find_parent("section").get_text(" ", strip=True)
    assert "widerrufen" in text
    assert REASON["reason"] in text


def test_a_second_time_changes_nothing(olga: PageClient, ready: Cast, app: Flask, issued: str) -> None:
    olga.post_form(revoke_url(ready), REASON)
    before = stored(app)
    olga.get(url(ready))
    assert (
        olga.post_form(revoke_url(ready), REASON | {"reason": "Eine ganz andere Begründung"}).status_code
        == 303
    )
    assert stored(app) == before
    assert "wurde schon widerrufen" in olga.soup(url(ready)).get_text()
    assert olga.get(revoke_url(ready)).status_code == 303


def test_what_was_revoked_is_not_replaced(olga: PageClient, ready: Cast, app: Flask, issued: str) -> None:
    olga.post_form(revoke_url(ready), REASON)
    correct = {"name": "Anna Kolb-Winter", "reason": "Name nach der Heirat"}
    assert olga.post_form(url(ready, f"/{issued}/ersetzen"), correct).status_code == 303
    assert len(stored(app)) == 1


@pytest.mark.parametrize("reason", ["", "zu kurz", "   kurz    ", "x" * 1001])
def test_a_reason_is_needed_and_kept(
    olga: PageClient, ready: Cast, app: Flask, issued: str, reason: str
) -> None:
    answer = olga.post_form(revoke_url(ready), REASON | {"reason": reason})
    assert answer.status_code == 422
    assert reason.strip() in answer.get_data(as_text=True)
    assert stored(app)[0].valid_key


def test_it_is_asked_once_more(olga: PageClient, ready: Cast, app: Flask, issued: str) -> None:
    page = olga.soup(revoke_url(ready))
    assert page.find("input", id="sure")["type"] == "checkbox"
    assert "endgültig widerrufen?" in page.main.find("button", type="submit")["data-confirm"]
    answer = olga.post_form(revoke_url(ready), {"reason": REASON["reason"]})
    assert answer.status_code == 422
    assert "Bitte kreuzen Sie das an" in answer.get_data(as_text=True)
    assert REASON["reason"] in answer.get_data(as_text=True)
    assert stored(app)[0].valid_key


@pytest.mark.parametrize(
    ("who", "status"),
    [("adam", 200), ("tarek", 403), ("anna", 403), ("frida", 404), ("theo", 404), (None, 401)],
)
def test_who_may(
    ready: Cast, app: Flask, issued: str, client_for: ClientFor, who: str | None, status: int
) -> None:
    client = client_for(getattr(ready, who) if who else None)
    assert client.get(revoke_url(ready)).status_code == status
    answer = client.post_form(revoke_url(ready), REASON)
    assert answer.status_code == (303 if status == 200 else status)
    assert (stored(app)[0].valid_key is None) == (status == 200)
