"""The register of a whole day as a page: which day, which slot, the plain form, two entries that contradict each other."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.accounts.models import User
from app.attendance import service as attendance
from app.attendance.names import list_key
from app.cohorts import people, register, service
from app.cohorts.models import Cohort, CourseDay, ScheduledSlot
from app.extensions import db
from tests.attendance.phones import day_url, guest, operation, results, send
from tests.support.cast import NOW, Cast, enrol
from tests.support.doors import STAFF, knock


def row(person: Any, state: str, minutes: str = "", known: int = 0) -> dict[str, str]:
    number = person.enrolment_id
    return {f"state_{number}": state, f"minutes_{number}": minutes, f"known_{number}": str(known)}


def chosen(page: Any) -> str:
    return " ".join(page.select_one("[data-plain] h2").get_text().split())


def test_today_leads_to_the_day_that_is_meant(cast: Cast, client_for: Any, writing: Any) -> None:
    client = client_for(cast.tarek)
    first = day_url(client, cast)
    with writing():
        later = CourseDay(cohort_id=cast.nord, date=(NOW + timedelta(days=7)).date(), name="Zweiter Tag")
        db.session.add(later)
        db.session.flush()
        second = f"/kohorten/{cast.nord}/anwesenheit/tag/{later.id}"
    assert day_url(client, cast) == first
    for days, url in ((-3, first), (3, first), (7, second), (30, second)):
        with clock.standing_at(NOW + timedelta(days=days)):
            assert day_url(client, cast) == url


def test_a_cohort_without_days_has_nothing_to_record(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        db.session.query(ScheduledSlot).filter_by(cohort_id=cast.nord).delete()
        db.session.query(CourseDay).filter_by(cohort_id=cast.nord).delete()
    answer = client_for(cast.tarek).get(f"/kohorten/{cast.nord}/anwesenheit/heute")
    assert answer.headers["Location"] == f"/kohorten/{cast.nord}/anwesenheit"


def test_a_day_of_breaks_says_so(cast: Cast, client_for: Any, writing: Any) -> None:
    client = client_for(cast.tarek)
    url = day_url(client, cast)
    with writing():
        for slot in db.session.query(ScheduledSlot).filter_by(cohort_id=cast.nord):
            slot.kind = "pause"
    assert "nichts zu erfassen" in client.soup(url).get_text()


@pytest.mark.parametrize(
    ("hours", "title"),
    [(-3, "Ankommen"), (0, "Das Feld"), (1.5, "Das Feld"), (2.5, "Fallwerkstatt"), (9, "Fallwerkstatt")],
)
def test_the_slot_that_runs_is_shown_first(cast: Cast, client_for: Any, hours: float, title: str) -> None:
    client = client_for(cast.tarek)
    url = day_url(client, cast)
    with clock.standing_at(NOW + timedelta(hours=hours)):
        assert title in chosen(client.soup(url))


def test_another_slot_can_be_chosen(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.tarek)
    page = client.soup(f"{day_url(client, cast)}?abschnitt={cast.slots[0]}")
    assert chosen(page) == "09:00–10:30 Ankommen"
    assert [" ".join(link.get_text(" ").split()) for link in page.select(".day__slots a")] == [
        "09:00–10:30 Ankommen 0 von 2 erfasst",
        "10:45–12:15 jetzt Das Feld 0 von 2 erfasst",
        "13:15–14:45 Fallwerkstatt 0 von 2 erfasst",
    ]
    for wrong in (cast.slots[1], 4711, "x"):
        assert chosen(client.soup(f"{day_url(client, cast)}?abschnitt={wrong}")) == "10:45–12:15 Das Feld"


def test_the_plain_form_saves_and_comes_back(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    url = day_url(client, cast)
    form = client.soup(url).select_one("[data-plain] form")
    sent = row(cast.anna, "present") | row(cast.bela, "partial", "30") | {"zurueck": "tag"}
    answer = client.post_form(form["action"], sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{url}?abschnitt={cast.slots[2]}")
    page = client.soup(answer.headers["Location"])
    assert "2 von 2 erfasst" in page.select_one(f".day__slots a[data-slot='{cast.slots[2]}']").get_text()
    with reading():
        assert len(service.marks(cast.nord)) == 2


def test_what_the_script_needs_is_in_the_page(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.tarek)
    day = client.soup(day_url(client, cast)).select_one("[data-register]")
    state = json.loads(day["data-register"])
    assert [person["name"] for person in state["people"]] == ["Anna Kolb", "Bela Öztürk"]
    assert client.get(f"{day['data-sync']}").status_code == 200
    worker = client.get(day["data-worker"])
    assert (worker.mimetype, worker.headers["Cache-Control"]) == ("text/javascript", "no-cache, private")
    assert day["data-address"].startswith(day["data-worker"].rpartition("/")[0])  # the scope of the worker
    assert b"register:" in worker.data


def test_people_stand_by_surname_and_it_says_so(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        enrol(cast.nord, "Zoe Arnold")
        enrol(cast.nord, "Amira von der Haddad")
    client = client_for(cast.tarek)
    page = client.soup(day_url(client, cast))
    expected = ["Zoe Arnold", "Amira von der Haddad", "Anna Kolb", "Bela Öztürk"]
    expected.sort(key=list_key)
    assert expected[0] == "Zoe Arnold" and expected != sorted(expected)
    state = json.loads(page.select_one("[data-register]")["data-register"])
    assert [person["name"] for person in state["people"]] == expected
    rows = [row.th.find(string=True).strip() for row in page.select("table.attendance tbody tr")]
    assert rows == expected
    assert "Nach Nachnamen geordnet, wie auf der Papierliste." in page.get_text()


def test_the_list_stands_before_everything_else(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.tarek)
    send(client, cast, guest(cast, "Gerda Gast", "gast-0123456789"))
    page = client.soup(day_url(client, cast))
    order = page.select("[data-plain], [data-part=guests], .walk-in, main a[href$='anwesenheit/code']")
    assert [found.name for found in order] == ["div", "div", "section", "a"]
    assert "data-plain" in order[0].attrs and order[1]["data-part"] == "guests"


def test_today_is_offered_only_where_today_is_a_day(cast: Cast, client_for: Any, writing: Any) -> None:
    tarek, today = client_for(cast.tarek), f"/kohorten/{cast.nord}/anwesenheit/heute"
    places = [f"/kohorten/{cast.nord}{rest}" for rest in ("", "/anwesenheit", "/live")]

    def offered() -> list[bool]:
        return [bool(tarek.soup(place).select(f'main a[href="{today}"]')) for place in places]

    assert offered() == [True, True, True]
    for days in (-1, 1):
        with clock.standing_at(NOW + timedelta(days=days)):
            assert offered() == [False, False, False]
    with writing():
        db.session.get_one(Cohort, cast.nord).cancelled_at = NOW
    assert offered() == [False, False, False]


def test_the_page_says_whom_it_belongs_to(cast: Cast, client_for: Any) -> None:
    pages = [client_for(who).soup(day_url(client_for(who), cast)) for who in (cast.tarek, cast.olga)]
    owners = {page.select_one("[data-register]")["data-owner"] for page in pages}
    assert len(owners) == 2
    assert owners == {page.html["data-who"] for page in pages}


def conflict(cast: Cast, client_for: Any) -> Any:
    """Olga said present, Tarek absent without knowing; gives Tarek's client."""
    tarek = client_for(cast.tarek)
    send(client_for(cast.olga), cast, operation(cast, cast.anna.enrolment_id))
    assert results(send(tarek, cast, operation(cast, cast.anna.enrolment_id, "absent"))) == ["lost"]
    return tarek


