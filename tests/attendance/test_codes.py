"""The code in the room: how it changes, how long it is valid, what a scan is worth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.attendance.by_code import codes
from app.cohorts.codes import ALPHABET
from app.cohorts.rules import Attendance, Credit, credit

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
START = datetime(2026, 7, 3, 8, 45, tzinfo=UTC)
END = START + timedelta(minutes=90)

moments = st.integers(1_600_000_000, 3_700_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
keys = st.binary(min_size=32, max_size=32)
uids = st.text(alphabet="0123456789abcdef", min_size=32, max_size=32)


@given(keys, uids, moments)
def test_a_code_is_six_characters_that_do_not_look_alike(key: bytes, uid: str, moment: datetime) -> None:
    code = codes.code_at(key, uid, codes.step_of(moment))
    assert len(code) == codes.LENGTH == 6
    assert set(code) <= set(ALPHABET)
    assert codes.code_at(key, uid, codes.step_of(moment)) == code


@given(keys, uids, moments, st.integers(0, 400))
def test_valid_for_two_to_three_minutes(key: bytes, uid: str, shown: datetime, later: int) -> None:
    """At 120 s it is valid in any case, at 180 s never (but for a chance of one in hundreds of millions)."""
    code = codes.code_at(key, uid, codes.step_of(shown))
    fits = codes.fits(key, uid, code, shown + timedelta(seconds=later))
    if later <= 120:
        assert fits
    elif later >= 180:
        assert not fits
    assert codes.has_expired(key, uid, code, shown + timedelta(seconds=later))


@given(keys, uids, moments)
def test_tomorrows_code_is_not_known_today(key: bytes, uid: str, moment: datetime) -> None:
    ahead = codes.code_at(key, uid, codes.step_of(moment) + 1)
    assert not codes.fits(key, uid, ahead, moment)
    assert not codes.has_expired(key, uid, ahead, moment)


def test_every_slot_every_key_and_every_minute_has_another() -> None:
    found = {
        codes.code_at(key, uid, step)
        for key in (KEY, OTHER_KEY)
        for uid in ("a" * 32, "b" * 32)
        for step in range(200)
    }
    assert len(found) == 800


def test_all_characters_occur_about_equally_often() -> None:
    text = "".join(codes.code_at(KEY, "a" * 32, step) for step in range(5000))
    counts = [text.count(character) for character in ALPHABET]
    assert min(counts) > 800 and max(counts) < 1200  # 1000 each, by fixed input: no chance in it


def test_it_is_forgotten_after_two_hours() -> None:
    code = codes.code_at(KEY, "a" * 32, codes.step_of(START))
    assert codes.has_expired(KEY, "a" * 32, code, START + timedelta(minutes=119))
    assert not codes.has_expired(KEY, "a" * 32, code, START + timedelta(minutes=120))


@pytest.mark.parametrize("typed", ["", "ÄÖÜÄÖÜ", "AAAAAA", "A" * 1000])
def test_nonsense_fits_nothing(typed: str) -> None:
    assert not codes.fits(KEY, "a" * 32, typed, START)


@given(moments)
def test_seconds_left(moment: datetime) -> None:
    left = codes.seconds_left(moment)
    assert 1 <= left <= 60
    assert codes.step_of(moment + timedelta(seconds=left)) == codes.step_of(moment) + 1


@pytest.mark.parametrize(
    ("minutes", "expected"), [(-16, False), (-15, True), (0, True), (89, True), (90, False)]
)
def test_open_from_a_quarter_of_an_hour_before_until_the_end(minutes: int, expected: bool) -> None:
    assert codes.is_open(START, END, START + timedelta(minutes=minutes)) is expected


@pytest.mark.parametrize(
    ("seconds", "state", "minutes"),
    [
        (-15 * 60, Attendance.PRESENT, 0),
        (0, Attendance.PRESENT, 0),
        (10 * 60 + 59, Attendance.PRESENT, 0),
        (11 * 60, Attendance.PARTIAL, 79),
        (11 * 60 + 59, Attendance.PARTIAL, 79),
        (89 * 60 + 59, Attendance.PARTIAL, 1),
    ],
)
def test_what_a_scan_is_worth(seconds: int, state: Attendance, minutes: int) -> None:
    assert credit(START, END, START + timedelta(seconds=seconds)) == Credit(state, minutes)


def test_a_scan_after_the_end_is_worth_nothing() -> None:
    assert credit(START, END, END) is None
    short = START + timedelta(minutes=5)
    assert credit(START, short, START + timedelta(minutes=4)) == Credit(Attendance.PRESENT)
    assert credit(START, short, START + timedelta(minutes=5)) is None


@given(st.integers(1, 600), st.integers(-15 * 60, 700 * 60))
def test_never_more_than_the_slot_and_never_less_than_a_minute(length: int, seconds: int) -> None:
    end = START + timedelta(minutes=length)
    worth = credit(START, end, START + timedelta(seconds=seconds))
    if seconds >= length * 60:
        assert worth is None
    else:
        assert worth is not None
        assert worth.state == Attendance.PRESENT or 1 <= worth.minutes < length
