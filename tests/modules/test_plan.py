"""…/plan: what runs now and what is next, on the cohort's wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app import clock
from app.cohorts.models import Cohort, CourseDay, ScheduledSlot
from app.extensions import db
from tests.modules.doors import LEARNERS, course, knock, words
from tests.progress.cohort import CANARY, wish
from tests.support.cast import DAY

SPRING_FORWARD = date(2026, 3, 29)  # at two o'clock it becomes three


def plan_at(client_for, cast, hour, minute=0):
    with clock.standing_at(clock.instant(DAY, hour * 60 + minute)):
        return client_for(cast.anna).soup(course(cast, "plan"))


def states(page):
    names = ("is-past", "is-now")
    return [next((name for name in names if name in slot["class"]), "") for slot in page.select(".slot")]


@pytest.fixture
def day(writing, cast):
    """`day(date, (start, end, title), …)`: one more course day, in minutes of the wall clock."""

    def add(when, *slots, kind="inhalt"):
        with writing():
            row = CourseDay(cohort_id=cast.nord, date=when, name="Tag")
            db.session.add(row)
            db.session.flush()
            for start, end, title in slots:
                db.session.add(
                    ScheduledSlot(
                        cohort_id=cast.nord, day_id=row.id, kind=kind, title=title, modules="feld nie",
                        starts_at=clock.instant(when, start), ends_at=clock.instant(when, end),
                    )
                )  # fmt: skip

    return add


def test_who_may(client_for, cast):
    assert knock(client_for, cast, lambda client: client.get(course(cast, "plan"))) == LEARNERS


def test_the_slots_of_the_day(client_for, cast):
    page = plan_at(client_for, cast, 11)
    assert words(page.h2) == "Freitag, 3. Juli 2026 , heute"
    assert [words(slot.select_one(".slot__time")) for slot in page.select(".slot")] == [
        "09:00–10:30", "10:30–10:45", "10:45–12:15", "12:15–13:15", "13:15–14:45",
    ]  # fmt: skip
    assert "6 Unterrichtseinheiten zu 45 Minuten, ohne Pausen" in words(page.select_one(".lead"))
    assert page.select_one(".slot a")["href"] == course(cast, "seite/ankommen/willkommen")


@pytest.mark.parametrize(
    ("hour", "minute", "expected", "following"),
    [
        (8, 59, ["", "", "", "", ""], 0),
        (9, 0, ["is-now", "", "", "", ""], 1),
        (10, 30, ["is-past", "is-now", "", "", ""], 2),
        (12, 14, ["is-past", "is-past", "is-now", "", ""], 3),
        (14, 44, ["is-past", "is-past", "is-past", "is-past", "is-now"], None),
        (14, 45, ["is-past"] * 5, None),
    ],
)
def test_now_and_next(client_for, cast, hour, minute, expected, following):
    page = plan_at(client_for, cast, hour, minute)
    assert states(page) == expected
    slots = page.select(".slot")
    assert [slots.index(slot) for slot in slots if "als Nächstes" in words(slot)] == (
        [] if following is None else [following]
    )
    assert [slot.get("aria-current") for slot in slots].count("time") == expected.count("is-now")


def test_minutes_left_are_said_in_words(client_for, cast):
    assert "jetzt noch 75 Minuten · 2 UE" in words(plan_at(client_for, cast, 11).select_one(".is-now"))
    with clock.standing_at(datetime(2026, 7, 3, 10, 14, 30, tzinfo=UTC)):
        page = client_for(cast.anna).soup(course(cast, "plan"))
    assert "jetzt noch 1 Minute ·" in words(page.select_one(".is-now"))


def test_several_days(client_for, cast, day):
    day(date(2026, 7, 4), (9 * 60, 10 * 60 + 30, "Am zweiten Tag"))
    page = plan_at(client_for, cast, 11)
    assert [words(title) for title in page.select("h2")] == [
        "Freitag, 3. Juli 2026 , heute",
        "Samstag, 4. Juli 2026",
    ]
    assert [len(section.select(".slot")) for section in page.select("section:has(.plan)")] == [5, 1]
    evening = plan_at(client_for, cast, 20)
    assert "als Nächstes" in words(evening.select(".slot")[-1])


def test_a_day_beyond_midnight_stays_together(client_for, cast, day):
    day(date(2026, 7, 4), (23 * 60, 24 * 60 + 30, "Nacht"), (24 * 60 + 30, 25 * 60, "Ende"))
    page = plan_at(client_for, cast, 11)
    assert [len(section.select(".slot")) for section in page.select("section:has(.plan)")] == [5, 2]
    assert words(page.select(".slot__time")[-2]) == "23:00–00:30"


def test_the_day_on_which_the_clocks_change(client_for, cast, day):
    day(SPRING_FORWARD, (60, 4 * 60, "Nachtwache"), (9 * 60, 10 * 60, "Morgen"))
    with clock.standing_at(datetime(2026, 3, 29, 0, 30, tzinfo=UTC)):
        page = client_for(cast.anna).soup(course(cast, "plan"))
    assert words(page.h2) == "Sonntag, 29. März 2026 , heute"
    watch = words(page.select_one(".is-now"))
    assert "01:00–04:00" in watch
    assert "noch 90 Minuten" in watch, "three hours on the wall are two in the world"


def test_another_time_zone(client_for, cast, writing):
    with writing():
        db.session.get_one(Cohort, cast.nord).time_zone = "America/New_York"
    page = plan_at(client_for, cast, 11)
    assert words(page.select_one(".slot__time")) == "03:00–04:30"
    assert states(page)[2] == "is-now"
    with clock.standing_at(datetime(2026, 7, 4, 2, 0, tzinfo=UTC)):
        assert "heute" in words(client_for(cast.anna).soup(course(cast, "plan")).h2)


def test_nothing_planned_yet(client_for, cast, writing):
    with writing():
        for slot in cast.slots:
            db.session.delete(db.session.get_one(ScheduledSlot, slot))
    page = client_for(cast.anna).soup(course(cast, "plan"))
    assert "noch kein Tag geplant" in words(page.select_one(".empty"))


def test_shared_wishes_reach_the_group(app, client_for, cast):
    assert plan_at(client_for, cast, 11).select_one("#wuensche") is None
    wish(app, cast.bela, "Mehr Draußen")
    wish(app, cast.frida, "Anderswo")
    part = plan_at(client_for, cast, 11).select_one("#wuensche").parent
    assert words(part.select_one("dl")) == "Bela Öztürk Mehr Draußen"
    assert CANARY not in words(part)


def test_opening_it_writes_nothing(cast, client_for, statements):
    with statements() as seen:
        client_for(cast.anna).get(course(cast, "plan"))
    assert all(statement.startswith("SELECT") for statement in seen), seen
