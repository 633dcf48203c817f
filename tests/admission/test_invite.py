"""One person is taken in by form."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.accounts import service as accounts
from app.accounts.models import User
from app.admission import waiting
from app.cohorts import people, places
from app.cohorts.models import Enrolment
from app.cohorts.places import Newcomer
from app.extensions import db
from tests.admission.making import deeds, letters, secret_in, set_mail, set_seats
from tests.support.cast import Cast
from tests.support.databases import count
from tests.support.doors import DESK, knock

FORM = {"name": " Mara  Krüger ", "email": "mara@example.org", "funder": "Jugendamt Nord", "form_key": "k"}


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/einladen"


def mara(cast: Cast) -> Enrolment:
    return next(person for person in people.enrolments(cast.nord) if person.name == "Mara Krüger")


@pytest.mark.usefixtures("mail")
def test_with_an_address_a_letter_leaves(app: Flask, cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    answer = client.post_form(url(cast), FORM, follow_redirects=True)
    assert "Mara Krüger ist aufgenommen. Die Einladung ist unterwegs." in answer.get_data(as_text=True)
    with reading():
        found = mara(cast)
        assert (found.email, found.funder) == ("mara@example.org", "Jugendamt Nord")
        body = letters(app)["mara@example.org"]
        assert "Kohorte Nord" in body
        assert "3. Juli 2026, Beginn 09:00 Uhr, Bildungshaus Am See" in body
        person = accounts.person_by_link(secret_in(body))
        assert person
        assert person.id == found.user_id
        assert person.entered_at is None
        assert deeds(cast.nord) == ["added", "invited"]


def test_the_link_of_the_letter_lets_in_and_that_is_known(
    app: Flask, cast: Cast, client_for: Any, reading: Any, mail: None
) -> None:
    client_for(cast.olga).post_form(url(cast), FORM)
    with reading():
        secret = secret_in(letters(app)["mara@example.org"])
    guest = client_for(None)
    assert guest.post_form(f"/mein/{secret}").status_code == 303
    assert guest.get(f"/kurs/{cast.nord}/").status_code == 200
    with reading():
        assert db.session.get_one(User, mara(cast).user_id).entered_at is not None
    page = client_for(cast.olga).soup(f"/kohorten/{cast.nord}/teilnehmende").get_text()
    assert "war da; eingeladen am" in page


def test_without_a_mail_server_nothing_is_promised(cast: Cast, client_for: Any, reading: Any) -> None:
    answer = client_for(cast.olga).post_form(url(cast), FORM, follow_redirects=True)
    assert (
        "Mara Krüger ist aufgenommen. Es ist kein Mailserver eingestellt: Drucken Sie eine Karte."
        in answer.get_data(as_text=True)
    )
    with reading():
        assert count("letter") == 0
        assert count("personal_link") == 0


@pytest.mark.usefixtures("mail")
def test_without_an_address_there_are_cards(cast: Cast, client_for: Any, reading: Any) -> None:
    answer = client_for(cast.olga).post_form(url(cast), FORM | {"email": ""}, follow_redirects=True)
    said = "Mara Krüger ist aufgenommen. Ohne E-Mail-Adresse geht keine Einladung: Drucken Sie eine Karte."
    assert said in answer.get_data(as_text=True)
    with reading():
        assert count("letter") == 0


def test_sent_twice_it_is_one_person(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    client.post_form(url(cast), FORM)
    answer = client.post_form(url(cast), FORM, follow_redirects=True)
    assert "Mara Krüger war schon dabei." in answer.get_data(as_text=True)
    with reading():
        assert count("enrolment") == 4


def test_a_known_address_is_named(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    client.post_form(url(cast), FORM)
    answer = client.post_form(
        url(cast), {"name": "Jemand Anderes", "email": "MARA@example.org", "form_key": "2"}
    )
    assert answer.status_code == 409
    assert "Diese Adresse gehört schon zu Mara Krüger." in answer.get_data(as_text=True)
    assert 'value="Jemand Anderes"' in answer.get_data(as_text=True)
    with reading():
        assert count("enrolment") == 4


def test_a_single_word_is_asked_about_as_in_a_list(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    answer = client.post_form(url(cast), FORM | {"name": "Mara"})
    html = answer.get_data(as_text=True)
    assert (answer.status_code, "Der Nachname fehlt." in html, 'value="Mara"' in html) == (422, True, True)
    assert "Der Name stimmt so" in html and "mara@example.org" in html
    with reading():
        assert count("enrolment") == 3
    assert client.post_form(url(cast), FORM | {"name": "Mara", "name_is_right": "y"}).status_code == 303
    with reading():
        assert count("enrolment") == 4


def test_namesakes_are_asked_about(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    form = {"name": "Anna Kolb", "email": "zwei@example.org", "form_key": "2"}
    answer = client.post_form(url(cast), form)
    assert answer.status_code == 409
    assert "Anna Kolb (ohne E-Mail-Adresse)" in answer.get_data(as_text=True)
    assert client.post_form(url(cast), form | {"other_person": "y"}).status_code == 303
    with reading():
        assert [person.name for person in people.enrolments(cast.nord)].count("Anna Kolb") == 2


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 300}, {"name": "A\x07na"}, {"email": "kaputt"}, {"funder": "x" * 201}],
)
def test_bad_input_keeps_what_was_typed(
    cast: Cast, client_for: Any, reading: Any, wrong: dict[str, str]
) -> None:
    answer = client_for(cast.olga).post_form(url(cast), FORM | wrong)
    assert answer.status_code == 422
    assert "Bitte prüfen Sie Ihre Angaben" in answer.get_data(as_text=True)
    kept = "funder" if "email" in wrong else "email"
    if kept not in wrong:
        assert f'value="{FORM[kept]}"' in answer.get_data(as_text=True)
    with reading():
        assert count("enrolment") == 3


@pytest.mark.usefixtures("mail")
def test_staff_come_in_with_the_account_they_have(
    app: Flask, cast: Cast, client_for: Any, reading: Any
) -> None:
    client_for(cast.olga).post_form(
        url(cast), {"name": "Theo Brandt", "email": "theo@example.org", "form_key": "t"}
    )
    with reading():
        own = people.own_enrolment(cast.nord, cast.theo.user_id)
        assert own
        assert "/anmelden" in letters(app)["theo@example.org"]
        assert count("personal_link") == 0


def test_in_a_full_cohort_one_waits(app: Flask, cast: Cast, client_for: Any, reading: Any) -> None:
    set_seats(app, cast.nord, 2)
    client = client_for(cast.olga)
    assert "Die Kohorte ist voll" in client.soup(url(cast)).get_text()
    answer = client.post_form(url(cast), FORM, follow_redirects=True)
    assert "Mara Krüger kommt auf die Warteliste." in answer.get_data(as_text=True)
    with reading():
        assert [each.name for each in waiting.queue(cast.nord)] == ["Mara Krüger"]


@pytest.mark.parametrize("mail_server", [True, False])
def test_counts_those_who_need_a_card(
    app: Flask, cast: Cast, client_for: Any, writing: Any, reading: Any, *, mail_server: bool
) -> None:
    """Not those with an address, not who was inside already, not guests."""
    if mail_server:
        set_mail(app)
    with writing():
        by = db.session.get_one(User, cast.olga.user_id)
        inside, guest, _, address = (
            places.enrol(cast.nord, Newcomer(name=name, email=email), by)
            for name, email in (("Ina", None), ("Gero", None), ("Ole", None), ("Mara", "mara@example.org"))
        )
        accounts.note_entry(inside.user_id)
        guest.walk_in = True
        assert address.email
    said = " ".join(client_for(cast.olga).soup(url(cast)).select_one("#karten").parent.get_text().split())
    assert "3 Personen ohne E-Mail-Adresse waren noch nicht da." in said  # Anna, Bela, Ole


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast)) == DESK
    assert knock(client_for, cast, url(cast), post=True) == DESK
    assert client_for(cast.olga).get("/kohorten/4711/einladen").status_code == 404
