"""/kohorten/<id>/wiederholen: a new cohort with the plan of an old one, and none of its people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from app import clock
from app.cohorts import log, service
from app.cohorts.models import Cohort, CourseDay, Enrolment, ScheduledSlot, cohort_trainer
from app.extensions import db
from tests.support.cast import DAY, Cast, publish
from tests.support.course import small_course
from tests.support.doors import DESK, knock

FIRST = date(2026, 9, 4)  # a Friday, as the old one


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/wiederholen"


def as_shown(page: Any) -> dict[str, Any]:
    """What a browser would send from the form."""
    found: dict[str, Any] = {}
    for field in page.select("main form.stack input"):
        kind = field.get("type")
        if kind in ("radio", "checkbox"):
            if field.has_attr("checked"):
                found.setdefault(field["name"], []).append(field["value"])
        elif field["name"] != "csrf_token":
            found[field["name"]] = field.get("value", "")
    return found


def looked(client: Any, cast: Cast, **typed: Any) -> tuple[dict[str, Any], Any]:
    """The form after a first look at the dates, and its page."""
    form = as_shown(client.soup(url(cast))) | {"begin": FIRST.isoformat()} | typed
    answer = client.post_form(url(cast), form | {"rechnen": "1"})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    page = soup_of(answer)
    return as_shown(page), page


def soup_of(answer: Any) -> Any:
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def words(page: Any) -> str:
    return " ".join(page.main.get_text(" ").split())


def newest() -> Cohort:
    return db.session.scalars(select(Cohort).order_by(Cohort.id.desc()).limit(1)).one()


@pytest.fixture
def third_day(cast: Cast, writing: Any) -> None:
    """Nord meets once more three weeks later, somewhere else, in two rooms and online."""
    when = DAY + timedelta(days=21)
    with writing():
        day = CourseDay(cohort_id=cast.nord, date=when, name="Tag 2", place="Rathaus")
        db.session.add(day)
        db.session.flush()
        db.session.add(
            ScheduledSlot(
                cohort_id=cast.nord, day_id=day.id, kind="inhalt", title="Rückblick", modules="feld",
                starts_at=clock.instant(when, 600), ends_at=clock.instant(when, 690),
                room="Saal", person="Tarek Aydın", second_room="Werkstatt", second_person="Gast Redner",
                second_title="Übung", online=True, link="https://konferenz.example.org/alt",
            )
        )  # fmt: skip


def test_first_it_shows_the_dates(cast: Cast, client_for: Any, third_day: None, reading: Any) -> None:
    form, page = looked(client_for(cast.olga), cast)
    assert (form["day_1"], form["day_2"]) == ("2026-09-04", "2026-09-25")
    assert "Freitag, 25. September 2026" in words(page)
    with reading():
        assert db.session.scalar(select(func.count(Cohort.id))) == 2


@pytest.mark.parametrize(
    ("title", "proposed"),
    [
        ("Kohorte Nord", "Kohorte Nord, September 2026"),
        ("Kohorte Juli 2026, Kiel", "Kohorte September 2026, Kiel"),
        ("K" * 200, "K" * 200),
    ],
)
def test_the_title_gets_the_new_month(
    cast: Cast, client_for: Any, writing: Any, title: str, proposed: str
) -> None:
    with writing():
        db.session.get_one(Cohort, cast.nord).title = title
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    assert form["title"] == proposed
    again, _ = looked(client, cast, title="Eigener Titel")
    assert again["title"] == "Eigener Titel"


def test_then_it_is_made(cast: Cast, client_for: Any, third_day: None, reading: Any) -> None:
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    answer = client.post_form(url(cast), form | {"title": "Kohorte Herbst", "seats": "12"})
    assert answer.status_code == 303
    with reading():
        made, old = newest(), db.session.get_one(Cohort, cast.nord)
        assert answer.headers["Location"] == f"/kohorten/{made.id}"
        assert (made.title, made.seats, made.place) == ("Kohorte Herbst", 12, old.place)
        assert (made.edition_digest, made.plan_title) == (old.edition_digest, old.plan_title)
        assert made.join_code != old.join_code
        assert [day.date for day in service.days(made.id)] == [FIRST, date(2026, 9, 25)]
        assert [person.name for person in service.trainers(made.id)] == ["Tarek Aydın"]
        assert clock.local(made.join_until).date() == date(2026, 9, 26)
        [(event, _)] = log.of_cohort(made.id)
        assert (event.deed, event.detail) == ("copied", "aus „Kohorte Nord“")


def test_nobody_comes_along(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    client.post_form(url(cast), form)
    with reading():
        made_id = newest().id
        query = select(func.count(Enrolment.id)).where(Enrolment.cohort_id == made_id)
        assert db.session.scalar(query) == 0


def test_rooms_come_along_and_links_do_not(
    cast: Cast, client_for: Any, third_day: None, reading: Any
) -> None:
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    client.post_form(url(cast), form)
    with reading():
        day = service.days(newest().id)[1]
        [slot] = day.slots
        assert day.place == "Rathaus"
        assert (slot.room, slot.second_room, slot.second_title) == ("Saal", "Werkstatt", "Übung")
        assert (slot.online, slot.link) == (True, "")
        assert (slot.person, slot.second_person) == ("Tarek Aydın", "Gast Redner")
        assert (slot.sequence, slot.modules) == (0, "feld")
        old = db.session.scalars(select(ScheduledSlot.uid).where(ScheduledSlot.cohort_id == cast.nord)).all()
        assert slot.uid not in old


def test_a_trainer_who_is_not_chosen_does_not_stand_in_the_plan(
    cast: Cast, client_for: Any, third_day: None, reading: Any
) -> None:
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    client.post_form(url(cast), form | {"trainers": [str(cast.theo.user_id)]})
    with reading():
        [slot] = service.days(newest().id)[1].slots
        assert (slot.person, slot.second_person) == ("", "Gast Redner")


def test_the_plan_is_what_was_planned(cast: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    """On the day lunch moved, something was inserted, and the last slot fell out."""
    with writing():
        lunch, last = (db.session.get_one(ScheduledSlot, cast.slots[number]) for number in (3, 4))
        lunch.planned_starts_at, lunch.planned_ends_at = lunch.starts_at, lunch.ends_at
        lunch.starts_at, lunch.ends_at = clock.instant(DAY, 755), clock.instant(DAY, 815)
        last.cancelled_at = clock.now()
        db.session.add(
            ScheduledSlot(
                cohort_id=cast.nord, day_id=lunch.day_id, kind="organisation", title="Feueralarm", unplanned=True,
                starts_at=clock.instant(DAY, 735), ends_at=clock.instant(DAY, 755),
            )
        )  # fmt: skip
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    client.post_form(url(cast), form)
    with reading():
        [day] = service.days(newest().id)
        assert [(slot.title, clock.local(slot.starts_at).strftime("%H:%M")) for slot in day.slots] == [
            ("Ankommen", "09:00"), ("Pause", "10:30"), ("Das Feld", "10:45"), ("Mittagspause", "12:15"),
            ("Fallwerkstatt", "13:15"),
        ]  # fmt: skip
        assert not [slot for slot in day.slots if slot.planned_starts_at or slot.unplanned]


def test_what_was_dropped_before_the_day_is_gone(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[4]).cancelled_at = clock.now() - timedelta(days=3)
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    client.post_form(url(cast), form)
    with reading():
        [day] = service.days(newest().id)
        assert [slot.title for slot in day.slots] == ["Ankommen", "Pause", "Das Feld", "Mittagspause"]


def test_times_stay_on_the_wall_clock_in_winter(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    form, _ = looked(client, cast, begin="2026-12-04")
    client.post_form(url(cast), form)
    with reading():
        first = service.slots(newest().id)[0]
        assert clock.local(first.starts_at).isoformat() == "2026-12-04T09:00:00+01:00"


def test_each_date_can_be_changed(cast: Cast, client_for: Any, third_day: None, reading: Any) -> None:
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    client.post_form(url(cast), form | {"day_2": "2026-10-02"})
    with reading():
        assert [day.date for day in service.days(newest().id)] == [FIRST, date(2026, 10, 2)]


def test_sent_twice_makes_one(cast: Cast, client_for: Any, third_day: None, reading: Any) -> None:
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    places = {client.post_form(url(cast), form).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    with reading():
        assert db.session.scalar(select(func.count(Cohort.id))) == 3
        assert len(service.days(newest().id)) == 2


def test_the_newest_edition_can_be_taken(cast: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    with writing():
        files = small_course()
        files["feld/felder.md"] += b"\nEin Satz mehr.\n"
        newer = publish(files).id
    client = client_for(cast.olga)
    form, page = looked(client, cast)
    assert "die neueste" in words(page)
    assert form["edition"] == [str(cast.edition)]
    client.post_form(url(cast), form | {"edition": str(newer)})
    with reading():
        assert newest().edition_id == newer


def test_the_way_comes_along_and_counts_anew(cast: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    with writing():
        db.session.get_one(Cohort, cast.nord).way = '{"modules":["feld"],"counting":["l2-1"]}'
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    client.post_form(url(cast), form)
    with reading():
        assert newest().way == '{"modules":["feld"]}'


def test_a_busy_trainer_is_named(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        db.session.execute(cohort_trainer.insert().values(cohort_id=cast.sued, user_id=cast.tarek.user_id))
        service.days(cast.sued)[0].date = FIRST
    _, page = looked(client_for(cast.olga), cast)
    assert "Tarek Aydın ist am 4. September 2026 schon bei „Kohorte Süd“." in words(page)


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        ("2026-09-05", "Am Wochenende: Tag (Samstag, 5. September 2026)."),
        ("2026-05-08", "liegt in der Vergangenheit"),
    ],
)
def test_remarkable_dates_are_named(cast: Cast, client_for: Any, begin: str, said: str) -> None:
    _, page = looked(client_for(cast.olga), cast, begin=begin)
    assert said in words(page)


@pytest.mark.parametrize("begin", ["", "morgen", "9999-12-31", "1900-01-01"])
def test_a_date_that_is_none_keeps_what_was_typed(
    cast: Cast, client_for: Any, third_day: None, reading: Any, begin: str
) -> None:
    client = client_for(cast.olga)
    form = as_shown(client.soup(url(cast))) | {"begin": begin, "title": "Mein Titel"}
    for button in ({"rechnen": "1"}, {}):
        answer = client.post_form(url(cast), form | button)
        assert answer.status_code == 422
        assert "Mein Titel" in answer.get_data(as_text=True)
        assert "Bitte" in soup_of(answer).select_one(".error-summary").get_text()
    with reading():
        assert db.session.scalar(select(func.count(Cohort.id))) == 2


@pytest.mark.parametrize("second", ["2026-09-04", "2026-08-01", "", "bald"])
def test_days_in_the_wrong_order_are_refused(
    cast: Cast, client_for: Any, third_day: None, reading: Any, second: str
) -> None:
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    answer = client.post_form(url(cast), form | {"day_2": second})
    assert answer.status_code == 422
    with reading():
        assert db.session.scalar(select(func.count(Cohort.id))) == 2


def test_another_first_day_is_not_overlooked(
    cast: Cast, client_for: Any, third_day: None, reading: Any
) -> None:
    """Whoever changes it and presses the wrong button sees the new dates before anything is made."""
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    answer = client.post_form(url(cast), form | {"begin": "2026-09-11"})
    assert answer.status_code == 422
    again = as_shown(soup_of(answer))
    assert (again["day_1"], again["day_2"]) == ("2026-09-11", "2026-10-02")
    assert "Freitag, 2. Oktober 2026" in words(soup_of(answer))
    assert client.post_form(url(cast), again).status_code == 303
    with reading():
        assert [day.date for day in service.days(newest().id)] == [date(2026, 9, 11), date(2026, 10, 2)]


def test_joining_must_be_possible_on_the_first_day(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.olga)
    form, _ = looked(client, cast)
    answer = client.post_form(url(cast), form | {"join_until": "2026-09-01"})
    assert answer.status_code == 422
    assert "sonst kommt am Kurstag niemand hinein" in answer.get_data(as_text=True)


def test_a_cohort_without_days(cast: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    with writing():
        for day in service.days(cast.nord):
            for slot in day.slots:
                db.session.delete(slot)
            db.session.flush()
            db.session.delete(day)
    client = client_for(cast.olga)
    form = as_shown(client.soup(url(cast)))
    assert client.post_form(url(cast), form).status_code == 422
    assert client.post_form(url(cast), form | {"join_until": "2026-09-01"}).status_code == 303
    with reading():
        assert service.days(newest().id) == []


def test_the_overview_leads_there(cast: Cast, client_for: Any) -> None:
    address = f"main a[href='{url(cast)}']"
    assert client_for(cast.olga).soup(f"/kohorten/{cast.nord}").select_one(address)
    assert client_for(cast.tarek).soup(f"/kohorten/{cast.nord}").select_one(address) is None


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast)) == DESK
    assert knock(client_for, cast, url(cast), post=True) == DESK


def test_an_unknown_cohort(cast: Cast, client_for: Any) -> None:
    assert client_for(cast.olga).get("/kohorten/99/wiederholen").status_code == 404
