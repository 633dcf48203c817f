"""Near misses: what looks like a field's type and is none, curly quotes, and examples that become fields."""

from __future__ import annotations

import pytest

from app.course.messages import suggestion
from app.course.model import Severity
from tests.course.problems_of_sheets import on, sheet
from tests.course.sample import compiled, found


def said(field: str) -> list[tuple[str, str]]:
    """The problems of a sheet with this field: code and what to do."""
    files, _, _ = on(8, sheet("", f"- {field}\n"))
    return [(problem.code, suggestion(problem)) for problem in compiled(files).problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Wer? (person)", "(Person)"),
        ("Wer? ( Person )", "(Person)"),
        ("Wer? (Personen)", "(Person)"),
        ("Bis wann? [Datum]", "(Datum)"),
        ("Bis wann? (Datum).", "(Datum)"),
        ("Was? (Zeilen)", "(Zeile)"),
        ("Abgesprochen? (ja / nein)", "(ja/nein)"),
        ("Abgesprochen? (Ja oder Nein)", "(ja/nein)"),
        ("Wie sicher? (Skala von 1 bis 5)", "(Skala 1 bis 5)"),
        ("Wie sicher? (Skala: 0 – 10)", "(Skala 0 bis 10)"),
        ("Wie sicher? (1 bis 5)", "(Skala 1 bis 5)"),
        ("Wie sicher? (Skala)", "(Skala 1 bis 5)"),
        ("Wie oft? (Auswahl)", "(Auswahl: eins, zwei)"),
        ("Wie oft? (auswahl: täglich, selten)", "(Auswahl: täglich, selten)"),
        ("Wie oft? (Auswahl täglich, selten)", "(Auswahl: täglich, selten)"),
        ("Wie oft? (Auswahl: ja (immer), nein)", "(Auswahl: eins, zwei)"),
    ],
)
def test_a_type_that_is_none_is_named_with_what_was_meant(written: str, meant: str) -> None:
    ((code, todo),) = said(written)
    assert code == "field_type_unclear"
    assert todo.startswith(f"Meinten Sie „{meant}“?")


@pytest.mark.parametrize(
    "field",
    [
        "Wer? (Person)",
        "Was kostet es (Personal)",
        "Wie viele kommen (3–5)",
        "Was ist ein Verfahren (VII)",
        "Nach dem Treffen (mit Datum) schreiben",
        "Was sagt das Amt (Jugendamt)?",
        "Welche Daten (anonym)",
        "Beispielhafte Orte",
        "Ein Beispiel aus Ihrer Arbeit",
    ],
)
def test_other_words_are_let_alone(field: str) -> None:
    assert said(field) == []


@pytest.mark.parametrize(
    "field", ["Beispiel: der Park", "Beispiele:", "Zum Beispiel: der Park", "**Beispiel:** der Park"]
)
def test_an_example_that_becomes_a_field(field: str) -> None:
    assert [code for code, _ in said(field)] == ["field_example"]


@pytest.mark.parametrize("quotes", ["„{}“", "“{}”", "»{}«", "‚{}‘"])
def test_curly_quotes_around_one_word_are_a_warning(quotes: str) -> None:
    """Editions that were published with them still compile."""
    files, _, _ = on(5, f"::: netz {{#n1 knoten={quotes.format('Schule')}}}\nWer?\n:::\n")
    (problem,) = [one for one in compiled(files).problems if one.code == "attribute_quotes"]
    assert (problem.severity, problem.line) == (Severity.WARNING, 5)
    assert 'Schreiben Sie gerade: knoten="Schule".' in suggestion(problem)


def test_curly_quotes_around_several_words_are_an_error() -> None:
    files, path, line = on(5, sheet("form=kreise titel=„eins, zwei“"))
    assert (path, line, "attribute_quotes") in found(files)


def test_curly_quotes_within_straight_ones_are_fine() -> None:
    files, _, _ = on(
        5, '::: regler {#r1 rechnen=produkt schwaechster="Was würde „mehr“ heißen?"}\n- Ziel\n- Zeit\n:::\n'
    )
    assert found(files) == []


@pytest.mark.parametrize("line", ["Beispiel:", "beispiele:", "Beispiele", "**Beispiele:**"])
@pytest.mark.parametrize("before", ["", "\n"])
def test_cards_whose_examples_are_misspelt(line: str, before: str) -> None:
    files, path, number = on(
        7 + len(before), f"::: karten {{#k1}}\n- Ort (Zeile)\n{before}{line}\n- Bücherei\n:::\n"
    )
    assert (path, number, "cards_examples_spelled") in found(files)
