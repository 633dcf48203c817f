"""Recording attendance for one slot: everyone with one tap, exceptions, errors, two people at once."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app import clock
from app.accounts.models import User
from app.cohorts import people, register, service
from app.cohorts.models import Attendance, ScheduledSlot
from app.cohorts.register import Wanted
from app.extensions import db, transaction
from app.schedule.models import PlanChange
from tests.attendance.phones import operation, send
from tests.support.cast import NOW, Cast
from tests.support.doors import STAFF, knock


def url(cast: Cast, number: int = 0) -> str:
    return f"/kohorten/{cast.nord}/anwesenheit/{cast.slots[number]}"


def row(person: Any, state: str, minutes: str = "", known: int = 0) -> dict[str, str]:
    number = person.enrolment_id
    return {f"state_{number}": state, f"minutes_{number}": minutes, f"known_{number}": str(known)}


def as_shown(client: Any, address: str) -> dict[str, str]:
    page = client.soup(address)
    fields = page.select(
        "form.wide input[type=text], form.wide input[checked], form.wide input[name^=known_]"
    )
    return {field["name"]: field["value"] for field in fields}


def states(cast: Cast) -> dict[int, tuple[str, int]]:
    marks = service.marks(cast.nord)
    return {
        person: (mark.state, mark.minutes) for (person, slot), mark in marks.items() if slot == cast.slots[0]
    }


def test_works(cast: Cast, client_for: Any, reading: Any) -> None:
    form = row(cast.anna, "present") | row(cast.bela, "partial", "45")
    answer = client_for(cast.tarek).post_form(url(cast), form)
    assert (answer.status_code, answer.headers["Location"]) == (303, url(cast))
    with reading():
        assert states(cast) == {
            cast.anna.enrolment_id: ("present", 90),
            cast.bela.enrolment_id: ("partial", 45),
        }
        [mark] = service.mark_history(cast.anna.enrolment_id, cast.slots[0])
        assert (mark.recorded_by, mark.recorded_by_id) == ("Tarek Aydın", cast.tarek.user_id)


def test_only_changed_rows_become_marks(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    client.post_form(url(cast), row(cast.anna, "present") | row(cast.bela, "not_recorded"))
    form = as_shown(client, url(cast))
    assert client.post_form(url(cast), form).status_code == 303
    assert client.post_form(url(cast), form | row(cast.bela, "excused")).status_code == 303
    with reading():
        counts = [
            len(service.mark_history(who.enrolment_id, cast.slots[0])) for who in (cast.anna, cast.bela)
        ]
        assert counts == [1, 1]


def test_sending_twice_records_once(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    for _ in range(2):
        assert client.post_form(url(cast), row(cast.anna, "present")).status_code == 303
    with reading():
        assert len(service.mark_history(cast.anna.enrolment_id, cast.slots[0])) == 1


def test_everyone_present_asks_before_it_saves(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    form = row(cast.anna, "excused") | row(cast.bela, "not_recorded")
    answer = client.post_form(url(cast), form | {"alle": "1"})
    assert answer.status_code == 200
    assert "Noch nicht gespeichert" in answer.get_data(as_text=True)
    assert "1 Person, die noch nicht erfasst war, steht jetzt auf „anwesend“" in answer.get_data(as_text=True)
    [back] = BeautifulSoup(answer.data, "html.parser").select("main .warning a")
    assert (back["href"], back.get_text()) == (url(cast), "Doch nicht: zeigen, was erfasst ist")
    with reading():
        assert states(cast) == {}
    confirmed = row(cast.anna, "excused") | row(cast.bela, "present")
    assert client.post_form(url(cast), confirmed).status_code == 303
    with reading():
        assert states(cast) == {
            cast.anna.enrolment_id: ("excused", 0),
            cast.bela.enrolment_id: ("present", 90),
        }


def test_everyone_present_is_offered_while_somebody_is_open(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.tarek)
    assert client.soup(url(cast)).select("button[name=alle]")
    client.post_form(url(cast), row(cast.anna, "present") | row(cast.bela, "absent"))
    assert not client.soup(url(cast)).select("button[name=alle]")


def test_an_entry_can_be_withdrawn_and_stays_in_the_history(
    cast: Cast, client_for: Any, reading: Any
) -> None:
    client = client_for(cast.tarek)
    client.post_form(url(cast), row(cast.anna, "present"))
    client_for(cast.olga).post_form(url(cast), as_shown(client, url(cast)) | {
        f"state_{cast.anna.enrolment_id}": "not_recorded"
    })  # fmt: skip
    with reading():
        assert states(cast) == {}
    history = client.soup(url(cast)).select_one(f"#person_{cast.anna.enrolment_id} details")
    entries = [" ".join(entry.get_text().split()) for entry in history.select("li")]
    assert entries == [
        "nicht erfasst, Olga Sommer, 3. Juli 2026, 11:00 Uhr, am Bildschirm",
        "anwesend, Tarek Aydın, 3. Juli 2026, 11:00 Uhr, am Bildschirm",
    ]


@pytest.mark.parametrize(
    ("state", "minutes", "words"),
    [
        ("partial", "", "Bitte geben Sie an, wie viele Minuten"),
        ("partial", "viel", "Bitte geben Sie an, wie viele Minuten"),
        ("partial", "-5", "Bitte geben Sie an, wie viele Minuten"),
        ("partial", "4,5", "Bitte geben Sie an, wie viele Minuten"),
        ("partial", "٣", "Bitte geben Sie an, wie viele Minuten"),
        ("partial", "0", "Bei „teilweise“ ist es mindestens eine Minute"),
        ("partial", "91", "Der Abschnitt dauert 90 Minuten"),
        ("partial", "999999999999", "Der Abschnitt dauert 90 Minuten"),
        ("partial", "9" * 40, "Bitte geben Sie an, wie viele Minuten"),
        ("present", "45", "Die Minuten gelten nur bei „teilweise“"),
        ("asleep", "", "Bitte wählen Sie einen der fünf Zustände"),
    ],
)
def test_bad_rows_are_named_and_nothing_is_lost(
    cast: Cast, client_for: Any, reading: Any, state: str, minutes: str, words: str
) -> None:
    form = row(cast.anna, state, minutes) | row(cast.bela, "excused")
    answer = client_for(cast.tarek).post_form(url(cast), form)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f"Anna Kolb: {words}" in text
    assert minutes == "" or f'value="{minutes}"' in text
    assert f'name="state_{cast.bela.enrolment_id}" value="excused" checked' in text
    with reading():
        assert states(cast) == {}


def test_minutes_left_over_from_before_do_not_disturb(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    client.post_form(url(cast), row(cast.anna, "partial", "45"))
    form = as_shown(client, url(cast)) | {f"state_{cast.anna.enrolment_id}": "present"}
    assert client.post_form(url(cast), form).status_code == 303
    with reading():
        assert states(cast)[cast.anna.enrolment_id] == ("present", 90)


def test_two_people_at_once_overwrite_nothing(cast: Cast, client_for: Any, reading: Any) -> None:
    tarek, olga = client_for(cast.tarek), client_for(cast.olga)
    form = as_shown(tarek, url(cast))
    olga.post_form(url(cast), row(cast.anna, "absent"))
    answer = tarek.post_form(url(cast), form | row(cast.anna, "partial", "30") | row(cast.bela, "present"))
    text = " ".join(answer.get_data(as_text=True).split())
    assert answer.status_code == 409
    assert (
        "eingetragen ist „abwesend“ (Olga Sommer, 11:00 Uhr), Sie hatten „teilweise (30 Minuten)“ gewählt"
        in text
    )
    assert "Alles andere ist gespeichert" in text
    with reading():
        assert states(cast) == {
            cast.anna.enrolment_id: ("absent", 0),
            cast.bela.enrolment_id: ("present", 90),
        }


def test_after_seeing_both_states_one_can_decide(cast: Cast, client_for: Any, reading: Any) -> None:
    client_for(cast.olga).post_form(url(cast), row(cast.anna, "absent"))
    tarek = client_for(cast.tarek)
    assert tarek.post_form(url(cast), row(cast.anna, "present")).status_code == 409
    form = as_shown(tarek, url(cast)) | {f"state_{cast.anna.enrolment_id}": "present"}
    assert tarek.post_form(url(cast), form).status_code == 303
    with reading():
        assert states(cast)[cast.anna.enrolment_id] == ("present", 90)


def test_the_same_entry_by_two_people_is_no_conflict(cast: Cast, client_for: Any, reading: Any) -> None:
    for who in (cast.tarek, cast.olga):
        assert client_for(who).post_form(url(cast), row(cast.anna, "absent")).status_code == 303
    with reading():
        assert len(service.mark_history(cast.anna.enrolment_id, cast.slots[0])) == 1


def test_a_made_up_mark_number_overwrites_nothing(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.tarek)
    client.post_form(url(cast), row(cast.anna, "absent"))
    for known in ("4711", "-1", "x", "9" * 50):
        form = row(cast.anna, "present") | {f"known_{cast.anna.enrolment_id}": known}
        assert client.post_form(url(cast), form).status_code == 409


def test_people_of_other_cohorts_are_not_recorded(cast: Cast, client_for: Any, reading: Any) -> None:
    assert client_for(cast.tarek).post_form(url(cast), row(cast.frida, "present")).status_code == 303
    with reading():
        assert service.marks_of(cast.frida.enrolment_id) == {}


def test_at_the_same_instant_each_person_gets_one_mark(app: Flask, cast: Cast, reading: Any) -> None:
    def record(who: int, state: Attendance) -> None:
        with app.app_context():
            with transaction():
                author = db.session.get_one(User, who)
                register.record(cast.slots[0], [Wanted(cast.anna.enrolment_id, 0, state)], author)
            db.session.remove()

    wanted = [(cast.tarek.user_id, Attendance.PRESENT), (cast.olga.user_id, Attendance.ABSENT)] * 4
    threads = [threading.Thread(target=record, args=pair) for pair in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading():
        assert len(service.mark_history(cast.anna.enrolment_id, cast.slots[0])) == 1


def drop(cast: Cast) -> None:
    slot = db.session.get_one(ScheduledSlot, cast.slots[0])
    slot.cancelled_at = clock.now()
    change = {"cohort_id": cast.nord, "day_id": slot.day_id, "before": "[]", "after": "[]", "at": clock.now()}
    db.session.add(PlanChange(sentence="„Ankommen“ entfällt", author="Olga Sommer", **change))


def test_a_slot_that_was_dropped_says_by_whom(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    client = client_for(cast.tarek)
    client.post_form(url(cast), row(cast.anna, "present"))
    with writing():
        drop(cast)
    answer = client.get(url(cast))
    text = " ".join(answer.get_data(as_text=True).split())
    assert answer.status_code == 410
    assert "„Ankommen“ ist entfallen (Olga Sommer hat ihn am 3. Juli 2026, 11:00 Uhr gestrichen)" in text
    assert "Anna Kolb: anwesend" in text
    form = row(cast.bela, "partial", "30") | row(cast.anna, "not_recorded")
    answer = client.post_form(url(cast), form)
    text = " ".join(answer.get_data(as_text=True).split())
    assert answer.status_code == 409
    assert "Sie wurden nicht gespeichert." in text
    assert "Bela Öztürk: teilweise (30 Minuten)" in text
    with reading():
        assert service.mark_history(cast.bela.enrolment_id, cast.slots[0]) == []


def test_a_dropped_slot_of_which_nobody_knows_who_dropped_it(
    cast: Cast, client_for: Any, writing: Any
) -> None:
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[0]).cancelled_at = clock.now()
    text = client_for(cast.tarek).soup(url(cast), 410).get_text()
    assert "ist entfallen (gestrichen am 3. Juli 2026, 11:00 Uhr)" in text


def test_an_entry_that_lost_stays_in_the_history(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.tarek)
    client.post_form(url(cast), row(cast.anna, "present"))
    send(client_for(cast.olga), cast, operation(cast, cast.anna.enrolment_id, "absent"))
    form = as_shown(client, url(cast)) | {f"state_{cast.anna.enrolment_id}": "excused"}
    client.post_form(url(cast), form)
    page = client.soup(url(cast))
    assert not page.select("form.conflict")
    entries = [
        " ".join(each.get_text().split()) for each in page.select(f"#person_{cast.anna.enrolment_id} li")
    ]
    assert [each.split(",")[0] for each in entries] == ["entschuldigt", "anwesend", "galt nicht: abwesend"]


@pytest.mark.parametrize("number", [1, 3])
def test_breaks_are_not_recorded(cast: Cast, client_for: Any, number: int) -> None:
    assert client_for(cast.tarek).get(url(cast, number)).status_code == 404
    assert client_for(cast.tarek).post_form(url(cast, number)).status_code == 404


def test_slots_of_other_cohorts_are_not_found(cast: Cast, client_for: Any, reading: Any) -> None:
    with reading():
        foreign = service.slots(cast.sued)[0].id
    for slot_id in (foreign, 4711, 2**40):
        assert client_for(cast.olga).get(f"/kohorten/{cast.nord}/anwesenheit/{slot_id}").status_code == 404


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast)) == STAFF
    assert knock(client_for, cast, url(cast), post=True) == STAFF


def test_mark_writes_nothing_new_twice(cast: Cast, writing: Any) -> None:
    with writing():
        slot, tarek = (
            db.session.get_one(ScheduledSlot, cast.slots[0]),
            db.session.get_one(User, cast.tarek.user_id),
        )
        anna = service.enrolments(cast.nord)[0]
        assert service.mark(slot, anna, Attendance.NOT_RECORDED, 0, tarek) is None
        first = service.mark(slot, anna, Attendance.PRESENT, 0, tarek)
        assert service.mark(slot, anna, Attendance.PRESENT, 90, tarek) is first
        assert service.mark(slot, anna, Attendance.NOT_RECORDED, 0, tarek) is not first
        assert service.marks_of(anna.id) == {}
        assert register.marks(cast.nord) == {}


def remove(cast: Cast, enrolment_id: int) -> None:
    found = service.find_enrolment(cast.nord, enrolment_id)
    assert found
    people.remove(found, db.session.get_one(User, cast.olga.user_id))


def test_a_certificate_that_may_be_wrong_now_is_named(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        anna = service.find_enrolment(cast.nord, cast.anna.enrolment_id)
        assert anna
        service.fix_name(anna)
    client = client_for(cast.tarek)
    form = row(cast.anna, "absent") | row(cast.bela, "present")
    text = client.post_form(url(cast), form, follow_redirects=True).get_data(as_text=True)
    assert "Für Anna Kolb ist schon eine Bescheinigung ausgestellt." in text
    page = client.soup(url(cast))
    assert "Bescheinigung ausgestellt" in page.select_one(f"#person_{cast.anna.enrolment_id}").get_text()
    assert "Bescheinigung" not in page.select_one(f"#person_{cast.bela.enrolment_id}").get_text()
    again = client.post_form(url(cast), as_shown(client, url(cast)), follow_redirects=True)
    assert "ist schon eine Bescheinigung" not in again.get_data(as_text=True)


def test_who_was_removed_stays_with_their_entry(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    client = client_for(cast.tarek)
    client.post_form(url(cast), row(cast.anna, "present"))
    with writing():
        remove(cast, cast.anna.enrolment_id)
    page = client.soup(url(cast))
    gone = page.select_one("#nicht-mehr-dabei").find_parent("section").get_text()
    assert "Anna Kolb (herausgenommen): anwesend (Tarek Aydın" in gone
    assert not page.select(f"#person_{cast.anna.enrolment_id}")
    assert not client.soup(url(cast, 2)).select("#nicht-mehr-dabei")
    client.post_form(url(cast), row(cast.anna, "absent"))
    with reading():
        assert states(cast)[cast.anna.enrolment_id] == ("present", 90)


@pytest.mark.parametrize(("state", "minutes"), [("present", ""), ("partial", "10")])
def test_nobody_was_there_before_it_began(
    cast: Cast, client_for: Any, reading: Any, state: str, minutes: str
) -> None:
    client = client_for(cast.tarek)
    page = client.soup(url(cast, 4))
    words = "Dieser Abschnitt beginnt erst um 13:15 Uhr. Anwesend lässt sich ab dann eintragen."
    assert words in page.get_text()
    assert not page.select("button[name=alle]")
    answer = client.post_form(url(cast, 4), row(cast.anna, state, minutes) | row(cast.bela, "excused"))
    assert answer.status_code == 422
    assert f"Anna Kolb: {words}" in answer.get_data(as_text=True)
    with reading():
        assert service.marks(cast.nord) == {}
    assert client.post_form(url(cast, 4), row(cast.anna, "absent")).status_code == 303


def test_everyone_present_is_refused_before_it_began(cast: Cast, client_for: Any) -> None:
    form = row(cast.anna, "not_recorded") | row(cast.bela, "excused") | {"alle": "1"}
    answer = client_for(cast.tarek).post_form(url(cast, 4), form)
    assert answer.status_code == 422
    assert "steht jetzt auf" not in answer.get_data(as_text=True)


def test_another_day_is_named(cast: Cast, client_for: Any) -> None:
    with clock.standing_at(NOW - timedelta(days=1)):
        text = client_for(cast.tarek).soup(url(cast)).get_text()
    assert "beginnt erst am Freitag, 3. Juli 2026, um 09:00 Uhr." in text
