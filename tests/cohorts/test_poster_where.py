"""The poster of a cohort that meets on several days, in a room, somewhere else on the first one, or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.cohorts import ending, service
from app.cohorts.models import CourseDay, ScheduledSlot
from app.extensions import db
from tests.support.cast import Cast


def what(client: Any, cast: Cast) -> str:
    page = client.soup(f"/kohorten/{cast.nord}/plakat")
    return " ".join(" ".join(part.get_text(" ") for part in page.select(".sheet__what")).split())


def test_room_and_place_of_the_first_day(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[0]).room = "Saal"
        service.days(cast.nord)[0].place = "Rathaus"
    assert "Beginn 09:00 Uhr Rathaus, Saal Kreis" in what(client_for(cast.tarek), cast)


def test_days_weeks_apart_are_listed(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        db.session.add(CourseDay(cohort_id=cast.nord, date=date(2026, 7, 24), name="Tag 2"))
    assert what(client_for(cast.tarek), cast).startswith("3. Juli und 24. Juli 2026, Beginn 09:00 Uhr")


def test_nobody_hangs_up_a_cancelled_one(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        ending.cancel(cast.nord)
    assert "Diese Kohorte findet nicht statt." in what(client_for(cast.tarek), cast)
