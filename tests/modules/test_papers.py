"""…/blaetter: all empty sheets of a module or of a day in one print."""

from __future__ import annotations

import pytest

from tests.modules.doors import LEARNERS, course, knock, words

STAFF = LEARNERS | {"tarek": 200, "olga": 200, "adam": 200, "anna": 403}


def test_what_there_is_to_print(client_for, cast):
    page = client_for(cast.tarek).soup(course(cast, "blaetter"))
    links = [words(link) for link in page.select(".links a") if "Leere" in link.get_text()]
    assert links == [
        "Leere Blätter für Freitag, 3. Juli 2026",
        "Leere Blätter für Modul 1: Ankommen",
        "Leere Blätter für Modul 2: Vom Fall zum Feld",
    ]


def sheets(page) -> list[str]:
    return [section.select_one(".block")["id"] for section in page.select("main > .paper")]


def test_all_sheets_of_a_module(client_for, cast):
    page = client_for(cast.tarek).soup(course(cast, "blaetter?modul=feld"))
    assert page.h1.get_text() == "Leere Blätter für Modul 2: Vom Fall zum Feld"
    assert sheets(page) == ["case-1", "l2-1"]
    assert len(page.select(".paper__name")) == 2


def test_of_a_day_come_the_modules_its_slots_name(client_for, cast):
    client = client_for(cast.olga)
    link = client.soup(course(cast, "blaetter")).select_one(".links a")
    page = client.soup(link["href"])
    assert page.h1.get_text() == "Leere Blätter für Freitag, 3. Juli 2026"
    every = [*sheets(client.soup(course(cast, "blaetter?modul=ankommen"))), "case-1", "l2-1"]
    assert sheets(page) == every


def test_nothing_anybody_wrote_is_on_them(client_for, cast):
    sent = {"e0": "An der Brücke.", "version": "0", "client_id": "geraet-0001"}
    assert client_for(cast.anna).post_form(course(cast, "antwort/zu/w1-3"), sent).status_code == 303
    page = client_for(cast.tarek).soup(course(cast, "blaetter?modul=ankommen"))
    assert "w1-3" in sheets(page)
    assert "Brücke" not in page.get_text()


def test_the_preview_of_the_course_leads_there(client_for, cast):
    address = course(cast, "blaetter")
    assert address in [link["href"] for link in client_for(cast.tarek).soup(course(cast)).select("main a")]
    assert address not in [link["href"] for link in client_for(cast.anna).soup(course(cast)).select("main a")]


def test_who_may(client_for, cast):
    for path in ("blaetter", "blaetter?modul=feld"):
        assert knock(client_for, cast, lambda client, path=path: client.get(course(cast, path))) == STAFF


@pytest.mark.parametrize("query", ["modul=nie", "tag=999", "tag=x", "tag="])
def test_unknown(client_for, cast, query):
    assert client_for(cast.tarek).get(course(cast, f"blaetter?{query}")).status_code == 404