@pytest.mark.parametrize(("choice", "state"), [("uebernehmen", "absent"), ("lassen", "present")])
@pytest.mark.parametrize("place", ["tag", "abschnitt", "liste"])
def test_a_contradiction_is_shown_everywhere_and_decided(
    cast: Cast, client_for: Any, reading: Any, choice: str, state: str, place: str
) -> None:
    client = conflict(cast, client_for)
    url = {
        "tag": f"{day_url(client, cast)}?abschnitt={cast.slots[0]}",
        "abschnitt": f"/kohorten/{cast.nord}/anwesenheit/{cast.slots[0]}",
        "liste": f"/kohorten/{cast.nord}/anwesenheit",
    }[place]
    form = client.soup(url).select_one("form.conflict")
    assert "Tarek Aydın hat „abwesend“ eingetragen (11:00), als schon etwas anderes stand." in form.get_text()
    back = form.select_one("[name=zurueck]")["value"]
    for _ in range(2):  # pressed twice
        answer = client.post_form(form["action"], {"wahl": choice, "zurueck": back})
        assert (answer.status_code, answer.headers["Location"]) == (303, url)
    assert not client.soup(url).select("form.conflict")
    with reading():
        history = register.history_of_slot(cast.slots[0])[cast.anna.enrolment_id]
        assert [mark.state for mark in history] == [state, "present"]
        assert attendance.open_conflicts([cast.nord]) == {}


