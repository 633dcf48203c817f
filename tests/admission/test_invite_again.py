"""Letters with a new link: for one, and for all who have not come yet."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.accounts import service as accounts
from app.cohorts import people
from app.cohorts.models import Enrolment
from app.extensions import db
from tests.admission.making import deeds, letters, secret_in
from tests.support.cast import Cast
from tests.support.databases import count
from tests.support.doors import DESK, knock


def invite(client: Any, cast: Cast, *names: str) -> None:
    for name in names:
        form = {"name": f"{name} Weiß", "email": f"{name.lower()}@example.org", "form_key": name}
        client.post_form(f"/kohorten/{cast.nord}/einladen", form)


@pytest.mark.usefixtures("mail")
def test_all_who_have_not_come(app: Flask, cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    invite(client, cast, "Mara", "Nuri")
    with reading():
        first = {name: secret_in(body) for name, body in letters(app).items()}
    client_for(None).post_form(f"/mein/{first['mara@example.org']}")
    client.get(f"/kohorten/{cast.nord}")  # shows what was flashed
    page = client.soup(f"/kohorten/{cast.nord}/einladen/erneut").get_text()
    assert "Nuri Weiß, nuri@example.org" in page
    assert "Mara" not in page
    assert "gelten dann sofort nicht mehr" in page
    answer = client.post_form(f"/kohorten/{cast.nord}/einladen/erneut", follow_redirects=True)
    assert "1 Einladung ist unterwegs" in answer.get_data(as_text=True)
    with reading():
        assert accounts.person_by_link(first["mara@example.org"])
        assert accounts.person_by_link(first["nuri@example.org"]) is None
        assert accounts.person_by_link(secret_in(letters(app)["nuri@example.org"]))
        assert deeds(cast.nord).count("invited") == 3


@pytest.mark.usefixtures("mail")
def test_one_person(app: Flask, cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    invite(client, cast, "Mara")
    with reading():
        old, enrolment = secret_in(letters(app)["mara@example.org"]), people.enrolments(cast.nord)[-1].id
    url = f"/kohorten/{cast.nord}/teilnehmende/{enrolment}"
    assert "Der alte gilt dann nicht mehr" in client.soup(url).get_text()
    assert client.post_form(f"{url}/einladung").status_code == 303
    with reading():
        assert accounts.person_by_link(old) is None
        assert accounts.person_by_link(secret_in(letters(app)["mara@example.org"]))


@pytest.mark.usefixtures("mail")
def test_without_an_address_it_says_what_to_do(cast: Cast, client_for: Any, reading: Any) -> None:
    url = f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}/einladung"
    answer = client_for(cast.olga).post_form(url, follow_redirects=True)
    assert "Ohne E-Mail-Adresse geht keine Einladung." in answer.get_data(as_text=True)
    with reading():
        assert count("letter") == 0


def test_without_a_mail_server_no_link_is_changed(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).email = "anna@example.org"
        secret = accounts.new_personal_link(cast.anna.user_id)
    client = client_for(cast.olga)
    for url in ("einladen/erneut", f"teilnehmende/{cast.anna.enrolment_id}/einladung"):
        answer = client.post_form(f"/kohorten/{cast.nord}/{url}", follow_redirects=True)
        assert "Es ist kein Mailserver eingestellt." in answer.get_data(as_text=True)
    with reading():
        assert accounts.person_by_link(secret)


def test_who_may(cast: Cast, client_for: Any) -> None:
    url = f"/kohorten/{cast.nord}/einladen/erneut"
    assert knock(client_for, cast, url) == DESK
    assert knock(client_for, cast, url, post=True) == DESK
    one = f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}/einladung"
    assert knock(client_for, cast, one, post=True) == DESK
