"""Course dates as iCalendar (RFC 5545). Pure: the same dates are the same bytes, whenever one asks.

Content and organisation are events; breaks and lunch are not, a calendar is no clock for the coffee.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from icalendar import Calendar, Event, Timezone

from app import clock
from app.course.model import SlotKind

CONTENT_TYPE = "text/calendar; charset=utf-8"
SHOWN = frozenset({SlotKind.CONTENT.value, SlotKind.ORGANISATION.value})
_AUTHOR = "-//Feldweg//Kurskalender//DE"
_REFRESH = timedelta(minutes=15)
_NO_DAY = date(2026, 1, 1)  # a calendar without any component is none; so an empty one has its zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One event: a slot as a calendar shows it. `changed_at`: when anything about it was last different."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    location: str = ""
    notes: Sequence[str] = ()
    link: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar: its name and its events by time."""

    name: str
    meetings: tuple[Meeting, ...]

    @property
    def tag(self) -> str:
        """The same for the same bytes, and much cheaper than they are: programs ask every quarter of an hour."""
        known = self.name, self.meetings, _AUTHOR, icalendar.__version__
        return hashlib.sha256(repr(known).encode()).hexdigest()[:32]


def feed(name: str, meetings: Iterable[Meeting]) -> Feed:
    return Feed(name, tuple(sorted(meetings, key=lambda meeting: (meeting.starts_at, meeting.uid))))


def render(feed: Feed) -> bytes:
    """The calendar file."""
    events = feed.meetings
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", _AUTHOR)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("NAME", feed.name)  # RFC 7986; most programs still read the older word
    calendar.add("X-WR-CALNAME", feed.name)
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT15M")
    for zone in sorted({meeting.zone for meeting in events}) or [clock.HOME.key]:
        days = [meeting.starts_at.date() for meeting in events if meeting.zone == zone] or [_NO_DAY]
        calendar.add_component(_zone(zone, min(days), max(days)))
    for meeting in events:
        calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def _zone(name: str, first: date, last: date) -> Timezone:
    """The changes of clocks around these days."""
    begin, end = date(first.year - 1, 1, 1), date(last.year + 2, 1, 1)
    zone = Timezone.from_tzid(name, first_date=begin, last_date=end)
    for part in zone.subcomponents:
        _date_on_the_old_clock(part)
    return zone


def _date_on_the_old_clock(part: Any) -> None:
    """The library dates a change to summer time on the new clock; RFC 5545 (3.6.5) wants it on the old one."""
    ahead = part["TZOFFSETTO"].td - part["TZOFFSETFROM"].td
    if ahead > timedelta():
        for moment in (part["DTSTART"], *(part["RDATE"].dts if "RDATE" in part else ())):
            moment.dt -= ahead


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("UID", f"{meeting.uid}@feldweg")
    event.add("SEQUENCE", meeting.sequence)
    event.add("DTSTAMP", meeting.changed_at.astimezone(UTC))
    event.add("LAST-MODIFIED", meeting.changed_at.astimezone(UTC))
    start, end = _written(meeting)
    event.add("DTSTART", start)
    event.add("DTEND", end)
    event.add("SUMMARY", f"Fällt aus: {meeting.title}" if meeting.cancelled else meeting.title)
    event.add("STATUS", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if meeting.cancelled else "OPAQUE")
    if meeting.location:
        event.add("LOCATION", meeting.location)
    if meeting.notes:
        event.add("DESCRIPTION", "\n".join(meeting.notes))
    if meeting.link:
        event.add("URL", meeting.link)
    return event


def _written(meeting: Meeting) -> tuple[datetime, datetime]:
    """Wall-clock times with their zone; UTC where the clocks show the same time twice and this is the second one."""
    zone = ZoneInfo(meeting.zone)
    start, end = clock.local(meeting.starts_at, zone), clock.local(meeting.ends_at, zone)
    if start.fold or end.fold:
        return meeting.starts_at.astimezone(UTC), meeting.ends_at.astimezone(UTC)
    return start, end
