"""What happens to each line of a list."""

from __future__ import annotations

import pytest

from app.admission import rules
from app.admission.csv_reading import Row
from app.admission.rules import Judged, Known, Line, Verdict

ANNA = Known("Anna Kolb", "anna@example.org")


def line(name: str, email: str = "", number: int = 1, **more: object) -> Line:
    return Line(Row(number, name, email), **more)  # type: ignore[arg-type]


def verdict(given: Line, *known: Known, seats: int | None = None) -> Judged:
    [found] = rules.judge([given], known, seats)
    return found


@pytest.mark.parametrize(
    ("given", "known", "expected"),
    [
        (line("Bela Öztürk", "b@example.org"), ANNA, Verdict.NEW),
        (line("anna  kolb", "ANNA@example.org"), ANNA, Verdict.THERE),
        (line("Anna Kolb"), ANNA, Verdict.THERE),
        (line("Anna Kolb", "anna@example.org"), Known("Anna Kolb", ""), Verdict.THERE),
        (line("Anna Kolb", "andere@example.org"), ANNA, Verdict.NAMESAKE),
        (line("Anna Kolb", "andere@example.org", other_person=True), ANNA, Verdict.NEW),
        (line("Anna Kolb", "anna@example.org", other_person=True), ANNA, Verdict.THERE),
        (line("Bela Öztürk", "anna@example.org"), ANNA, Verdict.SAME_EMAIL),
        (line("Anna Kolb"), Known("Anna Kolb", "", left=True), Verdict.GONE),
        (line("Bela", "anna@example.org"), Known("Anna Kolb", "anna@example.org", left=True), Verdict.NEW),
        (line("Anna Kolb"), Known("Anna Kolb", "", waits=True), Verdict.THERE),
        (line("Bela", broken="Falsch."), ANNA, Verdict.BROKEN),
        (line("Bela", broken="Falsch.", left_out=True), ANNA, Verdict.LEFT_OUT),
        (line("Bela", form_key="k"), Known("Anders", "", form_key="k"), Verdict.THERE),
    ],
)
def test_against_who_is_there(given: Line, known: Known, expected: Verdict) -> None:
    assert verdict(given, known).verdict is expected


DOUBT = "Der Nachname fehlt."


@pytest.mark.parametrize(
    ("given", "expected", "reason"),
    [
        (Line(Row(1, "Bela", doubt=DOUBT)), Verdict.BROKEN, DOUBT),
        (Line(Row(1, "Bela", "b@", doubt=DOUBT), broken="Falsch."), Verdict.BROKEN, f"Falsch. {DOUBT}"),
        (Line(Row(1, "Bela", doubt=DOUBT), left_out=True), Verdict.LEFT_OUT, ""),
        (Line(Row(1, "Anna Kolb", doubt=DOUBT)), Verdict.THERE, "nimmt schon teil"),
        (
            Line(Row(1, "Bela", "anna@example.org", doubt=DOUBT)),
            Verdict.SAME_EMAIL,
            f"Diese E-Mail-Adresse gehört schon zu Anna Kolb. {DOUBT}",
        ),
    ],
)
def test_what_is_odd_is_asked_about_unless_they_are_there(
    given: Line, expected: Verdict, reason: str
) -> None:
    found = verdict(given, ANNA)
    assert (found.verdict, found.reason) == (expected, reason)


def test_within_the_list() -> None:
    found = rules.judge(
        [
            line("Anna Kolb", "anna@example.org", 2),
            line("Anna Kolb", "anna@example.org", 3),
            line("Anna Kolb", "a2@example.org", 4),
            line("Bela", "anna@example.org", 5),
        ],
        [],
        None,
    )
    assert [each.verdict for each in found] == [
        Verdict.NEW, Verdict.TWICE, Verdict.NAMESAKE, Verdict.SAME_EMAIL,
    ]  # fmt: skip
    assert all("Zeile 2" in each.reason for each in found[1:])


def test_seats_go_in_order_and_only_to_who_comes() -> None:
    lines = [line("Eins"), line("Anna Kolb"), line("Zwei"), line("Drei")]
    found = rules.judge(lines, [ANNA], 2)
    assert [each.verdict for each in found] == [Verdict.NEW, Verdict.THERE, Verdict.NEW, Verdict.WAITS]


@pytest.mark.parametrize(
    ("name", "email", "funder", "said"),
    [
        ("", "", "", "fehlt"),
        ("=HYPERLINK(1)", "", "", "Formel"),
        ("Anna Kolb", "", "+SUMME(A1)", "Formel"),
        ("Anna\x07 Kolb", "", "", "Steuerzeichen"),
        ("Anna\u202eKolb", "", "", "Steuerzeichen"),
        ("x" * 300, "", "", "300 Zeichen"),
        ("anna@example.org", "", "", "E-Mail-Adresse"),
        ("1234", "", "", "kein Name"),
        ("Anna Kolb", "kaputt", "", "nicht vollständig"),
        ("Anna Kolb", "", "x" * 201, "201 Zeichen"),
    ],
)
def test_faults_are_named(name: str, email: str, funder: str, said: str) -> None:
    assert said in rules.fault_of(Row(1, name, email, funder), email_is_right=not email)


def test_a_good_line_has_no_fault() -> None:
    row = Row(1, "Dr. Zoë D’Arcy-O'Neill", "z@example.org", "Amt für Jugend (ASD) 4")
    assert rules.fault_of(row, email_is_right=True) == ""
