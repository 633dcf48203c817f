"""Seats and the waiting list: asking for a seat, the place in the queue, giving seats away."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask

from app.accounts import service as accounts
from app.accounts.models import User
from app.admission import service, waiting
from app.admission.models import Waiting
from app.cohorts import people, places
from app.cohorts.models import Cohort
from app.cohorts.places import Newcomer
from app.extensions import db
from tests.admission.making import deeds, letters, secret_in, set_seats
from tests.support.cast import Cast
from tests.support.databases import count
from tests.support.doors import DESK, knock

ZUERST = "Die freien Plätze gehen zuerst an die Wartenden."
JOIN = "/beitreten/NRD2-3456"
ASK = f"{JOIN}/warteliste"
FORM = {"name": "Mara Krüger", "email": "mara@example.org", "funder": "Caritas", "form_key": "k"}


@pytest.fixture
def full(app: Flask, cast: Cast) -> Cast:
    """Cohort Nord has two seats, and both are taken."""
    set_seats(app, cast.nord, 2)
    return cast


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/warteliste"


def put(cast: Cast, *names: str, user_id: int | None = None) -> list[int]:
    return [waiting.put(cast.nord, Newcomer(name=name, user_id=user_id)).id for name in names]


# Asking


def test_a_full_cohort_offers_the_list(full: Cast, client_for: Any) -> None:
    page = client_for(None).soup(JOIN)
    assert "Alle Plätze sind vergeben." in page.get_text()
    assert page.select_one("form.stack")["action"] == ASK


def test_free_seats_that_others_wait_for_are_not_called_taken(
    app: Flask, full: Cast, client_for: Any, writing: Any
) -> None:
    with writing():
        put(full, "Zuerst")
    assert ZUERST not in client_for(None).soup(JOIN).get_text()
    set_seats(app, full.nord, 3)
    page = client_for(None).soup(JOIN)
    assert ZUERST in page.get_text()
    assert "lle Plätze sind vergeben" not in page.get_text()


def test_one_asks_and_sees_the_place(full: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    with writing():
        put(full, "Zuerst")
    client = client_for(None)
    answer = client.post_form(ASK, FORM)
    assert (answer.status_code, answer.headers["Location"]) == (303, ASK)
    assert "Platz 2" in client.soup(ASK).get_text()
    with reading():
        mine = waiting.queue(full.nord)[1]
        assert (mine.name, mine.email, mine.funder) == ("Mara Krüger", "mara@example.org", "Caritas")
        assert count("enrolment") == 3


@pytest.mark.usefixtures("mail")
def test_with_an_address_there_is_a_letter(full: Cast, app: Flask, client_for: Any, reading: Any) -> None:
    client_for(None).post_form(ASK, FORM)
    with reading():
        body = letters(app)["mara@example.org"]
        assert "Sie stehen auf der Warteliste: Kohorte Nord." in body
        assert "Dann bekommen Sie eine E-Mail mit" in body
        assert "/mein/" not in body


def test_the_form_twice_is_one_entry(full: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(None)
    for _ in range(2):
        assert client.post_form(ASK, FORM).status_code == 303
    with reading():
        assert count("waiting") == 1


def test_the_address_of_somebody_who_waits_says_nothing_of_them(
    full: Cast, client_for: Any, reading: Any
) -> None:
    client_for(None).post_form(ASK, FORM)
    stranger = client_for(None)
    answer = stranger.post_form(ASK, FORM | {"name": "Wer", "form_key": "z"})
    assert answer.status_code == 409
    assert "steht schon jemand auf der Warteliste" in answer.get_data(as_text=True)
    assert "Mara" not in answer.get_data(as_text=True)
    assert stranger.get(ASK).status_code == 404
    with reading():
        assert count("waiting") == 1


def test_namesakes_say_so(full: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(None)
    form = {"name": "Anna Kolb", "form_key": "a"}
    answer = client.post_form(ASK, form)
    assert answer.status_code == 409
    assert "andere Person" in answer.get_data(as_text=True)
    assert client.post_form(ASK, form | {"other_person": "y"}).status_code == 303


@pytest.mark.parametrize("wrong", [{"name": ""}, {"email": "kaputt"}, {"funder": "x" * 201}])
def test_bad_input_keeps_what_was_typed(
    full: Cast, client_for: Any, reading: Any, wrong: dict[str, str]
) -> None:
    answer = client_for(None).post_form(ASK, FORM | wrong)
    assert answer.status_code == 422
    kept = "Mara Krüger" if "name" not in wrong else "Caritas"
    assert f'value="{kept}"' in answer.get_data(as_text=True)
    with reading():
        assert count("waiting") == 0


def test_where_a_seat_is_free_one_joins(cast: Cast, client_for: Any, reading: Any) -> None:
    answer = client_for(None).post_form(ASK, FORM)
    assert answer.headers["Location"] == JOIN
    with reading():
        assert count("waiting") == 0


def test_who_comes_by_the_link_does_not_overtake_those_who_wait(
    app: Flask, full: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        put(full, "Zuerst")
    set_seats(app, full.nord, 3)
    answer = client_for(None).post_form(JOIN, FORM)
    assert answer.status_code == 409
    for words in ("Inzwischen ist kein Platz mehr frei, auf den niemand wartet.", ZUERST):
        assert words in answer.get_data(as_text=True)
    assert 'value="Mara Krüger"' in answer.get_data(as_text=True)
    set_seats(app, full.nord, 4)
    assert client_for(None).post_form(JOIN, FORM).status_code == 303
    with reading():
        assert count("enrolment") == 4


def test_who_is_signed_in_keeps_the_account(full: Cast, client_for: Any, reading: Any) -> None:
    frida = client_for(full.frida)
    assert frida.soup(JOIN).select_one("#name")["value"] == "Frida Nowak"
    data = {"name": "Frida Nowak", "signed_in": str(full.frida.user_id), "form_key": "f"}
    assert frida.post_form(ASK, data).status_code == 303
    frida.post_form(ASK, data | {"form_key": "other"})
    with reading():
        [mine] = waiting.queue(full.nord)
        assert mine.user_id == full.frida.user_id


def test_an_unknown_code_is_not_found(full: Cast, client_for: Any) -> None:
    assert client_for(None).post_form("/beitreten/ABCD-2345/warteliste", FORM).status_code == 404
    assert client_for(None).get(ASK).status_code == 404
    assert client_for(None).post_form(f"{JOIN}/platz").status_code == 404


def test_one_can_stop_waiting(full: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(None)
    client.post_form(ASK, FORM)
    client.post_form(f"{ASK}/zurueckziehen")
    assert "Sie stehen nicht mehr auf der Warteliste" in client.soup(ASK).get_text()
    with reading():
        assert waiting.queue(full.nord) == []


# Giving seats away


@pytest.mark.usefixtures("mail")
def test_the_list_says_e_mail(full: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        put(full, "Zuerst")
    text = client_for(full.olga).soup(url(full)).get_text()
    assert "Wer aufgenommen wird, bekommt eine E-Mail mit dem persönlichen Link" in text
    assert "Brief" not in text


@pytest.mark.usefixtures("mail")
def test_admitted_with_a_letter(app: Flask, full: Cast, client_for: Any, reading: Any) -> None:
    guest = client_for(None)
    guest.post_form(ASK, FORM)
    set_seats(app, full.nord, 3)
    with reading():
        [each] = waiting.queue(full.nord)
        waiting_id = each.id
    answer = client_for(full.olga).post_form(f"{url(full)}/{waiting_id}/aufnehmen", follow_redirects=True)
    assert "Mara Krüger ist aufgenommen. Die E-Mail mit dem Link ist unterwegs." in answer.get_data(
        as_text=True
    )
    with reading():
        assert accounts.person_by_link(secret_in(letters(app)["mara@example.org"]))
        assert deeds(full.nord) == ["admitted", "invited"]
        assert people.enrolments(full.nord)[2].funder == "Caritas"
    assert "Sie haben einen Platz" in guest.soup(ASK).get_text()
    assert guest.post_form(f"{JOIN}/platz").headers["Location"] == f"/kurs/{full.nord}/"
    assert guest.get(f"/kurs/{full.nord}/").status_code == 200


def test_twice_is_once(app: Flask, full: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    with writing():
        [waiting_id] = put(full, "Mara Krüger")
    set_seats(app, full.nord, 5)
    for _ in range(2):
        assert client_for(full.olga).post_form(f"{url(full)}/{waiting_id}/aufnehmen").status_code == 303
    with reading():
        assert len(people.enrolments(full.nord)) == 3


def test_without_a_seat_nobody_comes_in(full: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    with writing():
        [waiting_id] = put(full, "Mara Krüger")
    client = client_for(full.olga)
    assert "Aufnehmen" not in client.soup(url(full)).select_one("table").get_text()
    answer = client.post_form(f"{url(full)}/{waiting_id}/aufnehmen")
    assert answer.status_code == 409
    assert "Der letzte Platz ist gerade vergeben worden." in answer.get_data(as_text=True)
    with reading():
        assert len(waiting.queue(full.nord)) == 1


def test_the_last_seat_is_given_once(
    app: Flask, full: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    """Two organisers at the same instant."""
    with writing():
        ids = put(full, "Eins", "Zwei")
    set_seats(app, full.nord, 3)
    clients = [client_for(full.olga), client_for(full.adam)]
    tokens, start, found = [client.token() for client in clients], threading.Barrier(2), []

    def tap(at: int) -> None:
        start.wait()
        address = f"{url(full)}/{ids[at]}/aufnehmen"
        found.append(clients[at].post(address, data={"csrf_token": tokens[at]}).status_code)

    threads = [threading.Thread(target=tap, args=(at,)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [303, 409]
    with reading():
        assert len(people.enrolments(full.nord)) == 3
        assert len(waiting.queue(full.nord)) == 1


def test_all_free_seats_in_order(app: Flask, full: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    with writing():
        put(full, "Eins", "Zwei", "Drei")
    set_seats(app, full.nord, 4)
    answer = client_for(full.olga).post_form(f"{url(full)}/aufnehmen", follow_redirects=True)
    assert "2 Personen sind aufgenommen." in answer.get_data(as_text=True)
    with reading():
        assert [each.name for each in waiting.queue(full.nord)] == ["Drei"]


def test_who_came_in_another_way_is_named(
    app: Flask, full: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        person = Newcomer(name="Mara Krüger", email="mara@example.org")
        waiting_id = waiting.put(full.nord, person).id
        places.enrol(full.nord, person, db.session.get_one(User, full.olga.user_id))
    set_seats(app, full.nord, 9)
    client = client_for(full.olga)
    answer = client.post_form(f"{url(full)}/{waiting_id}/aufnehmen")
    assert answer.status_code == 409
    assert "nimmt inzwischen auf anderem Weg teil" in answer.get_data(as_text=True)
    client.post_form(f"{url(full)}/{waiting_id}/streichen")
    with reading():
        assert waiting.queue(full.nord) == []
        assert db.session.get_one(Waiting, waiting_id).withdrawn_at
        assert deeds(full.nord) == ["added", "withdrawn"]


def test_the_account_goes_on_with_its_link(
    app: Flask, full: Cast, client_for: Any, writing: Any, reading: Any, mail: None
) -> None:
    with writing():
        secret = accounts.new_personal_link(full.frida.user_id)
        frida = Newcomer(name="Frida Nowak", email="frida@example.org", user_id=full.frida.user_id)
        waiting_id = waiting.put(full.nord, frida).id
    set_seats(app, full.nord, 3)
    client_for(full.olga).post_form(f"{url(full)}/{waiting_id}/aufnehmen")
    with reading():
        assert accounts.person_by_link(secret)
        assert "Ihr bisheriger persönlicher Link gilt weiter." in letters(app)["frida@example.org"]
        own = people.own_enrolment(full.nord, full.frida.user_id)
        assert own


def test_numbers_for_other_rooms(app: Flask, full: Cast, writing: Any, reading: Any) -> None:
    with writing():
        put(full, "Eins", "Zwei")
        waiting.withdraw(waiting.queue(full.nord)[0], "Test")
    with reading():
        assert service.waiting_count([full.nord, full.sued]) == {full.nord: 1}
        nord, sued = db.session.get_one(Cohort, full.nord), db.session.get_one(Cohort, full.sued)
        assert (service.free_seats(nord), service.free_seats(sued)) == (0, None)
    set_seats(app, full.nord, 1)
    with reading():
        assert service.free_seats(db.session.get_one(Cohort, full.nord)) == 0
    set_seats(app, full.nord, 4)
    with reading():
        cohort = db.session.get_one(Cohort, full.nord)
        assert (service.free_seats(cohort), service.open_seats(cohort)) == (2, 1)


def test_who_may(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        [waiting_id] = put(cast, "Mara")
    assert knock(client_for, cast, url(cast)) == DESK
    for ending in ("/aufnehmen", f"/{waiting_id}/aufnehmen", f"/{waiting_id}/streichen"):
        assert knock(client_for, cast, url(cast) + ending, post=True) == DESK
    client = client_for(cast.olga)
    for unknown in (4711, 2**40):
        assert client.post_form(f"{url(cast)}/{unknown}/aufnehmen").status_code == 404


# Seats of a cohort


def test_seats_are_set_and_may_be_fewer_than_people(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    form = {"title": "Nord", "place": "Rathaus", "join_until": "2026-07-10", "attendance_percent": "80"}
    form |= {"reflections": "keine"}
    answer = client.post_form(f"/kohorten/{cast.nord}/aendern", form | {"seats": "1"}, follow_redirects=True)
    assert "2 Personen nehmen schon teil, Plätze gibt es 1." in answer.get_data(as_text=True)
    with reading():
        assert db.session.get_one(Cohort, cast.nord).seats == 1
    for wrong in ("0", "1001", "viele", "2,5"):
        answer = client.post_form(f"/kohorten/{cast.nord}/aendern", form | {"seats": wrong})
        assert answer.status_code == 422
        assert "ganze Zahl von 1 bis 1000" in answer.get_data(as_text=True)
        assert f'value="{wrong}"' in answer.get_data(as_text=True)
    client.post_form(f"/kohorten/{cast.nord}/aendern", form | {"seats": ""})
    with reading():
        assert db.session.get_one(Cohort, cast.nord).seats is None
