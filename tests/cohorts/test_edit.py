"""Changing title, place, trainers, rule and the last day to join."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.cohorts import service
from app.cohorts.models import Cohort
from app.extensions import db
from tests.support.cast import NOW, Cast
from tests.support.doors import DESK, knock

FORM = {
    "title": "Nordlicht",
    "place": "Rathaus",
    "join_until": "2026-07-10",
    "attendance_percent": "70",
    "reflections": "keine",
}


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/aendern"


def test_works(cast: Cast, client_for: Any, reading: Any) -> None:
    answer = client_for(cast.adam).post_form(url(cast), FORM | {"trainers": [cast.theo.user_id]})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/kohorten/{cast.nord}")
    with reading():
        made = db.session.get_one(Cohort, cast.nord)
        assert (made.title, made.place, made.attendance_percent, made.reflections) == (
            "Nordlicht",
            "Rathaus",
            70,
            "keine",
        )
        assert clock.local(made.join_until).isoformat() == "2026-07-11T00:00:00+02:00"
        assert [person.id for person in service.trainers(cast.nord)] == [cast.theo.user_id]


def test_the_form_shows_what_holds(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.olga).soup(url(cast))
    assert page.select_one("#title")["value"] == "Kohorte Nord"
    assert page.select_one("input[name=trainers][checked]")["value"] == str(cast.tarek.user_id)


def test_saving_the_form_as_it_is_changes_nothing(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    page = client.soup(url(cast))
    data = {
        field["name"]: field["value"]
        for field in page.select("form.stack input[type=text], form.stack input[type=date]")
    }
    data |= {field["name"]: field["value"] for field in page.select("form.stack input[checked]")}
    data["attendance_percent"] = page.select_one("#attendance_percent")["value"]
    assert client.post_form(url(cast), data).status_code == 303
    with reading():
        made = db.session.get_one(Cohort, cast.nord)
        assert (made.title, made.attendance_percent) == ("Kohorte Nord", 80)
        assert [person.id for person in service.trainers(cast.nord)] == [cast.tarek.user_id]


def test_a_trainer_who_is_taken_off_sees_nothing_any_more(cast: Cast, client_for: Any) -> None:
    client_for(cast.olga).post_form(url(cast), FORM)
    assert client_for(cast.tarek).get(f"/kohorten/{cast.nord}").status_code == 404


def test_a_running_cohort_never_gets_harder(cast: Cast, client_for: Any, reading: Any) -> None:
    answer = client_for(cast.olga).post_form(url(cast), FORM | {"attendance_percent": "90"})
    assert answer.status_code == 422
    assert "nicht strenger" in answer.get_data(as_text=True)
    assert 'value="Nordlicht"' in answer.get_data(as_text=True)
    with clock.standing_at(NOW - timedelta(days=3)):
        assert (
            client_for(cast.olga).post_form(url(cast), FORM | {"attendance_percent": "90"}).status_code == 303
        )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Bitte geben Sie einen Titel an"),
        ({"attendance_percent": "101"}, "von 50 bis 100"),
        ({"join_until": "gestern"}, "Bitte geben Sie ein Datum an"),
        ({"trainers": ["nobody"]}, "Trainer:innen"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    cast: Cast, client_for: Any, changes: dict[str, Any], words: str
) -> None:
    answer = client_for(cast.olga).post_form(url(cast), FORM | changes)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert 'value="Rathaus"' in answer.get_data(as_text=True)


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast)) == DESK
    assert knock(client_for, cast, url(cast), post=True) == DESK


def test_joining_cannot_end_before_the_first_day(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.olga)
    answer = client.post_form(url(cast), FORM | {"join_until": "2026-07-02"})
    assert answer.status_code == 422
    assert "Der erste Kurstag ist der 3. Juli 2026." in answer.get_data(as_text=True)
    assert client.post_form(url(cast), FORM | {"join_until": "2026-07-03"}).status_code == 303


def test_the_rule_says_what_it_comes_to(cast: Cast, client_for: Any) -> None:
    text = client_for(cast.olga).soup(url(cast)).get_text()
    assert "Bisher gilt: mindestens 5 von 6 UE (80\u00a0%, auf ganze UE aufgerundet)." in text
