"""/kurs/…/anwesenheit: a person's own register, and objecting to it once."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.attendance.models import Objection
from app.cohorts import register
from app.cohorts.models import Attendance, ScheduledSlot, Way
from app.cohorts.register import Entry
from app.extensions import db
from tests.attendance.checking import RUNNING, after, check, on_the_wall
from tests.modules.doors import LEARNERS, knock, words
from tests.support.cast import NOW, Cast, Person


def url(cast: Cast) -> str:
    return f"/kurs/{cast.nord}/anwesenheit"


def objecting(cast: Cast, number: int = 0) -> str:
    return f"{url(cast)}/{cast.slots[number]}/einspruch"


def sentence(cast: Cast, text: str, number: int = 0) -> dict[str, str]:
    return {f"s{cast.slots[number]}-sentence": text}


def enter(
    writing: Any, cast: Cast, person: Person, number: int, state: str, minutes: int = 0, **more: Any
) -> None:
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[number])
        tarek = db.session.get_one(User, cast.tarek.user_id)
        entry = Entry(state=Attendance(state), minutes=minutes, **more)
        register.enter(slot, person.enrolment_id, entry, tarek)


def line(page: Any, cast: Cast, number: int) -> str:
    return words(page.select_one(f"#abschnitt-{cast.slots[number]}"))


# What it says


def test_says_every_slot_in_words(app: Flask, cast: Cast, client_for: Any, writing: Any) -> None:
    enter(writing, cast, cast.anna, 0, "partial", 60)
    check(client_for(cast.anna), on_the_wall(app, cast.slots[RUNNING]), cast.anna)
    page = client_for(cast.anna).soup(url(cast))
    first, second, third = (line(page, cast, number) for number in (0, 2, 4))
    assert "Ankommen Freitag, 3. Juli 2026, 09:00–10:30" in first
    assert "teilweise, 60 von 90 Minuten , 1,33 von 2 UE (60 Minuten)" in first
    assert "am Bildschirm, Tarek Aydın, 3. Juli 2026, 11:00 Uhr" in first
    assert "teilweise, 75 von 90 Minuten" in second
    assert "mit dem Code im Raum, Sie selbst, 3. Juli 2026, 11:00 Uhr" in second
    assert "hat noch nicht begonnen" in third and "UE" not in third


def test_sums(cast: Cast, client_for: Any, writing: Any) -> None:
    enter(writing, cast, cast.anna, 0, "present")
    enter(writing, cast, cast.anna, 2, "partial", 45)
    facts = words(client_for(cast.anna).soup(url(cast)).select_one("dl.facts"))
    assert "3 von 6 UE (135 von 270 Minuten)" in facts
    assert "Nötig 5 UE" in facts
    assert "Noch offen" not in facts


def test_what_is_not_recorded_is_said(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.anna).soup(url(cast))
    assert "2 Abschnitte sind noch nicht erfasst." in words(page.select_one("dl.facts"))
    assert "nicht erfasst" in line(page, cast, 0)


def test_what_stood_before_stays_to_be_seen(cast: Cast, client_for: Any, writing: Any) -> None:
    enter(writing, cast, cast.anna, 0, "absent")
    enter(writing, cast, cast.anna, 0, "present", way=Way.PAPER)
    said = line(client_for(cast.anna).soup(url(cast)), cast, 0)
    assert "anwesend , 2 von 2 UE" in said
    assert "von der Papierliste, Tarek Aydın" in said
    assert "Was vorher eingetragen war abwesend: am Bildschirm, Tarek Aydın" in said


def test_a_dropped_slot_is_not_there(cast: Cast, client_for: Any, writing: Any) -> None:
    enter(writing, cast, cast.anna, 0, "present")
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[0]).cancelled_at = NOW
    page = client_for(cast.anna).soup(url(cast))
    assert "Ankommen" not in words(page.main)
    assert "0 von 4 UE" in words(page.select_one("dl.facts"))


def test_nobody_elses_entries(cast: Cast, client_for: Any, writing: Any) -> None:
    enter(writing, cast, cast.bela, 0, "present")
    assert "nicht erfasst" in line(client_for(cast.anna).soup(url(cast)), cast, 0)


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, lambda client: client.get(url(cast))) == LEARNERS


def test_a_fixed_number_of_statements_and_nothing_written(
    cast: Cast, client_for: Any, statements: Any
) -> None:
    client = client_for(cast.anna)
    with statements() as seen:
        client.get(url(cast))
    assert len(seen) <= 6
    assert all(text.startswith("SELECT") for text in seen)


def test_the_ways_to_it(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.anna)
    for path in ("nachweise", "plan"):
        assert client.soup(f"/kurs/{cast.nord}/{path}").select_one(f'main a[href="{url(cast)}"]'), path
    current = client.soup(url(cast)).select_one('nav a[aria-current="page"]')
    assert current.get_text() == "Nachweise"


# Objecting


def test_object(app: Flask, cast: Cast, client_for: Any, writing: Any) -> None:
    enter(writing, cast, cast.anna, 0, "absent")
    client = client_for(cast.anna)
    text = "Ich war da,\nich saß hinten links."
    answer = client.post_form(objecting(cast), sentence(cast, text))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{url(cast)}#abschnitt-{cast.slots[0]}")
    said = line(client.soup(url(cast)), cast, 0)
    assert "Ihr Einspruch ist offen." in said
    assert "Ich war da, ich saß hinten links." in said
    assert not client.soup(url(cast)).select(f"#abschnitt-{cast.slots[0]} form")
    with app.app_context():
        [found] = db.session.scalars(select(Objection))
        assert (found.sentence, found.at, found.granted) == (text, NOW, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Bitte schreiben Sie in einem Satz, was nicht stimmt."),
        ("  \n ", "Bitte schreiben Sie in einem Satz, was nicht stimmt."),
        ("x" * 501, "Das sind 501 Zeichen, möglich sind 500."),
    ],
)
def test_a_sentence_that_is_none_is_said_and_kept(
    cast: Cast, client_for: Any, text: str, problem: str
) -> None:
    answer = client_for(cast.anna).post_form(objecting(cast), sentence(cast, text))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert problem in page
    if text.strip():
        assert text in page


def test_five_hundred_characters_fit(cast: Cast, client_for: Any) -> None:
    assert client_for(cast.anna).post_form(objecting(cast), sentence(cast, "ä" * 500)).status_code == 303


def test_control_characters_are_left_out(app: Flask, cast: Cast, client_for: Any) -> None:
    client_for(cast.anna).post_form(objecting(cast), sentence(cast, "Ich\x00 war\x1b da."))
    with app.app_context():
        assert db.session.scalars(select(Objection.sentence)).all() == ["Ich war da."]


def test_sent_twice_is_one_objection(app: Flask, cast: Cast, client_for: Any) -> None:
    client = client_for(cast.anna)
    for _ in range(2):
        assert client.post_form(objecting(cast), sentence(cast, "Ich war da.")).status_code == 303
    with app.app_context():
        assert len(db.session.scalars(select(Objection)).all()) == 1


def test_a_second_sentence_is_refused(app: Flask, cast: Cast, client_for: Any) -> None:
    client = client_for(cast.anna)
    client.post_form(objecting(cast), sentence(cast, "Ich war da."))
    answer = client.post_form(objecting(cast), sentence(cast, "Doch, wirklich."))
    assert answer.status_code == 409
    assert "Das geht einmal; Ihr erster Satz gilt." in answer.get_data(as_text=True)
    assert client.post_form(objecting(cast, 2), sentence(cast, "Auch da.", 2)).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Objection.sentence).order_by(Objection.id)).all() == [
            "Ich war da.",
            "Auch da.",
        ]


def test_a_slot_that_has_not_begun(cast: Cast, client_for: Any, writing: Any) -> None:
    client = client_for(cast.anna)
    assert not client.soup(url(cast)).select(f"#abschnitt-{cast.slots[4]} form")
    answer = client.post_form(objecting(cast, 4), sentence(cast, "Ich werde da sein.", 4))
    assert answer.status_code == 409
    enter(writing, cast, cast.anna, 4, "excused")
    assert client.post_form(objecting(cast, 4), sentence(cast, "Ich komme doch.", 4)).status_code == 303


def test_unknown_slots(app: Flask, cast: Cast, client_for: Any) -> None:
    client = client_for(cast.anna)
    for number in (cast.slots[1], 99999, 2**40):
        answer = client.post_form(f"{url(cast)}/{number}/einspruch", {f"s{number}-sentence": "Ich war da."})
        assert answer.status_code == 404
    with app.app_context():
        assert db.session.scalars(select(Objection)).all() == []


def test_who_may_object(cast: Cast, client_for: Any) -> None:
    ask = lambda client: client.post_form(objecting(cast), sentence(cast, "Ich war da."))  # noqa: E731
    assert knock(client_for, cast, ask) == LEARNERS


def test_after_the_code_a_scan_can_be_objected_to(app: Flask, cast: Cast, client_for: Any) -> None:
    """Late by the clock of the server, and not agreed."""
    client = client_for(cast.anna)
    with clock.standing_at(after(30)):
        check(client, on_the_wall(app, cast.slots[RUNNING], after(30)), cast.anna)
        assert "45 von 90 Minuten" in line(client.soup(url(cast)), cast, RUNNING)
        answer = client.post_form(objecting(cast, RUNNING), sentence(cast, "Ich war früher da.", RUNNING))
    assert answer.status_code == 303
