"""/kohorten/<id>/stand/<enrolment>: every criterion in sentences, the register with its history."""

from __future__ import annotations

import pytest

from tests.progress.cohort import CANARY, complete, everything_private, mark, write
from tests.progress.who import check


def address(cast, person=None):
    return f"/kohorten/{cast.nord}/stand/{(person or cast.anna).enrolment_id}"


def words(client, url: str) -> str:
    return " ".join(client.soup(url).main.get_text(" ", strip=True).split())


@pytest.mark.usefixtures("evening")
def test_says_everything_in_sentences(app, cast, client_for):
    mark(app, cast.anna, cast.slots[0])
    mark(app, cast.anna, cast.slots[2], "partial", 60)
    write(app, cast.anna, "l1-1")
    said = words(client_for(cast.tarek), address(cast))
    assert "Für die Teilnahmebescheinigung fehlt noch etwas." in said
    assert "Anwesenheit: 3,33 UE erfasst, 2 UE sind noch nicht erfasst, nötig sind 5." in said
    assert "Lernstopps: 1 von 2 bearbeitet; fehlt noch: Lernstopp 2 im Modul „Vom Fall zum Feld“." in said
    assert "Ein Abschnitt ist noch nicht erfasst." in said
    assert "Fallwerkstatt 3. Juli 2026, 13:15–14:45 nicht erfasst" in said
    assert said.count("Fallwerkstatt") == 1
    assert "teilweise, 60 von 90 Minuten" in said


@pytest.mark.usefixtures("evening")
def test_says_that_all_is_there(app, cast, client_for):
    complete(app, cast, cast.anna)
    said = words(client_for(cast.olga), address(cast))
    assert "Alles ist da: Die Teilnahmebescheinigung kann ausgestellt werden." in said
    assert "Als erfüllt anerkennen" not in said


def test_during_the_day_it_names_what_lies_ahead(cast, client_for):
    said = words(client_for(cast.tarek), address(cast))
    assert "2 Abschnitte sind noch nicht erfasst, 1 hat noch nicht begonnen." in said
    assert "Fallwerkstatt 3. Juli 2026, 13:15–14:45 hat noch nicht begonnen" in said
    assert "Das Feld 3. Juli 2026, 10:45–12:15 nicht erfasst" in said


def test_history_of_the_register_has_authors_and_times(app, cast, client_for):
    mark(app, cast.anna, cast.slots[0], "absent")
    mark(app, cast.anna, cast.slots[0], "present", by="Olga Sommer")
    row = client_for(cast.tarek).soup(address(cast)).select_one("tbody tr")
    said = " ".join(row.get_text(" ", strip=True).split())
    assert "2 Einträge" in said
    assert "anwesend (3. Juli 2026, 11:00 Uhr, Olga Sommer)" in said
    assert "abwesend (3. Juli 2026, 11:00 Uhr, Tarek Aydın)" in said
    assert row.td.get_text(strip=True) == "anwesend"


def test_a_withdrawn_mark_is_not_recorded(app, cast, client_for):
    mark(app, cast.anna, cast.slots[0])
    mark(app, cast.anna, cast.slots[0], "not_recorded")
    said = words(client_for(cast.tarek), address(cast))
    assert "Ankommen 3. Juli 2026, 09:00–10:30 nicht erfasst" in said


def test_a_trainer_sees_no_way_to_override(cast, client_for):
    soup = client_for(cast.tarek).soup(address(cast))
    assert not soup.main.find_all("form")


def test_who_may(cast, client_for):
    check(cast, client_for, lambda client: client.get(address(cast)), trainer=True)


@pytest.mark.parametrize("enrolment_id", [999, 99999999999999999999])
def test_unknown_person(cast, client_for, enrolment_id):
    assert client_for(cast.olga).get(f"/kohorten/{cast.nord}/stand/{enrolment_id}").status_code == 404


def test_person_of_another_cohort(cast, client_for):
    assert client_for(cast.olga).get(address(cast, cast.frida)).status_code == 404
    assert client_for(cast.tarek).get(address(cast, cast.frida)).status_code == 404


def test_no_private_text(app, cast, client_for):
    everything_private(app, cast, [cast.anna])
    for person in (cast.tarek, cast.olga, cast.adam):
        assert CANARY not in client_for(person).get(address(cast)).get_data(as_text=True)


def test_six_statements_however_long_the_history(app, cast, client_for, statements):
    for slot_id in cast.slots * 4:
        mark(app, cast.anna, slot_id)
    everything_private(app, cast, [cast.anna])
    client = client_for(cast.tarek)
    client.get(address(cast))
    with statements() as seen:
        client.soup(address(cast))
    assert len(seen) <= 6, seen
