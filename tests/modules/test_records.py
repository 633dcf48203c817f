"""…/nachweise: what counts, what is missing, what the register says, the certificates."""

from __future__ import annotations

import pytest

from app import clock
from app.accounts.models import User
from app.cohorts.loaders import cohort_for
from app.cohorts.models import ScheduledSlot
from app.extensions import db
from app.progress import service as progress
from tests.modules.doors import LEARNERS, course, knock, words
from tests.progress.cohort import complete, mark, write
from tests.support.cast import DAY, NOW


@pytest.fixture
def records(client_for, cast):
    return lambda person=cast.anna: client_for(person).soup(course(cast, "nachweise"))


def part(page, key):
    return page.select_one(f"#k-{key}").parent


def test_who_may(client_for, cast):
    assert knock(client_for, cast, lambda client: client.get(course(cast, "nachweise"))) == LEARNERS


def test_at_the_beginning(records):
    page = records()
    attendance = words(part(page, "attendance"))
    assert attendance.startswith("Anwesenheit: noch offen 0 ")
    assert attendance.count("Anwesenheit") == 1
    assert words(part(page, "reflections")).startswith("Lernstopps: noch offen 0 von 2 bearbeitet")


def test_nothing_is_listed_twice(records):
    text = words(records())
    assert text.count("Lernstopp 1 im Modul") == text.count("Lernstopp 2 im Modul") == 1
    for slot in ("Das Feld", "Fallwerkstatt"):
        assert text.count(slot) == 1, slot


def test_a_missing_lernstopp_is_one_tap_away(app, records, client_for, cast):
    write(app, cast.anna, "l1-1")
    links = part(records(), "reflections").select("a")
    assert [(words(link), link["href"]) for link in links] == [
        ("Lernstopp 2 im Modul „Vom Fall zum Feld“", course(cast, "seite/feld/halt-2#l2-1"))
    ]
    assert client_for(cast.anna).soup(links[0]["href"]).select_one("#l2-1")


def test_what_nobody_entered_yet_is_said_in_the_table(records):
    page = records()
    assert "Welche noch fehlen, sehen Sie unten bei Ihrer Anwesenheit." in words(page)
    cells = [words(cell) for cell in page.select("tbody td")]
    assert cells[0] == "nicht erfasst"
    assert cells[2] == "hat noch nicht begonnen"


def test_what_no_slot_explains_is_said_in_its_own_words(records, cast, writing):
    with writing():
        for slot in cast.slots:
            db.session.delete(db.session.get_one(ScheduledSlot, slot))
    text = words(records())
    assert "Der Tagesplan hat noch keinen Abschnitt mit Inhalt." in text
    assert "Welche noch fehlen" not in text


def test_the_register(app, records, cast):
    mark(app, cast.anna, cast.slots[0])
    mark(app, cast.anna, cast.slots[2], "partial", 45)
    mark(app, cast.bela, cast.slots[2], "absent")
    rows = [[words(cell) for cell in row.select("th, td")] for row in records().select("tbody tr")]
    assert rows == [
        ["Ankommen 3. Juli 2026, 09:00–10:30", "anwesend"],
        ["Das Feld 3. Juli 2026, 10:45–12:15", "teilweise, 45 von 90 Minuten"],
        ["Fallwerkstatt 3. Juli 2026, 13:15–14:45", "hat noch nicht begonnen"],
    ]


def test_all_fulfilled(app, records, cast):
    complete(app, cast, cast.anna)
    with clock.standing_at(clock.instant(DAY, 17 * 60)):
        page = records()
        other = records(cast.bela)
    assert words(part(page, "attendance")) == "Anwesenheit: erfüllt 6 von 6 geplanten UE (nötig: 5)"
    assert words(part(page, "reflections")) == "Lernstopps: erfüllt 2 von 2 bearbeitet"
    assert "Alles ist erfüllt. Ihre Organisation kann die Bescheinigung jetzt ausstellen" in words(page)
    assert "Bevor ausgestellt wird" not in words(page)
    assert "Alles ist erfüllt" not in words(other)


def test_an_override_names_who_and_why(records, cast, writing):
    with writing():
        olga = db.session.get_one(User, cast.olga.user_id)
        here = cohort_for(olga, cast.nord).value
        assert progress.override(here, cast.anna.enrolment_id, "attendance", "War im Außendienst", olga)
    text = words(part(records(), "attendance"))
    assert text.startswith("Anwesenheit: erfüllt ")
    assert "anerkannt von Olga Sommer, Begründung: „War im Außendienst“" in text


def test_issued_certificates_are_there_to_download(app, records, cast):
    asked = []

    def issued(enrolment_id):
        asked.append(enrolment_id)
        base = {"title": "Teilnahmebescheinigung", "issued_at": NOW}
        return [
            base | {"number": "2026-0002", "href": "/b/2", "status": "gültig", "note": ""},
            base
            | {"number": "2026-0001", "href": "/b/1", "status": "ersetzt", "note": "ersetzt durch 2026-0002"},
        ]

    app.extensions["feldweg_issued"] = issued
    page = records()
    assert asked == [cast.anna.enrolment_id]
    items = page.select_one("#bescheinigungen").parent.select("li")
    assert [item.a["href"] for item in items] == ["/b/2", "/b/1"]
    assert words(items[1]).endswith("ersetzt ausgestellt am 3. Juli 2026, ersetzt durch 2026-0002")


def test_without_any_there_is_no_heading_for_them(records):
    assert records().select_one("#bescheinigungen") is None


def test_opening_it_writes_nothing(cast, client_for, statements):
    with statements() as seen:
        client_for(cast.anna).get(course(cast, "nachweise"))
    assert all(statement.startswith("SELECT") for statement in seen), seen
