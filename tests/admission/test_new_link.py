"""A new personal link for somebody who lost theirs: shown to the organiser once, as QR and text."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import clock
from app.accounts import service as accounts
from app.cohorts import log, service
from app.cohorts.models import Cohort
from app.extensions import db
from tests.support.cast import NOW, Cast
from tests.support.doors import DESK, knock


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}/link"


def secret_on(page: Any) -> str:
    return str(page.select_one("#link").get_text()).rsplit("/", 1)[1]


def test_works(cast: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    with writing():
        old = accounts.new_personal_link(cast.anna.user_id)
    client = client_for(cast.olga)
    assert client.post_form(url(cast)).headers["Location"] == url(cast)
    page = client.soup(url(cast))
    assert page.select_one(".qr svg")
    with reading():
        person = accounts.person_by_link(secret_on(page))
        assert person
        assert person.id == cast.anna.user_id
        assert accounts.person_by_link(old) is None


def test_nobody_else_sees_it_and_not_for_long(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.olga)
    client.post_form(url(cast))
    assert client_for(cast.adam).get(url(cast)).status_code == 303
    assert client.get(f"/kohorten/{cast.nord}/teilnehmende/{cast.bela.enrolment_id}/link").status_code == 303
    with clock.standing_at(NOW + timedelta(minutes=16)):
        assert client.get(url(cast)).status_code == 303


def test_the_secret_is_not_readable_in_the_cookie(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.olga)
    client.post_form(url(cast))
    with client.session_transaction() as stored:
        kept = str(dict(stored))
    assert secret_on(client.soup(url(cast))) not in kept


def test_staff_get_none_because_it_would_be_a_way_around_their_password(
    cast: Cast, client_for: Any, writing: Any
) -> None:
    with writing():
        cohort = db.session.get_one(Cohort, cast.nord)
        enrolment_id = service.join(cohort, "Theo Brandt", None, cast.theo.user_id).enrolment.id
    page = f"/kohorten/{cast.nord}/teilnehmende/{enrolment_id}"
    client = client_for(cast.olga)
    assert "Neuen persönlichen Link" not in client.soup(page).get_text()
    assert client.post_form(f"{page}/link").headers["Location"] == page


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast), post=True) == DESK
    assert knock(client_for, cast, f"{url(cast)}/neu") == DESK


def test_one_is_told_before_what_it_does(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    person = client.soup(url(cast).removesuffix("/link"))
    assert person.select_one(f'a[href="{url(cast)}/neu"]')
    page = client.soup(f"{url(cast)}/neu")
    for words in ("Der alte Link gilt dann sofort nicht mehr", "Ihrem Namen (Olga Sommer)"):
        assert words in page.get_text()
    assert page.select_one("main form")["action"] == url(cast)
    with reading():
        assert log.of_person(cast.anna.enrolment_id) == []
