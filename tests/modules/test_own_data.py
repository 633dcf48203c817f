"""daten.json also says what Feldweg keeps about one's place in the cohort: registration, register, objections, cards."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest

from app import clock
from app.accounts.models import User
from app.attendance.models import Objection
from app.cohorts import register, service
from app.cohorts.models import Attendance, Enrolment, Way
from app.cohorts.register import Entry
from app.extensions import db
from app.review.models import ReviewCard
from tests.modules.doors import course
from tests.support.cast import Cast, Person


@pytest.fixture
def data(client_for: Any, cast: Cast) -> Any:
    """`data(person)`: their daten.json."""

    def get(person: Person) -> dict[str, Any]:
        found = client_for(person).get(course(cast, "lernheft.zip")).data
        with zipfile.ZipFile(io.BytesIO(found)) as packed:
            made: dict[str, Any] = json.loads(packed.read("daten.json"))
            return made

    return get


def test_the_registration(data: Any, cast: Cast, writing: Any) -> None:
    with writing():
        row = db.session.get_one(Enrolment, cast.anna.enrolment_id)
        row.email, row.funder = "anna@example.org", "Stadt Beispiel"
    assert data(cast.anna)["anmeldung"] == {
        "name": "Anna Kolb",
        "e_mail": "anna@example.org",
        "traeger": "Stadt Beispiel",
        "angemeldet": "2026-07-03T09:00:00+00:00",
    }


def test_every_entry_of_the_register_of_ones_own(data: Any, cast: Cast, writing: Any) -> None:
    with writing():
        slot, tarek = (
            service.find_slot(cast.nord, cast.slots[0]),
            db.session.get_one(User, cast.tarek.user_id),
        )
        assert slot
        anna, bela = cast.anna.enrolment_id, cast.bela.enrolment_id
        register.enter(slot, anna, Entry(state=Attendance.PARTIAL, minutes=30, way=Way.PAPER), tarek)
        register.enter(slot, anna, Entry(state=Attendance.ABSENT, counts=False, remark="Handy"), tarek)
        register.enter(slot, bela, Entry(state=Attendance.PRESENT), tarek)
    about = {
        "abschnitt": "Ankommen",
        "beginn": "2026-07-03T07:00:00+00:00",
        "eingetragen": "2026-07-03T09:00:00+00:00",
        "von": "Tarek Aydın",
    }
    assert data(cast.anna)["anwesenheit"] == [
        about | {"zustand": "partial", "minuten": 30, "weg": "paper", "zaehlt": True, "bemerkung": ""},
        about | {"zustand": "absent", "minuten": 0, "weg": "list", "zaehlt": False, "bemerkung": "Handy"},
    ]


def test_objections_and_cards(data: Any, cast: Cast, writing: Any) -> None:
    day = date(2026, 7, 4)
    with writing():
        anna = cast.anna.enrolment_id
        db.session.add(
            Objection(enrolment_id=anna, slot_id=cast.slots[0], sentence="Ich war da.", at=clock.now())
        )
        db.session.add(
            ReviewCard(enrolment_id=anna, term_slug="wille", step=1, due_on=day, first_on=day, last_on=day)
        )
    found = data(cast.anna)
    assert found["einsprueche"] == [
        {
            "abschnitt": "Ankommen",
            "beginn": "2026-07-03T07:00:00+00:00",
            "satz": "Ich war da.",
            "eingelegt": "2026-07-03T09:00:00+00:00",
            "stattgegeben": None,
            "begruendung": "",
            "entschieden": None,
        }
    ]
    when = "2026-07-04"
    card = {"begriff": "wille", "stufe": 1, "faellig": when, "zuerst": when, "zuletzt": when}
    assert found["lernkarten"] == [card]
    assert data(cast.bela)["einsprueche"] == data(cast.bela)["lernkarten"] == []
