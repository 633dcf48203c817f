"""All days of a cohort: what is named about them; one more, another date, none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app import clock
from app.attendance.models import Objection
from app.cohorts import service
from app.cohorts.models import Attendance, Cohort, CourseDay
from app.extensions import db
from app.schedule.models import PlanChange
from tests.schedule.conftest import Nord, as_shown, span
from tests.schedule.test_day import PLANNED
from tests.support.cast import Cast
from tests.support.doors import DESK, STAFF, knock


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def dates(nord: Nord) -> list[tuple[str, str, str]]:
    with nord.reading():
        return [(day.date.isoformat(), day.name, day.place) for day in service.days(nord.cast.nord)]


def last(nord: Nord) -> int:
    with nord.reading():
        return service.days(nord.cast.nord)[-1].id


def test_shows_days_slots_units_and_what_is_remarkable(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    nord.send(tarek, nord.slot(1, "ausfallen"), ausfallen_follow="mit")
    nord.send(tarek, nord.slot(2, "dauer"), dauer_minutes="80", dauer_follow="bleibt")
    page = tarek.soup(nord.plan)
    said = page.main.get_text(" ", strip=True)
    assert "Kohorte Nord · 5,78 UE an 1 Tag" in said
    assert "Tag: Freitag, 3. Juli 2026" in said
    assert "Zwischen „Das Feld“ und „Mittagspause“ sind 10 Minuten nicht belegt" in said
    assert "Bis zum Ende von „Das Feld“ sind es 170 Minuten Inhalt ohne Pause" in said
    assert page.select_one(f'main a[href="{nord.day}"]')
    assert not page.select("#neuer-tag")
    assert "Pause" not in [cell.get_text(strip=True) for cell in page.select("td")]


def test_the_newest_two_changes_and_what_was_planned(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    assert not tarek.soup(nord.plan).select('[aria-label="Zuletzt geändert"]')
    for minutes in ("20", "5", "-10"):
        nord.send(tarek, nord.slot(3, "verschieben"), verschieben_minutes=minutes)
    page = tarek.soup(nord.plan)
    box = page.select_one('[aria-label="Zuletzt geändert"]')
    assert [item.get_text(" ", strip=True) for item in box.select("li")] == [
        "Mittagspause: 12:40–13:40 → 12:30–13:30, alles danach 10 Minuten früher (Tarek Aydın, 11:00 Uhr)",
        "Mittagspause: 12:35–13:35 → 12:40–13:40, alles danach 5 Minuten später (Tarek Aydın, 11:00 Uhr)",
    ]
    more = box.select_one("a")
    assert (more.get_text(), more["href"]) == ("und 1 weitere Änderung", f"{nord.plan}/verlauf")
    struck = [each.get_text() for each in page.select("td.time .planned s")]
    assert struck == ["12:15–13:15", "13:15–14:45"]


def test_overlaps_that_are_there_already_are_named(nord: Nord, client_for: Any) -> None:
    with nord.writing():
        service.slots(nord.cast.nord)[0].ends_at = clock.instant(date(2026, 7, 3), 640)
    said = client_for(nord.cast.tarek).soup(nord.plan).main.get_text(" ", strip=True)
    assert "„Ankommen“ und „Pause“ überschneiden sich um 10 Minuten" in said


@pytest.mark.parametrize(
    ("source", "times"),
    [
        ("leer", []),
        ("tag:{day}", ["09:00–10:30", "10:30–10:45", "10:45–12:15", "12:15–13:15", "13:15–14:45"]),
        ("kurs:zwei-tage:1", ["09:00–10:30"]),
    ],
)
def test_one_more_day(nord: Nord, client_for: Any, source: str, times: list[str]) -> None:
    olga = client_for(nord.cast.olga)
    form = as_shown(olga.soup(nord.plan), nord.plan)
    assert form["name"] == "Tag 2"
    answer = olga.post_form(
        nord.plan,
        form
        | {"date": "2026-10-26", "place": "Köln", "source": source.format(day=nord.day_id), "wirklich": "y"},
    )
    assert answer.status_code == 303
    assert dates(nord) == [("2026-07-03", "Tag", ""), ("2026-10-26", "Tag 2", "Köln")]
    with nord.reading():
        slots = service.days(nord.cast.nord)[-1].slots
        assert [
            "–".join(clock.local(at).strftime("%H:%M") for at in (slot.starts_at, slot.ends_at))
            for slot in slots
        ] == times
        assert all(slot.planned_starts_at is None and not slot.unplanned for slot in slots)
        assert len({slot.uid for slot in service.slots(nord.cast.nord)}) == 5 + len(times)
    page = olga.soup(answer.location)
    said = page.select_one(".lately").get_text(" ", strip=True)
    assert said.startswith("Erledigt: neuer Tag: Tag 2 (Montag, 26. Oktober 2026)") and "Köln" in str(page)
    assert ("; nötig sind jetzt " in said and ", bisher 5 von 6 UE" in said) is bool(times)


def test_what_ran_otherwise_is_not_copied_as_such(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    nord.send(olga, nord.slot(3, "verschieben"), verschieben_minutes="20")
    nord.send(olga, nord.slot(1, "ausfallen"), ausfallen_follow="bleibt")
    new = as_shown(olga.soup(f"{nord.day}/neu"), f"{nord.day}/neu")
    olga.post_form(f"{nord.day}/neu", new | {"title": "Abschied", "kind": "organisation"})
    assert "Abschied" in nord.times()
    olga.post_form(
        nord.plan, {"date": "2026-10-26", "name": "Tag 2", "source": f"tag:{nord.day_id}", "wirklich": "y"}
    )
    with nord.reading():
        slots = service.days(nord.cast.nord)[-1].slots
        assert {slot.title: span(slot.starts_at, slot.ends_at) for slot in slots} == PLANNED
        assert all(slot.planned_starts_at is None and not slot.unplanned for slot in slots)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"date": ""}, "Bitte geben Sie ein Datum an"),
        ({"date": "morgen"}, "Bitte geben Sie ein Datum an"),
        ({"date": "1999-01-01"}, "Das Jahr liegt nicht zwischen 2000 und 2100"),
        ({"date": "2026-07-03"}, "An diesem Datum hat die Kohorte schon einen Tag: Tag."),
        ({"name": " "}, "Bitte geben Sie einen Namen an"),
        ({"name": "x" * 101}, "möglich sind 100"),
        ({"source": "tag:4711"}, ""),
        ({"source": "kurs:zwei-tage:7"}, ""),
    ],
)
def test_a_day_that_cannot_be(nord: Nord, client_for: Any, changes: dict[str, str], words: str) -> None:
    sent = {"date": "2026-07-10", "name": "Tag 2", "place": "Köln", "source": "leer"} | changes
    answer = client_for(nord.cast.olga).post_form(nord.plan, sent)
    assert answer.status_code == 422
    assert words in text(answer) and 'value="Köln"' in text(answer)
    assert len(dates(nord)) == 1


def test_a_day_before_the_night_is_over(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    nord.send(olga, nord.slot(4, "verschieben"), verschieben_minutes="600", wirklich="y")
    nord.send(olga, nord.slot(4, "dauer"), dauer_minutes="720", dauer_follow="bleibt", wirklich="y")
    answer = olga.post_form(
        nord.plan, {"date": "2026-07-04", "name": "Tag 2", "source": "kurs:zwei-tage:0", "wirklich": "y"}
    )
    assert answer.status_code == 422
    assert "„Fallwerkstatt“ und „Ankommen“ überschneiden sich um 135 Minuten" in text(answer)


def test_another_date_name_and_place(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    form = as_shown(olga.soup(f"{nord.day}/tag"), f"{nord.day}/tag")
    answer = olga.post_form(
        f"{nord.day}/tag", form | {"date": "2026-10-26", "name": "Auftakt", "place": "Ulm"}
    )
    assert answer.status_code == 303
    assert dates(nord) == [("2026-10-26", "Auftakt", "Ulm")]
    assert nord.times()["Ankommen"] == "09:00–10:30"
    with nord.reading():
        [day] = service.days(nord.cast.nord)
        assert clock.local(day.slots[0].starts_at).isoformat() == "2026-10-26T09:00:00+01:00"
        assert [slot.id for slot in day.slots] == list(nord.cast.slots)
        assert [slot.sequence for slot in day.slots] == [1] * 5
        change = db.session.query(PlanChange).one()
        assert change.sentence == "Auftakt: 3. Juli 2026 → 26. Oktober 2026; Name: Auftakt; Ort: Ulm"
    assert "Beitreten ist jetzt bis einschließlich 26. Oktober 2026 möglich." in text(
        olga.get(answer.location)
    )
    again = olga.post_form(
        f"{nord.day}/tag", form | {"date": "2026-10-26", "name": "Auftakt", "place": "Ulm"}
    )
    assert again.status_code == 303  # sent twice


def test_joining_follows_a_day_that_moves_behind_its_end(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    form = as_shown(olga.soup(f"{nord.day}/tag"), f"{nord.day}/tag")
    olga.post_form(f"{nord.day}/tag", form | {"date": "2026-09-18"})
    with nord.reading():
        until = db.session.get_one(Cohort, nord.cast.nord).join_until
        assert clock.local(until).isoformat() == "2026-09-19T00:00:00+02:00"


def test_joining_stays_as_it_is_otherwise(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    form = as_shown(olga.soup(f"{nord.day}/tag"), f"{nord.day}/tag")
    answer = olga.post_form(f"{nord.day}/tag", form | {"date": "2026-07-10"}, follow_redirects=True)
    assert "Beitreten ist jetzt" not in text(answer)


def test_joining_follows_a_day_that_is_added_behind_its_end(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    for when, said in (("2026-07-10", False), ("2026-12-01", True)):
        answer = olga.post_form(
            nord.plan, {"date": when, "name": "Noch einer", "source": "leer"}, follow_redirects=True
        )
        assert ("Beitreten ist jetzt bis einschließlich 1. Dezember 2026 möglich." in text(answer)) is said


def test_where_joining_ends_before_the_last_day_an_added_day_leaves_it(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    olga.post_form(nord.plan, {"date": "2026-12-01", "name": "Tag 2", "source": "leer"})
    until = datetime(2026, 7, 17, tzinfo=UTC)
    with nord.writing():
        db.session.get_one(Cohort, nord.cast.nord).join_until = until
    olga.post_form(nord.plan, {"date": "2026-12-08", "name": "Tag 3", "source": "leer"})
    with nord.reading():
        assert db.session.get_one(Cohort, nord.cast.nord).join_until == until


def test_one_more_day_says_what_everybody_would_need(nord: Nord, client_for: Any) -> None:
    """Who has begun must not find it harder unasked."""
    olga = client_for(nord.cast.olga)
    source = f"tag:{nord.day_id}"
    option = olga.soup(nord.plan).select_one(f'option[value="{source}"]').get_text()
    assert option == ("wie Tag (Freitag, 3. Juli 2026). Nötig wären dann 10 von 12 UE, bisher 5 von 6 UE.")
    sent = {"date": "2026-07-10", "name": "Tag 2", "place": "Ulm", "source": source}
    answer = olga.post_form(nord.plan, sent)
    assert answer.status_code == 409
    assert (
        "Die Kohorte hat schon begonnen, und für alle würde es strenger. "
        "Nötig wären dann 10 von 12 UE, bisher 5 von 6 UE. Wirklich?" in text(answer)
    )
    assert 'value="Ulm"' in text(answer) and 'name="wirklich"' in text(answer)
    assert len(dates(nord)) == 1
    assert olga.post_form(nord.plan, sent | {"wirklich": "y"}).status_code == 303
    with nord.reading():
        [change] = db.session.query(PlanChange)
        assert change.sentence == (
            "neuer Tag: Tag 2 (Freitag, 10. Juli 2026); nötig sind jetzt 10 von 12 UE, bisher 5 von 6 UE"
        )
    day = f"{nord.plan}/{last(nord)}"
    olga.post_form(f"{day}/entfernen", {"version": "0", "sure": "y"})
    with nord.reading():
        said = [change.sentence for change in db.session.query(PlanChange).order_by(PlanChange.id)]
        assert said[1] == (
            "Tag entfernt: Tag 2 (Freitag, 10. Juli 2026); nötig sind jetzt 5 von 6 UE, bisher 10 von 12 UE"
        )


def test_before_it_begins_nobody_is_asked(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    with clock.standing_at(datetime(2026, 7, 2, 9, 0, tzinfo=UTC)):
        answer = olga.post_form(
            nord.plan, {"date": "2026-07-10", "name": "Tag 2", "source": f"tag:{nord.day_id}"}
        )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("when", "question"),
    [
        ("2026-06-26", "Der 26. Juni 2026 liegt in der Vergangenheit. Wirklich?"),
        ("2028-07-04", "Bis zum 4. Juli 2028 sind es mehr als zwei Jahre. Wirklich?"),
    ],
)
def test_strange_dates_are_asked_about(nord: Nord, client_for: Any, when: str, question: str) -> None:
    olga = client_for(nord.cast.olga)
    form = as_shown(olga.soup(f"{nord.day}/tag"), f"{nord.day}/tag") | {"date": when}
    new = {"date": when, "name": "Tag 2", "source": "leer"}
    for url, sent in ((nord.plan, new), (f"{nord.day}/tag", form)):
        answer = olga.post_form(url, sent)
        assert answer.status_code == 409
        assert question in text(answer) and f'value="{when}"' in text(answer)
        assert 'name="wirklich"' in text(answer)
    assert dates(nord) == [("2026-07-03", "Tag", "")]
    assert olga.post_form(nord.plan, new | {"wirklich": "y"}).status_code == 303
    assert (when, "Tag 2", "") in dates(nord)


def test_two_years_ahead_is_not_strange(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    answer = olga.post_form(nord.plan, {"date": "2028-07-03", "name": "Tag 2", "source": "leer"})
    assert answer.status_code == 303


def test_a_day_that_lies_ahead_again_has_not_run_otherwise(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    nord.send(olga, nord.slot(3, "verschieben"), verschieben_minutes="20")
    assert nord.row(3).planned_starts_at
    form = as_shown(olga.soup(f"{nord.day}/tag"), f"{nord.day}/tag")
    olga.post_form(f"{nord.day}/tag", form | {"date": "2026-07-10"})
    assert nord.row(3).planned_starts_at is None
    assert nord.times()["Mittagspause"] == "12:35–13:35"


def test_what_is_recorded_keeps_its_date_and_its_day(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    form = as_shown(olga.soup(f"{nord.day}/tag"), f"{nord.day}/tag")
    nord.mark(0, Attendance.PRESENT)
    assert "Das Datum bleibt: An diesem Tag ist schon Anwesenheit erfasst." in text(
        olga.get(f"{nord.day}/tag")
    )
    answer = olga.post_form(f"{nord.day}/tag", form | {"date": "2026-07-10", "place": "Ulm"})
    assert answer.status_code == 409
    assert "ist inzwischen Anwesenheit erfasst" in text(answer) and 'value="Ulm"' in text(answer)
    assert olga.post_form(f"{nord.day}/tag", form | {"place": "Ulm"}).status_code == 303
    answer = nord.send(olga, f"{nord.day}/entfernen", sure="y")
    assert answer.status_code == 409
    assert dates(nord) == [("2026-07-03", "Tag", "Ulm")]


def test_a_date_that_is_taken(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    olga.post_form(nord.plan, {"date": "2026-07-10", "name": "Tag 2", "source": "leer"})
    form = as_shown(olga.soup(f"{nord.day}/tag"), f"{nord.day}/tag")
    answer = olga.post_form(f"{nord.day}/tag", form | {"date": "2026-07-10"})
    assert answer.status_code == 422
    assert "schon einen Tag: Tag 2" in text(answer) and 'value="2026-07-10"' in text(answer)


def test_two_at_once(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    form = as_shown(olga.soup(f"{nord.day}/tag"), f"{nord.day}/tag")
    nord.send(client_for(nord.cast.tarek), nord.slot(3, "verschieben"), verschieben_minutes="20")
    answer = olga.post_form(f"{nord.day}/tag", form | {"name": "Auftakt"})
    assert answer.status_code == 409
    assert 'value="Auftakt"' in text(answer) and "Mittagspause: 12:15–13:15" in text(answer)
    answer = nord.send(olga, f"{nord.day}/entfernen", 0, sure="y")
    assert answer.status_code == 409
    assert dates(nord) == [("2026-07-03", "Tag", "")]


def test_removing_a_day(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    olga.post_form(
        nord.plan, {"date": "2026-07-10", "name": "Tag 2", "source": "kurs:zwei-tage:0", "wirklich": "y"}
    )
    day = f"{nord.plan}/{last(nord)}"
    answer = olga.post_form(f"{day}/entfernen", {"version": "0"})
    assert answer.status_code == 422
    assert "Bitte kreuzen Sie das an" in text(answer)
    answer = olga.post_form(f"{day}/entfernen", {"version": "0", "sure": "y"}, follow_redirects=True)
    assert "Tag 2 (Freitag, 10. Juli 2026) ist entfernt." in text(answer)
    assert dates(nord) == [("2026-07-03", "Tag", "")]
    history = olga.soup(f"{nord.plan}/verlauf").main.get_text(" ", strip=True)
    assert "Tag entfernt: Tag 2 (Freitag, 10. Juli 2026)" in history
    assert "neuer Tag: Tag 2 (Freitag, 10. Juli 2026)" in history


def test_a_day_with_something_kept_stays(nord: Nord, client_for: Any) -> None:
    """Not only marks: an objection, or a signed list, belongs to the day too."""
    with nord.writing():
        sentence = {"sentence": "Ich war da.", "at": clock.now()}
        db.session.add(
            Objection(enrolment_id=nord.cast.anna.enrolment_id, slot_id=nord.cast.slots[0], **sentence)
        )
    olga = client_for(nord.cast.olga)
    answer = nord.send(olga, f"{nord.day}/entfernen", sure="y")
    assert answer.status_code == 409
    assert "oder ein Nachweis abgelegt" in text(answer)
    assert len(dates(nord)) == 1


def test_a_cohort_without_days(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    nord.send(olga, f"{nord.day}/entfernen", sure="y")
    assert "Diese Kohorte hat noch keinen Tag." in text(olga.get(nord.plan))
    with nord.writing():
        db.session.get_one(Cohort, nord.cast.nord).join_until = datetime(2026, 7, 1, tzinfo=UTC)
    answer = olga.post_form(
        nord.plan, {"date": "2026-07-10", "name": "Tag 1", "source": "leer"}, follow_redirects=True
    )
    assert "Beitreten ist jetzt bis einschließlich 10. Juli 2026 möglich." in text(answer)


def test_few_statements_however_many_days(nord: Nord, client_for: Any, statements: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    with nord.writing():
        db.session.add_all(
            CourseDay(cohort_id=nord.cast.nord, date=date(2026, 8, number), name=str(number))
            for number in range(1, 21)
        )
    tarek.get(nord.plan)
    with statements() as seen:
        tarek.get(nord.plan)
    assert len(seen) <= 9, seen


def test_who_may(nord: Nord, cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, nord.plan) == STAFF
    assert knock(client_for, cast, nord.plan, post=True) == DESK
    assert knock(client_for, cast, f"{nord.day}/tag") == DESK
    assert knock(client_for, cast, f"{nord.day}/tag", post=True) == DESK
    assert knock(client_for, cast, f"{nord.day}/entfernen", post=True) == DESK
