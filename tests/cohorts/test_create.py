"""Creating a cohort: from a plan of the course to dated slots."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.cohorts import codes, service
from app.cohorts.models import Cohort
from app.extensions import db
from tests.editions.test_pages import second
from tests.support.cast import Cast
from tests.support.databases import count
from tests.support.doors import STAFF


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "edition": cast.edition,
        "plan": "zwei-tage",
        "form_key": "k1",
        "title": "Herbst",
        "place": "online",
        "trainers": [cast.tarek.user_id],
        "day_1": "2026-10-24",
        "day_2": "2026-10-25",
        "join_until": "",
        "attendance_percent": "80",
        "reflections": "besuchte-module",
    } | changes


def new_cohort() -> Cohort:
    return db.session.scalars(select(Cohort).where(Cohort.form_key == "k1")).one()


def test_first_one_chooses_course_and_plan(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.olga).soup("/kohorten/neu")
    links = [link["href"] for link in page.select(".box a")]
    assert links == [f"/kohorten/neu?fassung={cast.edition}&plan={plan}" for plan in ("ein-tag", "zwei-tage")]


def test_the_form_proposes_what_the_course_says(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.olga).soup(f"/kohorten/neu?fassung={cast.edition}&plan=zwei-tage")
    assert [field["name"] for field in page.select("input[type=date]")] == ["day_1", "day_2", "join_until"]
    assert page.select_one("#attendance_percent")["value"] == "80"
    assert page.select_one("input[name=reflections][checked]")["value"] == "besuchte-module"
    assert [label.get_text() for label in page.select("#trainers label")] or "Tarek Aydın" in page.get_text()


def test_works(cast: Cast, client_for: Any, reading: Any) -> None:
    answer = client_for(cast.olga).post_form("/kohorten/neu", form(cast))
    with reading():
        made = new_cohort()
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/kohorten/{made.id}"
        assert (made.title, made.place, made.plan_title, made.attendance_percent) == (
            "Herbst",
            "online",
            "Zwei Tage",
            80,
        )
        assert codes.is_code(made.join_code, 8)
        assert made.created_by_id == cast.olga.user_id
        assert [person.id for person in service.trainers(made.id)] == [cast.tarek.user_id]
        days = service.days(made.id)
        assert [day.date for day in days] == [date(2026, 10, 24), date(2026, 10, 25)]
        starts = [clock.local(day.slots[0].starts_at).strftime("%d. %H:%M %z") for day in days]
        assert starts == ["24. 09:00 +0200", "25. 09:00 +0100"]
        assert days[0].slots[0].module_slugs == ("ankommen",)
        assert clock.local(made.join_until).strftime("%d.%m. %H:%M") == "26.10. 00:00"


def test_sending_twice_creates_one(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    first, second = (client.post_form("/kohorten/neu", form(cast)) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    with reading():
        assert count("cohort") == 3
        assert len(service.slots(new_cohort().id)) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Bitte geben Sie einen Titel an"),
        ({"title": "x" * 201}, "201 Zeichen"),
        ({"title": "a\x00b"}, "Steuerzeichen"),
        ({"place": "  "}, "Bitte geben Sie einen Ort an"),
        ({"attendance_percent": "49"}, "von 50 bis 100"),
        ({"attendance_percent": "achtzig"}, "von 50 bis 100"),
        ({"attendance_percent": ""}, "von 50 bis 100"),
        ({"reflections": "manche"}, "Lernstopps"),
        ({"day_1": ""}, "Bitte geben Sie ein Datum an"),
        ({"day_2": "31.02.2026"}, "Bitte geben Sie ein Datum an"),
        ({"day_2": "2026-10-24"}, "Tag 2: Dieser Tag liegt nicht nach dem vorigen"),
        ({"day_1": "0026-10-24"}, "Das Jahr liegt nicht zwischen"),
        ({"join_until": "morgen"}, "Bitte geben Sie ein Datum an"),
        ({"trainers": ["4711"]}, "Trainer:innen"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    cast: Cast, client_for: Any, reading: Any, changes: dict[str, Any], words: str
) -> None:
    answer = client_for(cast.olga).post_form(
        "/kohorten/neu", form(cast, **{"place": "Haus am See"} | changes)
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in text
    if "place" not in changes:
        assert 'value="Haus am See"' in text
    for name in ("attendance_percent", "day_2", "join_until"):
        if changes.get(name):
            assert f'value="{changes[name]}"' in text
    with reading():
        assert count("cohort") == 2


@pytest.mark.parametrize(
    "changes", [{"edition": "4711"}, {"edition": "x"}, {"plan": "weg"}, {"edition": str(2**40)}]
)
def test_an_edition_or_plan_that_is_not_there(cast: Cast, client_for: Any, changes: dict[str, str]) -> None:
    answer = client_for(cast.olga).post_form("/kohorten/neu", form(cast, **changes))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/kohorten/neu")


@pytest.mark.parametrize("name", list(STAFF))
def test_who_may(cast: Cast, client_for: Any, name: str) -> None:
    expected = {"nobody": 401, "frida": 404, "anna": 404, "tarek": 403, "theo": 403}
    client = client_for(None if name == "nobody" else getattr(cast, name))
    assert client.get("/kohorten/neu").status_code == expected.get(name, 200)
    assert client.post_form("/kohorten/neu", form(cast)).status_code == expected.get(name, 303)


def test_joining_cannot_end_before_the_first_day(cast: Cast, client_for: Any) -> None:
    answer = client_for(cast.olga).post_form("/kohorten/neu", form(cast, join_until="2026-10-23"))
    assert answer.status_code == 422
    assert "Der erste Kurstag ist der 24. Oktober 2026." in answer.get_data(as_text=True)


@pytest.mark.parametrize(("day", "hint"), [("2026-07-02", True), ("2026-07-03", False)])
def test_a_date_in_the_past_is_asked_about(cast: Cast, client_for: Any, day: str, hint: bool) -> None:
    answer = client_for(cast.olga).post_form("/kohorten/neu", form(cast, day_1=day), follow_redirects=True)
    assert answer.status_code == 200
    assert ("liegt in der Vergangenheit" in answer.get_data(as_text=True)) == hint


def test_older_editions_can_be_chosen(app: Flask, cast: Cast, client_for: Any) -> None:
    newest = second(app)
    client = client_for(cast.olga)
    page = client.soup("/kohorten/neu")
    assert f"fassung={newest}&" in page.select_one(".box a")["href"]
    options = [(option["value"], option.has_attr("selected")) for option in page.select("select option")]
    assert options == [(str(newest), True), (str(cast.edition), False)]
    older = client.soup(f"/kohorten/neu?fassung={cast.edition}")
    assert f"fassung={cast.edition}&" in older.select_one(".box a")["href"]
    assert (
        older.select_one("option[selected]").get_text()
        == f"Fassung {cast.edition} vom 3. Juli 2026, 11:00 Uhr"
    )
