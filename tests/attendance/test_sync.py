"""Entries made on phones: recorded once, nothing overwritten, nothing lost, only the server's time counts."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.accounts.models import User
from app.attendance import service as attendance
from app.attendance.by_list import sync
from app.cohorts import people, register, service
from app.cohorts.models import AttendanceMark, ScheduledSlot
from app.extensions import db, transaction
from app.schedule.models import PlanChange
from tests.attendance.phones import day_url, guest, operation, results, send
from tests.support.cast import NOW, Cast
from tests.support.doors import STAFF, knock


def stands(cast: Cast, number: int = 0) -> dict[int, tuple[str, int]]:
    marks = service.marks(cast.nord)
    return {
        person: (mark.state, mark.minutes)
        for (person, slot), mark in marks.items()
        if slot == cast.slots[number]
    }


def every_mark(cast: Cast) -> list[AttendanceMark]:
    return list(db.session.query(AttendanceMark).order_by(AttendanceMark.id))


def test_works(cast: Cast, client_for: Any, reading: Any) -> None:
    anna, bela = cast.anna.enrolment_id, cast.bela.enrolment_id
    answer = send(
        client_for(cast.tarek), cast, operation(cast, anna), operation(cast, bela, "partial", minutes=45)
    )
    assert results(answer) == ["saved", "saved"]
    with reading():
        assert stands(cast) == {anna: ("present", 90), bela: ("partial", 45)}
        assert {(mark.way, mark.recorded_by) for mark in every_mark(cast)} == {("list", "Tarek Aydın")}
    slot = str(cast.slots[0])
    assert answer.json["marks"][slot][str(bela)][1:3] == ["partial", 45]
    assert (answer.json["label"], answer.json["clock"]) == ("11:00", "")


def test_sent_twice_is_recorded_once(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    sent = [operation(cast, cast.anna.enrolment_id), operation(cast, cast.bela.enrolment_id, "absent")]
    assert results(send(client, cast, *sent)) == ["saved", "saved"]
    assert results(send(client, cast, *sent)) == ["known", "known"]
    with reading():
        assert len(every_mark(cast)) == 2


def test_an_answer_that_got_lost_does_not_become_a_conflict_with_oneself(
    cast: Cast, client_for: Any, reading: Any
) -> None:
    """The phone does not know the number of its first entries yet when it makes another."""
    client, anna = client_for(cast.tarek), cast.anna.enrolment_id
    first, never_came = operation(cast, anna, "present"), operation(cast, anna, "excused")
    last = operation(cast, anna, "absent", after=[first["operation"], never_came["operation"]])
    send(client, cast, first)
    assert results(send(client, cast, last)) == ["saved"]
    assert results(send(client, cast, first, last)) == ["known", "known"]
    with reading():
        assert stands(cast) == {anna: ("absent", 0)}


def test_the_known_mark_may_be_replaced(cast: Cast, client_for: Any, reading: Any) -> None:
    client, anna = client_for(cast.tarek), cast.anna.enrolment_id
    mark = send(client, cast, operation(cast, anna)).json["answers"][0]["mark"]
    assert results(send(client, cast, operation(cast, anna, "not_recorded", known=mark))) == ["saved"]
    with reading():
        assert stands(cast) == {}


def test_somebody_else_was_faster(cast: Cast, client_for: Any, reading: Any) -> None:
    anna = cast.anna.enrolment_id
    send(client_for(cast.olga), cast, operation(cast, anna, "present"))
    with clock.standing_at(NOW + timedelta(hours=1)):
        typed = (NOW + timedelta(minutes=12)).isoformat()
        lost = operation(cast, anna, "absent", typed_at=typed)
        answer = send(client_for(cast.tarek), cast, lost)
        again = send(client_for(cast.tarek), cast, lost)
    assert results(answer) == results(again) == ["lost"]
    assert answer.json["answers"][0]["theirs"]["who"] == "Olga Sommer"
    assert (
        "Tarek Aydın hat ohne Netz „abwesend“ eingetragen (auf dem Gerät 11:12, angekommen 12:00). "
        "Es gilt „anwesend“ (Olga Sommer, 11:00)."
    ) in answer.json["beside"]
    with reading():
        assert stands(cast) == {anna: ("present", 90)}
        assert [(mark.counts, mark.way) for mark in every_mark(cast)] == [(True, "list"), (False, "offline")]
        assert attendance.open_conflicts([cast.nord, cast.sued]) == {cast.nord: 1}


def test_the_same_by_somebody_else_is_nothing_new(cast: Cast, client_for: Any, reading: Any) -> None:
    anna = cast.anna.enrolment_id
    for who in (cast.olga, cast.tarek):
        assert results(send(client_for(who), cast, operation(cast, anna))) == ["saved"]
    with reading():
        assert len(every_mark(cast)) == 1


@pytest.mark.parametrize("hours", [-24, 24, 0.25])
def test_a_phone_whose_clock_is_wrong_is_named_and_changes_nothing(
    cast: Cast, client_for: Any, reading: Any, hours: float
) -> None:
    wrong = NOW + timedelta(hours=hours)
    words = {-24: "einen Tag nach", 24: "einen Tag vor", 0.25: "15 Minuten vor"}[hours]
    sent = operation(cast, cast.anna.enrolment_id, typed_at=wrong.isoformat())
    answer = send(client_for(cast.tarek), cast, sent, sent_at=wrong)
    assert results(answer) == ["saved"]
    assert answer.json["clock"] == f"Die Uhr des Geräts ging {words}."
    with reading():
        [mark] = every_mark(cast)
        assert (mark.recorded_at, mark.typed_at, mark.way) == (NOW, wrong, "list")
        assert mark.remark == answer.json["clock"]


def test_a_phone_knows_itself_that_it_had_no_network(cast: Cast, client_for: Any, reading: Any) -> None:
    send(client_for(cast.tarek), cast, operation(cast, cast.anna.enrolment_id, offline=True))
    with reading():
        assert [mark.way for mark in every_mark(cast)] == ["offline"]


@pytest.mark.parametrize("typed", ["", "gestern", "2026-07-03", "0001-01-01T00:00:00+00:00", 7, None])
def test_a_clock_that_says_nothing_sensible_is_no_reason_to_lose_anything(
    cast: Cast, client_for: Any, typed: Any
) -> None:
    sent = operation(cast, cast.anna.enrolment_id, typed_at=typed)
    assert results(send(client_for(cast.tarek), cast, sent)) == ["saved"]


def refused(answer: Any) -> str:
    [found] = answer.json["answers"]
    assert found["result"] == "refused"
    return str(found["sentence"])


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(91, "Der Abschnitt dauert 90 Minuten"), (0, "mindestens eine Minute"), (None, "wie viele Minuten"),
     (-3, "wie viele Minuten"), (True, "wie viele Minuten"), ("45", "wie viele Minuten")],
)  # fmt: skip
def test_minutes_that_cannot_be(cast: Cast, client_for: Any, reading: Any, minutes: Any, words: str) -> None:
    sent = operation(cast, cast.anna.enrolment_id, "partial", minutes=minutes)
    assert words in refused(send(client_for(cast.tarek), cast, sent))
    with reading():
        assert every_mark(cast) == []


def test_a_slot_that_was_dropped_is_named_with_who_dropped_it(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[0])
        slot.cancelled_at = clock.now()
        db.session.add(
            PlanChange(
                cohort_id=cast.nord, day_id=slot.day_id, sentence="„Ankommen“ entfällt", before="[]",
                after="[]", author="Olga Sommer", at=clock.now(),
            )
        )  # fmt: skip
    answer = send(client_for(cast.tarek), cast, operation(cast, cast.anna.enrolment_id))
    words = (
        "Der Abschnitt „Ankommen“ ist entfallen (Olga Sommer hat ihn am 3. Juli 2026, 11:00 Uhr gestrichen)."
    )
    assert words in refused(answer)
    assert words in answer.json["dropped"][str(cast.slots[0])]
    with reading():
        assert every_mark(cast) == []


def test_presence_before_the_slot_begins_is_refused_for_now(cast: Cast, client_for: Any) -> None:
    client, anna = client_for(cast.tarek), cast.anna.enrolment_id
    sent = operation(cast, anna, number=4)
    answer = send(client, cast, sent)
    assert "beginnt erst um 13:15 Uhr" in refused(answer)
    assert answer.json["answers"][0]["again"] is True
    with clock.standing_at(NOW + timedelta(hours=3)):
        assert results(send(client, cast, sent)) == ["saved"]
    assert results(send(client, cast, operation(cast, cast.bela.enrolment_id, "excused", number=4))) == [
        "saved"
    ]


def test_breaks_and_foreign_slots_and_people(cast: Cast, client_for: Any, reading: Any) -> None:
    client, anna = client_for(cast.tarek), cast.anna.enrolment_id
    with reading():
        foreign = service.slots(cast.sued)[0].id
    assert "In Pausen" in refused(send(client, cast, operation(cast, anna, number=1)))
    assert "gibt es in dieser Kohorte nicht" in refused(
        send(client, cast, operation(cast, anna, slot=foreign))
    )
    assert "gehört nicht zu dieser Kohorte" in refused(
        send(client, cast, operation(cast, cast.frida.enrolment_id))
    )
    with reading():
        assert every_mark(cast) == []


def test_somebody_who_left(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        anna = service.find_enrolment(cast.nord, cast.anna.enrolment_id)
        assert anna
        people.remove(anna, db.session.get_one(User, cast.olga.user_id))
    words = refused(send(client_for(cast.tarek), cast, operation(cast, cast.anna.enrolment_id)))
    assert "Anna Kolb ist nicht mehr in der Kohorte." in words


@pytest.mark.parametrize(
    "broken",
    [None, 7, [], {}, {"state": "asleep"}, {"operation": "x"}, {"operation": "ungültig; --" * 3},
     {"slot": 2**40}, {"slot": True}, {"person": "7"}, {"walk_in": {"key": "k" * 20, "name": "Zu viel"}}],
)  # fmt: skip
def test_what_is_no_operation_is_named_and_the_others_go_on(
    cast: Cast, client_for: Any, reading: Any, broken: Any
) -> None:
    anna = cast.anna.enrolment_id
    made = operation(cast, anna) | broken if isinstance(broken, dict) and broken else broken
    answer = send(client_for(cast.tarek), cast, made, operation(cast, cast.bela.enrolment_id))
    assert sorted(results(answer)) == ["refused", "saved"]
    with reading():
        assert set(stands(cast)) == {cast.bela.enrolment_id}


def test_another_entry_under_a_used_id_is_refused(cast: Cast, client_for: Any, reading: Any) -> None:
    client, sent = client_for(cast.tarek), operation(cast, cast.anna.enrolment_id)
    send(client, cast, sent)
    assert "Kennung eines anderen" in refused(send(client, cast, sent | {"state": "absent"}))
    assert "Kennung eines anderen" in refused(send(client_for(cast.olga), cast, sent))
    with reading():
        assert stands(cast) == {cast.anna.enrolment_id: ("present", 90)}


@pytest.mark.parametrize("body", [b"", b"kein JSON", b"[]", b'{"operations": 7}'])
def test_what_is_no_list_is_refused(cast: Cast, client_for: Any, body: bytes) -> None:
    client = client_for(cast.tarek)
    headers = {"X-CSRFToken": client.token(), "Accept": "application/json"}
    answer = client.post(f"{day_url(client, cast)}/abgleich", data=body, headers=headers)
    assert (answer.status_code, "keine Liste" in answer.json["text"]) == (422, True)


def test_too_much_at_once(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    many = [operation(cast, cast.anna.enrolment_id)] * (sync.MOST + 1)
    large = operation(cast, cast.anna.enrolment_id, typed_at="x" * sync.LARGEST)
    assert [send(client, cast, *many).status_code, send(client, cast, large).status_code] == [413, 413]
    with reading():
        assert every_mark(cast) == []


def test_without_the_token_nothing_is_entered(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    body = {"operations": [operation(cast, cast.anna.enrolment_id)]}
    answer = client.post(
        f"{day_url(client, cast)}/abgleich", json=body, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 400
    with reading():
        assert every_mark(cast) == []


def test_entries_of_another_account_are_not_recorded_under_this_name(
    cast: Cast, client_for: Any, reading: Any
) -> None:
    """Tarek's page is still open in the browser in which Olga has signed in."""
    tarek, olga = client_for(cast.tarek), client_for(cast.olga)
    owner = tarek.soup(day_url(tarek, cast)).select_one("[data-owner]")["data-owner"]
    sent = operation(cast, cast.anna.enrolment_id)
    answer = send(olga, cast, sent, owner=owner)
    assert (answer.status_code, "jemand anderes angemeldet" in answer.json["text"]) == (409, True)
    with reading():
        assert every_mark(cast) == []
    assert results(send(tarek, cast, sent, owner=owner)) == ["saved"]


