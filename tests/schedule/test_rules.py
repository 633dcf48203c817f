"""What one change makes of a day: pure, over frozen values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.schedule import rules, snapshots, wording
from app.schedule.rules import Day, Slot

FRIDAY = date(2026, 7, 3)
BACK = date(2026, 10, 25)  # 03:00 becomes 02:00
FORTH = date(2027, 3, 28)  # 02:00 becomes 03:00
AT = datetime(2026, 7, 3, 9, 0, tzinfo=UTC)
PLAN = [
    (540, 630, "inhalt", "Ankommen"),
    (630, 645, "pause", "Pause"),
    (645, 735, "inhalt", "Das Feld"),
    (735, 795, "mittag", "Mittagspause"),
    (795, 885, "inhalt", "Fallwerkstatt"),
]


def day(on: date = FRIDAY, plan: list[tuple[int, int, str, str]] = PLAN) -> Day:
    slots = [
        Slot(
            id=number,
            starts_at=clock.instant(on, start),
            ends_at=clock.instant(on, end),
            kind=kind,
            title=title,
        )
        for number, (start, end, kind, title) in enumerate(plan, 1)
    ]
    return Day(date=on, name="Tag", slots=tuple(slots))


def times(found: Day) -> dict[str, str]:
    return {slot.title: wording.span(slot.times, clock.HOME) for slot in found.held}


def codes(*days: Day, before: tuple[Day, ...] = ()) -> list[str]:
    return [problem.code for _, problem in rules.errors(days, before)]


def test_shift_moves_everything_from_here_on() -> None:
    assert times(rules.shift(day(), 4, 20)) == {
        "Ankommen": "09:00–10:30",
        "Pause": "10:30–10:45",
        "Das Feld": "10:45–12:15",
        "Mittagspause": "12:35–13:35",
        "Fallwerkstatt": "13:35–15:05",
    }


def test_shift_into_what_is_before_overlaps() -> None:
    assert codes(rules.shift(day(), 4, -10)) == ["overlap"]


@pytest.mark.parametrize(("follow", "afternoon"), [(True, "12:45–14:15"), (False, "13:15–14:45")])
def test_resize(follow: bool, afternoon: str) -> None:
    found = times(rules.resize(day(), 4, 30, follow=follow))
    assert (found["Mittagspause"], found["Fallwerkstatt"]) == ("12:15–12:45", afternoon)


def test_swap_keeps_durations_and_the_time_between() -> None:
    apart = day(plan=[(540, 600, "inhalt", "A"), (610, 625, "pause", "P"), (625, 700, "inhalt", "B")])
    assert times(rules.swap(apart, 1)) == {"P": "09:00–09:15", "A": "09:25–10:25", "B": "10:25–11:40"}
    assert rules.swap(apart, 3) == apart


def test_insert_pushes_or_stays() -> None:
    new = Slot(
        starts_at=clock.instant(FRIDAY, 735), ends_at=clock.instant(FRIDAY, 750), kind="inhalt", title="Neu"
    )
    pushed = rules.insert(day(), new, follow=True)
    assert [slot.title for slot in pushed.held][3:] == ["Neu", "Mittagspause", "Fallwerkstatt"]
    assert times(pushed)["Mittagspause"] == "12:30–13:30"
    assert codes(pushed) == []
    assert codes(rules.insert(day(), new, follow=False)) == ["overlap"]


def test_drop_and_resume() -> None:
    stays = rules.drop(day(), 2, AT, follow=False)
    assert times(stays)["Das Feld"] == "10:45–12:15"
    moved_up = rules.drop(day(), 2, AT, follow=True)
    assert times(moved_up)["Das Feld"] == "10:30–12:00"
    assert [slot.title for slot in moved_up.slots] == [
        "Ankommen",
        "Pause",
        "Das Feld",
        "Mittagspause",
        "Fallwerkstatt",
    ]
    for dropped in (stays, moved_up):
        assert times(rules.resume(dropped, 2)) == times(day())


def test_what_was_dropped_keeps_its_place() -> None:
    dropped = rules.drop(day(), 2, AT, follow=False)
    for deed in (
        rules.shift(dropped, 1, 20),
        rules.resize(dropped, 1, 120, follow=True),
        rules.shift(rules.resize(dropped, 1, 60, follow=False), 3, -45),
    ):
        assert [slot.id for slot in deed.slots] == [1, 2, 3, 4, 5]
        assert deed.find(2).starts_at >= deed.find(1).ends_at


def test_resuming_needs_only_what_is_missing() -> None:
    early = rules.shift(rules.drop(day(), 2, AT, follow=False), 3, -10)
    assert times(rules.resume(early, 2)) == times(day())
    early = rules.shift(rules.resize(rules.drop(day(), 2, AT, follow=False), 1, 80, follow=False), 3, -20)
    assert times(rules.resume(early, 2))["Pause"] == "10:25–10:40"
    assert times(rules.resume(early, 2))["Das Feld"] == "10:40–12:10"
    assert rules.resume(day(), 2) == day()


def test_units_follow_what_takes_place() -> None:
    assert day().content_minutes == 270
    assert rules.resize(day(), 5, 50, follow=False).content_minutes == 230
    assert rules.drop(day(), 1, AT, follow=False).content_minutes == 180


def test_before_the_day_the_plan_itself_changes() -> None:
    found = rules.settle(day(), rules.shift(day(), 4, 20), running=False)
    assert all(slot.planned == slot.times for slot in found.slots)


def test_on_the_day_what_was_planned_first_is_kept() -> None:
    once = rules.settle(day(), rules.shift(day(), 4, 20), running=True)
    twice = rules.settle(once, rules.shift(once, 4, 10), running=True)
    lunch = twice.find(4)
    assert wording.span(lunch.planned, clock.HOME) == "12:15–13:15"
    assert wording.span(lunch.times, clock.HOME) == "12:45–13:45"
    assert rules.settle(twice, rules.shift(twice, 4, -30), running=True) == day()


def test_what_comes_on_the_day_was_not_planned() -> None:
    new = Slot(
        starts_at=clock.instant(FRIDAY, 885), ends_at=clock.instant(FRIDAY, 900), kind="inhalt", title="Neu"
    )
    assert rules.settle(day(), rules.insert(day(), new, follow=True), running=True).slots[-1].unplanned
    assert not rules.settle(day(), rules.insert(day(), new, follow=True), running=False).slots[-1].unplanned


@pytest.mark.parametrize(("on", "start", "length"), [(BACK, 90, 120), (FORTH, 90, 120), (BACK, 150, 90)])
def test_durations_are_real_over_a_change_of_clocks(on: date, start: int, length: int) -> None:
    begins = clock.instant(on, start)
    night = Day(
        date=on,
        name="Nacht",
        slots=(
            Slot(
                id=1, starts_at=begins, ends_at=begins + timedelta(minutes=length), kind="inhalt", title="A"
            ),
        ),
    )
    for minutes in (30, 60, 90):
        assert rules.shift(night, 1, minutes).find(1).minutes == length
    assert rules.resize(night, 1, 45, follow=False).find(1).minutes == 45


def test_wall_clock_times_over_a_change_of_clocks() -> None:
    zone = clock.HOME
    start = rules.moment_of(FORTH, time(1, 30), zone, after=None, shown=None)
    end = rules.moment_of(FORTH, time(3, 30), zone, after=start, shown=None)
    assert end - start == timedelta(hours=1)
    start = rules.moment_of(BACK, time(1, 30), zone, after=None, shown=None)
    end = rules.moment_of(BACK, time(3, 30), zone, after=start, shown=None)
    assert end - start == timedelta(hours=3)
    second_half_past_two = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert (
        rules.moment_of(BACK, time(2, 30), zone, after=None, shown=second_half_past_two)
        == second_half_past_two
    )


def test_after_an_evening_the_small_hours_are_the_next_days() -> None:
    zone = clock.HOME
    start = rules.moment_of(FRIDAY, time(23), zone, after=None, shown=None)
    end = rules.moment_of(FRIDAY, time(0, 30), zone, after=start, shown=None)
    assert end - start == timedelta(minutes=90)
    late = Slot(id=1, starts_at=start, ends_at=end, kind="inhalt", title="Nachtwache")
    night = Day(date=FRIDAY, name="Nacht", slots=(late,))
    assert codes(night) == []
    assert rules.moment_of(
        FRIDAY, time(5), zone, after=clock.instant(FRIDAY, 600), shown=None
    ) == clock.instant(FRIDAY, 300)
    next_day = day(date(2026, 7, 4), [(15, 60, "inhalt", "Früh")])
    assert codes(night, next_day) == ["overlap"]
    assert codes(rules.shift(night, 1, 600)) == ["off_day"]


def test_another_date_keeps_the_wall_clock() -> None:
    run = rules.settle(day(), rules.shift(day(), 4, 20), running=True)
    there = rules.moved_to(run, BACK, clock.HOME, ahead=True)
    assert (there.date, times(there)) == (BACK, times(run))
    assert all(slot.planned_starts_at is None for slot in there.slots)
    kept = rules.moved_to(run, date(2026, 7, 1), clock.HOME, ahead=False)
    assert wording.span(kept.find(4).planned, clock.HOME) == "12:15–13:15"


def test_what_was_wrong_before_does_not_stand_in_the_way() -> None:
    wrong = day(plan=[(540, 630, "inhalt", "A"), (620, 700, "inhalt", "B"), (700, 720, "pause", "C")])
    assert codes(rules.shift(wrong, 3, 10), before=(wrong,)) == []
    assert codes(rules.shift(wrong, 2, -5), before=(wrong,)) == ["overlap"]


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (rules.shift(day(), 4, 20), "Mittagspause: 12:15–13:15 → 12:35–13:35, alles danach 20 Minuten später"),
        (rules.shift(day(), 5, -1), "Fallwerkstatt: 13:15–14:45 → 13:14–14:44"),
        (rules.resize(day(), 3, 60, follow=True), "Das Feld: 10:45–12:15 → 10:45–11:45, alles danach 30 Minuten früher"),
        (rules.resize(day(), 5, 50, follow=True), "Fallwerkstatt: 13:15–14:45 → 13:15–14:05"),
        (rules.swap(day(), 1), "Pause: 10:30–10:45 → 09:00–09:15; Ankommen: 09:00–10:30 → 09:15–10:45"),
        (rules.drop(day(), 2, AT, follow=False), "Pause fällt aus (10:30–10:45)"),
        (rules.drop(day(), 2, AT, follow=True), "Pause fällt aus (10:30–10:45), alles danach 15 Minuten früher"),
        (
            rules.edit(day(), replace(day().find(1), title="Los", room="Saal", kind="organisation")),
            "„Ankommen“ heißt jetzt „Los“; Los: ist jetzt Organisation, Raum Saal",
        ),
        (replace(day(), place="Köln"), "Ort: Köln"),
    ],
)  # fmt: skip
def test_a_change_is_said_in_one_sentence(after: Day, sentence: str) -> None:
    assert wording.changed(day(), after, clock.HOME) == sentence


def test_resuming_is_said() -> None:
    dropped = rules.drop(day(), 2, AT, follow=True)
    said = wording.changed(dropped, rules.resume(dropped, 2), clock.HOME)
    assert said == "Pause findet doch statt, 10:30–10:45, alles danach 15 Minuten später"


# Whatever the day: properties

lengths = st.lists(
    st.tuples(st.integers(1, 90), st.integers(0, 20), st.sampled_from(["inhalt", "pause"])),
    min_size=1,
    max_size=8,
)


@st.composite
def days(draw: st.DrawFn) -> Day:
    on = draw(st.sampled_from([FRIDAY, BACK, FORTH]))
    moment, slots = clock.instant(on, draw(st.integers(0, 8 * 60))), []
    for number, (length, gap, kind) in enumerate(draw(lengths), 1):
        end = moment + timedelta(minutes=length)
        slots.append(Slot(id=number, starts_at=moment, ends_at=end, kind=kind, title=f"A{number}"))
        moment = end + timedelta(minutes=gap)
    return Day(date=on, name="Tag", slots=tuple(slots))


@st.composite
def deeds(draw: st.DrawFn) -> tuple[Day, int, rules.Change]:
    found = draw(days())
    slot_id = draw(st.sampled_from([slot.id for slot in found.slots]))
    minutes, follow = draw(st.integers(1, 120)), draw(st.booleans())
    deed: rules.Change = draw(
        st.sampled_from(
            [
                lambda it: rules.shift(it, slot_id, minutes),
                lambda it: rules.resize(it, slot_id, minutes, follow=True),
                lambda it: rules.swap(it, slot_id),
                lambda it: rules.drop(it, slot_id, AT, follow=follow),
                lambda it: rules.insert(it, replace(it.find(slot_id), id=0, title="Neu"), follow=True),
                lambda it: rules.resume(rules.drop(it, slot_id, AT, follow=follow), slot_id),
            ]
        )
    )
    return found, slot_id, deed


def overlaps(found: Day) -> bool:
    held = found.held
    return any(before.ends_at > after.starts_at for before, after in pairwise(held))


@given(deeds())
def test_no_overlap_arises(given_: tuple[Day, int, rules.Change]) -> None:
    before, _, deed = given_
    assert not overlaps(deed(before))


@given(days(), st.data(), st.integers(-600, 600), st.booleans())
def test_resuming_is_always_possible(before: Day, data: st.DataObject, minutes: int, follow: bool) -> None:
    ids = st.sampled_from([slot.id for slot in before.slots])
    dropped, moved = data.draw(ids), data.draw(ids)
    after = rules.shift(rules.drop(before, dropped, AT, follow=follow), moved, minutes)
    if not overlaps(after):
        assert not overlaps(rules.resume(after, dropped))


@given(days(), st.data(), st.integers(-600, 600))
def test_shift_and_swap_keep_durations(before: Day, data: st.DataObject, minutes: int) -> None:
    slot_id = data.draw(st.sampled_from([slot.id for slot in before.slots]))
    for after in (rules.shift(before, slot_id, minutes), rules.swap(before, slot_id)):
        assert {slot.id: slot.length for slot in after.slots} == {
            slot.id: slot.length for slot in before.slots
        }
        assert after.content_minutes == before.content_minutes
    assert rules.shift(rules.shift(before, slot_id, 30), slot_id, -30) == before
    assert (
        rules.swap(rules.swap(before, slot_id), (rules.next_of(before, slot_id) or before.find(slot_id)).id)
        == before
    )


@given(deeds(), st.booleans())
def test_undo_is_identity(given_: tuple[Day, int, rules.Change], running: bool) -> None:
    before, _, deed = given_
    after = rules.settle(before, deed(before), running=running)
    assert rules.restored(after, before, AT).held == before.held


@given(deeds(), st.booleans())
def test_a_snapshot_tells_everything(given_: tuple[Day, int, rules.Change], running: bool) -> None:
    before, _, deed = given_
    after = rules.settle(before, deed(before), running=running)
    assert snapshots.read(snapshots.write(after)) == after
    wording.changed(before, after, clock.HOME)


def test_shift_and_the_slot_before_lasts_until_then() -> None:
    assert times(rules.shift(day(), 4, 20, fill=True)) == {
        "Ankommen": "09:00–10:30",
        "Pause": "10:30–10:45",
        "Das Feld": "10:45–12:35",
        "Mittagspause": "12:35–13:35",
        "Fallwerkstatt": "13:35–15:05",
    }
    assert rules.shift(day(), 1, 20, fill=True) == rules.shift(day(), 1, 20)
    dropped = rules.drop(day(), 2, AT, follow=False)
    assert times(rules.shift(dropped, 3, 5, fill=True))["Ankommen"] == "09:00–10:35"
    assert "no_time" in codes(rules.shift(day(), 3, -20, fill=True))


@pytest.mark.parametrize(
    ("sentence", "text", "rest"),
    [
        ("A", "A", 0),
        ("A; B", "A; B", 0),
        ("A; B; C; D", "A; B", 2),
        ("A; B; C; nötig sind jetzt 4 von 5 UE, bisher 5 von 6 UE", "A; B; nötig sind jetzt 4 von 5 UE, bisher 5 von 6 UE", 1),
    ],
)  # fmt: skip
def test_at_most_two_changes_are_named(sentence: str, text: str, rest: int) -> None:
    assert wording.brief(sentence) == wording.Brief(text, rest)
