"""The words of a certificate."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates import composing
from tests.certificates.making import facts

DAYS = (date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 3))


def test_units_are_rounded_down_to_halves() -> None:
    found = facts(attended_minutes=359, planned_minutes=360)
    assert (found.units_attended, found.units_planned) == ("7,5", "8")
    assert found.units_text == "7,5 von 8 Unterrichtseinheiten (UE) zu je 45 Minuten"


@given(st.integers(0, 5000), st.integers(1, 120))
def test_never_more_is_certified_than_was_attended(minutes: int, unit: int) -> None:
    units = float(composing.units(minutes, unit).replace(",", "."))
    assert units * unit <= minutes < (units + 0.5) * unit
    assert (units * 2).is_integer()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (DAYS[:1], "29. Juni 2026"),
        (DAYS[:2], "29. und 30. Juni 2026"),
        (DAYS, "29. und 30. Juni 2026; 3. Juli 2026"),
        ((), ""),
    ],
)
def test_the_days(days: tuple[date, ...], words: str) -> None:
    assert composing.dates_text(days) == words


def test_the_span_and_the_days_of_a_longer_course() -> None:
    found = facts(dates=DAYS)
    assert found.dates == ("2026-06-29", "2026-06-30", "2026-07-03")
    assert ("Zeitraum", "29. Juni 2026 bis 3. Juli 2026") in composing.lines(found)
    assert ("Kurstage", "29. und 30. Juni 2026; 3. Juli 2026") in composing.lines(found)


def test_self_study_has_neither_days_nor_units() -> None:
    labels = [label for label, _ in composing.lines(facts(dates=(), planned_minutes=0, attended_minutes=0))]
    assert "Umfang" not in labels
    assert "Datum" not in labels


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("Am Markt 1\n01234 Musterstadt", "Musterstadt"),
        ("Am Markt 1\nD-01234 Bad Muster an der Saale", "Bad Muster an der Saale"),
        ("Rathaus", ""),
        ("", ""),
        ("Straße 12345 Ort", ""),
    ],
)
def test_the_place_of_issue_is_the_town_of_the_address(address: str, place: str) -> None:
    assert composing.issue_place(address) == place


@given(st.text(min_size=1, max_size=120))
def test_read_gives_back_what_was_written(name: str) -> None:
    found = facts(name)
    assert composing.read(composing.canonical(found)) == found
    assert composing.canonical(composing.read(composing.canonical(found))) == composing.canonical(found)


def test_canonical_is_one_and_the_same_text() -> None:
    """If this changes, records of different versions can no longer be compared: then raise Facts.version."""
    text = composing.canonical(facts("Äda"))
    assert text.startswith(
        '{"code":"7K4M-9TXB-2QWE-RHJN-PAVC","cohort_title":"Kita-Team Nord","contents":["Sozial'
    )
    assert '"name":"Äda"' in text
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_a_later_version_may_know_more() -> None:
    text = composing.canonical(facts())
    later = json.dumps(json.loads(text) | {"version": 2, "something_new": "x"})
    assert composing.read(later).version == 2


def test_a_correction_keeps_everything_else() -> None:
    old = facts("Anna Kolb")
    seal = composing.Seal(
        number="2026-0002", code="X", verify_address="a", verify_page="b", issuer_name="Kreis Musterland",
        issuer_address="", issued_on=date(2026, 8, 1), replaces="2026-0001",
    )  # fmt: skip
    new = composing.corrected(old, "Anna Winter", seal)
    assert (new.name, new.number, new.replaces, new.issued_on_text) == (
        "Anna Winter",
        "2026-0002",
        "2026-0001",
        "1. August 2026",
    )
    assert (new.units_text, new.contents, new.period) == (old.units_text, old.contents, old.period)