def test_a_certificate_that_may_be_wrong_now_is_named(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        anna = service.find_enrolment(cast.nord, cast.anna.enrolment_id)
        assert anna
        service.fix_name(anna)
    answer = send(client_for(cast.tarek), cast, operation(cast, cast.anna.enrolment_id, "absent"))
    assert "Für Anna Kolb ist schon eine Bescheinigung ausgestellt." in answer.json["told"][0]


def test_thirty_at_once_on_one_row(app: Flask, cast: Cast, reading: Any) -> None:
    """One of them counts, those that say otherwise stand beside it, none is lost and none twice."""
    anna, start = cast.anna.enrolment_id, threading.Barrier(30)
    sent = [sync.read(operation(cast, anna, "partial", minutes=number + 1)) for number in range(30)]

    def one(number: int) -> None:
        start.wait()
        with app.app_context():
            with transaction():
                who = cast.tarek if number % 2 else cast.olga
                author = db.session.get_one(User, who.user_id)
                sync.Recorder(cast.nord, [sent[number]], author, None).enter(sent[number])
            db.session.remove()

    threads = [threading.Thread(target=one, args=[number]) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading():
        marks = every_mark(cast)
        assert sorted(mark.minutes for mark in marks) == list(range(1, 31))
        assert [mark.counts for mark in marks] == [True] + [False] * 29
        assert len(register.lost_of_slot(cast.slots[0])[anna]) == 29
        assert attendance.open_conflicts([cast.nord]) == {cast.nord: 1}


def test_the_same_body_thirty_times_at_once(app: Flask, cast: Cast, reading: Any) -> None:
    body = [
        sync.read(operation(cast, cast.anna.enrolment_id)),
        sync.read(guest(cast, "Gerda Gast", "k" * 20)),
    ]
    start = threading.Barrier(30)

    def one() -> None:
        start.wait()
        with app.app_context():
            with transaction():
                recorder = sync.Recorder(cast.nord, body, db.session.get_one(User, cast.tarek.user_id), None)
                for each in body:
                    recorder.enter(each)
            db.session.remove()

    threads = [threading.Thread(target=one) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading():
        assert len(every_mark(cast)) == 2
        assert [person.name for person in people.everyone(cast.nord)].count("Gerda Gast") == 1


def test_what_the_register_says_is_given(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.tarek)
    send(client_for(cast.olga), cast, operation(cast, cast.anna.enrolment_id))
    state = client.get(f"{day_url(client, cast)}/abgleich").json
    assert [slot["title"] for slot in state["slots"]] == ["Ankommen", "Das Feld", "Fallwerkstatt"]
    assert [person["name"] for person in state["people"]] == ["Anna Kolb", "Bela Öztürk"]
    said = state["marks"][str(cast.slots[0])][str(cast.anna.enrolment_id)]
    assert said[1:] == ["present", 90, "Olga Sommer, 11:00, am Bildschirm"]


def test_the_number_of_statements_does_not_grow_with_the_people(
    cast: Cast, client_for: Any, writing: Any, statements: Any
) -> None:
    client = client_for(cast.tarek)
    url = f"{day_url(client, cast)}/abgleich"
    with statements() as few:
        client.get(url)
    with writing():
        made = [
            people.join(db.session.get_one(service.Cohort, cast.nord), f"Person {chr(65 + n)}", None, None)
            for n in range(20)
        ]
        assert len(made) == 20
    send(client, cast, *(operation(cast, one) for one in (cast.anna.enrolment_id, cast.bela.enrolment_id)))
    with statements() as many:
        client.get(url)
    assert len(few) == len(many)


def test_who_may(cast: Cast, client_for: Any) -> None:
    url = f"{day_url(client_for(cast.olga), cast)}/abgleich"
    assert knock(client_for, cast, url) == STAFF
    assert knock(client_for, cast, url, post=True) == STAFF
