"""…/plan before, between and after the cohort's days: one sentence says where in time one is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app import clock
from app.cohorts.models import CourseDay, ScheduledSlot
from app.extensions import db
from tests.modules.doors import course, words
from tests.support.cast import DAY

BEGINS = "Der Kurs beginnt am Freitag, 3. Juli 2026, um 09:00 Uhr."
GOES_ON = "Weiter geht es am Sonntag, 5. Juli 2026, um 10:00 Uhr."
OVER = "Alle Kurstage sind vorbei."
NEXT_DAY = DAY + timedelta(days=2)


@pytest.fixture
def said(client_for, cast, writing):
    """`said(date, hour)`: which of the sentences stand there."""
    with writing():
        day = CourseDay(cohort_id=cast.nord, date=NEXT_DAY, name="Tag 2")
        db.session.add(day)
        db.session.flush()
        db.session.add(
            ScheduledSlot(
                cohort_id=cast.nord, day_id=day.id, kind="inhalt", title="Wieder da",
                starts_at=clock.instant(NEXT_DAY, 600), ends_at=clock.instant(NEXT_DAY, 690),
            )
        )  # fmt: skip

    def at(when: date, hour: int) -> list[str]:
        with clock.standing_at(clock.instant(when, hour * 60)):
            text = words(client_for(cast.anna).soup(course(cast, "plan")).main)
        return [sentence for sentence in (BEGINS, GOES_ON, OVER) if sentence in text]

    return at


@pytest.mark.parametrize(
    ("days", "hour", "expected"),
    [
        (-5, 9, [BEGINS]),
        (-1, 23, [BEGINS]),
        (0, 7, []),  # today: the plan itself says what is next
        (0, 11, []),
        (0, 20, [GOES_ON]),
        (1, 12, [GOES_ON]),
        (2, 8, []),
        (2, 10, []),
        (2, 12, [OVER]),
        (30, 9, [OVER]),
    ],
)
def test_one_sentence_at_most(said, days, hour, expected):
    assert said(DAY + timedelta(days=days), hour) == expected


def test_after_the_end_it_leads_to_what_is_missing(client_for, cast):
    with clock.standing_at(clock.instant(DAY, 20 * 60)):
        page = client_for(cast.anna).soup(course(cast, "plan"))
    assert page.select_one("main p a[href$='/nachweise']")["href"] == course(cast, "nachweise")
