"""What can still come is told apart from what is lost."""

from __future__ import annotations

import pytest

from app.progress.forecast import Forecast, awaited
from app.progress.rules import ATTENDANCE, Rule, Stop, quoted
from tests.progress.making import UE, judge, slot

ANY = Rule(attendance_percent=80, reflections="keine")


@pytest.mark.parametrize(
    ("have", "unrecorded", "ahead", "lost", "words"),
    [
        (2, 4, 1, 0, "2 UE erfasst, 5 UE sind noch nicht erfasst oder kommen noch, nötig sind 7"),
        (0, 0, 8, 0, "0 UE erfasst, 8 UE kommen noch, nötig sind 7"),
        (6, 0, 1, 0, "6 UE erfasst, 1 UE kommt noch, nötig sind 7"),
        (6, 1, 0, 0, "6 UE erfasst, 1 UE ist noch nicht erfasst, nötig sind 7"),
        (5, 2.4, 0, 0, "5 UE erfasst, 2,4 UE sind noch nicht erfasst, nötig sind 7"),
        (4, 1, 1, 1, "4 UE erfasst, nötig sind 7 UE, erreichbar noch 6"),
        (0, 0, 2, 5, "0 UE erfasst, nötig sind 7 UE, erreichbar noch 2"),
        (5, 0, 0, 2, "5 von 7 nötigen UE (8 geplant)"),
        (7, 0, 1, 0, "7 von 8 geplanten UE (nötig: 7)"),
        (8, 0, 0, 0, "8 von 8 geplanten UE (nötig: 7)"),
    ],
)
def test_of_eight_units_seven_are_needed(
    have: float, unrecorded: float, ahead: float, lost: float, words: str
) -> None:
    minutes = {"have": have, "unrecorded": unrecorded, "ahead": ahead, "need": 7, "planned": 8}
    found = Forecast(**{key: round(value * UE) for key, value in minutes.items()})
    assert (found.lost, found.words) == (lost * UE, words)


def test_nothing_is_missing_while_it_can_still_come() -> None:
    found = judge([slot(2), slot(2, "not_recorded"), slot(4, "not_recorded", hours=2)], rule=ANY)
    attendance = found.find(ATTENDANCE)
    assert attendance
    assert (attendance.fulfilled, attendance.missing) == (False, ())
    assert attendance.state == "2 UE erfasst, 6 UE sind noch nicht erfasst oder kommen noch, nötig sind 7"
    assert attendance.sentence == f"Anwesenheit: {attendance.state}"


def test_only_what_is_lost_is_missing() -> None:
    found = judge([slot(2, "absent"), slot(2), slot(4, "not_recorded", hours=2)], rule=ANY)
    assert found.missing == ("1 UE Anwesenheit",)


def test_excused_ahead_of_time_is_not_to_come() -> None:
    found = judge([slot(4), slot(4, "excused", hours=2)], rule=ANY).find(ATTENDANCE)
    assert found
    assert found.missing == ("3 UE Anwesenheit",)


@pytest.mark.parametrize(
    ("missing", "ahead", "words"),
    [
        (0, 0, ""),
        (1, 0, "Ein Abschnitt ist noch nicht erfasst."),
        (2, 0, "2 Abschnitte sind noch nicht erfasst."),
        (0, 1, "Ein Abschnitt hat noch nicht begonnen."),
        (0, 3, "3 Abschnitte haben noch nicht begonnen."),
        (1, 2, "Ein Abschnitt ist noch nicht erfasst, 2 haben noch nicht begonnen."),
        (3, 1, "3 Abschnitte sind noch nicht erfasst, 1 hat noch nicht begonnen."),
    ],
)
def test_slots_are_counted_where_they_are_listed_anyway(missing: int, ahead: int, words: str) -> None:
    assert awaited(missing, ahead) == words


def test_quotation_marks_inside_others_are_single() -> None:
    assert quoted("Fallwerkstatt „Der Weg“, Teil 1") == "„Fallwerkstatt ‚Der Weg‘, Teil 1“"
    stop = Stop(block_id="l", number=1, module="m", module_title="Modul „Feld“")
    assert stop.words == "Lernstopp 1 im Modul „Modul ‚Feld‘“"
    assert slot(title="Das „Feld“").words == "„Das ‚Feld‘“ (3. Juli 2026, 09:00–10:30)"
