"""The list to be signed: what stands on it, who may have it, and that it is accessible."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from flask import Flask

from app import clock
from app.attendance.on_paper import halves
from app.attendance.on_paper.paper_pdf import file_name
from app.cohorts import service
from app.cohorts.models import Cohort, CourseDay, Enrolment, ScheduledSlot
from app.course.model import SlotKind
from app.extensions import db
from tests.certificates.making import text_of
from tests.certificates.test_document import LENGTH_RULE, assert_lengths
from tests.support.cast import DAY, Cast, enrol
from tests.support.doors import STAFF, knock


def url(cast: Cast, day: int | None = None) -> str:
    return f"/kohorten/{cast.nord}/teilnahmeliste.pdf" + (f"?tag={day}" if day else "")


def fetch(client: Any, address: str) -> bytes:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return bytes(answer.data)


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    found = [" ".join(each.get_textpage().get_text_range().split()) for each in document]
    document.close()
    return found


def second_day(cast: Cast) -> int:
    """Saturday, without lunch, at another place."""
    day = CourseDay(cohort_id=cast.nord, date=date(2026, 7, 4), name="Zweiter Tag", place="Rathaus")
    db.session.add(day)
    db.session.flush()
    begin, end = clock.instant(day.date, 600), clock.instant(day.date, 690)
    db.session.add(
        ScheduledSlot(
            cohort_id=cast.nord, day_id=day.id, starts_at=begin, ends_at=end, kind="inhalt", title="Rückschau"
        )
    )
    db.session.flush()
    return day.id


def test_works(cast: Cast, client_for: Any) -> None:
    answer = client_for(cast.tarek).get(url(cast))
    assert answer.headers["Content-Disposition"].endswith('"Teilnahmeliste Kohorte Nord.pdf"')
    text = text_of(answer.data)
    for words in (
        "Teilnahmeliste", "Kohorte Nord", "Kleiner Kurs", "Bildungshaus Am See", "Freitag, 3. Juli 2026", "Kreis Musterland",
        "Vormittag 09:00–12:15 (4 UE), Nachmittag 13:15–14:45 (2 UE)", "6 Unterrichtseinheiten (UE) zu je 45 Minuten",
        "Nr. Nachname Vorname Unterschrift Vormittag", "1 Kolb Anna", "2 Öztürk Bela",
        "Datum, Unterschrift Tarek Aydın", "Seite 1 von 1",
    ):  # fmt: skip
        assert words in text, words
    assert "7 Freie Zeilen" in text.replace("\n", " "), "five empty rows follow two people"


def test_no_addresses_and_nobody_who_left(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        anna = db.session.get_one(Enrolment, cast.anna.enrolment_id)
        anna.email, anna.funder = "anna@example.org", "Jugendamt"
        db.session.get_one(Enrolment, cast.bela.enrolment_id).left_at = clock.now()
    text = text_of(fetch(client_for(cast.tarek), url(cast)))
    assert "@" not in text and "Jugendamt" not in text
    assert "Kolb" in text and "Öztürk" not in text


def test_each_day_has_its_own_pages_and_can_be_had_alone(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        saturday = second_day(cast)
    client = client_for(cast.tarek)
    friday, other = pages(fetch(client, url(cast)))
    assert "Freitag, 3. Juli 2026 · " not in other
    assert "Samstag, 4. Juli 2026" in other and "Rathaus" in other and "Unterschrift Kurstag" in other
    assert "Seite 1 von 1" in friday and "Seite 1 von 1" in other
    [alone] = pages(fetch(client, url(cast, saturday)))
    assert "Samstag" in alone and "Freitag" not in alone
    assert client.get(url(cast, saturday)).headers["Content-Disposition"].endswith('Nord 2026-07-04.pdf"')


def test_three_hundred_people_and_the_head_on_each_page(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        for number in range(300):
            enrol(cast.nord, f"Person{number:03} Zahl{number:03}")
    found = pages(fetch(client_for(cast.tarek), url(cast)))
    assert len(found) > 10
    for number, text in enumerate(found, 1):
        assert f"Seite {number} von {len(found)}" in text
        assert "Nachname Vorname" in text or "Unterschrift Tarek" in text
    everything = " ".join(found)
    assert all(f"Zahl{number:03} Person{number:03}" in everything for number in range(300))


def test_an_empty_cohort_gets_empty_rows(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        for who in (cast.anna, cast.bela):
            db.session.get_one(Enrolment, who.enrolment_id).left_at = clock.now()
    text = text_of(fetch(client_for(cast.tarek), url(cast)))
    assert "15 Freie Zeilen" in text and "Kolb" not in text


def test_a_cohort_without_content_says_so(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        for slot in service.slots(cast.nord):
            slot.kind = "pause"
    assert "zu unterschreiben ist nichts" in text_of(fetch(client_for(cast.tarek), url(cast)))


def test_is_accessible_whatever_the_names(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        second_day(cast)
        for name in (
            "Jo #set text(red) $x$ ]) + }",
            "X" * 120,
            "Đặng Thị Łukaszewicz",
            "Олександра Ковальчук",
            "שרה Cohen",
        ):
            enrol(cast.nord, name)
        db.session.get_one(Cohort, cast.nord).title = 'Nord "und" #eval("1") </script>'
    data = fetch(client_for(cast.tarek), url(cast))
    assert_lengths(data)
    for profile in ("ua1", "2a"):
        failures = page.validate_pdf_bytes(data, profile=profile).failures
        assert [(each.rule_id, each.message) for each in failures if each.rule_id != LENGTH_RULE] == []
    with pikepdf.open(io.BytesIO(data)) as document:
        assert str(document.Root.Lang) == "de-DE"
        assert str(document.docinfo.Title) == 'Teilnahmeliste: Nord "und" #eval("1") </script>'
    assert "#set text(red) $x$ ])" in text_of(data)


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>', True),
        ("<svg", False),
    ],
)
def test_the_logo_stands_there_unless_it_cannot_be_printed(
    app: Flask, cast: Cast, client_for: Any, tmp_path: Path, content: str, shown: bool
) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(content)
    feldweg = app.extensions["feldweg"]
    organisation = replace(feldweg.settings.organisation, logo=logo)
    app.extensions["feldweg"] = replace(
        feldweg, settings=replace(feldweg.settings, organisation=organisation)
    )
    data = fetch(client_for(cast.tarek), url(cast))
    with pikepdf.open(io.BytesIO(data)) as document:
        found = [
            str(each.Alt)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    assert found == (["Logo: Kreis Musterland"] if shown else [])
    assert "Kolb Anna" in text_of(data)


def test_the_same_day_gives_the_same_bytes(cast: Cast, client_for: Any) -> None:
    assert fetch(client_for(cast.tarek), url(cast)) == fetch(client_for(cast.olga), url(cast))


@pytest.mark.parametrize("day", ["4711", "x", "-1", "9" * 30])
def test_unknown_days_are_not_found(cast: Cast, client_for: Any, day: str) -> None:
    assert client_for(cast.tarek).get(f"{url(cast)}?tag={day}").status_code == 404


def test_days_of_other_cohorts_are_not_found(cast: Cast, client_for: Any, reading: Any) -> None:
    with reading():
        foreign = service.days(cast.sued)[0].id
    assert client_for(cast.olga).get(url(cast, foreign)).status_code == 404


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast)) == STAFF


def test_costs_the_same_for_many_people(cast: Cast, client_for: Any, writing: Any, statements: Any) -> None:
    client = client_for(cast.tarek)
    with statements() as few:
        client.get(url(cast))
    with writing():
        for number in range(20):
            enrol(cast.nord, f"Person Zahl{number}")
    with statements() as many:
        client.get(url(cast))
    assert len(many) == len(few)


# Half days


def made(*slots: tuple[int, int, str]) -> list[halves.Half]:
    rows = [
        ScheduledSlot(
            id=number, kind=kind, title=f"Abschnitt {number}",
            starts_at=clock.instant(DAY, start), ends_at=clock.instant(DAY, end),
        )
        for number, (start, end, kind) in enumerate(slots, 1)
    ]  # fmt: skip
    return halves.halves(rows)


LUNCH = SlotKind.LUNCH.value


@pytest.mark.parametrize(
    ("slots", "names", "minutes"),
    [
        ([(540, 630, "inhalt"), (720, 780, LUNCH), (780, 825, "inhalt")], ["Vormittag", "Nachmittag"], [90, 45]),
        ([(540, 630, "inhalt"), (630, 640, "pause"), (640, 700, "inhalt")], ["Kurstag"], [150]),
        ([(1020, 1110, "inhalt"), (1110, 1140, LUNCH), (1140, 1200, "inhalt")], ["1. Teil", "2. Teil"], [90, 60]),
        ([(720, 780, LUNCH), (780, 825, "inhalt")], ["Kurstag"], [45]),
        ([(540, 600, "inhalt"), (600, 660, LUNCH), (660, 700, "pause"), (700, 730, LUNCH), (730, 790, "inhalt")],
         ["Vormittag", "Nachmittag"], [60, 60]),
        ([(540, 600, "inhalt"), (600, 660, LUNCH), (660, 720, "inhalt"), (720, 780, LUNCH), (780, 840, "inhalt")],
         ["1. Teil", "2. Teil", "3. Teil"], [60, 60, 60]),
        ([(540, 600, "pause")], [], []),
        ([], [], []),
    ],
)  # fmt: skip
def test_the_day_is_split_at_lunch(slots: Any, names: list[str], minutes: list[int]) -> None:
    found = made(*slots)
    assert [half.name for half in found] == names
    assert [half.minutes for half in found] == minutes
    assert [half.number for half in found] == list(range(len(names)))


def test_a_lunch_that_was_dropped_still_splits_the_day(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    client, lunch = client_for(cast.tarek), cast.slots[3]
    with reading():
        form = f"/kohorten/{cast.nord}/anwesenheit/papier/{service.days(cast.nord)[0].id}"
    before = client.soup(form).select_one("input[name=plan]")["value"]
    halves_there = "Zeiten Vormittag 09:00–12:15 (4 UE), Nachmittag 13:15–14:45 (2 UE)"
    assert halves_there in pages(fetch(client, url(cast)))[0]
    with writing():
        db.session.get_one(ScheduledSlot, lunch).cancelled_at = clock.now()
    page = client.soup(form)
    assert page.select_one("input[name=plan]")["value"] == before
    heads = [head.get_text()[:9] for head in page.select("form.wide thead th")]
    assert heads == ["Nachname,", "Vormittag", "Nachmitta"]
    assert halves_there in pages(fetch(client, url(cast)))[0]


def test_what_moved_up_to_a_dropped_lunch_comes_after_it() -> None:
    rows = [
        ScheduledSlot(
            id=number, day_id=day, kind=kind, title=kind, cancelled_at=clock.now() if gone else None,
            starts_at=clock.instant(DAY, start), ends_at=clock.instant(DAY, end),
        )
        for number, (day, start, end, kind, gone) in enumerate([
            (1, 540, 720, "inhalt", False), (1, 720, 780, "inhalt", False), (1, 720, 780, LUNCH, True),
            (1, 600, 610, "inhalt", True), (1, 630, 640, "pause", True), (2, 660, 690, LUNCH, True),
        ], 1)
    ]  # fmt: skip
    day = SimpleNamespace(id=1, slots=rows[:2])
    assert [half.minutes for half in halves.of_day(day, rows)] == [180, 60]


def test_file_names_are_safe() -> None:
    assert file_name('A/B: "C"?', []) == "Teilnahmeliste A B C.pdf"
    assert file_name("///", []) == "Teilnahmeliste Kohorte.pdf"
