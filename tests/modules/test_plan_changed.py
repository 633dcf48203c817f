"""…/plan when the day runs otherwise: rooms, moved and dropped slots, what was changed, days elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app import clock
from app.cohorts.models import CourseDay, ScheduledSlot
from app.extensions import db
from app.schedule.models import PlanChange
from tests.modules.doors import course, words
from tests.support.cast import DAY, NOW

LINK = "https://konferenz.example.org/r/abc"


@pytest.fixture
def slot(writing, cast):
    """`slot(number, room="Saal", …)` changes a slot of Nord."""

    def change(number, **values):
        with writing():
            row = db.session.get_one(ScheduledSlot, cast.slots[number])
            for name, value in values.items():
                setattr(row, name, value)

    return change


@pytest.fixture
def changed(writing, cast):
    """`changed(sentence, …)` notes a change of the plan at 11:05."""

    def note(sentence, at=NOW + timedelta(minutes=5), **also):
        with writing():
            values = {"before": "", "after": "", "author": "Olga Sommer", "at": at} | also
            row = PlanChange(cohort_id=cast.nord, sentence=sentence, **values)
            db.session.add(row)
            db.session.flush()
            return row.id

    return note


def plan(client_for, cast, minutes_later=10):
    with clock.standing_at(NOW + timedelta(minutes=minutes_later)):
        return client_for(cast.anna).soup(course(cast, "plan"))


def test_rooms_and_people(client_for, cast, slot):
    slot(
        2,
        room="Saal",
        person="Tarek Aydın",
        second_room="Werkstatt",
        second_title="Übung",
        second_person="Ida Rot",
    )
    said = words(plan(client_for, cast).select(".slot")[2])
    assert "Saal, mit Tarek Aydın" in said
    assert "Zugleich in einem zweiten Raum: Werkstatt, Übung, mit Ida Rot" in said


def test_a_link_to_meet_online(client_for, cast, slot):
    slot(2, online=True, link=LINK)
    link = plan(client_for, cast).select_one(f"a[href='{LINK}']")
    assert words(link) == "Online teilnehmen : Das Feld"
    assert "tap" in link["class"]
    over = plan(client_for, cast, 600)
    assert over.select_one(f"a[href='{LINK}']") is None
    assert "online" in words(over.select(".slot")[2])


def test_nobody_else_reads_the_link(client_for, cast, slot):
    slot(2, online=True, link=LINK)
    for person, status in ((cast.frida, 404), (cast.olga, 403), (None, 401)):
        answer = client_for(person).get(course(cast, "plan"))
        assert answer.status_code == status
        assert LINK not in answer.get_data(as_text=True)


def test_moved_times_stand_beside_the_planned_ones(client_for, cast, slot):
    planned = clock.instant(DAY, 735), clock.instant(DAY, 795)
    slot(3, planned_starts_at=planned[0], planned_ends_at=planned[1],
         starts_at=clock.instant(DAY, 755), ends_at=clock.instant(DAY, 815))  # fmt: skip
    lunch = plan(client_for, cast).select(".slot")[3]
    assert words(lunch.select_one(".slot__time")) == "12:35–13:35"
    assert "geplant 12:15–13:15" in words(lunch), "the word is read out, the line through it is not"
    assert lunch.s.get_text() == "12:15–13:15"


def test_back_at_the_planned_times_nothing_is_said(client_for, cast, slot):
    slot(3, planned_starts_at=clock.instant(DAY, 735), planned_ends_at=clock.instant(DAY, 795))
    assert "geplant" not in words(plan(client_for, cast).select(".slot")[3])


def test_a_dropped_slot_says_so_and_counts_for_nothing(client_for, cast, slot):
    slot(4, cancelled_at=NOW, room="Saal")
    page = plan(client_for, cast)
    last = page.select(".slot")[4]
    assert "Fallwerkstatt fällt aus" in words(last)
    assert last.select_one("s")
    assert "UE" not in words(last)
    assert "4 Unterrichtseinheiten" in words(page.select_one(".lead"))


def test_what_was_dropped_neither_runs_nor_comes_next(client_for, cast, slot):
    slot(2, cancelled_at=NOW)
    page = plan(client_for, cast)
    assert not page.select(".is-now")
    assert "als Nächstes" in words(page.select(".slot")[3])


def test_the_last_changes_stand_on_top(client_for, cast, changed):
    changed("Mittagspause: 12:15–13:15 → 12:35–13:35")
    changed("Von vorgestern", at=NOW - timedelta(days=2))
    news = words(plan(client_for, cast).select_one(".plan__news"))
    assert news == "Geändert um 11:05: Mittagspause: 12:15–13:15 → 12:35–13:35"


def test_a_change_of_yesterday_says_its_date(client_for, cast, changed):
    changed("Neuer Raum", at=NOW - timedelta(hours=20))
    assert words(plan(client_for, cast).select_one(".plan__news")).startswith("Geändert am 2. Juli, 15:00:")


def test_what_was_taken_back_is_no_news(client_for, cast, changed):
    first = changed("Mittag später", undone_at=NOW)
    changed("Rückgängig gemacht", undoes_id=first)
    assert plan(client_for, cast).select_one(".plan__news") is None


def test_what_was_put_right_about_a_day_that_is_over_is_no_news(client_for, cast, changed, writing):
    with writing():
        day = CourseDay(cohort_id=cast.nord, date=DAY - timedelta(days=1), name="Gestern")
        db.session.add(day)
        db.session.flush()
        day_id = day.id
    changed("Ist-Zeiten von gestern", day_id=day_id)
    assert plan(client_for, cast).select_one(".plan__news") is None


def test_other_cohorts_changes_are_not_shown(client_for, cast, changed, writing):
    row_id = changed("Anderswo")
    with writing():
        db.session.get_one(PlanChange, row_id).cohort_id = cast.sued
    assert plan(client_for, cast).select_one(".plan__news") is None


def test_a_day_elsewhere_and_weeks_later(client_for, cast, writing):
    later = DAY + timedelta(days=21)
    with writing():
        day = CourseDay(cohort_id=cast.nord, date=later, name="Tag 2", place="Rathaus")
        db.session.add(day)
        db.session.flush()
        times = {"starts_at": clock.instant(later, 600), "ends_at": clock.instant(later, 690)}
        db.session.add(
            ScheduledSlot(cohort_id=cast.nord, day_id=day.id, kind="inhalt", title="Rückblick", **times)
        )
    first, second = plan(client_for, cast).select("section:has(.plan)")
    assert "woanders" not in words(first)
    assert "An diesem Tag woanders: Rathaus" in words(second)
    assert "3 Wochen nach dem vorigen Kurstag" in words(second)
    with clock.standing_at(clock.instant(DAY + timedelta(days=7), 600)):
        page = client_for(cast.anna).soup(course(cast, "plan"))
    target = page.find("a", string="Zum nächsten Kurstag")["href"]
    assert target == f"#tag-{date(2026, 7, 24)}"
    assert "24. Juli" in words(page.select_one(target))


def test_the_line_at_the_margin_names_the_room(client_for, cast, slot):
    slot(2, room="Saal")
    assert "Das Feld, Saal, noch 75 Min." in words(
        client_for(cast.anna).soup(course(cast)).select_one(".now")
    )
