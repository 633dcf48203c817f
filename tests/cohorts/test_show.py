"""The overview of a cohort, and its poster."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import Feldweg, clock
from app.accounts.models import User
from app.cohorts import service
from app.cohorts.models import Attendance, ScheduledSlot, cohort_trainer
from app.extensions import db
from tests.support.cast import NOW, Cast
from tests.support.doors import STAFF, knock


def todo(client: Any, cast: Cast) -> str:
    found = client.soup(f"/kohorten/{cast.nord}").select_one(".todo")
    return " ".join(found.get_text().split()) if found else ""


def test_shows_plan_way_in_and_rule(cast: Cast, client_for: Any) -> None:
    text = " ".join(client_for(cast.tarek).soup(f"/kohorten/{cast.nord}").get_text().split())
    for words in ("NRD2-3456", "/beitreten/NRD2-3456", "Fallwerkstatt", "09:00–10:30", "mindestens 5 von 6 UE (80 %, auf ganze UE aufgerundet)",
                  "Tarek Aydın", "6 UE Inhalt", "Freitag, 17. Juli 2026"):  # fmt: skip
        assert words in text


def test_what_comes_next_is_said(cast: Cast, client_for: Any, writing: Any) -> None:
    client = client_for(cast.olga)
    assert "Die Anwesenheit ist noch nicht erfasst: Ankommen, 09:00–10:30" in todo(client, cast)
    assert "Fallwerkstatt" not in todo(client, cast)
    with writing():
        db.session.execute(cohort_trainer.delete())
    assert "Trainer:in zuordnen" in todo(client, cast)


def test_after_the_last_slot_certificates_come_next(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        olga = db.session.get_one(User, cast.olga.user_id)
        for slot in service.slots(cast.nord):
            for person in service.enrolments(cast.nord) if slot.content_minutes else []:
                service.mark(slot, person, Attendance.PRESENT, 0, olga)
    with clock.standing_at(NOW + timedelta(days=1)):
        assert "Bescheinigungen ausstellen" in todo(client_for(cast.olga), cast)
        assert "Bescheinigungen ausstellen" not in todo(client_for(cast.tarek), cast)


def test_half_recorded_slots_say_how_many_are_missing(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        slot, olga = (
            db.session.get_one(ScheduledSlot, cast.slots[0]),
            db.session.get_one(User, cast.olga.user_id),
        )
        service.mark(slot, service.enrolments(cast.nord)[0], Attendance.ABSENT, 0, olga)
    assert "Für 1 von 2 Personen fehlt die Anwesenheit: Ankommen" in todo(client_for(cast.olga), cast)


def test_a_closed_door_is_said(cast: Cast, client_for: Any) -> None:
    with clock.standing_at(NOW + timedelta(days=20)):
        page = client_for(cast.olga).soup(f"/kohorten/{cast.nord}")
    assert "Der Beitritt war bis 17. Juli 2026 möglich" in page.get_text()


def test_trainers_are_offered_nothing_they_may_not(cast: Cast, client_for: Any) -> None:
    links = {link["href"] for link in client_for(cast.tarek).soup(f"/kohorten/{cast.nord}").select("main a")}
    assert not [link for link in links if link.endswith(("/aendern", "/bescheinigungen"))]


@pytest.mark.parametrize("page", ["", "/plakat"])
def test_who_may(cast: Cast, client_for: Any, page: str) -> None:
    assert knock(client_for, cast, f"/kohorten/{cast.nord}{page}") == STAFF


@pytest.mark.parametrize("cohort_id", [4711, 2**31, 2**70])
@pytest.mark.parametrize("page", ["", "/plakat", "/aendern", "/tagesplan", "/teilnehmende", "/anwesenheit"])
def test_a_cohort_that_does_not_exist(cast: Cast, client_for: Any, cohort_id: int, page: str) -> None:
    assert client_for(cast.olga).get(f"/kohorten/{cohort_id}{page}").status_code == 404


def test_the_poster_has_link_code_qr_and_three_steps(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.tarek).soup(f"/kohorten/{cast.nord}/plakat")
    assert page.select_one(".sheet__code").get_text() == "NRD2-3456"
    assert page.select_one(".sheet__address").get_text() == "http://localhost/beitreten/NRD2-3456"
    assert page.select_one(".sheet__qr svg")
    assert len(page.select("ol li")) == 3


def test_the_poster_says_when_where_and_who(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.tarek).soup(f"/kohorten/{cast.nord}/plakat")
    what = " ".join(page.select_one(".sheet__what").get_text(" ").split())
    assert what == "Freitag, 3. Juli 2026, Beginn 09:00 Uhr Bildungshaus Am See Kreis Musterland"
    tools = page.select_one(".sheet__tools")
    assert tools.a["href"] == f"/kohorten/{cast.nord}"
    assert tools.button["type"] == "button" and tools.button.has_attr("data-print")


@pytest.mark.parametrize(
    ("base_url", "warned"),
    [("", True), ("http://127.0.0.1:8000", True), ("http://192.168.0.20:8000", False)],
)
def test_an_address_that_only_this_computer_knows_is_said(
    app: Flask, cast: Cast, client_for: Any, base_url: str, warned: bool
) -> None:
    here: Feldweg = app.extensions["feldweg"]
    app.extensions["feldweg"] = Feldweg(replace(here.settings, base_url=base_url), here.sealer)
    page = client_for(cast.olga).soup(f"/kohorten/{cast.nord}").get_text()
    assert ("Diese Adresse kennt nur dieser Rechner" in page) is warned
