"""The matrix of slots and people."""

from __future__ import annotations

from typing import Any

from app.accounts.models import User
from app.cohorts import people, service
from app.cohorts.models import Attendance, ScheduledSlot
from app.extensions import db
from tests.support.cast import Cast
from tests.support.doors import STAFF, knock


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/anwesenheit"


def test_shows_every_content_slot_and_person(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.tarek).soup(url(cast))
    matrix = page.select("table")[-1]
    assert [link["aria-label"] for link in matrix.select("thead a")] == [
        "09:00 Ankommen", "10:45 Das Feld", "13:15 Fallwerkstatt"
    ]  # fmt: skip
    assert [cell["aria-label"] for cell in matrix.select("tbody td span")] == ["nicht erfasst"] * 6


def test_says_each_state_in_words(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        anna, bela = service.enrolments(cast.nord)
        tarek = db.session.get_one(User, cast.tarek.user_id)
        first, _, second, _, third = (db.session.get_one(ScheduledSlot, slot_id) for slot_id in cast.slots)
        service.mark(first, anna, Attendance.PRESENT, 0, tarek)
        service.mark(second, anna, Attendance.PARTIAL, 30, tarek)
        service.mark(third, anna, Attendance.EXCUSED, 0, tarek)
        service.mark(first, bela, Attendance.ABSENT, 0, tarek)
        service.mark(second, bela, Attendance.PRESENT, 0, tarek)
        service.mark(second, bela, Attendance.NOT_RECORDED, 0, tarek)
    page = client_for(cast.olga).soup(url(cast))
    cells = [cell["aria-label"] for cell in page.select("table")[-1].select("tbody td span")]
    assert cells == [
        "anwesend", "30 Minuten anwesend", "entschuldigt", "abwesend", "nicht erfasst", "nicht erfasst"
    ]  # fmt: skip
    states = [
        " ".join(cell.get_text().split()) for cell in page.select("table")[0].select("tbody td:last-child")
    ]
    assert states == ["alle erfasst", "1 von 2 erfasst", "1 von 2 erfasst"]


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast)) == STAFF


def test_who_was_removed_stays_in_the_table_with_their_entries(
    cast: Cast, client_for: Any, writing: Any
) -> None:
    with writing():
        anna, bela = service.enrolments(cast.nord)
        olga = db.session.get_one(User, cast.olga.user_id)
        service.mark(db.session.get_one(ScheduledSlot, cast.slots[0]), anna, Attendance.PRESENT, 0, olga)
        people.remove(anna, olga)
        people.remove(bela, olga)
    rows = client_for(cast.tarek).soup(url(cast)).select("table")[-1].select("tbody th")
    assert [" ".join(row.get_text(" ").split()) for row in rows] == ["Anna Kolb herausgenommen"]
