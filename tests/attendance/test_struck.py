"""Who was struck stays struck: on the phone's list, in a slot and on paper, until somebody enters just this person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app import clock
from app.accounts.models import User
from app.attendance import struck
from app.attendance.by_code import check_in
from app.attendance.by_list.register_wording import spared
from app.cohorts import register, service
from app.cohorts.models import Attendance, ScheduledSlot, Way
from app.extensions import db
from tests.attendance.checking import RUNNING, after, check, on_the_wall
from tests.attendance.phones import day_url, operation, results, send
from tests.modules.doors import words
from tests.support.cast import NOW, Cast

SENTENCE = "Anna Kolb wurde gestrichen und bleibt es. Bitte einzeln eintragen, wer doch da war."


def strike(app: Flask, cast: Cast, client_for: Any, verb: str = "streichen") -> None:
    if verb == "streichen":
        check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING], clock.now()), cast.anna)
    address = f"/kohorten/{cast.nord}/anwesenheit/{cast.slots[RUNNING]}/code/{verb}"
    answer = client_for(cast.tarek).post_form(address, {"person": str(cast.anna.enrolment_id)})
    assert answer.status_code == 303


@pytest.fixture
def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/anwesenheit/{cast.slots[RUNNING]}"


def as_shown(page: Any) -> dict[str, str]:
    fields = page.select("form.wide input[checked], form.wide input[name^=known_]")
    return {field["name"]: field["value"] for field in fields}


def named(page: Any, cast: Cast) -> list[bool]:
    """Whether "gestrichen" stands in Anna's row, and in Bela's."""
    rows = [page.select_one(f"#person_{who.enrolment_id}") for who in (cast.anna, cast.bela)]
    return [row.select_one(".badge:-soup-contains('gestrichen')") is not None for row in rows]


def states(cast: Cast, number: int = RUNNING) -> dict[int, str]:
    marks = service.marks(cast.nord)
    return {person: mark.state for (person, slot), mark in marks.items() if slot == cast.slots[number]}


def test_everyone_present_leaves_out_who_was_struck(
    app: Flask, cast: Cast, client_for: Any, reading: Any, url: str
) -> None:
    tarek = client_for(cast.tarek)
    assert named(tarek.soup(url), cast) == [False, False]
    strike(app, cast, client_for)
    page = tarek.soup(url)
    assert named(page, cast) == [True, False]
    assert named(tarek.soup(day_url(tarek, cast)), cast) == [True, False]
    proposed = BeautifulSoup(tarek.post_form(url, as_shown(page) | {"alle": "1"}).data, "html.parser")
    assert SENTENCE in words(proposed.select_one("main .warning"))
    assert named(proposed, cast) == [True, False]
    assert tarek.post_form(url, as_shown(proposed)).status_code == 303
    with reading():
        assert states(cast) == {cast.bela.enrolment_id: "present"}
    page = tarek.soup(url)
    assert not page.select("button[name=alle]"), "it is about nobody any more"
    asked = tarek.post_form(url, as_shown(page) | {"alle": "1"}).get_data(as_text=True)
    assert SENTENCE in asked and "Noch nicht gespeichert" not in asked


def test_one_by_one_somebody_struck_is_entered(
    app: Flask, cast: Cast, client_for: Any, reading: Any, url: str
) -> None:
    strike(app, cast, client_for)
    tarek, anna = client_for(cast.tarek), f"state_{cast.anna.enrolment_id}"
    form = as_shown(tarek.soup(url)) | {anna: "present", "alle": "1"}
    proposed = BeautifulSoup(tarek.post_form(url, form).data, "html.parser")
    assert "wurde gestrichen" not in proposed.get_text()
    assert tarek.post_form(url, as_shown(proposed)).status_code == 303
    with reading():
        assert states(cast) == {cast.anna.enrolment_id: "present", cast.bela.enrolment_id: "present"}
    assert named(tarek.soup(url), cast) == [False, False]
    assert tarek.post_form(url, as_shown(tarek.soup(url)) | {anna: "not_recorded"}).status_code == 303
    assert named(tarek.soup(url), cast) == [True, False], "the strike holds as before"


def test_a_phone_knows_who_was_struck(app: Flask, cast: Cast, client_for: Any, reading: Any) -> None:
    tarek = client_for(cast.tarek)
    state = f"{day_url(tarek, cast)}/abgleich"
    assert tarek.get(state).json["struck"] == []
    strike(app, cast, client_for)
    here = [[cast.slots[RUNNING], cast.anna.enrolment_id]]
    said = tarek.get(state).json
    assert said["struck"] == here
    known, *_ = said["marks"][str(cast.slots[RUNNING])][str(cast.anna.enrolment_id)]
    answer = send(tarek, cast, operation(cast, cast.anna.enrolment_id, number=RUNNING, known=known))
    assert results(answer) == ["saved"]
    assert answer.json["struck"] == here, "on the phone, too, a withdrawal leads back to the strike"
    with reading():
        assert states(cast) == {cast.anna.enrolment_id: "present"}


def test_a_phone_that_did_not_know_it_overwrites_no_strike(
    app: Flask, cast: Cast, client_for: Any, reading: Any
) -> None:
    strike(app, cast, client_for)
    tapped = operation(cast, cast.anna.enrolment_id, number=RUNNING, offline=True)
    assert results(send(client_for(cast.tarek), cast, tapped)) == ["lost"]
    with reading():
        assert states(cast) == {}


def test_a_strike_that_was_taken_back_is_none(app: Flask, cast: Cast, client_for: Any, url: str) -> None:
    with clock.standing_at(after(-20)):  # the entry waits for the slot to begin
        strike(app, cast, client_for)
        assert named(client_for(cast.tarek).soup(url), cast) == [True, False]
        strike(app, cast, client_for, "doch")
        assert named(client_for(cast.tarek).soup(url), cast) == [False, False]
    strike(app, cast, client_for)
    strike(app, cast, client_for, "doch")
    tarek = client_for(cast.tarek)
    form = as_shown(tarek.soup(url)) | {f"state_{cast.anna.enrolment_id}": "not_recorded"}
    assert tarek.post_form(url, form).status_code == 303
    assert named(tarek.soup(url), cast) == [False, False]
    assert tarek.get(f"{day_url(tarek, cast)}/abgleich").json["struck"] == []


def test_whom_the_staff_enter_by_code_is_not_struck(
    app: Flask, cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    strike(app, cast, client_for)
    with writing():
        tarek = db.session.get_one(User, cast.tarek.user_id)
        check_in.enter(cast.slots[RUNNING], cast.anna.enrolment_id, NOW, tarek, forgive=True)
    with reading():
        assert struck.in_slot(cast.slots[RUNNING]) == set()


def test_everyone_signed_leaves_out_who_was_struck(
    app: Flask, cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    strike(app, cast, client_for)
    with writing():
        day = service.days(cast.nord)[0].id
    url, tarek = f"/kohorten/{cast.nord}/anwesenheit/papier/{day}", client_for(cast.tarek)
    morning = f"wahl_{cast.anna.enrolment_id}_0"
    with clock.standing_at(NOW + timedelta(hours=9)):
        page = tarek.soup(url)
        assert named(page, cast) == [True, False]
        assert "gestrichen 10:45" in words(page.select_one(f"#person_{cast.anna.enrolment_id}"))
        proposed = BeautifulSoup(tarek.post_form(url, chosen(page) | {"alle": "1"}).data, "html.parser")
        assert SENTENCE in words(proposed.select_one("main .warning"))
        assert chosen(proposed)[morning] == "offen"
        assert tarek.post_form(url, chosen(proposed)).status_code == 303
        with reading():
            assert states(cast) == {cast.bela.enrolment_id: "present"}
            assert states(cast, 4) == {cast.anna.enrolment_id: "present", cast.bela.enrolment_id: "present"}
        assert tarek.post_form(url, chosen(tarek.soup(url)) | {morning: "da"}).status_code == 303
        with reading():
            assert states(cast)[cast.anna.enrolment_id] == "present"
        assert named(tarek.soup(url), cast) == [False, False]


def test_on_paper_a_half_day_with_a_strike_is_not_completed(
    app: Flask, cast: Cast, client_for: Any, writing: Any
) -> None:
    strike(app, cast, client_for)
    with writing():
        day = service.days(cast.nord)[0].id
        first = db.session.get_one(ScheduledSlot, cast.slots[0])
        by_code = register.Entry(state=Attendance.PRESENT, way=Way.CODE)
        register.enter(first, cast.anna.enrolment_id, by_code, "Anna Kolb")
    url, tarek = f"/kohorten/{cast.nord}/anwesenheit/papier/{day}", client_for(cast.tarek)
    page = tarek.soup(url)
    assert "09:00: anwesend, 10:45: gestrichen" in words(page.select_one(f"#person_{cast.anna.enrolment_id}"))
    with clock.standing_at(NOW + timedelta(hours=9)):
        answer = tarek.post_form(url, chosen(page) | {"alle": "1"})
    proposed = BeautifulSoup(answer.data, "html.parser")
    assert chosen(proposed)[f"wahl_{cast.anna.enrolment_id}_0"] == "gemischt"
    assert SENTENCE in proposed.get_text()


def chosen(page: Any) -> dict[str, str]:
    """The paper's form as it came."""
    form = page.select_one("form.wide")
    found = {field["name"]: field["value"] for field in form.select("input[type=hidden], input[type=text]")}
    picked = {each["name"]: each.select_one("option[selected]")["value"] for each in form.select("select")}
    return found | picked


def test_the_sentence() -> None:
    assert spared([]) == ""
    assert spared(["Anna Kolb", "Anna Kolb"]) == SENTENCE
    assert spared(["Anna", "Bela"]).startswith("Anna und Bela wurden gestrichen und bleiben es.")
