"""The code on the wall, the list beside it, and striking an entry."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app import clock
from app.accounts.models import User
from app.cohorts import register, service
from app.cohorts.codes import grouped
from app.cohorts.models import Attendance, Cohort, ScheduledSlot
from app.cohorts.register import Entry
from app.extensions import db
from app.web import qr
from tests.attendance.checking import RUNNING, after, check, marks, on_the_wall, press, scan
from tests.modules.doors import words
from tests.support.cast import NOW, Cast, enrol
from tests.support.doors import STAFF, knock


def wall(cast: Cast, number: int = RUNNING) -> str:
    return f"/kohorten/{cast.nord}/anwesenheit/{cast.slots[number]}/code"


def desk(cast: Cast, number: int = RUNNING) -> str:
    return f"/kohorten/{cast.nord}/anwesenheit/{cast.slots[number]}/eingecheckt"


# The wall


def test_works(app: Flask, cast: Cast, client_for: Any) -> None:
    page = client_for(cast.tarek).soup(wall(cast))
    assert page.h1.get_text() == "Das Feld"
    assert page.select_one(".wall__code").get_text() == grouped(on_the_wall(app, cast.slots[RUNNING]), 3)
    drawn = page.select(".wall__qr svg path")[-1]["d"]
    assert drawn in qr.svg(f"http://localhost/anwesend/{on_the_wall(app, cast.slots[RUNNING])}")
    assert page.select_one(".wall__address").get_text() == "localhost/anwesend"
    assert "neuer Code in 60 s, jeder gilt 2 bis 3 Minuten" in words(page)
    assert page.select_one(".wall__count").get_text() == "0 von 2 da"
    assert page.select_one('noscript meta[http-equiv="refresh"]')


def test_what_stands_there_works(cast: Cast, client_for: Any) -> None:
    code = client_for(cast.tarek).soup(wall(cast)).select_one(".wall__code").get_text()
    with clock.standing_at(after(seconds=119)):
        assert scan(client_for(cast.anna), code).status_code == 200


def test_another_minute_another_code(cast: Cast, client_for: Any) -> None:
    client, shown = client_for(cast.tarek), []
    for seconds in (0, 59, 60):
        with clock.standing_at(after(seconds=seconds)):
            page = client.soup(wall(cast))
            shown.append(
                (page.select_one(".wall__code").get_text(), page.select_one("[data-seconds]").get_text())
            )
    assert shown[0][0] == shown[1][0] != shown[2][0]
    assert [left for _, left in shown] == ["60", "1", "60"]


def test_it_counts_and_names_nobody(app: Flask, cast: Cast, client_for: Any) -> None:
    check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING]), cast.anna)
    tarek = client_for(cast.tarek)
    page = tarek.soup(wall(cast))
    assert page.select_one(".wall__count").get_text() == "1 von 2 da"
    part = tarek.get(f"{wall(cast)}/stand").get_json()["html"]
    assert "1 von 2 da" in part
    for text in (page.get_text(), part):
        assert "Anna" not in text and "Bela" not in text


def test_early_scans_are_counted_while_they_wait(app: Flask, cast: Cast, client_for: Any) -> None:
    with clock.standing_at(after(-20)):
        check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING], after(-20)), cast.anna)
        assert client_for(cast.tarek).soup(wall(cast)).select_one(".wall__count").get_text() == "1 von 2 da"


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (-31, "Ab dann steht hier der Code. Der Abschnitt beginnt am Freitag, 3. Juli 2026, um 10:45 Uhr."),
        (75, "Dieser Abschnitt ist vorbei: 10:45–12:15 Uhr."),
    ],
)
def test_before_and_after_there_is_no_code(cast: Cast, client_for: Any, minutes: int, sentence: str) -> None:
    with clock.standing_at(after(minutes)):
        page = client_for(cast.tarek).soup(wall(cast))
    assert sentence in words(page.main)
    assert not page.select(".wall__code, .wall__qr")


def test_a_quarter_of_an_hour_before_there_is_one(cast: Cast, client_for: Any) -> None:
    with clock.standing_at(after(-30)):
        assert client_for(cast.tarek).soup(wall(cast)).select_one(".wall__code")


def test_after_one_slot_it_leads_to_the_next(cast: Cast, client_for: Any) -> None:
    with clock.standing_at(after(125)):
        page = client_for(cast.tarek).soup(wall(cast))
    assert page.select_one(f'a[href="{wall(cast, 4)}"]').get_text() == "Code für „Fallwerkstatt“ zeigen"


def test_a_dropped_slot_and_a_cancelled_cohort_have_none(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[RUNNING]).cancelled_at = NOW
    assert "Dieser Abschnitt ist entfallen. Es gibt keinen Code." in words(
        client_for(cast.tarek).soup(wall(cast))
    )
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[RUNNING]).cancelled_at = None
        db.session.get_one(Cohort, cast.nord).cancelled_at = NOW
    assert not client_for(cast.tarek).soup(wall(cast)).select(".wall__code")


@pytest.mark.parametrize("path", ["code", "code/stand", "eingecheckt", "eingecheckt/stand"])
def test_who_may(cast: Cast, client_for: Any, path: str) -> None:
    base = f"/kohorten/{cast.nord}/anwesenheit"
    assert knock(client_for, cast, f"{base}/{cast.slots[RUNNING]}/{path}") == STAFF
    tarek = client_for(cast.tarek)
    for unknown in (cast.slots[1], 99999, 2**40):  # a break; nothing; more than a row's number can be
        assert tarek.get(f"{base}/{unknown}/{path}").status_code == 404


def test_a_slot_of_another_cohort_is_not_found(app: Flask, cast: Cast, client_for: Any) -> None:
    with app.app_context():
        foreign = service.slots(cast.sued)[0].id
    assert client_for(cast.tarek).get(f"/kohorten/{cast.nord}/anwesenheit/{foreign}/code").status_code == 404


@pytest.mark.parametrize(("minutes", "number"), [(-200, 0), (0, 2), (74, 2), (75, 4), (120, 4), (220, 4)])
def test_one_address_for_the_code_of_the_hour(cast: Cast, client_for: Any, minutes: int, number: int) -> None:
    with clock.standing_at(after(minutes)):
        answer = client_for(cast.tarek).get(f"/kohorten/{cast.nord}/anwesenheit/code")
    assert (answer.status_code, answer.headers["Location"]) == (303, wall(cast, number))


def test_when_everything_is_over_it_says_so(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.tarek)
    with clock.standing_at(after(600)):
        answer = client.get(f"/kohorten/{cast.nord}/anwesenheit/code")
        assert answer.headers["Location"] == f"/kohorten/{cast.nord}/anwesenheit"
        assert "Es kommt kein Abschnitt mehr, für den es einen Code gibt." in words(
            client.soup(answer.headers["Location"])
        )


def test_who_may_ask_for_it(cast: Cast, client_for: Any) -> None:
    found = {}
    for name in STAFF:
        client = client_for(None if name == "nobody" else getattr(cast, name))
        status = client.get(f"/kohorten/{cast.nord}/anwesenheit/code").status_code
        found[name] = 200 if status == 303 else status
    assert found == STAFF


# The list beside it


def test_who_checked_in_how_and_when(app: Flask, cast: Cast, client_for: Any, writing: Any) -> None:
    with clock.standing_at(after(-9)):
        check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING], after(-9)), cast.anna)
    page = client_for(cast.tarek).soup(desk(cast))
    assert page.select_one(".checkin__count").get_text() == "1 von 2 da"
    [row] = page.select(".checkin__list li")
    assert "Anna Kolb : anwesend mit dem Code, 10:51 Uhr" in words(row)
    assert words(page.select_one(".checkin__names")) == "Bela Öztürk"
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[RUNNING])
        tarek = db.session.get_one(User, cast.tarek.user_id)
        register.enter(slot, cast.bela.enrolment_id, Entry(state=Attendance.PARTIAL, minutes=30), tarek)
    page = client_for(cast.tarek).soup(desk(cast))
    first = page.select(".checkin__list li")[0]
    assert "Anna Kolb : anwesend mit dem Code" in words(first)
    folded = page.select_one("details.check-ins__others")
    assert words(folded.summary) == "Ohne Code eingetragen: 1"
    assert "Bela Öztürk : teilweise, 30 von 90 Minuten eingetragen von Tarek Aydın" in words(folded.li)
    assert not folded.select("a, form")


def test_the_list_is_only_sent_again_when_it_changed(app: Flask, cast: Cast, client_for: Any) -> None:
    tarek, address = client_for(cast.tarek), f"{desk(cast)}/stand"
    first = tarek.get(address)
    tag = first.headers["ETag"]
    assert tarek.get(address, headers={"If-None-Match": tag}).status_code == 304
    check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING]), cast.anna)
    again = tarek.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "Anna Kolb" in again.get_json()["html"]


def test_as_many_statements_for_many_people(
    app: Flask, cast: Cast, client_for: Any, statements: Any, writing: Any
) -> None:
    tarek, counts = client_for(cast.tarek), []
    for number in range(2):
        with writing():
            for more in range(number * 20):
                enrol(cast.nord, f"Person {more}")
        for address in (wall(cast), desk(cast)):
            with statements() as seen:
                tarek.get(address)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 8


# Striking


def strike(client: Any, cast: Cast, person: str) -> Any:
    return client.post_form(f"{wall(cast)}/streichen", {"person": person})


def test_strike(app: Flask, cast: Cast, client_for: Any) -> None:
    code, anna, tarek = on_the_wall(app, cast.slots[RUNNING]), client_for(cast.anna), client_for(cast.tarek)
    check(anna, code, cast.anna)
    answer = strike(tarek, cast, str(cast.anna.enrolment_id))
    assert (answer.status_code, answer.headers["Location"]) == (303, desk(cast))
    page = words(tarek.soup(desk(cast)))
    assert "Der Eintrag von Anna Kolb ist gestrichen." in page
    assert "Anna Kolb (gestrichen)" in page
    assert marks(app, cast, cast.anna) == [
        ("partial", 75, "code", "Anna Kolb"),
        ("not_recorded", 0, "struck", "Tarek Aydın"),
    ]
    with app.app_context():
        assert service.marks(cast.nord) == {}


def test_who_was_struck_cannot_scan_again(app: Flask, cast: Cast, client_for: Any) -> None:
    code, anna = on_the_wall(app, cast.slots[RUNNING]), client_for(cast.anna)
    check(anna, code, cast.anna)
    strike(client_for(cast.tarek), cast, str(cast.anna.enrolment_id))
    page = words(anna.soup(f"/anwesend/{code}").main)
    assert "Die Kursleitung hat Ihren Eintrag gestrichen." in page
    answer = press(anna, code, cast.anna)
    assert answer.status_code == 409
    assert len(marks(app, cast, cast.anna)) == 2


def strike_page(cast: Cast, person: int) -> str:
    return f"{wall(cast)}/streichen/{person}"


def test_it_asks_before_striking(app: Flask, cast: Cast, client_for: Any) -> None:
    check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING]), cast.anna)
    tarek, number = client_for(cast.tarek), cast.anna.enrolment_id
    link = tarek.soup(desk(cast)).select_one(".checkin__list a.button--danger")
    assert link["href"] == strike_page(cast, number)
    page = tarek.soup(link["href"])
    assert page.h1.get_text() == "Eintrag von Anna Kolb streichen?"
    assert "Das Feld, Freitag, 3. Juli 2026, 10:45–12:15" in words(page.main)
    assert "Eingetragen ist „teilweise, 75 von 90 Minuten“" in words(page.main)
    assert "Anna Kolb kann den Eintrag mit dem Code nicht wiederholen." in words(page.main)
    form = page.select_one("main form")
    assert (form["action"], form.select_one("[name=person]")["value"]) == (
        f"{wall(cast)}/streichen",
        str(number),
    )
    assert form.a["href"] == desk(cast)
    assert len(marks(app, cast, cast.anna)) == 1
    assert tarek.get(strike_page(cast, cast.bela.enrolment_id)).status_code == 409
    for wrong in (cast.frida.enrolment_id, 99999, 2**40):
        assert tarek.get(strike_page(cast, wrong)).status_code == 404
    assert knock(client_for, cast, link["href"]) == STAFF


def restore(client: Any, cast: Cast, person: str) -> Any:
    return client.post_form(f"{wall(cast)}/doch", {"person": person})


def test_striking_is_taken_back(app: Flask, cast: Cast, client_for: Any) -> None:
    code, anna, tarek = on_the_wall(app, cast.slots[RUNNING]), client_for(cast.anna), client_for(cast.tarek)
    check(anna, code, cast.anna)
    strike(tarek, cast, str(cast.anna.enrolment_id))
    form = tarek.soup(desk(cast)).select_one("section[aria-labelledby=offen] form")
    assert (form["action"], words(form.button)) == (f"{wall(cast)}/doch", "Doch nicht streichen : Anna Kolb")
    for _ in range(2):  # pressed twice
        answer = restore(tarek, cast, form.select_one("[name=person]")["value"])
        assert (answer.status_code, answer.headers["Location"]) == (303, desk(cast))
    assert "Die Streichung bei Anna Kolb ist zurückgenommen." in words(tarek.soup(desk(cast)))
    assert marks(app, cast, cast.anna) == [
        ("partial", 75, "code", "Anna Kolb"),
        ("not_recorded", 0, "struck", "Tarek Aydın"),
        ("partial", 75, "list", "Tarek Aydın"),
    ]


def test_an_early_scan_that_is_given_back_waits_again(app: Flask, cast: Cast, client_for: Any) -> None:
    tarek, number = client_for(cast.tarek), str(cast.anna.enrolment_id)
    with clock.standing_at(after(-20)):
        check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING], after(-20)), cast.anna)
        strike(tarek, cast, number)
        assert restore(tarek, cast, number).status_code == 303
        with app.app_context():
            assert service.marks(cast.nord) == {}
    assert marks(app, cast, cast.anna)[-1] == ("present", 90, "code", "Tarek Aydın")


def test_what_was_entered_after_striking_stays(app: Flask, cast: Cast, client_for: Any, writing: Any) -> None:
    tarek, number = client_for(cast.tarek), str(cast.anna.enrolment_id)
    assert restore(tarek, cast, number).status_code == 409  # nothing was struck
    check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING]), cast.anna)
    strike(tarek, cast, number)
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[RUNNING])
        olga = db.session.get_one(User, cast.olga.user_id)
        register.enter(slot, cast.anna.enrolment_id, Entry(state=Attendance.EXCUSED), olga)
    answer = restore(tarek, cast, number)
    assert answer.status_code == 409
    assert "steht inzwischen etwas anderes im Register" in answer.get_data(as_text=True)
    assert marks(app, cast, cast.anna)[-1] == ("excused", 0, "list", "Olga Sommer")
    assert restore(tarek, cast, str(cast.frida.enrolment_id)).status_code == 404


def test_an_early_scan_is_struck_before_it_counts(app: Flask, cast: Cast, client_for: Any) -> None:
    with clock.standing_at(after(-20)):
        check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING], after(-20)), cast.anna)
        assert strike(client_for(cast.tarek), cast, str(cast.anna.enrolment_id)).status_code == 303
    with app.app_context():
        assert service.marks(cast.nord) == {}


def test_struck_twice_is_struck_once(app: Flask, cast: Cast, client_for: Any) -> None:
    check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING]), cast.anna)
    for name in ("tarek", "olga"):
        assert strike(client_for(getattr(cast, name)), cast, str(cast.anna.enrolment_id)).status_code == 303
    assert len(marks(app, cast, cast.anna)) == 2


def test_what_staff_entered_meanwhile_is_not_struck(
    app: Flask, cast: Cast, client_for: Any, writing: Any
) -> None:
    check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING]), cast.anna)
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[RUNNING])
        olga = db.session.get_one(User, cast.olga.user_id)
        register.enter(slot, cast.anna.enrolment_id, Entry(state=Attendance.PRESENT), olga)
    answer = strike(client_for(cast.tarek), cast, str(cast.anna.enrolment_id))
    assert answer.status_code == 409
    assert "steht inzwischen etwas anderes im Register" in answer.get_data(as_text=True)
    assert marks(app, cast, cast.anna)[-1] == ("present", 90, "list", "Olga Sommer")


@pytest.mark.parametrize("person", ["", "x", "0", "99999999999999"])
def test_striking_nobody(cast: Cast, client_for: Any, person: str) -> None:
    assert strike(client_for(cast.tarek), cast, person).status_code == 404


def test_striking_somebody_of_another_cohort(cast: Cast, client_for: Any) -> None:
    assert strike(client_for(cast.tarek), cast, str(cast.frida.enrolment_id)).status_code == 404


def test_who_may_strike(app: Flask, cast: Cast, client_for: Any) -> None:
    found = {}
    for name in STAFF:
        client = client_for(None if name == "nobody" else getattr(cast, name))
        found[name] = strike(client, cast, str(cast.anna.enrolment_id)).status_code
    assert found == STAFF | {"tarek": 409, "olga": 409, "adam": 409}  # there is nothing to strike
