"""A person leaves, and may name themselves until the certificate is issued."""

from __future__ import annotations

from typing import Any

import pytest

from app.cohorts import service
from app.cohorts.models import Attendance, Enrolment, ScheduledSlot
from app.extensions import db
from tests.admission.making import deeds
from tests.support.cast import Cast
from tests.support.doors import knock

PARTICIPANT = {"nobody": 401, "frida": 404, "theo": 404, "anna": 200, "tarek": 403, "olga": 403, "adam": 403}


def test_the_page_says_what_stays(cast: Cast, client_for: Any) -> None:
    said = client_for(cast.anna).soup(f"/kurs/{cast.nord}/austreten").get_text()
    assert "Ihre erfasste Anwesenheit bleibt" in said
    assert "laden Sie vorher Ihr Lernheft" in said


def test_leaving_ends_the_place_and_keeps_the_register(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[0])
        anna = db.session.get_one(Enrolment, cast.anna.enrolment_id)
        service.mark(slot, anna, Attendance.PRESENT, 0, service.trainers(cast.nord)[0])
    client = client_for(cast.anna)
    assert client.post_form(f"/kurs/{cast.nord}/austreten").status_code == 303
    assert "Sie sind ausgetreten." in client.get("/").get_data(as_text=True)
    assert client.get(f"/kurs/{cast.nord}/").status_code == 403
    assert client.post_form("/beitreten/NRD2-3456", {"name": "Anna Kolb"}).status_code == 403
    with reading():
        assert len(service.marks_of(cast.anna.enrolment_id)) == 1
        assert deeds(cast.nord) == ["left"]


def test_an_organiser_takes_them_back(cast: Cast, client_for: Any) -> None:
    anna = client_for(cast.anna)
    anna.post_form(f"/kurs/{cast.nord}/austreten")
    url = f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}"
    olga = client_for(cast.olga)
    assert "selbst ausgetreten" in olga.soup(url).get_text()
    olga.post_form(f"{url}/aufnehmen")
    assert anna.get(f"/kurs/{cast.nord}/").status_code == 200


def test_who_may_leave(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, f"/kurs/{cast.nord}/austreten") == PARTICIPANT
    assert knock(client_for, cast, f"/kurs/{cast.nord}/austreten", post=True) == PARTICIPANT
    assert client_for(cast.anna).get("/kurs/4711/austreten").status_code == 404


# The name on the certificate


def test_the_person_names_themselves(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.anna)
    assert client.soup(f"/kurs/{cast.nord}/nachweise").select_one(f'a[href="/kurs/{cast.nord}/mein-name"]')
    assert client.post_form(f"/kurs/{cast.nord}/mein-name", {"name": " Dr.  Anna Kolb "}).status_code == 303
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).name == "Dr. Anna Kolb"
        assert deeds(cast.nord) == ["renamed"]


def test_somebody_elses_name_is_asked_about_once(cast: Cast, client_for: Any, reading: Any) -> None:
    client, url = client_for(cast.anna), f"/kurs/{cast.nord}/mein-name"
    assert not client.soup(url).select("#other_person")
    answer = client.post_form(url, {"name": "bela  Öztürk"})
    html = answer.get_data(as_text=True)
    assert (answer.status_code, "So heißt in dieser Kohorte schon jemand." in html) == (422, True)
    assert "Ich heiße wirklich auch so" in html and 'value="bela Öztürk"' in html
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).name == "Anna Kolb"
    assert client.post_form(url, {"name": "bela Öztürk", "other_person": "y"}).status_code == 303
    assert client.post_form(url, {"name": "Bela Öztürk"}).status_code == 303  # theirs as well by now
    assert client.post_form(url, {"name": "Frida Nowak"}).status_code == 303  # of another cohort
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).name == "Frida Nowak"


@pytest.mark.parametrize("name", ["", "A", "x" * 121, "1234"])
def test_bad_names_stay_on_the_form(cast: Cast, client_for: Any, reading: Any, name: str) -> None:
    answer = client_for(cast.anna).post_form(f"/kurs/{cast.nord}/mein-name", {"name": name})
    assert answer.status_code == 422
    assert f'value="{name}"' in answer.get_data(as_text=True)
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).name == "Anna Kolb"


def test_after_the_issue_only_by_replacing(cast: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    with writing():
        service.fix_name(db.session.get_one(Enrolment, cast.anna.enrolment_id))
    client = client_for(cast.anna)
    page = client.soup(f"/kurs/{cast.nord}/mein-name")
    assert "durch eine neue ersetzt" in page.get_text()
    assert not page.select("#name")
    assert client.post_form(f"/kurs/{cast.nord}/mein-name", {"name": "Anders"}).status_code == 409
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).name == "Anna Kolb"


def test_who_may_name_themselves(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, f"/kurs/{cast.nord}/mein-name") == PARTICIPANT
    assert knock(client_for, cast, f"/kurs/{cast.nord}/mein-name", post=True) == PARTICIPANT
