"""A walk-in turns out to be somebody known: entries go over, contradictions are shown, everything is written down."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts import service as accounts
from app.attendance import service as attendance
from app.cohorts import log, people, register, service
from app.cohorts.models import Enrolment
from app.extensions import db
from tests.attendance.phones import day_url, guest, operation, results, send
from tests.support.cast import Cast
from tests.support.doors import STAFF, knock

KEY = "gast-0123456789"


@pytest.fixture
def ana(cast: Cast, client_for: Any, reading: Any) -> int:
    """Ana Kolb, entered as a guest: present in the first slot, for 20 minutes in the second."""
    sent = guest(cast, "Ana Kolb", KEY), guest(cast, "Ana Kolb", KEY, number=2, state="partial", minutes=20)
    answer = send(client_for(cast.tarek), cast, *sent)
    assert results(answer) == ["saved", "saved"]
    return int(answer.json["answers"][0]["person"])


def url(cast: Cast, person: int) -> str:
    return f"/kohorten/{cast.nord}/anwesenheit/gast/{person}"


def marks(person: int) -> list[tuple[str, int]]:
    return [(mark.state, mark.minutes) for _, mark in sorted(service.marks_of(person).items())]


def test_the_page_says_who_it_may_be_and_what_will_happen(cast: Cast, client_for: Any, ana: int) -> None:
    page = client_for(cast.tarek).soup(url(cast, ana))
    text = " ".join(page.get_text().split())
    assert "Das ist Anna Kolb" in text
    assert "Das lässt sich nicht rückgängig machen." in text
    assert [option.get_text() for option in page.select("select option")][1:] == ["Anna Kolb", "Bela Öztürk"]
    assert "Organisation macht aus dem Gast" in text
    assert "Gast bleibt" in client_for(cast.olga).soup(url(cast, ana)).get_text()


def test_on_the_day(cast: Cast, client_for: Any, reading: Any, ana: int) -> None:
    client = client_for(cast.tarek)
    asked = client.soup(day_url(client, cast)).select_one(".guests a.button")["href"]
    form = client.soup(asked).select_one("main form")
    fields = {field["name"]: field["value"] for field in form.select("input")}
    assert fields["person"] == str(cast.anna.enrolment_id)
    for _ in range(2):  # pressed twice
        answer = client.post_form(form["action"], fields)
        assert (answer.status_code, answer.headers["Location"]) == (303, day_url(client, cast))
    text = client.soup(day_url(client, cast)).get_text()
    assert "„Ana Kolb“ ist mit Anna Kolb zusammengeführt. 2 Einträge sind übernommen." in text
    assert "war schon mit Anna Kolb zusammengeführt" in text
    with reading():
        assert marks(cast.anna.enrolment_id) == [("present", 90), ("partial", 20)]
        [mark, _] = service.marks_of(cast.anna.enrolment_id).values()
        assert (mark.way, mark.recorded_by) == ("merged", "Tarek Aydın")
        assert mark.remark.startswith("vom Gast „Ana Kolb“, dort eingetragen von Tarek Aydın am 3. Juli 2026")
        row = db.session.get_one(Enrolment, ana)
        assert (row.left_at is not None, row.merged_into_id) == (True, cast.anna.enrolment_id)
        assert [person.name for person in service.enrolments(cast.nord)] == ["Anna Kolb", "Bela Öztürk"]
        for person in (ana, cast.anna.enrolment_id):
            assert log.of_person(person)[0].deed == "merged"
            assert "„Ana Kolb“ → „Anna Kolb“" in log.of_person(person)[0].detail
        assert len(log.of_person(cast.anna.enrolment_id)) == 1


def test_it_asks_once(cast: Cast, client_for: Any, reading: Any, ana: int) -> None:
    client = client_for(cast.tarek)
    page = client.soup(f"{url(cast, ana)}?person={cast.anna.enrolment_id}")
    assert page.h1.get_text() == "„Ana Kolb“ mit Anna Kolb zusammenführen?"
    assert "Das lässt sich nicht rückgängig machen." in page.get_text()
    assert [button.get_text() for button in page.select("main form .button")] == [
        "Zusammenführen", "Nicht zusammenführen",
    ]  # fmt: skip
    assert page.select("main form a")[0]["href"] == f"/kohorten/{cast.nord}/anwesenheit"
    with reading():
        assert db.session.get_one(Enrolment, ana).left_at is None
    for wrong in ("", "x", ana, cast.frida.enrolment_id, 2**40):
        answer = client.get(f"{url(cast, ana)}?person={wrong}")
        assert answer.status_code == 422
        assert "Bitte wählen Sie eine Person aus dieser Kohorte." in answer.get_data(as_text=True)


def test_every_way_to_it_asks(cast: Cast, client_for: Any, ana: int) -> None:
    page = client_for(cast.tarek).soup(url(cast, ana))
    assert (
        page.select_one("main a.button--primary")["href"]
        == f"{url(cast, ana)}?person={cast.anna.enrolment_id}"
    )
    form = page.select_one("main form:has(select)")
    assert (form["method"], form["action"]) == ("get", url(cast, ana))


def test_what_stood_already_stays_and_both_are_shown(
    cast: Cast, client_for: Any, reading: Any, ana: int
) -> None:
    anna, client = cast.anna.enrolment_id, client_for(cast.tarek)
    send(client_for(cast.olga), cast, operation(cast, anna, "absent"))
    send(client_for(cast.olga), cast, operation(cast, anna, "partial", number=2, minutes=20))
    answer = client.post_form(url(cast, ana), {"person": str(anna)}, follow_redirects=True)
    text = " ".join(answer.get_data(as_text=True).split())
    assert "Kein Eintrag ist übernommen. Bei „Ankommen“ stand schon etwas anderes" in text
    assert (
        "Für den Gast war „anwesend“ eingetragen (vom Gast „Ana Kolb“, dort eingetragen von Tarek Aydın"
        in text
    )
    assert "Es gilt „abwesend“ (Olga Sommer, 11:00)." in text
    with reading():
        assert marks(anna) == [("absent", 0), ("partial", 20)]
        assert attendance.open_conflicts([cast.nord]) == {cast.nord: 1}
        assert [mark.state for mark in register.lost_of_slot(cast.slots[0])[anna]] == ["present"]


def test_a_withdrawn_entry_is_no_contradiction(cast: Cast, client_for: Any, reading: Any, ana: int) -> None:
    anna, client = cast.anna.enrolment_id, client_for(cast.tarek)
    mark = send(client, cast, operation(cast, anna)).json["answers"][0]["mark"]
    send(client, cast, operation(cast, anna, "not_recorded", known=mark))
    client.post_form(url(cast, ana), {"person": str(anna)})
    with reading():
        assert marks(anna) == [("present", 90), ("partial", 20)]


def test_what_had_lost_for_the_guest_goes_along(cast: Cast, client_for: Any, reading: Any, ana: int) -> None:
    send(client_for(cast.olga), cast, operation(cast, ana, "absent"))
    client_for(cast.tarek).post_form(url(cast, ana), {"person": str(cast.anna.enrolment_id)})
    with reading():
        assert marks(cast.anna.enrolment_id) == [("present", 90), ("partial", 20)]
        assert attendance.open_conflicts([cast.nord]) == {cast.nord: 1}


def test_a_phone_that_does_not_know_yet_still_records_the_right_person(
    cast: Cast, client_for: Any, reading: Any, ana: int
) -> None:
    client = client_for(cast.tarek)
    client.post_form(url(cast, ana), {"person": str(cast.bela.enrolment_id)})
    with_key = guest(cast, "Ana Kolb", KEY, number=0, state="present")
    by_number = operation(cast, ana, "partial", number=2, minutes=30)
    answer = send(client, cast, with_key, by_number)
    assert results(answer) == ["saved", "lost"]
    assert {each["person"] for each in answer.json["answers"]} == {cast.bela.enrolment_id}
    with reading():
        assert marks(cast.bela.enrolment_id) == [("present", 90), ("partial", 20)]
        assert service.marks_of(ana) != {}  # what was recorded then stays recorded


def test_two_guests_can_be_one(cast: Cast, client_for: Any, reading: Any, ana: int) -> None:
    other = send(client_for(cast.olga), cast, guest(cast, "Ana Kolb", KEY + "-b", number=2, state="absent"))
    number = other.json["answers"][0]["person"]
    client_for(cast.tarek).post_form(url(cast, number), {"person": str(ana)})
    with reading():
        assert marks(ana) == [("present", 90), ("partial", 20)]
        assert attendance.open_conflicts([cast.nord]) == {cast.nord: 1}


def merge(cast: Cast, client: Any, ana: int, target: Any, status: int) -> str:
    answer = client.post_form(url(cast, ana), {"person": str(target)})
    assert answer.status_code == status
    return str(answer.get_data(as_text=True))


def test_whom_the_guest_cannot_be(cast: Cast, client_for: Any, reading: Any, writing: Any, ana: int) -> None:
    client = client_for(cast.tarek)
    for wrong in ("", "x", cast.frida.enrolment_id, 2**40):
        assert "Bitte wählen Sie eine Person aus dieser Kohorte." in merge(cast, client, ana, wrong, 422)
    assert "Bitte wählen Sie" in merge(cast, client, ana, ana, 409)
    with writing():
        bela = service.find_enrolment(cast.nord, cast.bela.enrolment_id)
        olga = accounts.find_person(cast.olga.user_id)
        assert bela and olga
        people.remove(bela, olga)
    assert "Bitte wählen Sie" in merge(cast, client, ana, cast.bela.enrolment_id, 409)
    with reading():
        assert db.session.get_one(Enrolment, ana).left_at is None


def test_only_guests_are_merged(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.olga)
    for wrong in (cast.anna.enrolment_id, cast.frida.enrolment_id, 4711, 2**40):
        assert client.get(url(cast, wrong)).status_code == 404
        assert client.post_form(url(cast, wrong), {"person": "1"}).status_code == 404


def test_merged_with_somebody_else_meanwhile(cast: Cast, client_for: Any, ana: int) -> None:
    client = client_for(cast.tarek)
    client.post_form(url(cast, ana), {"person": str(cast.anna.enrolment_id)})
    text = merge(cast, client, ana, cast.bela.enrolment_id, 409)
    assert "inzwischen mit einer anderen Person zusammengeführt" in text
    assert "Dieser Gast ist mit Anna Kolb zusammengeführt." in text


def test_a_guest_with_a_certificate_is_not_merged(
    cast: Cast, client_for: Any, writing: Any, ana: int
) -> None:
    with writing():
        person = service.find_enrolment(cast.nord, ana)
        assert person
        service.fix_name(person)
    words = "Für diesen Gast ist schon eine Bescheinigung ausgestellt."
    assert words in merge(cast, client_for(cast.tarek), ana, cast.anna.enrolment_id, 409)


def test_a_guest_who_has_a_link_may_have_written_something(
    cast: Cast, client_for: Any, writing: Any, ana: int
) -> None:
    client = client_for(cast.tarek)
    words = "hat schon einen persönlichen Link bekommen"
    assert words not in client.soup(url(cast, ana)).get_text()
    with writing():
        person = service.find_enrolment(cast.nord, ana)
        assert person
        accounts.new_personal_link(person.user_id)
    assert words in client.soup(url(cast, ana)).get_text()


def test_who_may(cast: Cast, client_for: Any, ana: int) -> None:
    assert knock(client_for, cast, url(cast, ana)) == STAFF
    assert knock(client_for, cast, url(cast, ana), post=True) == STAFF
