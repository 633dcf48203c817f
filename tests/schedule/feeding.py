"""What the tests of calendar feeds share: making an address, reading a feed with a library."""

from __future__ import annotations

from typing import Any

from icalendar import Calendar, Event
from sqlalchemy import select

from app.cohorts.models import ScheduledSlot
from app.extensions import db
from app.schedule import calendar
from app.schedule.calendar import Whose
from tests.support.cast import Cast


def cohort_feed(writing: Any, cast: Cast) -> str:
    """The address of Nord's feed."""
    with writing():
        return f"/kalender/{calendar.make(Whose(cohort_id=cast.nord)).token}.ics"


def own_feed(writing: Any, user_id: int) -> str:
    """The address of somebody's own feed."""
    with writing():
        return f"/kalender/{calendar.make(Whose(user_id=user_id)).token}.ics"


def parsed(client: Any, address: str) -> Calendar:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found = Calendar.from_ical(answer.data)
    assert isinstance(found, Calendar)
    return found


def events(client: Any, address: str) -> dict[str, Event]:
    """By what stands in the calendar."""
    return {str(event["SUMMARY"]): event for event in parsed(client, address).walk("VEVENT")}


def slot_named(title: str, cohort_id: int) -> ScheduledSlot:
    query = select(ScheduledSlot).where(ScheduledSlot.title == title, ScheduledSlot.cohort_id == cohort_id)
    return db.session.scalars(query).one()
