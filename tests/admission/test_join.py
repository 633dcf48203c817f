"""Joining from the poster: wrong and expired codes, names, the personal link, joining twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.accounts import service as accounts
from app.cohorts import people, service
from app.cohorts.models import Cohort
from app.extensions import db, transaction
from tests.support.cast import NOW, Cast
from tests.support.databases import count

URL = "/beitreten/NRD2-3456"
FORM = {"name": "Mara Krüger", "email": "", "form_key": "key-of-this-form"}


def names(cast: Cast) -> list[str]:
    return [person.name for person in service.enrolments(cast.nord)]


def test_the_page_shows_what_one_joins_and_who_will_see_it(cast: Cast, client_for: Any) -> None:
    text = " ".join(client_for(None).soup(URL).get_text().split())
    for words in ("Kohorte Nord", "3. Juli 2026, 09:00 Uhr", "Bildungshaus Am See", "Was gespeichert wird und wer es sieht",
                  "Verantwortlich ist Kreis Musterland"):  # fmt: skip
        assert words in text


def test_works(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(None)
    answer = client.post_form(URL, FORM | {"email": "mara@example.org"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{URL}/willkommen")
    page = client.soup(f"{URL}/willkommen")
    address = page.select_one("#link").get_text()
    assert page.select_one(".qr svg")
    assert page.select_one("a.button--primary")["href"] == f"/kurs/{cast.nord}/"
    with reading():
        person = accounts.person_by_link(address.rsplit("/", 1)[1])
        assert person
        assert (person.name, person.email, person.password) == ("Mara Krüger", None, None)
        enrolment = people.own_enrolment(cast.nord, person.id)
        assert enrolment
        assert (enrolment.name, enrolment.email, enrolment.joined_at) == (
            "Mara Krüger",
            "mara@example.org",
            NOW,
        )
        assert [cohort.id for cohort in service.cohorts_of(person.id)] == [cast.nord]


def test_who_pays_is_asked_and_kept(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(None)
    assert client.soup(URL).select_one('input[name="funder"]')
    answer = client.post_form(URL, FORM | {"name": "", "funder": "Caritas"})
    assert answer.status_code == 422
    assert 'value="Caritas"' in answer.get_data(as_text=True)
    answer = client.post_form(URL, FORM | {"name": "Anna Kolb", "funder": "Caritas"})
    assert answer.status_code == 409
    assert 'value="Caritas"' in answer.get_data(as_text=True)
    assert client.post_form(URL, FORM | {"funder": "x" * 201}).status_code == 422
    assert client.post_form(URL, FORM | {"funder": " Caritas "}).status_code == 303
    with reading():
        assert [person.funder for person in service.enrolments(cast.nord)] == ["", "", "Caritas"]


def test_who_pays_is_asked_of_those_signed_in(cast: Cast, client_for: Any, reading: Any) -> None:
    frida = client_for(cast.frida)
    assert frida.soup(URL).select_one('input[name="funder"]')
    sent = {"name": "Frida Nowak", "signed_in": str(cast.frida.user_id), "funder": "Caritas"}
    assert frida.post_form(URL, sent).status_code == 303
    with reading():
        own = people.own_enrolment(cast.nord, cast.frida.user_id)
        assert own and own.funder == "Caritas"


@pytest.mark.parametrize("code", ["NRD23456", "nrd2-3456", "nrd2 3456", "NRD2–3456"])
def test_the_code_may_be_typed_in_many_ways(cast: Cast, client_for: Any, code: str) -> None:
    assert client_for(None).get(f"/beitreten/{code}").status_code == 200


@pytest.mark.parametrize("code", ["ABCD2345", "x", "NRD2345", "nrd2-345\x00", "<script>", "9" * 500])
def test_a_wrong_code_can_be_typed_again(cast: Cast, client_for: Any, code: str) -> None:
    for answer in (
        client_for(None).get(f"/beitreten/{code}"),
        client_for(None).post_form(f"/beitreten/{code}", FORM),
    ):
        assert answer.status_code == 404
        assert "Diesen Code gibt es nicht" in answer.get_data(as_text=True)
        assert 'name="code"' in answer.get_data(as_text=True)


def test_after_the_last_day_nobody_new_comes_in(cast: Cast, client_for: Any, reading: Any) -> None:
    with clock.standing_at(NOW + timedelta(days=14)):
        for answer in (client_for(None).get(URL), client_for(None).post_form(URL, FORM)):
            assert answer.status_code == 410
            assert "Der Beitritt ist beendet" in answer.get_data(as_text=True)
        assert client_for(cast.anna).soup(URL).select_one(f'a[href="/kurs/{cast.nord}/"]')
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "mindestens zwei Zeichen"),
        ({"name": "A"}, "mindestens zwei Zeichen"),
        ({"name": "x" * 300}, "300 Zeichen"),
        ({"name": "Ma\x08ra"}, "Steuerzeichen"),
        ({"name": "1234"}, "keinen Buchstaben"),
        ({"email": "mara@"}, "E-Mail-Adresse ist nicht vollständig"),
        ({"email": f"m@{'x' * 260}.org"}, "E-Mail-Adresse ist nicht vollständig"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    cast: Cast, client_for: Any, reading: Any, changes: dict[str, str], words: str
) -> None:
    form = FORM | {"email": "mara@example.org"} | changes
    answer = client_for(None).post_form(URL, form)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in text
    for name in ("name", "email", "form_key"):
        assert not form[name] or not form[name].isprintable() or f'value="{form[name]}"' in text
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk"]


@pytest.mark.parametrize("name", ["Nguyễn Thị Lan", "محمد علي", "Øystein Å", "O’Neill-Łukasz", "李小龍"])
def test_names_in_any_letters(cast: Cast, client_for: Any, reading: Any, name: str) -> None:
    assert client_for(None).post_form(URL, FORM | {"name": name}).status_code == 303
    with reading():
        assert name in names(cast)


def test_who_is_enrolled_is_asked_who_they_are(cast: Cast, client_for: Any, reading: Any) -> None:
    anna = client_for(cast.anna)
    page = anna.soup(URL)
    assert "Sie sind als Anna Kolb angemeldet." in page.get_text()
    assert page.select_one("main a.button--primary")["href"] == f"/kurs/{cast.nord}/"
    assert page.select_one("main a.button--primary").get_text() == "Als Anna Kolb weiter"
    assert anna.post_form(URL, FORM | {"name": "anna kolb"}).headers["Location"] == f"/kurs/{cast.nord}/"
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk"]


def test_on_a_shared_device_somebody_else_signs_out_and_joins(
    cast: Cast, client_for: Any, reading: Any
) -> None:
    client = client_for(cast.anna)
    [form] = [f for f in client.soup(URL).select("main form") if "abmelden" in f.get_text()]
    fields = {field["name"]: field["value"] for field in form.select("input")}
    answer = client.post_form(form["action"], {"next": fields["next"]})
    assert (answer.status_code, answer.headers["Location"]) in ((302, URL), (303, URL))
    page = client.soup(URL)
    assert page.select_one("#name")["value"] == ""
    assert client.post_form(URL, FORM).headers["Location"] == f"{URL}/willkommen"
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk", "Mara Krüger"]


@pytest.mark.parametrize("who", ["anna", "frida"])
def test_a_form_from_before_somebody_signed_in_is_not_theirs(
    cast: Cast, client_for: Any, reading: Any, who: str
) -> None:
    client = client_for(getattr(cast, who))
    assert client.post_form(URL, FORM).headers["Location"] == URL
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk"]


def test_who_is_signed_in_joins_with_the_same_access(cast: Cast, client_for: Any, reading: Any) -> None:
    frida = client_for(cast.frida)
    page = frida.soup(URL)
    assert "Sie sind als Frida Nowak angemeldet." in page.get_text()
    form = page.select_one("main form")
    assert form.button.get_text() == "Als Frida Nowak weiter"
    fields = {
        field["name"]: field["value"] for field in form.select("input") if field["name"] != "csrf_token"
    }
    assert frida.post_form(form["action"], fields).headers["Location"] == f"/kurs/{cast.nord}/"
    with reading():
        assert {cohort.id for cohort in service.cohorts_of(cast.frida.user_id)} == {cast.nord, cast.sued}
        assert count("personal_link") == 0


def test_staff_may_take_part_and_get_no_link_around_their_password(
    cast: Cast, client_for: Any, reading: Any
) -> None:
    assert client_for(cast.theo).post_form(URL, FORM | {"name": "Theo Brandt"}).status_code == 303
    with reading():
        assert "Theo Brandt" in names(cast)
        assert count("personal_link") == 0


def test_the_same_form_twice_is_one_person(cast: Cast, client_for: Any, reading: Any) -> None:
    for client in (client_for(None), client_for(None)):
        answer = client.post_form(URL, FORM)
        assert answer.headers["Location"] == f"{URL}/willkommen"
        assert client.soup(f"{URL}/willkommen").select_one("#link")
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk", "Mara Krüger"]


def test_the_same_form_much_later_opens_nothing(cast: Cast, client_for: Any) -> None:
    client_for(None).post_form(URL, FORM)
    with clock.standing_at(NOW + timedelta(minutes=20)):
        assert client_for(None).post_form(URL, FORM).status_code == 409


@pytest.mark.parametrize("name", ["Anna Kolb", "anna  kolb", "ANNA KOLB"])
def test_the_same_name_is_asked_about(cast: Cast, client_for: Any, reading: Any, name: str) -> None:
    client = client_for(None)
    answer = client.post_form(URL, FORM | {"name": name, "email": "a@example.org"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Unter diesem Namen ist schon jemand angemeldet" in text
    assert 'name="other_person"' in text
    assert 'value="a@example.org"' in text
    assert client.get(f"{URL}/willkommen").status_code == 401
    again = client.post_form(URL, FORM | {"name": name, "other_person": "y"})
    assert again.status_code == 303
    with reading():
        assert len(names(cast)) == 3


def test_the_same_address_never_shows_a_link(cast: Cast, client_for: Any, reading: Any) -> None:
    client_for(None).post_form(URL, FORM | {"email": "mara@example.org"})
    stranger = client_for(None)
    answer = stranger.post_form(URL, {"name": "Ganz Anders", "email": "MARA@example.org", "form_key": "x"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Mit dieser E-Mail-Adresse sind Sie schon angemeldet" in text
    assert "bitten Sie Kreis Musterland um einen neuen" in text
    assert "/mein/" not in text
    assert 'value="Ganz Anders"' in text
    assert stranger.get(f"{URL}/willkommen").status_code == 401
    with reading():
        assert (len(names(cast)), count("personal_link")) == (3, 1)


def test_at_the_same_instant_each_person_is_enrolled_once(app: Flask, cast: Cast, reading: Any) -> None:
    def send(key: str) -> None:
        with app.app_context():
            with transaction():
                cohort = db.session.get_one(Cohort, cast.nord)
                service.join(cohort, f"Neu {key}", None, None, form_key=key)
            db.session.remove()

    threads = [threading.Thread(target=send, args=(str(number % 4),)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk", "Neu 0", "Neu 1", "Neu 2", "Neu 3"]


def test_guessing_is_limited(cast: Cast, client_for: Any) -> None:
    client = client_for(None)
    for number in range(100):
        assert (
            client.get(f"/beitreten/ABCD2{number:03}".replace("0", "Z").replace("1", "Y")).status_code == 404
        )
    assert client.get("/beitreten/ABCD2345").status_code == 429
    with clock.standing_at(NOW + timedelta(minutes=11)):
        assert client.get(URL).status_code == 200


def test_a_get_changes_nothing(cast: Cast, client_for: Any, reading: Any) -> None:
    for _ in range(20):
        client_for(None).get(URL)
    with reading():
        assert (count("enrolment"), count("attempt")) == (3, 0)
