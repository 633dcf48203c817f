"""The history of the plan, and taking back the last change of a day."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.cohorts.models import Attendance, CohortEvent
from app.extensions import db
from app.schedule.models import PlanChange
from tests.schedule.conftest import Nord, as_shown
from tests.schedule.test_day import PLANNED
from tests.support.cast import Cast
from tests.support.doors import STAFF, knock


def undo(nord: Nord, change_id: int) -> str:
    return f"{nord.plan}/verlauf/{change_id}/rueckgaengig"


def last(nord: Nord) -> int:
    with nord.reading():
        return db.session.scalars(select(PlanChange.id).order_by(PlanChange.id.desc())).first() or 0


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def moves(nord: Nord, client: Any, minutes: int = 20) -> int:
    nord.send(client, nord.slot(3, "verschieben"), verschieben_minutes=str(minutes))
    return last(nord)


def test_taking_back(nord: Nord, client_for: Any) -> None:
    tarek, olga = client_for(nord.cast.tarek), client_for(nord.cast.olga)
    change = moves(nord, tarek)
    answer = olga.post_form(undo(nord, change))
    assert answer.status_code == 303
    assert nord.times() == PLANNED
    assert nord.row(3).planned_starts_at is None
    assert nord.row(3).sequence == 2
    assert "Die Änderung ist rückgängig gemacht." in text(olga.get(answer.location))
    answer = olga.post_form(undo(nord, change), follow_redirects=True)
    assert "schon rückgängig gemacht" in text(answer)
    assert nord.times() == PLANNED
    entries = [
        entry.get_text(" ", strip=True) for entry in olga.soup(f"{nord.plan}/verlauf").select(".history > li")
    ]
    assert entries == [
        "Rückgängig gemacht: Mittagspause: 12:35–13:35 → 12:15–13:15, alles danach 20 Minuten früher "
        "Tag, 3. Juli 2026 · Olga Sommer, 3. Juli 2026, 11:00 Uhr",
        "Mittagspause: 12:15–13:15 → 12:35–13:35, alles danach 20 Minuten später rückgängig gemacht "
        "Tag, 3. Juli 2026 · Tarek Aydın, 3. Juli 2026, 11:00 Uhr",
    ]


def test_one_after_the_other(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    first, second = moves(nord, tarek), moves(nord, tarek, 5)
    answer = tarek.post_form(undo(nord, first))
    assert answer.status_code == 409
    assert "Inzwischen hat Tarek Aydın diesen Tag geändert" in text(answer)
    assert nord.times()["Mittagspause"] == "12:40–13:40"
    tarek.post_form(undo(nord, second))
    assert nord.times()["Mittagspause"] == "12:35–13:35"
    tarek.post_form(undo(nord, first))
    assert nord.times() == PLANNED


def test_what_was_inserted_or_dropped(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    form = as_shown(tarek.soup(f"{nord.day}/neu"), f"{nord.day}/neu")
    tarek.post_form(f"{nord.day}/neu", form | {"title": "Abschied"})
    tarek.post_form(undo(nord, last(nord)))
    assert nord.times() == PLANNED
    nord.send(tarek, nord.slot(1, "ausfallen"), ausfallen_follow="mit")
    tarek.post_form(undo(nord, last(nord)))
    assert nord.times() == PLANNED


def test_the_log_of_the_cohort_knows_too(nord: Nord, client_for: Any) -> None:
    moves(nord, client_for(nord.cast.tarek))
    with nord.reading():
        [event] = db.session.scalars(select(CohortEvent).where(CohortEvent.deed == "replanned"))
        assert (event.author, event.detail[:13]) == ("Tarek Aydın", "Mittagspause:")


def test_days_are_the_organisers_matter(nord: Nord, client_for: Any) -> None:
    tarek, olga = client_for(nord.cast.tarek), client_for(nord.cast.olga)
    form = as_shown(olga.soup(f"{nord.day}/tag"), f"{nord.day}/tag")
    olga.post_form(f"{nord.day}/tag", form | {"date": "2026-07-10"})
    change = last(nord)
    assert not tarek.soup(f"{nord.plan}/verlauf").select(".history form")
    assert tarek.post_form(undo(nord, change)).status_code == 403
    nord.mark(0, Attendance.EXCUSED)
    assert olga.post_form(undo(nord, change)).status_code == 409
    nord.times()


def test_another_date_is_taken_back(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    form = as_shown(olga.soup(f"{nord.day}/tag"), f"{nord.day}/tag")
    olga.post_form(f"{nord.day}/tag", form | {"date": "2026-07-10"})
    change = last(nord)
    olga.post_form(nord.plan, {"date": "2026-07-03", "name": "Neu", "source": "leer"})
    answer = olga.post_form(undo(nord, change))
    assert answer.status_code == 409
    assert "schon einen Tag: Neu" in text(answer)
    with nord.reading():
        other = db.session.scalars(select(PlanChange.day_id).order_by(PlanChange.id.desc())).first()
    olga.post_form(f"{nord.plan}/{other}/entfernen", {"version": "0", "sure": "y"})
    assert olga.post_form(undo(nord, change)).status_code == 303
    assert "Freitag, 3. Juli 2026" in text(olga.get(nord.day))


def test_a_very_long_sentence_fits(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    form = as_shown(olga.soup(nord.slot(0)), nord.slot(0))
    long = dict.fromkeys(
        ("title", "room", "person", "second_title", "second_room", "second_person"), "ß" * 200
    )
    assert olga.post_form(nord.slot(0), form | long | {"second_room": "x" * 200}).status_code == 303
    with nord.reading():
        assert len(db.session.get_one(PlanChange, last(nord)).sentence) == 1000 or last(nord) == 0


@pytest.mark.parametrize("change_id", [4711, 2**31, 2**70])
def test_unknown(nord: Nord, client_for: Any, change_id: int) -> None:
    assert client_for(nord.cast.olga).post_form(undo(nord, change_id)).status_code == 404


def test_a_change_of_another_cohort(nord: Nord, client_for: Any) -> None:
    change = moves(nord, client_for(nord.cast.tarek))
    url = f"/kohorten/{nord.cast.sued}/tagesplan/verlauf/{change}/rueckgaengig"
    assert client_for(nord.cast.olga).post_form(url).status_code == 404


def test_who_may(nord: Nord, cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, f"{nord.plan}/verlauf") == STAFF
    change = moves(nord, client_for(cast.tarek))
    assert knock(client_for, cast, undo(nord, change), post=True) == STAFF
