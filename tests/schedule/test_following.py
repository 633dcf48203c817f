"""Entries by code follow the slot's times, whoever changes them and however: from the scan to the actual end."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.cohorts import register
from app.cohorts.models import Attendance, AttendanceMark, Enrolment, ScheduledSlot, Way
from app.cohorts.register import Entry
from app.extensions import db
from app.schedule.models import PlanChange
from tests.attendance.checking import RUNNING, after, check, marks, on_the_wall
from tests.schedule.conftest import Nord, as_shown
from tests.support.cast import Person

BY_ANNA = ("partial", 74, "code", "Anna Kolb")


def scanned(app: Flask, nord: Nord, client_for: Any, person: Person, minutes: int = 1) -> None:
    """This person checks in to „Das Feld“ (10:45–12:15) so many minutes after 11:00."""
    with clock.standing_at(after(minutes)):
        code = on_the_wall(app, nord.cast.slots[RUNNING], after(minutes))
        check(client_for(person), code, person)


def runs(nord: Nord, client: Any, start: str, end: str) -> Any:
    """„Das Feld“ has these times; what comes after moves along."""
    page = nord.slot(RUNNING)
    with clock.standing_at(after(40)):
        form = as_shown(client.soup(page), page)
        answer = client.post_form(page, form | {"start": start, "end": end, "follow": "y", "wirklich": "y"})
    assert answer.status_code == 303
    return answer


def ran(nord: Nord, client: Any, start: str, end: str) -> None:
    """In the evening somebody confirms that „Das Feld“ ran like this."""
    page, slot = f"{nord.day}/ist-zeiten", nord.cast.slots[RUNNING]
    with clock.standing_at(after(9 * 60)):
        form = as_shown(client.soup(page), page) | {f"from_{slot}": start, f"to_{slot}": end}
        assert client.post_form(page, form | {"wirklich": "y"}).status_code == 303


def taken_back(nord: Nord, client: Any) -> None:
    with nord.reading():
        last = db.session.scalars(select(PlanChange.id).order_by(PlanChange.id.desc())).first()
    with clock.standing_at(after(45)):
        assert client.post_form(f"{nord.plan}/verlauf/{last}/rueckgaengig").status_code == 303


def newest(nord: Nord) -> AttendanceMark:
    with nord.reading():
        found = db.session.scalars(select(AttendanceMark).order_by(AttendanceMark.id.desc())).first()
        assert found is not None
        db.session.expunge(found)
        return found


def test_longer_shorter_and_taken_back(app: Flask, nord: Nord, client_for: Any) -> None:
    scanned(app, nord, client_for, nord.cast.anna)
    tarek = client_for(nord.cast.tarek)
    answer = runs(nord, tarek, "10:45", "12:45")
    made = [BY_ANNA, ("partial", 104, "code", "Tarek Aydın")]
    assert marks(app, nord.cast, nord.cast.anna) == made
    assert newest(nord).remark == "Zeiten geändert: ab Scan 11:01 gerechnet"
    said = tarek.soup(answer.location).main.get_text(" ", strip=True)
    assert "Neu gerechnet, vom Scan bis zum Ende des Abschnitts: Anna Kolb." in said
    runs(nord, tarek, "10:45", "11:45")
    made.append(("partial", 44, "code", "Tarek Aydın"))
    assert marks(app, nord.cast, nord.cast.anna) == made
    taken_back(nord, tarek)
    made.append(("partial", 104, "code", "Tarek Aydın"))
    assert marks(app, nord.cast, nord.cast.anna) == made


@pytest.mark.parametrize(
    ("times", "state", "minutes"),
    [
        (("10:45", "12:10"), "partial", 69),
        (("10:51", "12:15"), "present", 84),  # at 11:01 everybody was in time
        (("10:45", "11:00"), "not_recorded", 0),
    ],
)
def test_actual_times(
    app: Flask, nord: Nord, client_for: Any, times: tuple[str, str], state: str, minutes: int
) -> None:
    scanned(app, nord, client_for, nord.cast.anna)
    tarek = client_for(nord.cast.tarek)
    ran(nord, tarek, *times)
    ran(nord, tarek, *times)  # once more doubles nothing
    made = [BY_ANNA, (state, minutes, "code", "Tarek Aydın")]
    assert marks(app, nord.cast, nord.cast.anna) == made
    ran(nord, tarek, "10:45", "12:15")
    assert marks(app, nord.cast, nord.cast.anna) == [*made, (*BY_ANNA[:3], "Tarek Aydın")]


def test_who_was_in_time_stays_present_unless_it_began_earlier(
    app: Flask, nord: Nord, client_for: Any
) -> None:
    scanned(app, nord, client_for, nord.cast.anna, -12)
    tarek = client_for(nord.cast.tarek)
    nord.send(tarek, nord.slot(1, "ausfallen"), ausfallen_follow="bleibt")  # the break before it
    runs(nord, tarek, "10:45", "12:45")
    runs(nord, tarek, "10:40", "12:45")
    assert [mark[0] for mark in marks(app, nord.cast, nord.cast.anna)] == ["present"]
    runs(nord, tarek, "10:35", "12:45")
    assert marks(app, nord.cast, nord.cast.anna)[1:] == [("partial", 117, "code", "Tarek Aydın")]


@pytest.mark.parametrize(("way", "state"), [(Way.STRUCK, "not_recorded"), (Way.LIST, "partial")])
def test_what_the_staff_decided_stays(app: Flask, nord: Nord, client_for: Any, way: Way, state: str) -> None:
    scanned(app, nord, client_for, nord.cast.anna)
    enter(nord, Entry(state=Attendance(state), minutes=74, way=way))
    before = marks(app, nord.cast, nord.cast.anna)
    runs(nord, client_for(nord.cast.tarek), "10:45", "12:45")
    assert marks(app, nord.cast, nord.cast.anna) == before


def enter(nord: Nord, entry: Entry) -> None:
    """Olga enters this about Anna and „Das Feld“."""
    with nord.writing():
        slot = db.session.get_one(ScheduledSlot, nord.cast.slots[RUNNING])
        anna = db.session.get_one(Enrolment, nord.cast.anna.enrolment_id)
        register.enter(slot, anna.id, entry, db.session.get_one(User, nord.cast.olga.user_id))


def test_an_entry_that_lost_still_waits_for_its_answer(app: Flask, nord: Nord, client_for: Any) -> None:
    scanned(app, nord, client_for, nord.cast.anna)
    enter(nord, Entry(state=Attendance.ABSENT, way=Way.OFFLINE, counts=False))
    runs(nord, client_for(nord.cast.tarek), "10:45", "12:45")
    with nord.reading():
        lost = register.lost_of_slot(nord.cast.slots[RUNNING])
    assert list(lost) == [nord.cast.anna.enrolment_id]


def test_a_scan_counts_from_when_it_was_made_not_from_the_button(
    app: Flask, nord: Nord, client_for: Any
) -> None:
    anna = client_for(nord.cast.anna)
    code = on_the_wall(app, nord.cast.slots[RUNNING], after(1))
    with clock.standing_at(after(1)):
        anna.get(f"/anwesend/{code}")
    with clock.standing_at(after(11)):
        anna.post_form(f"/anwesend/{code}", {"enrolment": str(nord.cast.anna.enrolment_id)})
    assert marks(app, nord.cast, nord.cast.anna) == [BY_ANNA]
    runs(nord, client_for(nord.cast.tarek), "10:45", "12:45")
    assert marks(app, nord.cast, nord.cast.anna)[1:] == [("partial", 104, "code", "Tarek Aydın")]


def test_everywhere_no_more_than_the_slot_takes(app: Flask, nord: Nord, client_for: Any) -> None:
    """What staff entered stays when the slot becomes shorter; every page says what counts."""
    olga, slot, anna = client_for(nord.cast.olga), nord.cast.slots[RUNNING], nord.cast.anna.enrolment_id
    enter(nord, Entry(state=Attendance.PARTIAL, minutes=74))
    runs(nord, client_for(nord.cast.tarek), "10:45", "11:45")
    register_url = f"/kohorten/{nord.cast.nord}/anwesenheit"
    assert olga.soup(register_url).select_one('td [aria-label="60 Minuten anwesend"]').get_text() == "60′"
    day = olga.get(f"{register_url}/tag/{nord.day_id}/abgleich").get_json()
    assert day["marks"][str(slot)][str(anna)][1:3] == ["partial", 60]
    page = f"{register_url}/{slot}"
    form = as_shown(olga.soup(page), page)
    assert form[f"minutes_{anna}"] == "60"
    assert olga.post_form(page, form).status_code == 303  # untouched, it changes nothing
    assert [mark[1] for mark in marks(app, nord.cast, nord.cast.anna)] == [74]
    form |= {f"state_{anna}": "present"}
    assert olga.post_form(page, form).status_code == 303
    assert [mark[:2] for mark in marks(app, nord.cast, nord.cast.anna)] == [("partial", 74), ("present", 60)]
