"""/ leads everyone to where they belong; strangers read what Feldweg is."""

from __future__ import annotations

from app.cohorts.models import Enrolment
from app.extensions import db
from tests.modules.doors import words
from tests.support.cast import enrol


def test_a_stranger_may_type_a_code(cast, client_for):
    page = client_for(None).soup("/")
    assert page.select_one("form[action='/beitreten/'] input[name=code]")
    assert "Zum Ausprobieren" not in words(page)


def test_the_code_leads_to_the_cohort(cast, client_for):
    client = client_for(None)
    action = client.soup("/").select_one("main form")["action"]
    assert client.post_form(action, {"code": "nrd2-3456"}).location == "/beitreten/NRD2-3456"


def test_the_box_is_there_only_in_the_demo(app, cast, client_for):
    app.extensions["feldweg_demo"] = [
        {"role": "Teilnehmerin", "text": "Als Mara", "href": "/mein/abc"},
        {"role": "Trainer", "text": "trainer@example.org", "href": "/anmelden"},
    ]
    box = client_for(None).soup("/").select_one("#beispiel").parent
    assert [(a["href"], a.text) for a in box.select("a")] == [
        ("/mein/abc", "Persönlichen Link öffnen"),
        ("/anmelden", "Zur Anmeldung"),
    ]


def test_one_cohort_leads_to_its_way(cast, client_for):
    assert client_for(cast.anna).get("/").location == f"/kurs/{cast.nord}/"


def test_staff_come_to_their_desk(cast, client_for):
    for person in (cast.tarek, cast.olga, cast.adam):
        assert client_for(person).get("/").location == "/heute"


def test_several_cohorts_are_a_choice(cast, client_for, writing):
    with writing():
        other = enrol(cast.sued, "Anna Kolb")
        db.session.get_one(Enrolment, other.enrolment_id).user_id = cast.anna.user_id
    page = client_for(cast.anna).soup("/")
    assert {a["href"] for a in page.select("main a")} == {f"/kurs/{cast.nord}/", f"/kurs/{cast.sued}/"}


def test_without_a_cohort_it_says_how_to_come_to_one(cast, client_for, writing):
    with writing():
        db.session.delete(db.session.get_one(Enrolment, cast.anna.enrolment_id))
    page = client_for(cast.anna).soup("/")
    assert "noch zu keiner Kohorte" in words(page)
    assert page.select_one("main a")["href"] == "/beitreten/"


def test_opening_it_writes_nothing(cast, client_for, statements):
    with statements() as seen:
        client_for(None).get("/")
        client_for(cast.anna).get("/")
    assert all(statement.startswith("SELECT") for statement in seen), seen
