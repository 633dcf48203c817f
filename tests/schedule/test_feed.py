"""/kalender/<token>.ics: what stands in a calendar feed, and that it stays the same event through every change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app import clock
from app.accounts.models import User
from app.cohorts import ending, service
from app.cohorts.models import Cohort, CourseDay, Enrolment, ScheduledSlot
from app.extensions import db
from app.schedule import rules
from app.schedule import service as plan
from tests.schedule.feeding import cohort_feed, events, own_feed, parsed, slot_named
from tests.support.cast import NOW, Cast


def add_day(cast: Cast, when: date, *slots: tuple[int, int, str], **also: Any) -> None:
    """One more day of Nord; minutes of the wall clock."""
    day = CourseDay(cohort_id=cast.nord, date=when, name="Zusatztag")
    db.session.add(day)
    db.session.flush()
    for start, end, title in slots:
        times = clock.instant(when, start), clock.instant(when, end)
        row = ScheduledSlot(cohort_id=cast.nord, day_id=day.id, kind="inhalt", title=title, **also)
        row.starts_at, row.ends_at = times
        db.session.add(row)
    db.session.flush()


def test_content_is_an_event_and_breaks_are_not(cast: Cast, client_for: Any, writing: Any) -> None:
    address = cohort_feed(writing, cast)
    assert list(events(client_for(None), address)) == ["Ankommen", "Das Feld", "Fallwerkstatt"]


def test_organisation_is_an_event_too(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        slot_named("Pause", cast.nord).kind = "organisation"
    assert "Pause" in events(client_for(None), cohort_feed(writing, cast))


def test_what_an_event_says(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        slot = slot_named("Das Feld", cast.nord)
        slot.room, slot.second_room, slot.second_title = "Saal", "Werkstatt", "Gruppe Grün"
        slot.person = "Tarek Aydın"
        uid = slot.uid
    event = events(client_for(None), cohort_feed(writing, cast))["Das Feld"]
    assert event["UID"] == f"{uid}@feldweg"
    assert event["SEQUENCE"] == 0
    assert event["STATUS"] == "CONFIRMED"
    assert event["LOCATION"] == "Saal und Werkstatt, Bildungshaus Am See"
    assert event["DESCRIPTION"].split("\n") == [
        "Kohorte Nord, Tag", "Zugleich in einem zweiten Raum: Werkstatt, Gruppe Grün",
    ]  # fmt: skip
    assert event["DTSTART"].dt == clock.local(clock.instant(date(2026, 7, 3), 645))
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=90)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == NOW


def test_the_calendar_has_a_name_and_a_zone(cast: Cast, client_for: Any, writing: Any) -> None:
    found = parsed(client_for(None), cohort_feed(writing, cast))
    assert found["X-WR-CALNAME"] == "Kohorte Nord"
    assert found["REFRESH-INTERVAL"].dt == timedelta(minutes=15)
    [zone] = found.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Berlin"
    summer = zone.walk("DAYLIGHT")[0]
    onsets = {moment.dt.isoformat() for moment in (summer["DTSTART"], *summer["RDATE"].dts)}
    assert "2026-03-29T02:00:00" in onsets, "RFC 5545: on the clock as it was before"
    assert (summer["TZOFFSETFROM"].td, summer["TZOFFSETTO"].td) == (timedelta(hours=1), timedelta(hours=2))


def test_the_day_may_be_somewhere_else(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        service.days(cast.nord)[0].place = "Stadtteilbüro"
    event = events(client_for(None), cohort_feed(writing, cast))["Ankommen"]
    assert event["LOCATION"] == "Stadtteilbüro"


@pytest.mark.parametrize("own", [True, False])
def test_the_online_link_is_for_the_enrolled(cast: Cast, client_for: Any, writing: Any, own: bool) -> None:
    link = "https://konferenz.example.org/r/ab;c,d"
    with writing():
        slot = slot_named("Das Feld", cast.nord)
        slot.online, slot.link = True, link
    address = own_feed(writing, cast.anna.user_id) if own else cohort_feed(writing, cast)
    event = events(client_for(None), address)["Das Feld"]
    assert event["LOCATION"] == (link if own else "online")
    assert event.get("URL") == (link if own else None)
    assert (f"Online: {link}" in event["DESCRIPTION"]) is own


def test_no_names_of_people(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        slot_named("Das Feld", cast.nord).person = "Tarek Aydın"
    for address in (cohort_feed(writing, cast), own_feed(writing, cast.anna.user_id)):
        text = client_for(None).get(address).get_data(as_text=True).replace("\r\n ", "")
        assert not [name for name in ("Anna", "Bela", "Tarek", "Olga") if name in text]


def test_long_lines_are_folded(cast: Cast, client_for: Any, writing: Any) -> None:
    title = "Größe, Übergänge; und \\ Zeilen " + "ä" * 150
    with writing():
        slot_named("Das Feld", cast.nord).title = title
    answer = client_for(None).get(cohort_feed(writing, cast))
    lines = answer.data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[-1] == b""
    assert title in events(client_for(None), cohort_feed(writing, cast))


def test_a_change_raises_the_sequence_and_keeps_the_name(cast: Cast, client_for: Any, writing: Any) -> None:
    address, client = cohort_feed(writing, cast), client_for(None)
    before = events(client, address)
    with clock.standing_at(NOW + timedelta(minutes=5)), writing():
        slot = slot_named("Fallwerkstatt", cast.nord)
        slot.planned_starts_at, slot.planned_ends_at = slot.starts_at, slot.ends_at
        slot.starts_at += timedelta(minutes=20)
        slot.sequence += 1
        slot.changed_at = clock.now()
    after = events(client, address)
    assert {title: event["UID"] for title, event in before.items()} == {
        title: event["UID"] for title, event in after.items()
    }
    moved = after["Fallwerkstatt"]
    assert moved["SEQUENCE"] == 1
    assert moved["LAST-MODIFIED"].dt == moved["DTSTAMP"].dt == NOW + timedelta(minutes=5)
    assert clock.local(moved["DTSTART"].dt).strftime("%H:%M") == "13:35"
    assert "Geplant war 13:15–14:45 Uhr." in moved["DESCRIPTION"]
    assert after["Das Feld"].to_ical() == before["Das Feld"].to_ical()


def test_the_day_runs_late(cast: Cast, client_for: Any, writing: Any) -> None:
    """Lunch moves by twenty minutes and the last slot is cut to fifty, as the trainer does it."""
    address, client = cohort_feed(writing, cast), client_for(None)
    before = events(client, address)
    _, _, _, lunch, last = cast.slots
    for deed in (
        lambda day: rules.shift(day, lunch, 20),
        lambda day: rules.resize(day, last, 50, follow=False),
    ):
        with writing():
            row = service.days(cast.nord)[0]
            tarek = db.session.get_one(User, cast.tarek.user_id)
            plan.apply(row.id, row.version, deed, tarek)
    after = events(client, address)
    assert [event["UID"] for event in after.values()] == [event["UID"] for event in before.values()]
    assert {title: event["SEQUENCE"] for title, event in after.items()} == {
        "Ankommen": 0, "Das Feld": 0, "Fallwerkstatt": 2,
    }  # fmt: skip
    moved = after["Fallwerkstatt"]
    assert clock.local(moved["DTSTART"].dt).strftime("%H:%M") == "13:35"
    assert moved["DTEND"].dt - moved["DTSTART"].dt == timedelta(minutes=50)


def test_a_new_place_of_the_cohort_reaches_every_event(cast: Cast, client_for: Any, writing: Any) -> None:
    address = cohort_feed(writing, cast)
    with writing():
        cohort = db.session.get_one(Cohort, cast.nord)
        service.change(
            cast.nord,
            service.Details(
                title=cohort.title, place="Rathaus", attendance_percent=80, reflections="alle",
                join_until=cohort.join_until,
            ),
        )  # fmt: skip
    found = events(client_for(None), address).values()
    assert {(str(event["LOCATION"]), event["SEQUENCE"]) for event in found} == {("Rathaus", 1)}


def test_a_dropped_slot_stays_and_says_so(cast: Cast, client_for: Any, writing: Any) -> None:
    address = cohort_feed(writing, cast)
    with writing():
        slot = slot_named("Fallwerkstatt", cast.nord)
        slot.cancelled_at = slot.changed_at = clock.now()
        slot.sequence += 1
        uid = slot.uid
    event = events(client_for(None), address)["Fällt aus: Fallwerkstatt"]
    assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == (f"{uid}@feldweg", "CANCELLED", 1)


def test_a_cancelled_cohort_cancels_all(cast: Cast, client_for: Any, writing: Any) -> None:
    address, client = cohort_feed(writing, cast), client_for(None)
    uids = {event["UID"] for event in events(client, address).values()}
    with writing():
        ending.cancel(cast.nord)
    found = events(client, address).values()
    assert {event["UID"] for event in found} == uids
    assert {(str(event["STATUS"]), event["SEQUENCE"]) for event in found} == {("CANCELLED", 1)}
    with writing():
        ending.reinstate(cast.nord)
    found = events(client, address).values()
    assert {(str(event["STATUS"]), event["SEQUENCE"]) for event in found} == {("CONFIRMED", 2)}


def test_times_over_a_change_of_clocks(cast: Cast, client_for: Any, writing: Any) -> None:
    """In the night of 25 October the hour from 2 to 3 comes twice."""
    night = date(2026, 10, 25)
    with writing():
        add_day(cast, night, (60, 240, "Nachtwache"))
        row = slot_named("Nachtwache", cast.nord)
        twice = ScheduledSlot(cohort_id=cast.nord, day_id=row.day_id, kind="inhalt", title="Zweite Stunde")
        twice.starts_at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 for the second time
        twice.ends_at = datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
        db.session.add(twice)
    found = events(client_for(None), cohort_feed(writing, cast))
    watch = found["Nachtwache"]
    assert [watch[name].dt.isoformat() for name in ("DTSTART", "DTEND")] == [
        "2026-10-25T01:00:00+02:00", "2026-10-25T04:00:00+01:00",
    ]  # fmt: skip
    second = found["Zweite Stunde"]
    assert second["DTSTART"].dt == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert second["DTEND"].dt - second["DTSTART"].dt == timedelta(hours=1)


def test_beyond_midnight(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        add_day(cast, date(2026, 7, 4), (23 * 60, 24 * 60 + 30, "Nacht"))
    night = events(client_for(None), cohort_feed(writing, cast))["Nacht"]
    assert [night[name].dt.isoformat() for name in ("DTSTART", "DTEND")] == [
        "2026-07-04T23:00:00+02:00", "2026-07-05T00:30:00+02:00",
    ]  # fmt: skip


def test_another_zone(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        db.session.get_one(Cohort, cast.nord).time_zone = "America/New_York"
    found = parsed(client_for(None), cohort_feed(writing, cast))
    assert [zone["TZID"] for zone in found.walk("VTIMEZONE")] == ["America/New_York"]
    first = found.walk("VEVENT")[0]
    assert first["DTSTART"].to_ical() == b"20260703T030000"


def test_an_unchanged_plan_is_the_same_bytes(cast: Cast, client_for: Any, writing: Any) -> None:
    address, client = cohort_feed(writing, cast), client_for(None)
    first = client.get(address)
    with clock.standing_at(NOW + timedelta(days=40)):
        later = client.get(address)
        unchanged = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert first.data == later.data
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (unchanged.status_code, unchanged.data) == (304, b"")


def test_after_a_change_the_tag_is_another(cast: Cast, client_for: Any, writing: Any) -> None:
    address, client = cohort_feed(writing, cast), client_for(None)
    tag = client.get(address).headers["ETag"]
    with writing():
        slot_named("Das Feld", cast.nord).room = "Saal"
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_without_any_date(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        for slot in cast.slots:
            db.session.delete(db.session.get_one(ScheduledSlot, slot))
    found = parsed(client_for(None), cohort_feed(writing, cast))
    assert found.walk("VEVENT") == []
    assert found.subcomponents, "a calendar needs at least one component (RFC 5545, 3.6)"


def test_a_person_has_what_they_take_part_in(cast: Cast, client_for: Any, writing: Any) -> None:
    address = own_feed(writing, cast.anna.user_id)
    with writing():
        user = db.session.get_one(User, cast.anna.user_id)
        db.session.add(Enrolment(cohort_id=cast.sued, user_id=user.id, name=user.name, joined_at=clock.now()))
    found = parsed(client_for(None), address).walk("VEVENT")
    assert {event["DESCRIPTION"] for event in found} == {"Kohorte Nord, Tag", "Kohorte Süd, Tag"}
    assert len(found) == 6


def test_leaving_takes_a_cohort_out(cast: Cast, client_for: Any, writing: Any) -> None:
    address = own_feed(writing, cast.anna.user_id)
    with writing():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).left_at = clock.now()
    assert parsed(client_for(None), address).walk("VEVENT") == []


def test_a_trainer_has_what_they_train(cast: Cast, client_for: Any, writing: Any) -> None:
    found = parsed(client_for(None), own_feed(writing, cast.tarek.user_id)).walk("VEVENT")
    assert {event["DESCRIPTION"] for event in found} == {"Kohorte Nord, Tag"}


def test_somebody_without_an_account_any_more(cast: Cast, client_for: Any, writing: Any) -> None:
    address = own_feed(writing, cast.tarek.user_id)
    with writing():
        db.session.get_one(User, cast.tarek.user_id).active = False
    assert client_for(None).get(address).status_code == 404


def test_a_fixed_number_of_statements(cast: Cast, client_for: Any, writing: Any, statements: Any) -> None:
    address, client = own_feed(writing, cast.tarek.user_id), client_for(None)
    with statements() as seen:
        client.get(address)
    assert len(seen) == 4, seen
