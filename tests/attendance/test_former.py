"""/kurs/…/anwesenheit/frueher: what somebody who is not in a cohort any more still reads of it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.accounts.models import User
from app.attendance.by_list import walk_ins
from app.attendance.own import objections
from app.attendance.own.objections import Decision
from app.cohorts import people, places, register
from app.cohorts.models import Attendance, Cohort, Enrolment, ScheduledSlot
from app.cohorts.register import Entry
from app.extensions import db
from tests.admission import making
from tests.modules.doors import words
from tests.support.cast import Cast

SAID = "Sie nehmen seit dem 3. Juli 2026 nicht mehr an dieser Kohorte teil."
OPEN = "Anna Kolb hat einen Einspruch, der noch offen ist"


def url(cohort_id: int) -> str:
    return f"/kurs/{cohort_id}/anwesenheit/frueher"


def staff(cast: Cast) -> User:
    return db.session.get_one(User, cast.olga.user_id)


def anna_of(cast: Cast) -> Enrolment:
    return db.session.get_one(Enrolment, cast.anna.enrolment_id)


def go(cast: Cast, how: str) -> None:
    if how == "left":
        places.leave(anna_of(cast), db.session.get_one(User, cast.anna.user_id))
    elif how == "removed":
        people.remove(anna_of(cast), staff(cast))
    else:
        places.move(anna_of(cast), db.session.get_one(Cohort, cast.sued), staff(cast))


@pytest.fixture
def objected(cast: Cast, writing: Any) -> int:
    """Anna was there for an hour of the first slot, and says it was all of it. The objection's id."""
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[0])
        register.enter(slot, cast.anna.enrolment_id, Entry(state=Attendance.PARTIAL, minutes=60), staff(cast))
        return objections.raise_once(cast.anna.enrolment_id, slot.id, "Ich saß hinten.").id


@pytest.mark.parametrize("how", ["left", "removed", "moved"])
def test_the_own_register_can_still_be_read(
    cast: Cast, objected: int, client_for: Any, writing: Any, how: str
) -> None:
    with writing():
        go(cast, how)
    client = client_for(cast.anna)
    away = client.get(f"/kurs/{cast.nord}/anwesenheit")
    assert away.status_code == 403
    assert f'href="{url(cast.nord)}"' in away.get_data(as_text=True)
    page = client.soup(url(cast.nord))
    text = words(page.select_one("main"))
    for said in (
        SAID,
        "Besucht 1,33 UE (60 Minuten)",
        "teilweise, 60 von 90 Minuten",
        "Ihr Einspruch ist offen.",
    ):
        assert said in text
    assert f"abschnitt-{cast.slots[4]}" not in str(page), "began after they had gone"
    assert not page.select("main form")
    assert not page.select(f'main a[href^="/kurs/{cast.nord}/"]')
    with writing():
        objections.decide(objected, Decision(granted=True, reason="Gesehen worden."), staff(cast))
    text = words(client.soup(url(cast.nord)).select_one("main"))
    for said in ("Besucht 2 UE", "Ihr Einspruch wurde angenommen.", "Gesehen worden."):
        assert said in text


@pytest.mark.parametrize("how", ["left", "removed", "moved"])
def test_nothing_else_of_the_cohort_opens(cast: Cast, client_for: Any, writing: Any, how: str) -> None:
    with writing():
        go(cast, how)
    client = client_for(cast.anna)
    for page in ("", "anwesenheit", "lernheft", "plan", "nachweise"):
        assert client.get(f"/kurs/{cast.nord}/{page}").status_code == 403
    answer = client.post_form(
        f"/kurs/{cast.nord}/anwesenheit/{cast.slots[0]}/einspruch", {f"s{cast.slots[0]}-sentence": "Doch."}
    )
    assert answer.status_code == 403
    with writing():
        assert objections.of_person(cast.anna.enrolment_id) == {}


def test_only_their_own(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        go(cast, "left")
    assert client_for(None).get(url(cast.nord)).status_code == 401
    for person in (cast.frida, cast.theo, cast.olga, cast.tarek):
        assert client_for(person).get(url(cast.nord)).status_code == 404
    for cohort_id in (cast.sued, 4711, 2**40):
        assert client_for(cast.anna).get(url(cohort_id)).status_code == 404
    inside = client_for(cast.bela).get(url(cast.nord))
    assert inside.headers["Location"] == f"/kurs/{cast.nord}/anwesenheit"


def test_a_guest_who_was_somebody_has_none(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        anna_of(cast).walk_in = True
        walk_ins.merge(cast.nord, cast.anna.enrolment_id, cast.bela.enrolment_id, staff(cast))
    client = client_for(cast.anna)
    for address in (url(cast.nord), f"/kurs/{cast.nord}/"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "frueher" not in answer.get_data(as_text=True)


def test_who_moved_finds_it_from_the_new_cohort(
    cast: Cast, objected: int, client_for: Any, writing: Any
) -> None:
    own = f"/kurs/{cast.sued}/anwesenheit"
    with writing():
        go(cast, "moved")
    client = client_for(cast.anna)
    page = client.soup(own)
    assert "In der Kohorte „Kohorte Nord“ waren Sie 1,33 UE da: ansehen" in words(page.select_one("main"))
    assert page.select_one(f'main a[href="{url(cast.nord)}"]').get_text() == "ansehen"
    assert client.soup(url(cast.nord)).select_one(f'main a[href="{own}"]')
    with writing():
        there = people.own_enrolment(cast.sued, cast.anna.user_id)
        assert there
        places.move(there, db.session.get_one(Cohort, cast.nord), staff(cast))
    main = words(client.soup(f"/kurs/{cast.nord}/anwesenheit").select_one("main"))
    assert "In der Kohorte „Kohorte Süd“ waren Sie 0 UE da" in main
    assert "„Kohorte Nord“ waren Sie" not in main


def test_the_letter_leads_there(app: Flask, cast: Cast, objected: int, client_for: Any, writing: Any) -> None:
    making.set_mail(app)
    with writing():
        anna_of(cast).email = "anna@example.org"
        go(cast, "left")
    key = f"e{objected}"
    sent = {
        f"{key}-granted": "nein",
        f"{key}-state": "bleibt",
        f"{key}-minutes": "",
        f"{key}-reason": "Leer.",
    }
    address = f"/kohorten/{cast.nord}/einsprueche/{objected}"
    assert client_for(cast.olga).post_form(address, sent | {"schritt": "entscheiden"}).status_code == 303
    with writing():
        assert url(cast.nord) in making.letters(app)["anna@example.org"]


def test_staff_are_told_of_an_open_objection(
    cast: Cast, objected: int, client_for: Any, writing: Any
) -> None:
    client, base = client_for(cast.olga), f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}"
    pages = [f"{base}/umziehen?ziel={cast.sued}", f"{base}/herausnehmen"]
    for page in pages:
        warning = client.soup(page).select_one("main .warning")
        assert OPEN in words(warning)
        assert warning.select_one("a")["href"] == f"/kohorten/{cast.nord}/einsprueche"
    other = f"/kohorten/{cast.nord}/teilnehmende/{cast.bela.enrolment_id}/herausnehmen"
    assert client.soup(other).select_one("main .warning") is None
    with writing():
        objections.decide(objected, Decision(granted=False, reason="Nein."), staff(cast))
    for page in pages:
        assert "noch offen" not in words(client.soup(page).select_one("main"))
