"""One day as it runs: the quick deeds, what is planned beside what holds, and two people at once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest

from app import clock
from app.cohorts.models import Attendance, Cohort, Enrolment, ScheduledSlot
from app.extensions import db
from tests.schedule.conftest import Nord
from tests.support.cast import Cast
from tests.support.doors import STAFF, knock

THURSDAY = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
PLANNED = {
    "Ankommen": "09:00–10:30",
    "Pause": "10:30–10:45",
    "Das Feld": "10:45–12:15",
    "Mittagspause": "12:15–13:15",
    "Fallwerkstatt": "13:15–14:45",
}


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_lunch_moves_by_twenty_minutes(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    answer = nord.send(tarek, nord.slot(3, "verschieben"), verschieben_minutes="20")
    assert answer.status_code == 303
    assert nord.times() == PLANNED | {"Mittagspause": "12:35–13:35", "Fallwerkstatt": "13:35–15:05"}
    page = tarek.soup(answer.location)
    said = page.select_one(".lately").get_text(" ", strip=True)
    assert said == (
        "Erledigt: Mittagspause: 12:15–13:15 → 12:35–13:35, alles danach 20 Minuten später Rückgängig"
    )
    lunch = page.select_one(f"#abschnitt-{nord.cast.slots[3]}")
    assert "12:35–13:35" in lunch.get_text() and "geplant 12:15–13:15" in lunch.get_text()
    feld = page.select_one(f"#abschnitt-{nord.cast.slots[2]}")
    assert "geplant" not in feld.get_text() and "jetzt" in feld.get_text()


def test_calendars_hear_of_what_changed_only(nord: Nord, client_for: Any) -> None:
    nord.send(client_for(nord.cast.tarek), nord.slot(3, "verschieben"), verschieben_minutes="20")
    rows = [nord.row(number) for number in range(5)]
    assert [row.sequence for row in rows] == [0, 0, 0, 1, 1]
    assert [row.changed_at is not None for row in rows] == [False, False, False, True, True]
    nord.send(client_for(nord.cast.tarek), nord.slot(4, "ausfallen"), ausfallen_follow="bleibt")
    assert [nord.row(number).sequence for number in range(5)] == [0, 0, 0, 1, 2]


def test_a_change_before_the_day_changes_the_plan(nord: Nord, client_for: Any) -> None:
    with clock.standing_at(THURSDAY):
        nord.send(client_for(nord.cast.tarek), nord.slot(3, "verschieben"), verschieben_minutes="20")
    assert nord.row(3).planned_starts_at is None
    nord.send(client_for(nord.cast.tarek), nord.slot(3, "verschieben"), verschieben_minutes="5")
    lunch = nord.row(3)
    assert clock.local(lunch.planned_starts_at).strftime("%H:%M") == "12:35"  # type: ignore[arg-type]
    assert clock.local(lunch.starts_at).strftime("%H:%M") == "12:40"


@pytest.mark.parametrize(
    ("number", "deed", "fields", "changed"),
    [
        (4, "dauer", {"dauer_minutes": "50", "dauer_follow": "mit"}, {"Fallwerkstatt": "13:15–14:05"}),
        (3, "dauer", {"dauer_minutes": "30", "dauer_follow": "mit"}, {"Mittagspause": "12:15–12:45", "Fallwerkstatt": "12:45–14:15"}),
        (3, "dauer", {"dauer_minutes": "30", "dauer_follow": "bleibt"}, {"Mittagspause": "12:15–12:45"}),
        (3, "tauschen", {}, {"Mittagspause": "13:45–14:45", "Fallwerkstatt": "12:15–13:45"}),
        (3, "verschieben", {"verschieben_minutes": "+7"}, {"Mittagspause": "12:22–13:22", "Fallwerkstatt": "13:22–14:52"}),
    ],
)  # fmt: skip
def test_quick_deeds(
    nord: Nord, client_for: Any, number: int, deed: str, fields: dict[str, str], changed: dict[str, str]
) -> None:
    answer = nord.send(client_for(nord.cast.tarek), nord.slot(number, deed), **fields)
    assert answer.status_code == 303
    assert nord.times() == PLANNED | changed


@pytest.mark.parametrize(("follow", "lunch"), [("mit", "12:00–13:00"), ("bleibt", "12:15–13:15")])
def test_what_falls_out_stays_to_be_seen_and_comes_back(
    nord: Nord, client_for: Any, follow: str, lunch: str
) -> None:
    tarek = client_for(nord.cast.tarek)
    answer = nord.send(tarek, nord.slot(1, "ausfallen"), ausfallen_follow=follow)
    assert "Pause" not in nord.times()
    assert nord.times()["Mittagspause"] == lunch
    page = tarek.soup(answer.location)
    row = page.select_one(f"#abschnitt-{nord.cast.slots[1]}")
    assert "fällt aus" in row.get_text() and row.select("s")
    answer = tarek.get(nord.slot(1), follow_redirects=True)
    assert "„Pause“ fällt aus. Nehmen Sie den Abschnitt zuerst wieder auf" in text(answer)
    assert nord.send(tarek, nord.slot(1, "aufnehmen")).status_code == 303
    assert nord.times() == PLANNED


def test_what_was_dropped_comes_back_behind_what_takes_longer_now(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    nord.send(tarek, nord.slot(1, "ausfallen"), ausfallen_follow="bleibt")
    nord.send(tarek, nord.slot(0, "dauer"), dauer_minutes="100", dauer_follow="bleibt")
    answer = nord.send(tarek, nord.slot(1, "aufnehmen"))
    assert answer.status_code == 303
    assert nord.times() == {
        "Ankommen": "09:00–10:40",
        "Pause": "10:40–10:55",
        "Das Feld": "10:55–12:25",
        "Mittagspause": "12:25–13:25",
        "Fallwerkstatt": "13:25–14:55",
    }
    page = tarek.soup(answer.location).select_one(".lately")
    assert page.get_text(" ", strip=True) == (
        "Erledigt: Pause findet doch statt, 10:40–10:55, alles danach 10 Minuten später Rückgängig"
    )
    tarek.post_form(page.select_one("form")["action"])
    assert nord.times()["Das Feld"] == "10:45–12:15" and "Pause" not in nord.times()


def test_what_was_dropped_moves_along(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    nord.send(tarek, nord.slot(3, "ausfallen"), ausfallen_follow="bleibt")
    answer = nord.send(tarek, nord.slot(2, "verschieben"), verschieben_minutes="20")
    page = tarek.soup(answer.location)
    lunch = page.select_one(f"#abschnitt-{nord.cast.slots[3]}").get_text(" ", strip=True)
    assert lunch.startswith("12:35–13:35")
    assert "Das Feld: 10:45–12:15 → 11:05–12:35, alles danach 20 Minuten später" in page.get_text()
    nord.send(tarek, nord.slot(3, "aufnehmen"))
    assert nord.times()["Mittagspause"] == "12:35–13:35"
    assert nord.times()["Fallwerkstatt"] == "13:35–15:05"


def test_an_overlap_is_refused_and_everything_typed_stays(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    answer = nord.send(tarek, nord.slot(3, "verschieben"), verschieben_minutes="-10")
    assert answer.status_code == 422
    assert "„Das Feld“ und „Mittagspause“ überschneiden sich um 10 Minuten" in text(answer)
    assert 'value="-10"' in text(answer)
    assert nord.times() == PLANNED and nord.version() == 0


def test_the_slot_before_lasts_until_then(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    answer = nord.send(
        tarek, nord.slot(3, "verschieben"), verschieben_minutes="20", verschieben_before="y", wirklich="y"
    )
    assert answer.status_code == 303
    assert nord.times() == PLANNED | {
        "Das Feld": "10:45–12:35",
        "Mittagspause": "12:35–13:35",
        "Fallwerkstatt": "13:35–15:05",
    }
    assert "nicht belegt" not in text(tarek.get(nord.day))
    page = tarek.soup(nord.slot(3))
    names = [button["aria-label"] for button in page.select("button[aria-label]")]
    assert "20 Minuten später, und der Abschnitt davor dauert so lange" in names
    assert page.select_one("#davor").get_text() == "… und „Das Feld“ davor dauert so lange:"
    assert not tarek.soup(nord.slot(0)).select("#davor")


def test_very_long_and_very_far_is_asked_about_once(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    for deed, fields, question in (
        (
            "dauer",
            {"dauer_minutes": "301", "dauer_follow": "bleibt"},
            "würde 301 Minuten dauern. Das wären 10,69 UE an diesem Tag. Wirklich?",
        ),
        ("verschieben", {"verschieben_minutes": "181"}, "würde 181 Minuten später beginnen. Wirklich?"),
    ):
        answer = nord.send(tarek, nord.slot(4, deed), **fields)
        assert answer.status_code == 409
        assert f"„Fallwerkstatt“ {question}" in text(answer)
        assert f'value="{fields[f"{deed}_minutes"]}"' in text(answer)
        assert text(answer).count('name="wirklich"') == 1
        assert nord.times() == PLANNED and nord.version() == 0
    assert nord.send(tarek, nord.slot(4, "verschieben"), verschieben_minutes="180").status_code == 303
    fields = {"dauer_minutes": "301", "dauer_follow": "bleibt", "wirklich": "y"}
    assert nord.send(tarek, nord.slot(4, "dauer"), **fields).status_code == 303
    assert nord.times()["Fallwerkstatt"] == "16:15–21:16"


def test_taking_up_again_asks_nothing_where_it_only_comes_back(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    answer = nord.send(tarek, nord.slot(4, "ausfallen"), ausfallen_follow="bleibt")
    said = tarek.soup(answer.location).select_one(".lately").get_text(" ", strip=True)
    assert "Fallwerkstatt fällt aus (13:15–14:45); nötig sind jetzt 4 von 4 UE, bisher 5 von 6 UE" in said
    assert nord.send(tarek, nord.slot(4, "aufnehmen")).status_code == 303
    assert nord.times() == PLANNED


def test_more_than_ever_was_needed_is_asked_about(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    nord.send(tarek, nord.slot(4, "ausfallen"), ausfallen_follow="bleibt")
    fields = {"dauer_minutes": "225", "dauer_follow": "mit"}
    answer = nord.send(tarek, nord.slot(2, "dauer"), **fields)
    assert answer.status_code == 409
    assert "für alle würde es strenger" in text(answer)
    assert "Nötig wären dann 6 von 7 UE, bisher 4 von 4 UE. Wirklich?" in text(answer)


def test_what_was_dropped_before_it_began_is_asked_about(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    with clock.standing_at(THURSDAY):
        nord.send(tarek, nord.slot(4, "ausfallen"), ausfallen_follow="bleibt")
    answer = nord.send(tarek, nord.slot(4, "aufnehmen"))
    assert answer.status_code == 409
    assert "Nötig wären dann 5 von 6 UE, bisher 4 von 4 UE. Wirklich?" in text(answer)
    assert text(answer).count('name="wirklich"') == 1 and "Fallwerkstatt" not in nord.times()
    assert nord.send(tarek, nord.slot(4, "aufnehmen"), wirklich="y").status_code == 303
    assert nord.times() == PLANNED


@pytest.mark.parametrize("percent", [80, 100])
@pytest.mark.parametrize("minutes", ["100", "120"])
def test_an_everyday_overrun_is_not_asked_about(
    nord: Nord, client_for: Any, percent: int, minutes: str
) -> None:
    """At 80 % of 6 UE 5 are needed up to 281 minutes; 120 minutes make 300, and 6 UE of them are needed."""
    with nord.writing():
        db.session.get_one(Cohort, nord.cast.nord).attendance_percent = percent
    answer = nord.send(
        client_for(nord.cast.tarek), nord.slot(4, "dauer"), dauer_minutes=minutes, dauer_follow="mit"
    )
    rises = percent == 80 and minutes == "120"
    assert answer.status_code == (409 if rises else 303)


def test_the_line_about_the_last_change_is_readable(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    nord.send(tarek, nord.slot(3, "verschieben"), verschieben_minutes="20")
    said = tarek.soup(nord.day).select_one(".lately p").get_text()
    assert "später (Tarek Aydın, " in said


@pytest.mark.parametrize("typed", ["", "viel", "0", "601", "-601", "9" * 30])
def test_minutes_that_say_nothing(nord: Nord, client_for: Any, typed: str) -> None:
    answer = nord.send(client_for(nord.cast.tarek), nord.slot(3, "verschieben"), verschieben_minutes=typed)
    assert answer.status_code == 422
    assert "ganze Zahl von -600 bis 600" in text(answer) or "Bei 0 Minuten ändert sich nichts" in text(answer)
    assert f'value="{typed}"' in text(answer)
    assert nord.times() == PLANNED


@pytest.mark.parametrize("typed", ["", "0", "-5", "721", "lang"])
def test_durations_that_cannot_be(nord: Nord, client_for: Any, typed: str) -> None:
    answer = nord.send(
        client_for(nord.cast.tarek), nord.slot(3, "dauer"), dauer_minutes=typed, dauer_follow="mit"
    )
    assert answer.status_code == 422
    assert "ganze Zahl von 1 bis 720" in text(answer)
    assert nord.times() == PLANNED


def test_two_at_once_nothing_is_overwritten(nord: Nord, client_for: Any) -> None:
    tarek, olga = client_for(nord.cast.tarek), client_for(nord.cast.olga)
    nord.send(tarek, nord.slot(3, "verschieben"), 0, verschieben_minutes="20")
    answer = nord.send(olga, nord.slot(4, "dauer"), 0, dauer_minutes="50", dauer_follow="mit")
    assert answer.status_code == 409
    assert "Inzwischen hat Tarek Aydın diesen Tag geändert (11:00 Uhr): Mittagspause: 12:15–13:15" in text(
        answer
    )
    assert 'value="50"' in text(answer) and "13:35–15:05" in text(answer)
    assert nord.times()["Fallwerkstatt"] == "13:35–15:05"
    again = nord.send(olga, nord.slot(4, "dauer"), dauer_minutes="50", dauer_follow="mit")
    assert again.status_code == 303
    assert nord.times()["Fallwerkstatt"] == "13:35–14:25"


def test_a_form_sent_twice_does_it_once(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    for deed, fields in (
        ("verschieben", {"verschieben_minutes": "20"}),
        ("ausfallen", {"ausfallen_follow": "mit"}),
    ):
        version = nord.version()
        first = nord.send(tarek, nord.slot(3, deed), version, **fields)
        second = nord.send(tarek, nord.slot(3, deed), version, **fields)
        assert (first.status_code, first.location) == (second.status_code, second.location)
        assert nord.version() == version + 1
    assert nord.times()["Fallwerkstatt"] == "12:35–14:05"


def test_the_same_wish_of_somebody_else_is_not_done_twice(nord: Nord, client_for: Any) -> None:
    nord.send(client_for(nord.cast.tarek), nord.slot(3, "verschieben"), 0, verschieben_minutes="20")
    answer = nord.send(client_for(nord.cast.olga), nord.slot(3, "verschieben"), 0, verschieben_minutes="20")
    assert answer.status_code == 409
    assert nord.times()["Mittagspause"] == "12:35–13:35"


def test_two_at_the_very_same_moment(nord: Nord, client_for: Any) -> None:
    clients = [client_for(nord.cast.tarek), client_for(nord.cast.olga)]
    start, seen = threading.Barrier(2), []

    def move(client: Any, minutes: str) -> None:
        data = {"version": "0", "verschieben-minutes": minutes, "csrf_token": client.token()}
        start.wait()
        seen.append(client.post(nord.slot(3, "verschieben"), data=data).status_code)

    threads = [threading.Thread(target=move, args=each) for each in zip(clients, ("10", "20"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [303, 409]
    assert nord.version() == 1
    assert nord.times()["Mittagspause"] in ("12:25–13:25", "12:35–13:35")


def test_hints_do_not_stand_in_the_way(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    answer = nord.send(tarek, nord.slot(0, "dauer"), dauer_minutes="60", dauer_follow="bleibt")
    assert answer.status_code == 303
    assert "Zwischen „Ankommen“ und „Pause“ sind 30 Minuten nicht belegt" in text(tarek.get(nord.day))


def test_who_was_there_for_longer_than_it_lasted_is_named(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    nord.mark(0, Attendance.PARTIAL, 80)
    answer = nord.send(tarek, nord.slot(0, "dauer"), dauer_minutes="60", dauer_follow="bleibt")
    page = text(tarek.get(answer.location))
    assert "Für Anna Kolb sind mehr Minuten eingetragen, als der Abschnitt jetzt dauert" in page


def test_entries_of_what_falls_out_rest(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    nord.mark(0, Attendance.PRESENT)
    answer = nord.send(tarek, nord.slot(0, "ausfallen"), ausfallen_follow="bleibt")
    assert "Für „Ankommen“ ist bei einer Person schon Anwesenheit erfasst" in text(tarek.get(answer.location))


def test_certificates_are_mentioned_when_units_change(nord: Nord, client_for: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    with nord.writing():
        db.session.get_one(Enrolment, nord.cast.anna.enrolment_id).name_fixed_at = clock.now()
    answer = nord.send(tarek, nord.slot(4, "dauer"), dauer_minutes="45", dauer_follow="mit")
    page = text(tarek.get(answer.location))
    assert "Der Tag hat jetzt 5 UE statt 6. Für Anna Kolb ist schon eine Bescheinigung ausgestellt" in page
    answer = nord.send(tarek, nord.slot(4, "verschieben"), verschieben_minutes="5")
    assert "Bescheinigung ausgestellt" not in text(tarek.get(answer.location))


@pytest.mark.parametrize("slot_id", [4711, 2**31, 2**70])
def test_unknown_slots_and_days(nord: Nord, client_for: Any, slot_id: int) -> None:
    olga = client_for(nord.cast.olga)
    assert olga.get(f"{nord.day}/abschnitt/{slot_id}").status_code == 404
    assert olga.post_form(f"{nord.day}/abschnitt/{slot_id}/tauschen").status_code == 404
    assert olga.get(f"{nord.plan}/{slot_id}").status_code == 404


def test_a_slot_of_another_cohort_is_not_there(nord: Nord, client_for: Any) -> None:
    with nord.reading():
        theirs = db.session.query(ScheduledSlot).filter_by(cohort_id=nord.cast.sued).first()
        assert theirs
        slot_id, day_id = theirs.id, theirs.day_id
    olga = client_for(nord.cast.olga)
    assert olga.get(f"{nord.day}/abschnitt/{slot_id}").status_code == 404
    assert olga.get(f"{nord.plan}/{day_id}").status_code == 404


def test_few_statements(nord: Nord, client_for: Any, statements: Any) -> None:
    tarek = client_for(nord.cast.tarek)
    tarek.get(nord.day)
    with statements() as seen:
        tarek.get(nord.day)
    assert len(seen) <= 9, seen


@pytest.mark.parametrize("page", ["", "/neu", "/abschnitt/{slot}"])
def test_who_may_look(nord: Nord, cast: Cast, client_for: Any, page: str) -> None:
    assert knock(client_for, cast, nord.day + page.format(slot=cast.slots[0])) == STAFF


@pytest.mark.parametrize("deed", ["verschieben", "dauer", "tauschen", "ausfallen", "aufnehmen"])
def test_who_may_do(nord: Nord, cast: Cast, client_for: Any, deed: str) -> None:
    assert knock(client_for, cast, nord.slot(0, deed), post=True) == STAFF
