"""Deeds about people and the cohort are written down, with who and when."""

from __future__ import annotations

from typing import Any

from app.cohorts import log
from app.extensions import db
from tests.cohorts.test_edit import FORM as DETAILS
from tests.schedule.conftest import as_shown
from tests.support.cast import Cast
from tests.support.doors import DESK, knock


def entries(page: Any) -> list[str]:
    heading = page.select_one("#verlauf")
    found = heading.find_parent("section") if heading else page.main
    return [" ".join(item.get_text().split()) for item in found.select("li")]


def test_what_is_done_to_a_person(cast: Cast, client_for: Any) -> None:
    olga, url = client_for(cast.olga), f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}"
    olga.post_form(url, {"name": "Anna „Anni“ Kolb"})
    olga.post_form(f"{url}/link")
    for _ in range(2):
        client_for(cast.adam).post_form(f"{url}/herausnehmen")
    olga.post_form(f"{url}/aufnehmen")
    when = "3. Juli 2026, 11:00 Uhr"
    assert entries(olga.soup(url)) == [
        f"{when}: wieder aufgenommen, von Olga Sommer",
        f"{when}: aus der Kohorte herausgenommen, von Adam Wirth",
        f"{when}: neuer persönlicher Link, von Olga Sommer",
        f"{when}: Name geändert („Anna Kolb“ → „Anna ‚Anni‘ Kolb“), von Olga Sommer",
    ]


def test_saving_the_same_name_is_no_deed(cast: Cast, client_for: Any, reading: Any) -> None:
    url = f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}"
    client_for(cast.olga).post_form(url, {"name": "Anna Kolb"})
    with reading():
        assert log.of_person(cast.anna.enrolment_id) == []


def test_joining_and_changes_of_the_cohort(cast: Cast, client_for: Any) -> None:
    olga, url = client_for(cast.olga), f"/kohorten/{cast.nord}"
    client_for(None).post_form("/beitreten/NRD23456", {"name": "Mara Krüger", "form_key": "k"})
    olga.post_form(f"{url}/aendern", DETAILS | {"trainers": [cast.tarek.user_id]})
    [day] = [link["href"] for link in olga.soup(f"{url}/tagesplan").select("h2 a")]
    plan = as_shown(olga.soup(f"{day}/tag"), f"{day}/tag")
    olga.post_form(f"{day}/tag", plan)  # nothing changes, nothing is written
    olga.post_form(f"{day}/tag", plan | {"date": "2026-07-06"})
    when = "3. Juli 2026, 11:00 Uhr"
    said = [
        f"{when}: Tagesplan geändert (Tag: 3. Juli 2026 → 6. Juli 2026), von Olga Sommer",
        f"{when}: Kohorte geändert (Titel, Ort, letzter Tag zum Beitreten, Anwesenheit in Prozent, Lernstopps),"
        " von Olga Sommer",
        f"{when}: Mara Krüger, über den Link beigetreten",
    ]
    assert entries(olga.soup(url)) == said
    assert entries(olga.soup(f"{url}/verlauf")) == said


def test_the_overview_shows_the_last_and_links_to_all(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        for number in range(8):
            log.note(log.Deed.CHANGED, cast.nord, f"Nummer {number}")
    page = client_for(cast.olga).soup(f"/kohorten/{cast.nord}")
    assert len(entries(page)) == 5
    assert page.select_one(f'a[href="/kohorten/{cast.nord}/verlauf"]')
    assert len(entries(client_for(cast.olga).soup(f"/kohorten/{cast.nord}/verlauf"))) == 8
    assert not client_for(cast.tarek).soup(f"/kohorten/{cast.nord}").select("#verlauf")


def test_whoever_did_it_may_be_gone(cast: Cast, writing: Any, reading: Any) -> None:
    with writing():
        log.note(log.Deed.CHANGED, cast.nord, "x" * 300, "y" * 3000)
        db.session.expire_all()
    with reading():
        [(event, name)] = log.of_cohort(cast.nord)
        assert (len(event.author), len(event.detail), event.author_id, name) == (200, 1000, None, None)


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, f"/kohorten/{cast.nord}/verlauf") == DESK