def test_whoever_decides_second_is_told(cast: Cast, client_for: Any, reading: Any) -> None:
    client = conflict(cast, client_for)
    action = client.soup(f"/kohorten/{cast.nord}/anwesenheit").select_one("form.conflict")["action"]
    client_for(cast.olga).post_form(action, {"wahl": "lassen"})
    text = client.post_form(action, {"wahl": "uebernehmen"}, follow_redirects=True).get_data(as_text=True)
    assert "inzwischen jemand entschieden" in text
    with reading():
        history = register.history_of_slot(cast.slots[0])[cast.anna.enrolment_id]
        assert [mark.state for mark in history] == ["present", "present"]


def test_about_somebody_who_left_nothing_is_open(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    client = conflict(cast, client_for)
    with writing():
        anna = service.find_enrolment(cast.nord, cast.anna.enrolment_id)
        assert anna
        people.remove(anna, db.session.get_one(User, cast.olga.user_id))
    assert not client.soup(f"/kohorten/{cast.nord}/anwesenheit").select("form.conflict")
    with reading():
        assert attendance.open_conflicts([cast.nord]) == {}


def test_only_lost_entries_of_this_cohort_are_decided(cast: Cast, client_for: Any, reading: Any) -> None:
    client = conflict(cast, client_for)
    with reading():
        counting = register.history_of_slot(cast.slots[0])[cast.anna.enrolment_id][0].id
        lost = register.lost_of_slot(cast.slots[0])[cast.anna.enrolment_id][0].id
    url = f"/kohorten/{cast.nord}/anwesenheit/konflikt"
    for wrong in (counting, 4711, 2**40):
        assert client.post_form(f"{url}/{wrong}").status_code == 404
    elsewhere = f"/kohorten/{cast.sued}/anwesenheit/konflikt/{lost}"
    assert client_for(cast.olga).post_form(elsewhere).status_code == 404
    assert knock(client_for, cast, f"{url}/{lost}", post=True) == STAFF


def test_an_unknown_day(cast: Cast, client_for: Any, reading: Any) -> None:
    with reading():
        foreign = service.days(cast.sued)[0].id
    for day_id in (foreign, 4711, 2**40):
        assert client_for(cast.olga).get(f"/kohorten/{cast.nord}/anwesenheit/tag/{day_id}").status_code == 404


def test_who_may(cast: Cast, client_for: Any) -> None:
    url = day_url(client_for(cast.olga), cast)
    assert knock(client_for, cast, url) == STAFF
    assert knock(client_for, cast, f"/kohorten/{cast.nord}/anwesenheit/tag/geraet.js") == STAFF
    today = f"/kohorten/{cast.nord}/anwesenheit/heute"
    assert knock(client_for, cast, today) == STAFF | {"tarek": 303, "olga": 303, "adam": 303}
