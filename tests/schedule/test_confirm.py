"""The actual times of a day in one screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from app import clock
from app.cohorts import service
from app.cohorts.models import Attendance, CourseDay
from app.extensions import db
from tests.schedule.conftest import Nord, as_shown
from tests.support.cast import Cast
from tests.support.doors import STAFF, knock

AFTERNOON = datetime(2026, 7, 3, 14, 0, tzinfo=UTC)
EVENING = datetime(2026, 7, 3, 18, 0, tzinfo=UTC)
NOON = datetime(2026, 7, 3, 10, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _after_the_last_slot() -> Iterator[None]:
    with clock.standing_at(AFTERNOON):
        yield


def url(nord: Nord) -> str:
    return f"{nord.day}/ist-zeiten"


def shown(nord: Nord, client: Any) -> dict[str, Any]:
    return as_shown(client.soup(url(nord)), url(nord))


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def soup_of(answer: Any) -> Any:
    return BeautifulSoup(text(answer), "html.parser")


def confirmed(nord: Nord) -> tuple[str, bool]:
    with nord.reading():
        day = db.session.get_one(CourseDay, nord.day_id)
        return day.confirmed_by, day.confirmed_at is not None


def test_as_it_stands(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    form = shown(nord, tarek)
    assert form[f"from_{nord.cast.slots[0]}"] == "09:00"
    answer = tarek.post_form(url(nord), form)
    assert answer.status_code == 303
    assert tarek.post_form(url(nord), form).status_code == 303  # sent twice
    assert confirmed(nord) == ("Tarek Aydın", True)
    page = tarek.soup(answer.location).main.get_text(" ", strip=True)
    assert "Ist-Zeiten bestätigt von Tarek Aydın, 16:00 Uhr" in page
    assert "Erledigt: Ist-Zeiten bestätigt" in page and "nichts geändert" not in page
    history = tarek.soup(f"{nord.plan}/verlauf")
    [entry] = history.select(".history > li")
    assert "Ist-Zeiten bestätigt: Tag (Freitag, 3. Juli 2026), Zeiten unverändert" in entry.get_text()
    assert not entry.select("form")


def test_as_it_stands_is_no_news_for_participants(nord: Nord, client_for: Any) -> None:
    tarek, anna = client_for(nord.cast.tarek), client_for(nord.cast.anna)
    tarek.post_form(url(nord), shown(nord, tarek))
    assert not anna.soup(f"/kurs/{nord.cast.nord}/plan").select(".plan__news")
    tarek.post_form(url(nord), shown(nord, tarek) | {f"to_{nord.cast.slots[4]}": "14:05"})
    news = anna.soup(f"/kurs/{nord.cast.nord}/plan").select_one(".plan__news").get_text(" ", strip=True)
    assert "Fallwerkstatt: 13:15–14:45 → 13:15–14:05" in news


def test_other_times_and_what_did_not_take_place(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    first, pause, last = nord.cast.slots[0], nord.cast.slots[1], nord.cast.slots[4]
    sent = shown(nord, tarek) | {
        f"from_{first}": "09:10",
        f"to_{last}": "14:05",
        f"off_{pause}": "y",
        f"from_{pause}": "",
    }
    page = tarek.post_form(url(nord), sent | {"rechnen": "1"})
    assert page.status_code == 200
    assert "4,89 UE, geplant 6 UE" in text(page)
    assert 'value="09:10"' in text(page)
    assert confirmed(nord) == ("", False) and nord.times()["Ankommen"] == "09:00–10:30"
    assert tarek.post_form(url(nord), sent).status_code == 303
    assert tarek.post_form(url(nord), sent).status_code == 303  # sent twice
    assert nord.times() == {
        "Ankommen": "09:10–10:30",
        "Das Feld": "10:45–12:15",
        "Mittagspause": "12:15–13:15",
        "Fallwerkstatt": "13:15–14:05",
    }
    assert confirmed(nord)[1]
    with nord.reading():
        assert clock.local(service.slots(nord.cast.nord)[0].planned_starts_at).strftime("%H:%M") == "09:00"  # type: ignore[arg-type]
    again = shown(nord, tarek)
    assert again[f"off_{pause}"] == ["y"]
    again.pop(f"off_{pause}")
    restored = again | {f"from_{first}": "09:00", f"to_{last}": "14:45"}
    assert tarek.post_form(url(nord), restored).status_code == 303  # no more than was needed first
    assert nord.times()["Pause"] == "10:30–10:45"
    assert [
        entry.get_text(" ", strip=True)[:24]
        for entry in tarek.soup(f"{nord.plan}/verlauf").select(".history > li")
    ] == [
        "Ist-Zeiten bestätigt: An",
        "Ist-Zeiten bestätigt: An",
    ]


def test_a_change_afterwards_asks_for_confirming_again(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    tarek.post_form(url(nord), shown(nord, tarek))
    nord.send(tarek, nord.slot(3, "verschieben"), verschieben_minutes="5")
    assert confirmed(nord) == ("", False)
    said = tarek.soup(nord.day).select_one(".lately").get_text(" ", strip=True)
    assert "; die Ist-Zeiten sind neu zu bestätigen" in said


def test_another_room_leaves_it_confirmed(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    tarek.post_form(url(nord), shown(nord, tarek))
    form = as_shown(tarek.soup(nord.slot(0)), nord.slot(0))
    tarek.post_form(nord.slot(0), form | {"room": "Saal"})
    assert confirmed(nord)[1]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("from", "", "„Ankommen“: Bitte geben Sie eine Uhrzeit an"),
        ("to", "gleich", "„Ankommen“: Bitte geben Sie eine Uhrzeit an"),
        ("to", "08:30", "„Ankommen“: Das Ende muss nach dem Beginn liegen"),
        ("to", "10:40", "„Ankommen“ und „Pause“ überschneiden sich um 10 Minuten"),
    ],
)
def test_what_cannot_be(nord: Nord, client_for: Any, name: str, value: str, words: str) -> None:
    tarek = client_for(nord.cast.tarek)
    sent = shown(nord, tarek) | {f"{name}_{nord.cast.slots[0]}": value, f"to_{nord.cast.slots[4]}": "14:11"}
    answer = tarek.post_form(url(nord), sent)
    assert answer.status_code == 422
    assert words in text(answer) and 'value="14:11"' in text(answer)
    assert not confirmed(nord)[1] and nord.version() == 0
    calculated = tarek.post_form(url(nord), sent | {"rechnen": "1"})
    assert calculated.status_code == 422
    page = soup_of(calculated)
    assert words in page.select_one(".error-summary").get_text()
    assert words in page.select_one("[data-sum]").get_text()
    assert f'value="{value}"' in str(page) and 'value="14:11"' in str(page)


def test_two_at_once(nord: Nord, client_for: Any) -> None:
    tarek, olga = client_for(nord.cast.tarek), client_for(nord.cast.olga)
    sent = shown(nord, tarek) | {f"to_{nord.cast.slots[4]}": "14:05"}
    new = as_shown(olga.soup(f"{nord.day}/neu"), f"{nord.day}/neu")
    olga.post_form(f"{nord.day}/neu", new | {"title": "Abschied", "kind": "organisation"})
    answer = tarek.post_form(url(nord), sent)
    assert answer.status_code == 409
    assert "Inzwischen hat Olga Sommer diesen Tag geändert" in text(answer)
    assert 'value="14:05"' in text(answer) and "Abschied" in text(answer) and 'value="15:30"' in text(answer)
    assert not confirmed(nord)[1]


def test_who_was_there_for_longer_is_named_and_kept(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    nord.mark(4, Attendance.PARTIAL, 80)
    sent = shown(nord, tarek) | {f"to_{nord.cast.slots[4]}": "14:05"}
    answer = tarek.post_form(url(nord), sent, follow_redirects=True)
    assert "Für Anna Kolb sind mehr Minuten eingetragen" in text(answer)
    with nord.reading():
        [mark] = service.marks_of(nord.cast.anna.enrolment_id).values()
        assert mark.minutes == 80


def test_not_before_the_day(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    sent = shown(nord, tarek)
    with clock.standing_at(THURSDAY):
        assert "Dieser Tag ist am Freitag, 3. Juli 2026." in text(tarek.get(url(nord)))
        assert tarek.post_form(url(nord), sent).status_code == 409
        assert "ist-zeiten" not in text(tarek.get(nord.day))
    assert confirmed(nord) == ("", False)


def test_not_before_its_last_slot_is_over(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    link = f'a[href="{url(nord)}"]'
    with clock.standing_at(NOON):
        assert tarek.soup(nord.day).select_one(link)["class"] == ["button", "button--secondary"]
        assert "sobald sein letzter Abschnitt vorbei ist (14:45 Uhr)" in text(tarek.get(url(nord)))
        sent = shown(nord, tarek) | {f"to_{nord.cast.slots[0]}": "10:20"}
        assert "5,78 UE, geplant 6 UE" in text(tarek.post_form(url(nord), sent | {"rechnen": "1"}))
        answer = tarek.post_form(url(nord), sent)
        assert answer.status_code == 409
        assert "sobald sein letzter Abschnitt vorbei ist: um 14:45 Uhr" in text(answer)
        assert 'value="10:20"' in text(answer)
    assert confirmed(nord) == ("", False) and nord.version() == 0
    assert tarek.soup(nord.day).select_one(link)["class"] == ["button", "button--primary"]
    with clock.standing_at(NOON):  # sent home early
        early = (
            sent
            | {f"off_{nord.cast.slots[number]}": "y" for number in (3, 4)}
            | {f"to_{nord.cast.slots[2]}": "11:50"}
        )
        assert tarek.post_form(url(nord), early).status_code == 303
    assert confirmed(nord) == ("Tarek Aydın", True)


def test_everything_after_moves_along(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    first, pause, lunch, last = (nord.cast.slots[number] for number in (0, 1, 3, 4))
    sent = shown(nord, tarek) | {f"to_{first}": "10:50", f"push_{first}": "y"}
    page = soup_of(tarek.post_form(url(nord), sent | {"rechnen": "1"}))
    form = next(iter(page.select("form[data-actual]")))
    assert form.select_one(f"#from_{pause}")["value"] == "10:50"
    assert form.select_one(f"#to_{last}")["value"] == "15:05"
    assert not form.select_one(f"#push_{first}").has_attr("checked")
    assert form.select_one(f"#push_{last}") is None
    typed = sent | {f"from_{lunch}": "12:40", f"to_{lunch}": "13:35"}
    assert tarek.post_form(url(nord), typed | {"wirklich": "y"}).status_code == 303
    assert tarek.post_form(url(nord), typed | {"wirklich": "y"}).status_code == 303  # sent twice
    assert nord.version() == 1
    assert nord.times() == {
        "Ankommen": "09:00–10:50",
        "Pause": "10:50–11:05",
        "Das Feld": "11:05–12:35",
        "Mittagspause": "12:40–13:35",
        "Fallwerkstatt": "13:35–15:05",
    }


def test_a_slip_of_an_hour_is_asked_about(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    with clock.standing_at(EVENING):
        sent = shown(nord, tarek) | {f"to_{nord.cast.slots[4]}": "18:45"}
        answer = tarek.post_form(url(nord), sent)
        assert answer.status_code == 409
        assert (
            "„Fallwerkstatt“ würde 330 Minuten dauern. Das wären 11,33 UE an diesem Tag. Wirklich?"
            in text(answer)
        )
        assert 'value="18:45"' in text(answer) and 'name="wirklich"' in text(answer)
        assert not confirmed(nord)[1] and nord.version() == 0
        assert tarek.post_form(url(nord), sent | {"wirklich": "y"}).status_code == 303
    assert nord.times()["Fallwerkstatt"] == "13:15–18:45"


def test_units_follow_everywhere(nord: Nord, client_for: Any) -> None:
    """The person's records read the actual minutes."""
    tarek, anna = client_for(nord.cast.tarek), client_for(nord.cast.anna)
    for number in (0, 2):
        nord.mark(number, Attendance.PRESENT)
    with clock.standing_at(EVENING):
        nord.mark(4, Attendance.PRESENT)
        before = anna.soup(f"/kurs/{nord.cast.nord}/nachweise").get_text(" ", strip=True)
        assert "6 von 6 geplanten UE" in before
        tarek.post_form(url(nord), shown(nord, tarek) | {f"to_{nord.cast.slots[4]}": "14:00"})
        after = anna.soup(f"/kurs/{nord.cast.nord}/nachweise").get_text(" ", strip=True)
        assert "5 von 5 geplanten UE" in after


def test_who_may(nord: Nord, cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(nord)) == STAFF
    assert knock(client_for, cast, url(nord), post=True) == STAFF
