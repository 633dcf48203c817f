"""Codes on paper: no look-alikes, tolerant to how people type them, wrong characters found by the check digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cohorts import codes

bodies = st.text(alphabet=codes.ALPHABET, min_size=1, max_size=30)


def test_alphabet_has_no_look_alikes() -> None:
    assert not set("0O1ILU") & set(codes.ALPHABET)
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET) == 30


@given(st.integers(min_value=1, max_value=40))
def test_new_codes_have_the_length_and_the_alphabet(length: int) -> None:
    assert codes.is_code(codes.new_code(length), length)


def test_new_codes_differ() -> None:
    assert len({codes.new_code(8) for _ in range(2000)}) == 2000


@given(bodies)
def test_what_is_shown_can_be_typed(code: str) -> None:
    assert codes.normalise(codes.grouped(code)) == code
    assert codes.normalise("  " + codes.grouped(code).lower().replace("-", " – ") + "\n") == code


@pytest.mark.parametrize(
    "typed", ["abcd-2345", "ABCD2345", "ab cd 23 45", "ABCD–2345", "abcd_2345", "ＡＢＣＤ2345"]
)
def test_ways_to_type(typed: str) -> None:
    assert codes.normalise(typed) == "ABCD2345"


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = codes.normalise(text)
    assert codes.normalise(once) == once or not codes.is_code(once, len(once))


@pytest.mark.parametrize("text", ["", "ABCD234", "ABCD23456", "ABCD234O", "ABCD234Ä", "ABCD234\x00"])
def test_what_is_no_join_code(text: str) -> None:
    assert not codes.is_code(text, 8)


@given(bodies)
def test_a_check_digit_fits(code: str) -> None:
    checked = codes.with_check_digit(code)
    assert checked[:-1] == code
    assert codes.has_valid_check_digit(checked)


@given(bodies, st.data())
def test_one_wrong_character_is_always_found(code: str, data: st.DataObject) -> None:
    checked = codes.with_check_digit(code)
    place = data.draw(st.integers(0, len(checked) - 1))
    other = data.draw(st.sampled_from([letter for letter in codes.ALPHABET if letter != checked[place]]))
    assert not codes.has_valid_check_digit(checked[:place] + other + checked[place + 1 :])


def test_the_check_digit_stays_what_it_was() -> None:
    """Certificates on paper carry it: another digit for the same code would make them unreadable."""
    found = [codes.with_check_digit(code)[-1] for code in ("2", "Z", "ABCD2345", "22222222")]
    assert found == ["4", "6", "3", "A"]


@pytest.mark.parametrize("text", ["", "A", "abcd", "ABCD 2345"])
def test_what_has_no_valid_check_digit(text: str) -> None:
    assert not codes.has_valid_check_digit(text)
