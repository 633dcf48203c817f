"""/anwesend/: from the code on the wall to an entry in one's own register."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.accounts import service as accounts
from app.accounts.models import User
from app.cohorts import people, register, service
from app.cohorts.models import Attendance, Cohort, Enrolment, ScheduledSlot, Way
from app.cohorts.register import Entry
from app.extensions import db
from tests.attendance.checking import RUNNING, after, check, marks, on_the_wall, press, scan
from tests.modules.doors import words
from tests.support.cast import NOW, Cast, Person, cohort, enrol


@pytest.fixture
def code(app: Flask, cast: Cast) -> str:
    """What is on the wall at 10:50, in time for „Das Feld“."""
    return on_the_wall(app, cast.slots[RUNNING], after(-10))


@pytest.fixture
def in_time(code: str) -> Any:
    with clock.standing_at(after(-10)):
        yield


def own(cast: Cast) -> str:
    return f"/kurs/{cast.nord}/anwesenheit"


# It works


def test_scan_then_one_button(app: Flask, cast: Cast, client_for: Any, code: str, in_time: None) -> None:
    client = client_for(cast.anna)
    page = client.soup(f"/anwesend/{code}")
    assert page.h1.get_text() == "Sind Sie da?"
    assert "Das Feld 10:45–12:15 Kohorte Nord" in words(page.main)
    assert "Ihr Scan um 10:50 Uhr gilt: anwesend von Anfang an." in words(page.main)
    assert [button.get_text() for button in page.main.select("button")] == ["Ich bin da"]
    answer = press(client, code, cast.anna)
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"{own(cast)}#abschnitt-{cast.slots[RUNNING]}",
    )
    assert "„Das Feld“, 10:45–12:15: Sie sind als anwesend eingetragen." in words(client.soup(own(cast)))
    assert marks(app, cast, cast.anna) == [("present", 90, "code", "Anna Kolb")]


def test_opening_it_writes_nothing(
    cast: Cast, client_for: Any, statements: Any, code: str, in_time: None
) -> None:
    with statements() as seen:
        for client in (client_for(cast.anna), client_for(None)):
            scan(client, code)
            client.get("/anwesend/")
    assert not [text for text in seen if not text.startswith("SELECT")]


@pytest.mark.parametrize("form", ["{0}-{1}", " {0} {1} ", "{0}{1}", "{0}–{1}"])
def test_typing_forgives(cast: Cast, client_for: Any, code: str, in_time: None, form: str) -> None:
    typed = form.format(code[:3].lower(), code[3:])
    client = client_for(cast.anna)
    answer = client.post_form("/anwesend/", {"code": typed})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/anwesend/{code[:3]}-{code[3:]}")
    assert client.soup(answer.headers["Location"]).h1.get_text() == "Sind Sie da?"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Bitte geben Sie den Code von der Leinwand ein."),
        (" - ", "Bitte geben Sie den Code von der Leinwand ein."),
        ("ABC", "Ein Code hat sechs Zeichen"),
        ("ABC-DE0", "Ein Code hat sechs Zeichen"),
        ("x" * 900, "Ein Code hat sechs Zeichen"),
    ],
)
def test_what_cannot_be_a_code_is_said(cast: Cast, client_for: Any, typed: str, sentence: str) -> None:
    answer = client_for(None).post_form("/anwesend/", {"code": typed})
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert f'value="{typed}"' in answer.get_data(as_text=True)


def test_a_code_typed_in_the_wrong_place_goes_to_the_right_one(
    cast: Cast, client_for: Any, code: str, in_time: None
) -> None:
    client = client_for(None)
    answer = client.post_form("/anwesend/", {"code": "nrd2 3456"})
    assert answer.headers["Location"] == "/beitreten/NRD2-3456"
    answer = client.post_form("/beitreten/", {"code": code.lower()})
    assert answer.headers["Location"] == f"/anwesend/{code[:3]}-{code[3:]}"


def test_pressed_twice_is_entered_once(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None
) -> None:
    client = client_for(cast.anna)
    for _ in range(2):
        assert check(client, code, cast.anna).status_code == 303
    assert len(marks(app, cast, cast.anna)) == 1
    assert "Sie sind schon eingetragen" in words(client.soup(f"/anwesend/{code}").main)


def test_eight_presses_at_once_are_one_entry(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    clients = [client_for(cast.anna) for _ in range(8)]
    tokens = []
    with clock.standing_at(after(-10)):
        for client in clients:
            scan(client, code)
            tokens.append(client.token())
        sent = [{"enrolment": str(cast.anna.enrolment_id), "csrf_token": token} for token in tokens]
        found: list[int] = []

        def go(number: int) -> None:
            found.append(clients[number].post(f"/anwesend/{code}", data=sent[number]).status_code)

        threads = [threading.Thread(target=go, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [303] * 8
    assert len(marks(app, cast, cast.anna)) == 1


# When it counts


def test_the_scan_counts_even_if_it_takes_half_an_hour(
    app: Flask, cast: Cast, client_for: Any, code: str
) -> None:
    client = client_for(cast.anna)
    with clock.standing_at(after(-10)):
        scan(client, code)
    with clock.standing_at(after(20)):
        assert "Ihr Scan um 10:50 Uhr gilt" in words(client.soup(f"/anwesend/{code}").main)
        assert press(client, code, cast.anna).status_code == 303
    assert marks(app, cast, cast.anna) == [("present", 90, "code", "Anna Kolb")]


def test_after_half_an_hour_it_is_too_late(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    client = client_for(cast.anna)
    with clock.standing_at(after(-10)):
        scan(client, code)
    with clock.standing_at(after(20, seconds=1)):
        answer = press(client, code, cast.anna)
    assert answer.status_code == 410
    assert "Dieser Code ist abgelaufen" in answer.get_data(as_text=True)
    assert marks(app, cast, cast.anna) == []


def test_late_is_partial_with_the_minutes_to_the_end(app: Flask, cast: Cast, client_for: Any) -> None:
    late = on_the_wall(app, cast.slots[RUNNING], after(2))
    client = client_for(cast.anna)
    with clock.standing_at(after(2)):
        page = words(client.soup(f"/anwesend/{late}").main)
        assert "Von da an bis zum Ende sind es 73 von 90 Minuten." in page
        check(client, late, cast.anna)
        said = words(client.soup(own(cast)))
    assert "Sie sind ab 11:02 Uhr eingetragen, das sind 73 von 90 Minuten." in said
    assert marks(app, cast, cast.anna) == [("partial", 73, "code", "Anna Kolb")]


def test_early_waits_until_the_slot_begins(app: Flask, cast: Cast, client_for: Any, reading: Any) -> None:
    early = on_the_wall(app, cast.slots[RUNNING], after(-30))
    client = client_for(cast.anna)
    with clock.standing_at(after(-30)):
        assert "Er zählt ab 10:45 Uhr." in words(client.soup(f"/anwesend/{early}").main)
        check(client, early, cast.anna)
        page = words(client.soup(own(cast)))
        assert "Ihr Scan von 10:30 Uhr ist eingetragen. Er zählt ab 10:45 Uhr." in page
        assert "Ihr Scan von 10:30 Uhr ist da. Er zählt ab 10:45 Uhr." in page
        with reading():
            assert service.marks(cast.nord) == {}
        assert "Sie sind schon eingetragen" in words(client.soup(f"/anwesend/{early}").main)
    with clock.standing_at(after(-15)), reading():
        [mark] = service.marks(cast.nord).values()
        assert (mark.state, mark.minutes) == ("present", 90)


def test_a_photo_does_not_work_after_the_window(app: Flask, cast: Cast, client_for: Any, code: str) -> None:
    with clock.standing_at(after(-7)):
        answer = scan(client_for(cast.bela), code)
        assert answer.status_code == 410
        assert "Dieser Code ist abgelaufen" in answer.get_data(as_text=True)
        assert press(client_for(cast.bela), code, cast.bela).status_code == 410
    assert marks(app, cast, cast.bela) == []


@pytest.mark.parametrize("minutes", [-31, 75])
def test_no_code_works_outside_the_slot(app: Flask, cast: Cast, client_for: Any, minutes: int) -> None:
    outside = on_the_wall(app, cast.slots[RUNNING], after(minutes))
    with clock.standing_at(after(minutes)):
        assert scan(client_for(cast.anna), outside).status_code in (404, 410)


def test_a_clock_a_day_off_changes_nothing(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None
) -> None:
    """What the phone says about the time is not even asked for."""
    client = client_for(cast.anna)
    yesterday = {"Date": "Thu, 02 Jul 2026 09:00:00 GMT"}
    assert client.get(f"/anwesend/{code}", headers=yesterday).status_code == 200
    assert press(client, code, cast.anna).status_code == 303
    assert marks(app, cast, cast.anna) == [("present", 90, "code", "Anna Kolb")]


# Who it is


def test_scan_first_sign_in_afterwards(
    app: Flask, cast: Cast, client_for: Any, code: str, writing: Any
) -> None:
    with writing():
        secret = accounts.new_personal_link(cast.anna.user_id)
    client = client_for(None)
    with clock.standing_at(after(-10)):
        page = client.soup(f"/anwesend/{code}")
        assert page.h1.get_text() == "Ihr Scan ist gemerkt"
        assert "10:50 Uhr" in words(page.main)
    with clock.standing_at(after(-5)):
        assert "Ihr Scan von 10:50 Uhr ist gemerkt" in words(client.soup(f"/mein/{secret}"))
        answer = client.post_form(f"/mein/{secret}")
        assert answer.headers["Location"] == f"/anwesend/{code[:3]}-{code[3:]}"
        assert "Ihr Scan um 10:50 Uhr gilt" in words(client.soup(answer.headers["Location"]).main)
        assert press(client, code, cast.anna).status_code == 303
        assert "ist gemerkt" not in words(client.soup(own(cast)))
    assert marks(app, cast, cast.anna) == [("present", 90, "code", "Anna Kolb")]


def test_joining_first(app: Flask, cast: Cast, client_for: Any, code: str, in_time: None) -> None:
    client = client_for(None)
    page = client.soup(f"/anwesend/{code}")
    assert page.select_one('a[href="/beitreten/NRD23456"]')
    client.post_form("/beitreten/NRD2-3456", {"name": "Neu Hier", "form_key": "x" * 20})
    welcome = client.soup("/beitreten/NRD2-3456/willkommen")
    [link] = [a for a in welcome.select("a") if a.get_text() == "Jetzt anwesend melden"]
    assert client.soup(link["href"]).h1.get_text() == "Sind Sie da?"


def test_signing_in_without_a_scan_goes_where_it_always_went(
    cast: Cast, client_for: Any, writing: Any
) -> None:
    with writing():
        secret = accounts.new_personal_link(cast.anna.user_id)
    assert client_for(None).post_form(f"/mein/{secret}").headers["Location"] == "/"


def test_a_foreign_cohorts_code(app: Flask, cast: Cast, client_for: Any, code: str, in_time: None) -> None:
    client = client_for(cast.frida)
    answer = scan(client, code)
    assert answer.status_code == 403
    assert "in der Sie als <strong>Frida Nowak</strong> nicht dabei sind" in answer.get_data(as_text=True)
    press(client, code, cast.frida)
    assert press(client, code, cast.anna).status_code == 303
    assert marks(app, cast, cast.frida) == marks(app, cast, cast.anna) == []
    assert "ist gemerkt" not in words(client.soup(f"/kurs/{cast.sued}/"))


def test_who_left_is_not_entered(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None, writing: Any
) -> None:
    with writing():
        enrolment = db.session.get_one(Enrolment, cast.anna.enrolment_id)
        people.remove(enrolment, db.session.get_one(User, cast.olga.user_id))
    assert scan(client_for(cast.anna), code).status_code == 403
    press(client_for(cast.anna), code, cast.anna)
    assert marks(app, cast, cast.anna) == []


@pytest.mark.parametrize("name", ["tarek", "olga"])
def test_staff_are_told_what_it_is_for(
    cast: Cast, client_for: Any, code: str, in_time: None, name: str
) -> None:
    page = client_for(getattr(cast, name)).soup(f"/anwesend/{code}")
    assert page.h1.get_text() == "Hier melden sich Teilnehmende"
    assert page.select_one(f'a[href="/kohorten/{cast.nord}/anwesenheit/{cast.slots[RUNNING]}/eingecheckt"]')


def test_a_member_of_two_cohorts_answers_one_slot_of_the_right_one(
    app: Flask, cast: Cast, client_for: Any, writing: Any
) -> None:
    """Both meet at the same hour; the code decides, and the page says which it is."""
    with writing():
        sued_slot = service.slots(cast.sued)[RUNNING].id
        also = Enrolment(
            cohort_id=cast.sued, user_id=cast.anna.user_id, name="Anna Kolb", joined_at=clock.now()
        )
        db.session.add(also)
        db.session.flush()
        in_sued = Person("Anna Kolb", cast.anna.user_id, also.id)
    code = on_the_wall(app, sued_slot)
    client = client_for(cast.anna)
    assert "Kohorte Süd" in words(client.soup(f"/anwesend/{code}").main)
    assert press(client, code, in_sued).headers["Location"].startswith(f"/kurs/{cast.sued}/")
    assert marks(app, cast, cast.anna) == []
    with app.app_context():
        assert list(service.marks(cast.sued)) == [(in_sued.enrolment_id, sued_slot)]


def test_somebody_else_signed_in_meanwhile_on_this_device(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None
) -> None:
    client = client_for(cast.bela)
    scan(client, code)
    answer = press(client, code, cast.anna)
    assert answer.status_code == 409
    assert "Auf diesem Gerät hat sich inzwischen jemand anderes angemeldet." in answer.get_data(as_text=True)
    assert "Eingetragen wird <strong>Bela Öztürk</strong>" in answer.get_data(as_text=True)
    assert marks(app, cast, cast.bela) == marks(app, cast, cast.anna) == []


# What stands already


@pytest.mark.parametrize("state", ["absent", "excused"])
def test_a_scan_is_newer_than_absent_or_excused(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None, writing: Any, state: str
) -> None:
    _staff_enter(writing, cast, state)
    check(client_for(cast.anna), code, cast.anna)
    assert marks(app, cast, cast.anna) == [
        (state, 0, "list", "Tarek Aydın"),
        ("present", 90, "code", "Anna Kolb"),
    ]


def test_present_by_staff_is_said_and_not_doubled(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None, writing: Any
) -> None:
    _staff_enter(writing, cast, "present")
    client = client_for(cast.anna)
    page = client.soup(f"/anwesend/{code}")
    assert page.h1.get_text() == "Sie sind schon eingetragen"
    press(client, code, cast.anna)
    assert len(marks(app, cast, cast.anna)) == 1


def test_minutes_by_staff_stay(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None, writing: Any
) -> None:
    _staff_enter(writing, cast, "partial", 40)
    client = client_for(cast.anna)
    said = "Eingetragen ist schon „teilweise, 40 von 90 Minuten“ von Tarek Aydın. Das bleibt so."
    assert said in words(client.soup(f"/anwesend/{code}").main)
    press(client, code, cast.anna)
    assert len(marks(app, cast, cast.anna)) == 1


def test_what_was_decided_after_an_objection_stays(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None, writing: Any
) -> None:
    _staff_enter(writing, cast, "absent", way=Way.OBJECTION)
    client = client_for(cast.anna)
    assert "Eingetragen ist schon „abwesend“ von Tarek Aydın." in words(client.soup(f"/anwesend/{code}").main)
    press(client, code, cast.anna)
    assert len(marks(app, cast, cast.anna)) == 1


def _staff_enter(writing: Any, cast: Cast, state: str, minutes: int = 0, way: Way = Way.LIST) -> None:
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[RUNNING])
        tarek = db.session.get_one(User, cast.tarek.user_id)
        entry = Entry(state=Attendance(state), minutes=minutes, way=way)
        register.enter(slot, cast.anna.enrolment_id, entry, tarek)


# The plan changes between scan and press


def test_a_slot_dropped_meanwhile(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None, writing: Any
) -> None:
    client = client_for(cast.anna)
    scan(client, code)
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[RUNNING]).cancelled_at = NOW
    answer = press(client, code, cast.anna)
    assert answer.status_code == 409
    assert "Dieser Abschnitt ist entfallen. Es ist nichts eingetragen." in answer.get_data(as_text=True)
    assert marks(app, cast, cast.anna) == []


def test_a_slot_moved_meanwhile_is_followed(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None, writing: Any
) -> None:
    client = client_for(cast.anna)
    scan(client, code)
    _move(writing, cast, 20)
    assert "Das Feld 11:05–12:35" in words(client.soup(f"/anwesend/{code}").main)
    press(client, code, cast.anna)
    assert "Er zählt ab 11:05 Uhr." in words(client.soup(own(cast)))
    with clock.standing_at(after(5)), app.app_context():
        [mark] = service.marks(cast.nord).values()
        assert (mark.state, mark.minutes) == ("present", 90)


def test_a_slot_moved_so_that_it_was_over(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None, writing: Any
) -> None:
    client = client_for(cast.anna)
    scan(client, code)
    _move(writing, cast, -90)
    answer = press(client, code, cast.anna)
    assert answer.status_code == 409
    assert "endete schon um 10:45 Uhr, Ihr Scan war um 10:50 Uhr" in answer.get_data(as_text=True)
    assert marks(app, cast, cast.anna) == []


def _move(writing: Any, cast: Cast, minutes: int) -> None:
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[RUNNING])
        slot.starts_at += timedelta(minutes=minutes)
        slot.ends_at += timedelta(minutes=minutes)


def test_a_cancelled_cohort_has_no_code(
    cast: Cast, client_for: Any, code: str, in_time: None, writing: Any
) -> None:
    with writing():
        db.session.get_one(Cohort, cast.nord).cancelled_at = NOW
    assert scan(client_for(cast.anna), code).status_code == 404


def test_a_break_has_no_code(app: Flask, cast: Cast, client_for: Any) -> None:
    pause = on_the_wall(app, cast.slots[1], after(-20))
    with clock.standing_at(after(-20)):
        assert scan(client_for(cast.anna), pause).status_code == 404


# Guessing


def test_who_is_entered_is_not_reminded_and_finds_the_own_register(
    app: Flask, cast: Cast, client_for: Any, code: str
) -> None:
    client = client_for(cast.anna)
    with clock.standing_at(after(-10)):
        check(client, code, cast.anna)
        scan(client, code)  # once more, after it was entered
        assert "ist gemerkt" not in words(client.soup(own(cast)))
    with clock.standing_at(after(25)):
        page = client.soup(f"/anwesend/{code}", 410)
        assert page.select_one(f'main a[href="{own(cast)}"]').get_text() == "Meine Anwesenheit: Kohorte Nord"
    assert len(marks(app, cast, cast.anna)) == 1


def test_a_scan_that_waits_is_recalled_on_every_page(
    cast: Cast, client_for: Any, code: str, in_time: None
) -> None:
    client = client_for(cast.anna)
    scan(client, code)
    link = client.soup(f"/kurs/{cast.nord}/").select_one(".message a")
    assert (link.get_text(), link["href"]) == ("Jetzt anwesend melden", f"/anwesend/{code[:3]}-{code[3:]}")


def test_guessing_is_limited_and_a_room_of_thirty_passes(
    app: Flask, cast: Cast, client_for: Any, code: str, in_time: None
) -> None:
    client = client_for(None)
    for number in range(60):  # thirty people who mistype twice
        assert scan(client, f"22222{'23456789ABCDEFGHJKMNPQRSTVWXYZ'[number % 30]}").status_code == 404
    assert check(client_for(cast.anna), code, cast.anna).status_code == 303
    for _ in range(40):
        scan(client, "234567")
    answer = scan(client, "234567")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "600"
    with clock.standing_at(after(1)):
        assert scan(client, on_the_wall(app, cast.slots[RUNNING], after(1))).status_code == 200


def test_a_wrong_code_keeps_what_was_typed(cast: Cast, client_for: Any) -> None:
    answer = scan(client_for(None), "abc-def")
    assert answer.status_code == 404
    assert "Diesen Code gibt es nicht" in answer.get_data(as_text=True)
    assert 'value="abc-def"' in answer.get_data(as_text=True)


def test_many_cohorts_at_once_take_one_statement(
    app: Flask, cast: Cast, client_for: Any, statements: Any, writing: Any, code: str, in_time: None
) -> None:
    client = client_for(None)

    def counted() -> int:
        with statements() as seen:
            scan(client_for(None), code)
        return len(seen)

    scan(client, code)
    before = counted()
    with writing():
        edition = db.session.get_one(Cohort, cast.nord).edition_id
        from_edition = db.session.get_one(service.Edition, edition)
        for number in range(10):
            made, _ = cohort(f"Kohorte {number}", f"ABCDEF{number}2", from_edition)
            enrol(made, f"Person {number}")
    assert counted() == before
