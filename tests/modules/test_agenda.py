"""What runs now and what comes next, at every moment. Without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.modules import agenda

START = datetime(2026, 7, 3, 7, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Slot:
    starts_at: datetime
    ends_at: datetime
    day_id: int = 1


def slots(*lengths: int) -> list[Slot]:
    found, at = [], START
    for minutes in lengths:
        found.append(Slot(at, at + timedelta(minutes=minutes)))
        at += timedelta(minutes=minutes + 10)
    return found


@given(lengths=st.lists(st.integers(1, 120), max_size=6), seconds=st.integers(-3600, 60_000))
def test_at_every_moment(lengths, seconds):
    day, moment = slots(*lengths), START + timedelta(seconds=seconds)
    now = agenda.at(day, moment)
    if now.running:
        assert now.running.starts_at <= moment < now.running.ends_at
        assert (
            timedelta(0)
            <= timedelta(minutes=now.minutes_left) - (now.running.ends_at - moment)
            < timedelta(minutes=1)
        )
    else:
        assert now.minutes_left == 0
        assert all(moment < slot.starts_at or slot.ends_at <= moment for slot in day)
    ahead = [slot for slot in day if slot.starts_at > moment]
    assert now.following == (ahead[0] if ahead else None)


def test_days_begin_on_the_wall_clock():
    late = [Slot(datetime(2026, 7, 3, 22, 30, tzinfo=UTC), datetime(2026, 7, 3, 23, 0, tzinfo=UTC))]
    assert agenda.by_day(late, "Europe/Berlin") == [(date(2026, 7, 4), late)]
    assert agenda.by_day(late, "UTC") == [(date(2026, 7, 3), late)]
    assert agenda.by_day([], "UTC") == []


def test_a_long_change_is_said_briefly():
    said = "; ".join(f"Abschnitt {number}: Raum Saal, mit Tarek Aydın" for number in range(1, 9))
    short = agenda.brief(said)
    assert short.startswith("Abschnitt 1: Raum Saal, mit Tarek Aydın; Abschnitt 2")
    assert short.endswith("; und 6 weitere Änderungen")
    assert agenda.brief("Mittag: 12:15 → 12:35") == "Mittag: 12:15 → 12:35"
    assert agenda.brief("a; " + "b" * 200) == "a; und 1 weitere Änderung"
