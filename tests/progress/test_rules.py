"""The completion rules, case by case; the examples of completion-rules.md are among them."""

from __future__ import annotations

import pytest

from app.progress.rules import ATTENDANCE, REFLECTIONS, Rule, needed_minutes, stops_of
from tests.progress.making import RULE, UE, day_of_2019, judge, override, slot

ANY = Rule(attendance_percent=80, reflections="keine")


@pytest.mark.parametrize(
    ("percent", "planned", "needed"),
    [
        (80, 16 * UE, 13 * UE),  # 12.8
        (80, 8 * UE, 7 * UE),  # 6.4
        (80, 7 * UE, 6 * UE),  # 5.6
        (80, 5 * UE, 4 * UE),  # exactly 4: not rounded up once more
        (50, 7 * UE, 4 * UE),
        (100, 7 * UE, 7 * UE),
        (100, 8 * UE + 20, 8 * UE + 20),  # rounding up never asks for more than is planned
        (80, 60, 60),
        (80, 0, 0),
        (0, 16 * UE, 0),
    ],
)
def test_needed_units_are_rounded_up_but_never_beyond_the_plan(
    percent: int, planned: int, needed: int
) -> None:
    assert needed_minutes(Rule(attendance_percent=percent, reflections="keine"), planned) == needed


@pytest.mark.parametrize(
    ("planned", "attended", "enough", "sentence"),
    [
        (16, 12.4, False, "Anwesenheit: 12,4 von 13 nötigen UE (16 geplant)"),
        (
            16,
            562 / UE,
            False,
            "Anwesenheit: 12,49 von 13 nötigen UE (16 geplant)",
        ),  # the example's 12.5: 562.5 minutes
        (16, 13, True, "Anwesenheit: 13 von 16 geplanten UE (nötig: 13)"),
        (8, 7, True, "Anwesenheit: 7 von 8 geplanten UE (nötig: 7)"),
        (8, 6.6, False, "Anwesenheit: 6,6 von 7 nötigen UE (8 geplant)"),
        (7, 5, False, "Anwesenheit: 5 von 6 nötigen UE (7 geplant)"),
        (7, 6, True, "Anwesenheit: 6 von 7 geplanten UE (nötig: 6)"),
    ],
)
def test_attendance_is_said_in_units(planned: float, attended: float, enough: bool, sentence: str) -> None:
    found = judge([slot(planned, "partial", round(attended * UE))], rule=ANY)
    attendance = found.find(ATTENDANCE)
    assert attendance is not None
    assert (attendance.fulfilled, attendance.sentence) == (enough, sentence)
    assert found.complete is enough


def test_what_attendance_lacks_is_said_in_units() -> None:
    assert judge([slot(16, "partial", 12 * UE + 23)], rule=ANY).missing == ("0,49 UE Anwesenheit",)


@pytest.mark.parametrize(
    ("state", "minutes", "counted"),
    [
        ("present", 0, 90),
        ("partial", 60, 60),
        ("partial", 500, 90),
        ("partial", 0, 0),
        ("excused", 90, 0),
        ("absent", 90, 0),
        ("not_recorded", 90, 0),
    ],
)
def test_what_each_entry_of_the_register_counts(state: str, minutes: int, counted: int) -> None:
    assert judge([slot(2, state, minutes)], rule=ANY).attended_minutes == counted


def test_only_content_counts() -> None:
    everything = judge(day_of_2019(*["present"] * 4), rule=ANY)
    assert (everything.planned_minutes, everything.attended_minutes) == (7 * UE, 7 * UE)
    assert everything.complete
    assert not judge(day_of_2019("present", "present", "absent", "present"), rule=ANY).complete  # 5 of 6
    assert judge(day_of_2019("present", "present", "present", "excused"), rule=ANY).complete  # 6 of 6


def test_breaks_that_nobody_records_do_not_block() -> None:
    assert judge([slot(4), slot(0.3, "not_recorded", content=False)], rule=ANY).blocking == ()


def test_not_recorded_blocks_and_is_named_although_the_share_is_reached() -> None:
    found = judge([slot(15), slot(1, "not_recorded", title="Rückschau")], rule=ANY)
    assert found.fulfilled
    assert not found.complete
    assert found.not_recorded == ("Rückschau",)
    assert found.blocking == (
        "Die Anwesenheit ist noch nicht erfasst: „Rückschau“ (3. Juli 2026, 09:00–10:30).",
    )
    assert found.reasons == found.blocking


@pytest.mark.parametrize("state", ["not_recorded", "present", "excused"])
def test_a_slot_in_the_future_blocks_with_its_own_sentence(state: str) -> None:
    found = judge([slot(15), slot(1, state, title="Rückschau", hours=2)], rule=ANY)
    assert not found.complete
    assert (found.not_recorded, found.future) == ((), ("Rückschau",))
    assert found.blocking == (
        "Der Abschnitt „Rückschau“ (3. Juli 2026, 09:00–10:30) hat noch nicht begonnen.",
    )


def test_a_slot_that_runs_and_is_recorded_does_not_block() -> None:
    assert judge([slot(15), slot(1, "present", hours=-0.1)], rule=ANY).complete


def test_a_plan_without_content_completes_nobody() -> None:
    found = judge([slot(2, "present", content=False)], rule=ANY)
    assert not found.complete
    assert "Der Tagesplan hat noch keinen Abschnitt mit Inhalt." in found.blocking


