"""How somebody went who is not in the cohort any more, wherever they are still named."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts.models import User
from app.attendance.by_list import walk_ins
from app.cohorts import departures, people, places, service
from app.cohorts.models import Attendance, Cohort, Enrolment, ScheduledSlot
from app.extensions import db
from tests.support.cast import Cast

HOW = {
    "left": "ausgetreten",
    "removed": "herausgenommen",
    "moved": "umgezogen nach „Kohorte ‚Süd‘“",
    "merged": "zusammengeführt mit Bela Öztürk",
}


def goes(cast: Cast, how: str) -> None:
    """Anna goes, having been removed and taken back before; she was there in the first slot."""
    olga, anna = (
        db.session.get_one(User, cast.olga.user_id),
        db.session.get_one(Enrolment, cast.anna.enrolment_id),
    )
    people.remove(anna, olga)
    people.readmit(anna, olga)
    service.mark(db.session.get_one(ScheduledSlot, cast.slots[0]), anna, Attendance.PRESENT, 0, olga)
    if how == "left":
        places.leave(anna, db.session.get_one(User, cast.anna.user_id))
    elif how == "removed":
        people.remove(anna, olga)
    elif how == "moved":
        target = db.session.get_one(Cohort, cast.sued)
        target.title = "Kohorte „Süd“"
        places.move(anna, target, olga)
    else:
        anna.walk_in = True
        walk_ins.merge(cast.nord, anna.id, cast.bela.enrolment_id, olga)


@pytest.mark.parametrize("how", HOW)
def test_lists_say_how(cast: Cast, client_for: Any, writing: Any, reading: Any, how: str) -> None:
    with writing():
        goes(cast, how)
    client, base = client_for(cast.olga), f"/kohorten/{cast.nord}"
    with reading():
        assert departures.of_cohort(cast.nord) == {cast.anna.enrolment_id: HOW[how]}
    gone = client.soup(f"{base}/teilnehmende").select_one("#nicht-mehr-dabei").find_next("li").get_text()
    assert gone == f"Anna Kolb: {HOW[how]}, 3. Juli 2026, 11:00 Uhr"
    facts = client.soup(f"{base}/teilnehmende/{cast.anna.enrolment_id}").select_one("dl.facts").get_text(" ")
    assert HOW[how].split()[0] in facts.split("Nicht mehr dabei")[1]
    names = client.soup(f"{base}/anwesenheit").select("table")[-1].select("tbody th")
    said = [" ".join(name.get_text(" ").split()) for name in names]
    assert said == [f"Anna Kolb {HOW[how]}", "Bela Öztürk"]


@pytest.mark.parametrize("how", ["left", "removed", "moved"])
def test_a_slot_says_how(cast: Cast, client_for: Any, writing: Any, how: str) -> None:
    with writing():
        goes(cast, how)
    page = client_for(cast.tarek).soup(f"/kohorten/{cast.nord}/anwesenheit/{cast.slots[0]}")
    gone = page.select_one("#nicht-mehr-dabei").find_next("li").get_text()
    assert gone == f"Anna Kolb ({HOW[how]}): anwesend (Olga Sommer, 3. Juli 2026, 11:00 Uhr)"


def test_who_takes_part_is_not_among_them(cast: Cast, writing: Any, reading: Any) -> None:
    with writing():
        goes(cast, "left")
        olga = db.session.get_one(User, cast.olga.user_id)
        people.readmit(db.session.get_one(Enrolment, cast.anna.enrolment_id), olga)
    with reading():
        assert departures.of_cohort(cast.nord) == {}
