"""Everything about one slot on a form; a new slot; what cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app import clock
from app.cohorts import service
from app.cohorts.models import ScheduledSlot
from app.extensions import db
from tests.schedule.conftest import Nord, as_shown


def shown(nord: Nord, client: Any, number: int) -> dict[str, Any]:
    return as_shown(client.soup(nord.slot(number)), nord.slot(number))


def new(nord: Nord, client: Any, after: int) -> dict[str, Any]:
    url = f"{nord.day}/neu"
    return as_shown(client.soup(f"{url}?nach={nord.cast.slots[after]}"), url)


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_saving_the_form_as_it_is_changes_nothing(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    answer = tarek.post_form(nord.slot(0), shown(nord, tarek, 0), follow_redirects=True)
    assert "Es hat sich nichts geändert" in text(answer)
    assert (nord.version(), nord.row(0).sequence) == (0, 0)


def test_everything_about_a_slot(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    changes = {
        "title": "Fälle  im Feld", "kind": "organisation", "start": "13:20", "end": "14:30", "room": "Saal 2",
        "person": "Tarek Aydın", "second_title": "Übung", "second_room": "Saal 3", "second_person": "Olga",
        "online": "y", "link": "https://treffen.example.org/a?b=1", "modules": ["ankommen", "feld"],
    }  # fmt: skip
    answer = tarek.post_form(nord.slot(4), shown(nord, tarek, 4) | changes)
    assert answer.status_code == 303
    row = nord.row(4)
    assert (row.title, row.kind, row.room, row.person) == (
        "Fälle im Feld",
        "organisation",
        "Saal 2",
        "Tarek Aydın",
    )
    assert (row.second_title, row.second_room, row.second_person) == ("Übung", "Saal 3", "Olga")
    assert (row.online, row.link, row.module_slugs) == (True, changes["link"], ("ankommen", "feld"))
    assert nord.times()["Fälle im Feld"] == "13:20–14:30"
    page = tarek.soup(answer.location).select_one(f"#abschnitt-{row.id}").get_text(" ", strip=True)
    assert "Organisation, 70 Minuten · Raum Saal 2 · mit Tarek Aydın · online · Link zum Treffen" in page
    assert "Gleichzeitig in Saal 3: Übung, mit Olga" in page
    again = shown(nord, tarek, 4)
    assert (again["room"], again["online"], again["modules"]) == ("Saal 2", ["y"], ["ankommen", "feld"])


def test_trainers_are_proposed(nord: Nord, client_for: Any) -> None:
    options = client_for(nord.cast.tarek).soup(nord.slot(0)).select("datalist option")
    assert [option["value"] for option in options] == ["Tarek Aydın"]


@pytest.mark.parametrize(
    ("changes", "times"),
    [
        ({"end": "12:45"}, ("12:15–12:45", "13:15–14:45")),
        ({"end": "12:45", "follow": "y"}, ("12:15–12:45", "12:45–14:15")),
        ({"minutes": "50"}, ("12:15–13:05", "13:15–14:45")),
        ({"minutes": "50", "follow": "y"}, ("12:15–13:05", "13:05–14:35")),
        ({"start": "12:20", "minutes": "40"}, ("12:20–13:00", "13:15–14:45")),
    ],
)
def test_end_or_duration(
    nord: Nord, client_for: Any, changes: dict[str, str], times: tuple[str, str]
) -> None:
    tarek = client_for(nord.cast.tarek)
    assert tarek.post_form(nord.slot(3), shown(nord, tarek, 3) | changes).status_code == 303
    assert (nord.times()["Mittagspause"], nord.times()["Fallwerkstatt"]) == times


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "Bitte geben Sie einen Titel an"),
        ({"title": "x" * 201}, "möglich sind 200"),
        ({"title": "a\x07b"}, "unsichtbare Steuerzeichen"),
        ({"start": "9 Uhr"}, "Bitte geben Sie eine Uhrzeit an"),
        ({"start": ""}, "Bitte geben Sie eine Uhrzeit an"),
        ({"end": ""}, "Bitte geben Sie eine Uhrzeit an"),
        ({"end": "25:00"}, "Bitte geben Sie eine Uhrzeit an"),
        ({"end": "12:00"}, "Das Ende muss nach dem Beginn liegen"),
        ({"end": "12:45", "minutes": "50"}, "entweder das Ende oder die Dauer"),
        ({"minutes": "0"}, "ganze Zahl von 1 bis 720"),
        ({"minutes": "bald"}, "ganze Zahl von 1 bis 720"),
        ({"end": "13:30"}, "„Mittagspause“ und „Fallwerkstatt“ überschneiden sich um 15 Minuten"),
        ({"link": "http://treffen.example.org"}, "Sie beginnt mit https://"),
        ({"link": "javascript:alert(1)"}, "Sie beginnt mit https://"),
        ({"link": "https://[kaputt"}, "Sie beginnt mit https://"),
        ({"link": "https://" + "x" * 500}, "möglich sind 500"),
        ({"link": "https://treffen.example.org"}, "Bitte kreuzen Sie auch „online“ an"),
        ({"room": "x" * 201}, "möglich sind 200"),
        ({"room": "Saal 2", "second_room": " saal  2"}, "Das ist derselbe Raum wie der erste"),
        ({"end": "12:00", "minutes": "50"}, "Das Ende muss nach dem Beginn liegen"),
        ({"second_person": "x" * 201}, "möglich sind 200"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    nord: Nord, client_for: Any, changes: dict[str, str], words: str
) -> None:
    tarek = client_for(nord.cast.tarek)
    sent = shown(nord, tarek, 3) | {"person": "Gast Aurel"} | changes
    answer = tarek.post_form(nord.slot(3), sent)
    assert answer.status_code == 422
    assert words in text(answer)
    assert 'value="Gast Aurel"' in text(answer)
    assert nord.version() == 0


@pytest.mark.parametrize("changes", [{"kind": "fest"}, {"modules": ["gibtsnicht"]}])
def test_only_what_is_offered(nord: Nord, client_for: Any, changes: dict[str, Any]) -> None:
    tarek = client_for(nord.cast.tarek)
    assert tarek.post_form(nord.slot(3), shown(nord, tarek, 3) | changes).status_code == 422


def test_a_module_the_course_no_longer_has_stays(nord: Nord, client_for: Any) -> None:
    with nord.writing():
        db.session.get_one(ScheduledSlot, nord.cast.slots[0]).modules = "ankommen verschwunden"
    tarek = client_for(nord.cast.tarek)
    assert tarek.post_form(nord.slot(0), shown(nord, tarek, 0) | {"room": "1"}).status_code == 303
    assert nord.row(0).module_slugs == ("ankommen", "verschwunden")


def test_two_at_once_see_what_stands_and_what_they_typed(nord: Nord, client_for: Any) -> None:
    tarek, olga = client_for(nord.cast.tarek), client_for(nord.cast.olga)
    sent = shown(nord, olga, 3) | {"room": "Garten", "end": "13:00"}
    nord.send(tarek, nord.slot(3, "verschieben"), verschieben_minutes="20")
    answer = olga.post_form(nord.slot(3), sent)
    assert answer.status_code == 409
    assert "Inzwischen hat Tarek Aydın diesen Tag geändert" in text(answer)
    assert 'value="Garten"' in text(answer) and 'value="13:00"' in text(answer)
    assert "12:35–13:35" in text(answer)
    assert nord.row(3).room == ""


def test_a_new_slot_after_another(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    form = new(nord, tarek, 2)
    assert (form["start"], form["minutes"], form["follow"]) == ("12:15", "45", ["y"])
    sent = form | {"title": "Blitzlicht", "minutes": "15", "kind": "organisation"}
    assert tarek.post_form(f"{nord.day}/neu", sent).status_code == 303
    assert tarek.post_form(f"{nord.day}/neu", sent).status_code == 303  # sent twice
    assert nord.times()["Blitzlicht"] == "12:15–12:30"
    assert nord.times()["Mittagspause"] == "12:30–13:30"
    with nord.reading():
        made = [slot for slot in service.slots(nord.cast.nord) if slot.title == "Blitzlicht"]
        assert [(slot.unplanned, slot.planned_starts_at, slot.sequence) for slot in made] == [(True, None, 0)]
    assert "nicht geplant" in tarek.soup(nord.day).get_text()


def test_a_typed_end_counts_more_than_the_proposed_duration(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    form = new(nord, tarek, 2) | {"title": "Blitzlicht", "kind": "organisation"}
    for changes, words in (
        ({"end": "12:00"}, "Das Ende muss nach dem Beginn liegen"),
        ({"end": "12:30", "minutes": "20"}, "entweder das Ende oder die Dauer"),
    ):
        answer = tarek.post_form(f"{nord.day}/neu", form | changes)
        assert answer.status_code == 422 and words in text(answer)
    assert tarek.post_form(f"{nord.day}/neu", form | {"end": "12:30"}).status_code == 303
    assert nord.times()["Blitzlicht"] == "12:15–12:30"


def test_a_missing_link_is_named(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    answer = tarek.post_form(nord.slot(4), shown(nord, tarek, 4) | {"online": "y"})
    assert answer.status_code == 303 and nord.row(4).online
    hint = "Der Link fehlt noch: „Fallwerkstatt“ ist online."
    assert hint in text(tarek.get(answer.location))
    link = {"link": "https://treffen.example.org"}
    tarek.post_form(nord.slot(4), shown(nord, tarek, 4) | link)
    assert hint not in text(tarek.get(nord.day))


def test_a_new_slot_needs_room(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    form = new(nord, tarek, 2) | {"title": "Blitzlicht", "kind": "organisation"}
    form.pop("follow")
    answer = tarek.post_form(f"{nord.day}/neu", form)
    assert answer.status_code == 422
    assert "„Blitzlicht“ und „Mittagspause“ überschneiden sich um 45 Minuten" in text(answer)
    assert 'value="Blitzlicht"' in text(answer)
    answer = tarek.post_form(f"{nord.day}/neu", form | {"title": "", "minutes": ""})
    assert answer.status_code == 422
    assert "Bitte geben Sie einen Titel an" in text(answer)


def test_the_first_slot_of_an_empty_day(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    olga.post_form(nord.plan, {"date": "2026-07-10", "name": "Tag 2", "source": "leer"})
    day = f"{nord.plan}/{last_day(nord)}"
    form = as_shown(olga.soup(f"{day}/neu"), f"{day}/neu")
    sent = form | {"title": "Los", "start": "09:00", "end": "10:00", "minutes": "", "wirklich": "y"}
    assert olga.post_form(f"{day}/neu", sent).status_code == 303
    assert nord.times()["Los"] == "09:00–10:00"


def last_day(nord: Nord) -> int:
    with nord.reading():
        return service.days(nord.cast.nord)[-1].id


def test_a_night_over_midnight(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    olga.post_form(nord.plan, {"date": "2026-10-24", "name": "Nacht", "source": "leer"})
    day = f"{nord.plan}/{last_day(nord)}"
    for title, start, end in (
        ("Nachtwache", "23:00", "00:30"),
        ("Gespräch", "00:45", "02:30"),
        ("Morgen", "03:30", "04:00"),
    ):
        form = as_shown(olga.soup(f"{day}/neu"), f"{day}/neu")
        sent = form | {"title": title, "start": start, "end": end, "minutes": "", "wirklich": "y"}
        assert olga.post_form(f"{day}/neu", sent).status_code == 303
    with nord.reading():
        slots = service.days(nord.cast.nord)[-1].slots
        assert [clock.local(slot.starts_at).date() for slot in slots] == [
            date(2026, 10, 24),
            *[date(2026, 10, 25)] * 2,
        ]
        assert [slot.minutes for slot in slots] == [90, 105, 30]
        first = slots[0].id
    url = f"{day}/abschnitt/{first}"
    answer = olga.post_form(f"{url}/verschieben", {"verschieben-minutes": "60", "version": "3"})
    assert answer.status_code == 303
    with nord.reading():
        slots = service.days(nord.cast.nord)[-1].slots
        assert [slot.minutes for slot in slots] == [90, 105, 30]
        # 02:30 summer time and an hour later: the clocks went back in between
        assert clock.local(slots[1].ends_at).isoformat() == "2026-10-25T02:30:00+01:00"


def test_the_night_the_clocks_go_forward(nord: Nord, client_for: Any) -> None:
    olga = client_for(nord.cast.olga)
    olga.post_form(nord.plan, {"date": "2027-03-27", "name": "Nacht", "source": "leer"})
    day = f"{nord.plan}/{last_day(nord)}"
    form = as_shown(olga.soup(f"{day}/neu"), f"{day}/neu")
    sent = form | {"title": "Nachtwache", "start": "23:30", "end": "03:30", "minutes": "", "wirklich": "y"}
    assert olga.post_form(f"{day}/neu", sent).status_code == 303
    with nord.reading():
        assert service.days(nord.cast.nord)[-1].slots[0].minutes == 180
