"""„Ich habe meinen Link nicht dabei“: a name put down with the code, assigned by staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts import letters, periodic
from app.attendance.by_code import claims
from app.attendance.models import Claim
from app.cohorts import service
from app.cohorts.models import AttendanceMark, ScheduledSlot
from app.extensions import db
from tests.attendance.checking import RUNNING, after, check, marks, on_the_wall, scan
from tests.modules.doors import words
from tests.support.cast import NOW, Cast, enrol
from tests.support.doors import STAFF, knock


def desk(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/anwesenheit/{cast.slots[RUNNING]}/eingecheckt"


def assigning(cast: Cast, claim_id: int) -> str:
    return f"/kohorten/{cast.nord}/anwesenheit/{cast.slots[RUNNING]}/code/zuordnen/{claim_id}"


@pytest.fixture
def code(app: Flask, cast: Cast) -> str:
    return on_the_wall(app, cast.slots[RUNNING])


def claim(client: Any, code: str, name: str, form_key: str = "k" * 20) -> Any:
    assert scan(client, code).status_code == 200
    return client.post_form(f"/anwesend/{code}/name", {"name": name, "form_key": form_key})


def the_claim(app: Flask) -> Claim:
    with app.app_context():
        found = db.session.scalars(select(Claim)).one()
        db.session.expunge(found)
        db.session.remove()
    return found


def test_works(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    phone = client_for(None)
    answer = claim(phone, code, "Anna Kolb")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/anwesend/notiert")
    page = phone.soup("/anwesend/notiert")
    assert page.h1.get_text() == "Ihr Name ist notiert"
    assert "11:00 Uhr" in words(page.main) and "Das Feld" in words(page.main)
    assert marks(app, cast, cast.anna) == []
    made = the_claim(app)
    assert (made.name, made.slot_id, made.scanned_at) == ("Anna Kolb", cast.slots[RUNNING], NOW)

    tarek = client_for(cast.tarek)
    choice = tarek.soup(desk(cast)).select_one(f"#wer-{made.id} option")
    assert (choice["value"], choice.get_text()) == (str(cast.anna.enrolment_id), "Anna Kolb")
    with clock.standing_at(after(25)):
        answer = tarek.post_form(assigning(cast, made.id), {"person": choice["value"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, desk(cast))
    assert "Anna Kolb ist eingetragen." in words(tarek.soup(desk(cast)))
    # Late by the time of the scan, not of the tap; the trainer stands for it.
    assert marks(app, cast, cast.anna) == [("partial", 75, "code", "Tarek Aydın")]
    with app.app_context():
        mark = db.session.scalars(select(AttendanceMark)).one()
        assert mark.remark == "Code ohne Anmeldung, Name „Anna Kolb“"
    assert "Tarek Aydın hat Ihren Namen „Anna Kolb“ bestätigt." in words(phone.soup("/anwesend/notiert").main)


def test_near_names_stand_first(app: Flask, cast: Cast, client_for: Any, code: str, writing: Any) -> None:
    """Berta Sander is nobody on the list; Birgit Sander may be her, but is not chosen for anybody."""
    with writing():
        enrol(cast.nord, "Birgit Sander")
    claim(client_for(None), code, "Berta Sander")
    options = client_for(cast.tarek).soup(desk(cast)).select(f"#wer-{the_claim(app).id} option")
    assert [option.get_text() for option in options] == [
        "Bitte wählen", "Birgit Sander (vielleicht)", "Anna Kolb", "Bela Öztürk",
        "neu hier: als Gast aufnehmen", "niemand: Namen verwerfen",
    ]  # fmt: skip


def test_the_time_of_the_scan_counts_not_that_of_typing(app: Flask, cast: Cast, client_for: Any) -> None:
    phone = client_for(None)
    with clock.standing_at(after(-6)):
        early = on_the_wall(app, cast.slots[RUNNING], after(-6))
        scan(phone, early)
    with clock.standing_at(after(10)):
        phone.post_form(f"/anwesend/{early}/name", {"name": "Anna Kolb", "form_key": "a" * 20})
    made = the_claim(app)
    assert made.scanned_at == after(-6)
    client_for(cast.tarek).post_form(assigning(cast, made.id), {"person": str(cast.anna.enrolment_id)})
    assert marks(app, cast, cast.anna) == [("present", 90, "code", "Tarek Aydın")]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "mindestens zwei Zeichen"),
        ("12", "keinen Buchstaben"),
        ("x" * 300, "300 Zeichen"),
        ("Anna\x07Kolb", "Steuerzeichen"),
    ],
)
def test_a_name_that_is_none_is_said_and_kept(
    app: Flask, cast: Cast, client_for: Any, code: str, name: str, sentence: str
) -> None:
    answer = claim(client_for(None), code, name)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in text
    assert f'value="{name.replace(chr(7), "")}"' in text
    with app.app_context():
        assert db.session.scalars(select(Claim)).all() == []


def test_sent_twice_is_one_name(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    phone = client_for(None)
    form = {"name": "Anna Kolb", "form_key": "k" * 20}
    scan(phone, code)
    for _ in range(2):
        assert phone.post_form(f"/anwesend/{code}/name", form).status_code == 303
    the_claim(app)


def test_without_a_valid_code_no_name_is_taken(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    with clock.standing_at(after(5)):
        answer = client_for(None).post_form(f"/anwesend/{code}/name", {"name": "Anna Kolb"})
    assert answer.status_code == 410
    with app.app_context():
        assert db.session.scalars(select(Claim)).all() == []


def test_who_is_signed_in_needs_no_claim(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    answer = claim(client_for(cast.anna), code, "Bela Öztürk")
    assert answer.status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Claim)).all() == []


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("anna kolb", "Anna Kolb"),
        ("Kolb Anna", "Anna Kolb (vermutlich)"),
        ("Bela", "Bela Öztürk (vermutlich)"),
        ("Xaver Unbekannt", "Bitte wählen"),
    ],
)
def test_who_it_probably_is_is_proposed(
    app: Flask, cast: Cast, client_for: Any, code: str, typed: str, proposed: str
) -> None:
    claim(client_for(None), code, typed)
    option = client_for(cast.tarek).soup(desk(cast)).select_one("select[name=person] option")
    assert option.get_text() == proposed


def test_a_new_face_becomes_a_walk_in(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    claim(client_for(None), code, "Xaver Unbekannt")
    tarek = client_for(cast.tarek)
    for _ in range(2):
        assert tarek.post_form(assigning(cast, the_claim(app).id), {"person": "gast"}).status_code in (
            303,
            409,
        )
    with app.app_context():
        [guest] = [person for person in service.enrolments(cast.nord) if person.walk_in]
        assert guest.name == "Xaver Unbekannt"
        [mark] = service.marks(cast.nord).values()
        assert (mark.enrolment_id, mark.state, mark.way) == (guest.id, "partial", "code")


def test_nobody(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    phone = client_for(None)
    claim(phone, code, "Donald Duck")
    tarek = client_for(cast.tarek)
    assert tarek.post_form(assigning(cast, the_claim(app).id), {"person": "niemand"}).status_code == 303
    assert not tarek.soup(desk(cast)).select("select[name=person]")
    assert phone.soup("/anwesend/notiert").h1.get_text() == "Bitte sprechen Sie Ihre Kursleitung an"
    with app.app_context():
        assert service.marks(cast.nord) == {}


def test_two_of_the_staff_at_once(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    claim(client_for(None), code, "Kolb")
    number = the_claim(app).id
    anna, bela = str(cast.anna.enrolment_id), str(cast.bela.enrolment_id)
    tarek, olga = client_for(cast.tarek), client_for(cast.olga)
    assert tarek.post_form(assigning(cast, number), {"person": anna}).status_code == 303
    assert tarek.post_form(assigning(cast, number), {"person": anna}).status_code == 303
    answer = olga.post_form(assigning(cast, number), {"person": bela})
    assert answer.status_code == 409
    assert "„Kolb“ hat inzwischen jemand anderes zugeordnet." in answer.get_data(as_text=True)
    assert len(marks(app, cast, cast.anna)) == 1
    assert marks(app, cast, cast.bela) == []


def test_assigned_to_somebody_who_checked_in_too(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    claim(client_for(None), code, "Anna Kolb")
    check(client_for(cast.anna), code, cast.anna)
    tarek = client_for(cast.tarek)
    tarek.post_form(assigning(cast, the_claim(app).id), {"person": str(cast.anna.enrolment_id)})
    assert "Anna Kolb war schon eingetragen" in words(tarek.soup(desk(cast)))
    assert len(marks(app, cast, cast.anna)) == 1


@pytest.mark.parametrize("choice", ["", "x", "0", "99999999999999", "-1"])
def test_a_choice_that_is_none(app: Flask, cast: Cast, client_for: Any, code: str, choice: str) -> None:
    claim(client_for(None), code, "Xaver")
    answer = client_for(cast.tarek).post_form(assigning(cast, the_claim(app).id), {"person": choice})
    assert answer.status_code == 422
    assert "Bitte wählen Sie aus der Liste, wer das ist." in answer.get_data(as_text=True)
    assert the_claim(app).settled_at is None


def test_somebody_of_another_cohort_is_no_choice(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    claim(client_for(None), code, "Frida")
    sent = {"person": str(cast.frida.enrolment_id)}
    assert client_for(cast.tarek).post_form(assigning(cast, the_claim(app).id), sent).status_code == 422
    assert marks(app, cast, cast.frida) == []


def test_unknown_claims(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    claim(client_for(None), code, "Anna Kolb")
    number = the_claim(app).id
    tarek = client_for(cast.tarek)
    for address in (
        assigning(cast, number + 1),
        assigning(cast, 2**40),
        assigning(cast, number).replace(f"/{cast.slots[RUNNING]}/", f"/{cast.slots[0]}/"),
    ):
        assert tarek.post_form(address, {"person": str(cast.anna.enrolment_id)}).status_code == 404
    theo = client_for(cast.theo)
    assert theo.post_form(assigning(cast, number), {"person": "niemand"}).status_code == 404


def test_who_may_assign(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    claim(client_for(None), code, "Anna Kolb")
    assert knock(client_for, cast, assigning(cast, the_claim(app).id), post=True) == STAFF


def test_another_device_does_not_see_what_was_claimed(cast: Cast, client_for: Any, code: str) -> None:
    claim(client_for(None), code, "Anna Kolb")
    answer = client_for(None).get("/anwesend/notiert")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/anwesend/")


def test_names_are_forgotten_after_sixty_days(app: Flask, cast: Cast, monkeypatch: Any, writing: Any) -> None:
    with writing():
        for name, days in (("Alt", 61), ("Neu", 59)):
            at = NOW - timedelta(days=days)
            db.session.add(Claim(slot_id=cast.slots[0], name=name, scanned_at=at))
    monkeypatch.setattr(periodic, "_jobs", {})
    periodic.register(replace(claims.JOB, done_at=None))
    with app.app_context():
        letters.do_jobs()
    assert the_claim(app).name == "Neu"


def test_a_claim_for_a_slot_that_was_dropped(
    app: Flask, cast: Cast, client_for: Any, writing: Any, code: str
) -> None:
    claim(client_for(None), code, "Anna Kolb")
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[RUNNING]).cancelled_at = NOW
    tarek = client_for(cast.tarek)
    tarek.post_form(assigning(cast, the_claim(app).id), {"person": str(cast.anna.enrolment_id)})
    assert "ist nichts eingetragen: Der Abschnitt ist entfallen" in words(tarek.soup(desk(cast)))
    with app.app_context():
        assert db.session.scalars(select(AttendanceMark)).all() == []
