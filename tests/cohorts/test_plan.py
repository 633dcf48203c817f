"""Changing dates and times; slots that somebody is recorded for stay."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app import clock
from app.accounts.models import User
from app.cohorts import rules, service
from app.cohorts.models import Attendance, Cohort, ScheduledSlot
from app.editions.models import Edition
from app.extensions import db
from tests.cohorts.doors import DESK, knock
from tests.support.cast import Cast


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/tagesplan"


def as_shown(client: Any, address: str) -> dict[str, str]:
    page = client.soup(address)
    return {
        field["name"]: field["value"]
        for field in page.select("form.stack input")
        if field["type"] != "hidden"
    }


def test_works_over_a_change_of_clocks(cast: Cast, client_for: Any, reading: Any) -> None:
    client, first = client_for(cast.olga), cast.slots[0]
    form = as_shown(client, url(cast))
    [day] = [name for name in form if name.startswith("date_")]
    answer = client.post_form(
        url(cast), form | {day: "2026-10-25", f"from_{first}": "08:30", f"title_{first}": "Früh"}
    )
    assert answer.status_code == 303
    with reading():
        [stored] = service.days(cast.nord)
        assert stored.date == date(2026, 10, 25)
        assert clock.local(stored.slots[0].starts_at).isoformat() == "2026-10-25T08:30:00+01:00"
        assert (stored.slots[0].title, stored.slots[0].minutes) == ("Früh", 120)
        assert [slot.id for slot in stored.slots] == list(cast.slots)


def test_saving_the_form_as_it_is_changes_nothing(cast: Cast, client_for: Any, reading: Any) -> None:
    with reading():
        before = [(slot.starts_at, slot.ends_at, slot.title) for slot in service.slots(cast.nord)]
    client = client_for(cast.olga)
    assert client.post_form(url(cast), as_shown(client, url(cast))).status_code == 303
    with reading():
        assert [(slot.starts_at, slot.ends_at, slot.title) for slot in service.slots(cast.nord)] == before


def test_overlaps_are_named_and_nothing_is_lost(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    answer = client.post_form(url(cast), as_shown(client, url(cast)) | {f"to_{cast.slots[0]}": "11:00"})
    assert answer.status_code == 422
    assert "„Ankommen“ und „Pause“ überschneiden sich um 30 Minuten" in answer.get_data(as_text=True)
    assert 'value="11:00"' in answer.get_data(as_text=True)
    with reading():
        assert service.slots(cast.nord)[0].minutes == 90


def test_gaps_are_a_hint(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.olga)
    answer = client.post_form(
        url(cast), as_shown(client, url(cast)) | {f"to_{cast.slots[0]}": "10:00"}, follow_redirects=True
    )
    assert "Zwischen „Ankommen“ und „Pause“ sind 30 Minuten nicht belegt" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("from", "9 Uhr", "„Ankommen“: Bitte geben Sie eine Uhrzeit an"),
        ("to", "", "„Ankommen“: Bitte geben Sie eine Uhrzeit an"),
        ("to", "08:00", "endet nicht nach dem Beginn"),
        ("title", " ", "Bitte geben Sie einen Titel"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    cast: Cast, client_for: Any, field: str, value: str, words: str
) -> None:
    client = client_for(cast.olga)
    changes = {f"{field}_{cast.slots[0]}": value, f"title_{cast.slots[2]}": "Feldarbeit"}
    answer = client.post_form(url(cast), as_shown(client, url(cast)) | changes)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert 'value="Feldarbeit"' in answer.get_data(as_text=True)


def mark_anna(cast: Cast) -> None:
    slot, olga = db.session.get_one(ScheduledSlot, cast.slots[0]), db.session.get_one(User, cast.olga.user_id)
    service.mark(slot, service.enrolments(cast.nord)[0], Attendance.PRESENT, 0, olga)


def test_only_what_is_recorded_stays(cast: Cast, client_for: Any, reading: Any, writing: Any) -> None:
    client = client_for(cast.olga)
    with writing():
        mark_anna(cast)
    page = client.soup(url(cast))
    assert "Für diesen Abschnitt ist schon Anwesenheit erfasst" in page.get_text()
    assert "An diesem Tag ist schon Anwesenheit erfasst" in page.get_text()
    form = as_shown(client, url(cast))
    assert f"from_{cast.slots[0]}" not in form and not [name for name in form if name.startswith("date_")]
    answer = client.post_form(
        url(cast), form | {f"title_{cast.slots[4]}": "Fälle", f"from_{cast.slots[4]}": "13:30"}
    )
    assert answer.headers["Location"] == f"/kohorten/{cast.nord}"
    with reading():
        slots = service.slots(cast.nord)
        assert (slots[0].title, slots[0].minutes) == ("Ankommen", 90)
        assert (slots[4].title, slots[4].minutes) == ("Fälle", 75)


def test_a_form_from_before_the_first_mark_changes_nothing_silently(
    cast: Cast, client_for: Any, reading: Any, writing: Any
) -> None:
    client = client_for(cast.olga)
    form = as_shown(client, url(cast))
    with writing():
        mark_anna(cast)
    changes = {f"from_{cast.slots[0]}": "08:30", f"title_{cast.slots[4]}": "Fälle"}
    answer = client.post_form(url(cast), form | changes)
    assert answer.status_code == 409
    assert "Für „Ankommen“ ist inzwischen Anwesenheit erfasst" in answer.get_data(as_text=True)
    assert 'value="Fälle"' in answer.get_data(as_text=True)
    with reading():
        assert [service.slots(cast.nord)[n].title for n in (0, 4)] == ["Ankommen", "Fallwerkstatt"]


def test_the_service_refuses_to_move_what_is_recorded(cast: Cast, writing: Any) -> None:
    with writing():
        mark_anna(cast)
        [day] = service.days(cast.nord)
        slots = {slot.id: dated(slot) for slot in day.slots}
        with pytest.raises(service.RegisterBegun):
            service.replan(cast.nord, {day.id: date(2026, 9, 1)}, slots)
        assert not service.replan(cast.nord, {day.id: day.date}, slots)


def test_joining_follows_a_day_that_moves_behind_its_end(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    form = as_shown(client, url(cast))
    [day] = [name for name in form if name.startswith("date_")]
    answer = client.post_form(url(cast), form | {day: "2026-09-18"}, follow_redirects=True)
    assert "Beitreten ist jetzt bis einschließlich 18. September 2026 möglich." in answer.get_data(
        as_text=True
    )
    with reading():
        until = db.session.get_one(Cohort, cast.nord).join_until
        assert clock.local(until).isoformat() == "2026-09-19T00:00:00+02:00"


def test_joining_stays_as_it_is_otherwise(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    form = as_shown(client, url(cast))
    [day] = [name for name in form if name.startswith("date_")]
    answer = client.post_form(url(cast), form | {day: "2026-07-10"}, follow_redirects=True)
    assert "Beitreten ist jetzt" not in answer.get_data(as_text=True)


def test_two_days_may_trade_places(cast: Cast, writing: Any, reading: Any) -> None:
    """Dates are unique in a cohort, so an update one after the other would stumble."""
    with writing():
        made = two_day_cohort(cast)
        first, second = service.days(made.id)
        dates = {first.id: second.date, second.id: first.date}
        slots = {slot.id: dated(slot) for slot in service.slots(made.id)}
        service.replan(made.id, dates, slots)
        made_id = made.id
    with reading():
        assert [day.name for day in service.days(made_id)] == ["Zwei", "Eins"]


def two_day_cohort(cast: Cast) -> Cohort:
    days = [
        rules.DatedDay(
            when, name, (rules.DatedSlot(clock.instant(when, 540), clock.instant(when, 630), "inhalt", name),)
        )
        for name, when in (("Eins", date(2026, 9, 1)), ("Zwei", date(2026, 9, 2)))
    ]
    until = clock.instant(date(2026, 9, 3), 0)
    details = service.Details(
        title="T", place="P", attendance_percent=80, reflections="alle", join_until=until
    )
    return service.create(db.session.get_one(Edition, cast.edition), "Plan", days, details)


def dated(slot: ScheduledSlot) -> rules.DatedSlot:
    return rules.DatedSlot(slot.starts_at, slot.ends_at, slot.kind, slot.title)


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast)) == DESK
    assert knock(client_for, cast, url(cast), post=True) == DESK