MODULES = [slot(2, modules="m1"), slot(2, modules="m2"), slot(2, "absent", modules="m3")]
LENIENT = {"attendance_percent": 50}


@pytest.mark.parametrize(
    ("scope", "done", "have", "need"),
    [
        ("besuchte-module", {"l1-1", "l2-1"}, 2, 2),
        ("besuchte-module", {"l1-1"}, 1, 2),
        ("besuchte-module", {"l3-1"}, 0, 2),
        ("alle", {"l1-1", "l2-1"}, 2, 3),
        ("alle", {"l1-1", "l2-1", "l3-1"}, 3, 3),
    ],
)
def test_which_lernstopps_are_asked_for(scope: str, done: set[str], have: int, need: int) -> None:
    found = judge(MODULES, done, rule=Rule(reflections=scope, **LENIENT)).find(REFLECTIONS)
    assert found is not None
    assert (found.have, found.need, found.fulfilled) == (have, need, have == need)


def test_missing_lernstopps_are_named() -> None:
    found = judge(MODULES, {"l1-1"}, rule=Rule(reflections="besuchte-module", **LENIENT))
    assert found.missing == ("Lernstopp 2 im Modul „Modul 2“",)
    assert found.reasons == ("Lernstopps: 1 von 2 bearbeitet; fehlt noch: Lernstopp 2 im Modul „Modul 2“",)


def test_no_lernstopps_asked_for() -> None:
    assert judge(MODULES, rule=Rule(reflections="keine", **LENIENT)).find(REFLECTIONS) is None
    nobody_was_there = judge([slot(2, "absent", modules="m1")], rule=RULE).find(REFLECTIONS)
    assert nobody_was_there is not None
    assert nobody_was_there.fulfilled
    assert nobody_was_there.sentence == "Lernstopps: für das Besuchte sind keine vorgesehen"


@pytest.mark.parametrize(("minutes", "asked"), [(1, 1), (0, 0)])
def test_a_minute_of_a_module_is_a_visit(minutes: int, asked: int) -> None:
    found = judge([slot(2, "partial", minutes, modules="m1")]).find(REFLECTIONS)
    assert found is not None
    assert found.need == asked


def test_a_slot_of_two_modules_visits_both_and_one_module_in_two_slots_counts_once() -> None:
    found = judge([slot(2, modules="m1 m2"), slot(2, modules="m2")]).find(REFLECTIONS)
    assert found is not None
    assert found.need == 2


def test_before_anything_is_recorded_the_whole_way_is_asked_for() -> None:
    found = judge([slot(2, "not_recorded", modules="m1 m2 m3", hours=1)]).find(REFLECTIONS)
    assert found is not None
    assert (found.have, found.need, found.fulfilled) == (0, 3, False)


def test_self_study_without_attendance() -> None:
    rule = Rule(attendance_percent=0, reflections="besuchte-module")
    found = judge([slot(2, "absent", modules="m1")], {"l1-1", "l2-1"}, rule=rule)
    assert found.find(ATTENDANCE) is None
    assert found.missing == ("Lernstopp 3 im Modul „Modul 3“",)


def test_an_override_wins_and_is_named() -> None:
    found = judge([slot(7, "partial", 5 * UE)], overrides=(override(ATTENDANCE),), rule=ANY)
    attendance = found.find(ATTENDANCE)
    assert attendance is not None
    assert (attendance.fulfilled, attendance.recorded, attendance.overridden_by) == (
        True,
        False,
        "Olga Sommer",
    )
    assert attendance.sentence == (
        "Anwesenheit: als erfüllt anerkannt von Olga Sommer, Begründung: „Im Gespräch bearbeitet“"
        "; erfasst: 5 von 6 nötigen UE (7 geplant)"
    )
    assert found.complete
    assert found.attended_minutes == 5 * UE, "an override adds no attendance"


def test_a_withdrawn_override_counts_no_more_and_a_later_one_again() -> None:
    slots = [slot(2, modules="m1")]
    given, withdrawn, again = (
        override(REFLECTIONS),
        override(REFLECTIONS, False),
        override(REFLECTIONS, author="Adam"),
    )
    assert judge(slots, overrides=(given,)).complete
    assert not judge(slots, overrides=(given, withdrawn)).complete
    found = judge(slots, overrides=(given, withdrawn, again)).find(REFLECTIONS)
    assert found is not None
    assert found.overridden_by == "Adam"


def test_an_override_does_not_fill_the_register() -> None:
    found = judge([slot(2, "not_recorded")], overrides=(override(ATTENDANCE), override(REFLECTIONS)))
    assert found.fulfilled
    assert not found.complete


def test_an_override_of_something_unknown_changes_nothing() -> None:
    slots = [slot(2, modules="m1")]
    assert judge(slots, overrides=(override("quiz"),)) == judge(slots)


def test_other_lengths_of_a_unit() -> None:
    rule = Rule(attendance_percent=80, reflections="keine", unit_minutes=60)
    found = judge([slot(8, "partial", 290)], rule=rule)  # 360 minutes = 6 units of 60: 4.8, so 5 are needed
    assert found.criteria[0].sentence == "Anwesenheit: 4,83 von 5 nötigen UE (6 geplant)"


def test_lernstopps_are_numbered_along_the_way(small: object) -> None:
    stops = stops_of(small)  # type: ignore[arg-type]
    assert [(stop.block_id, stop.number, stop.module) for stop in stops] == [
        ("l1-1", 1, "ankommen"),
        ("l2-1", 2, "feld"),
    ]
