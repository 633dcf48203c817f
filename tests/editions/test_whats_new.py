"""What is new, in words."""

from __future__ import annotations

import pytest

from app.course.compile import compile_course
from app.course.model import Course
from app.course.source import from_mapping
from app.editions.rules import whats_new
from tests.support.course import small_course


def course(path: str = "", old: str = "", new: str = "") -> Course:
    files = small_course()
    if path:
        text = files[path].decode()
        assert old in text
        files[path] = text.replace(old, new).encode()
    compiled = compile_course(from_mapping(files)[0])
    assert compiled.course, compiled.problems
    return compiled.course


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("ankommen/schauen.md", "Ein Satz", "Ein anderer Satz", [("Seiten: geändert", ("Schauen (Ankommen)",))]),
        (
            "ankommen/halt-1.md",
            "behalten",
            "mitnehmen",
            [("Aufgaben und Haltepunkte: geändert", ("Lernstopp „Zwischenhalt“ auf „Halt am Morgen“",))],
        ),
        (
            "ankommen/halt-1.md",
            "{#l1-1",
            "{#l1-neu",
            [
                ("Aufgaben und Haltepunkte: neu", ("Lernstopp „Zwischenhalt“ auf „Halt am Morgen“",)),
                ("Aufgaben und Haltepunkte: entfallen", ("Lernstopp „Zwischenhalt“ auf „Halt am Morgen“",)),
            ],
        ),
        ("course.yaml", '"Kleiner Kurs"', '"Feiner Kurs"', [("Kurs", ("Der Kurs heißt jetzt „Feiner Kurs“, vorher „Kleiner Kurs“.",))]),
        ("course.yaml", "80 %", "75 %", [("Kurs", ("Der Vorschlag für die Teilnahmebescheinigung ist geändert.",))]),
        ("course.yaml", "Ankommen und schauen", "Ankommen", [("Kurs", ("Die Inhalte für die Bescheinigung sind geändert.",))]),
        ("course.yaml", "Etwas lernen", "Viel lernen", [("Kurs", ("Beschreibung oder Ziele sind geändert.",))]),
        ("course.yaml", "[ankommen, feld]\nabschluss", "[feld, ankommen]\nabschluss", None),
        ("course.yaml", "kennung: zwei-tage", "kennung: zwei", [("Kurs", ("Tagesplan „Zwei Tage“ ist neu.", "Tagesplan „Zwei Tage“ ist entfallen."))]),
        ("course.yaml", '"Fallwerkstatt"', '"Fallarbeit"', [("Kurs", ("Tagesplan „Ein Tag“ ist geändert.",))]),
        ("glossary.md", "handelnd ", "", [("Kurs", ("Das Glossar ist geändert.",))]),
        ("bibliography.yaml", "Sozialraum.", "Sozialraum!", [("Kurs", ("Das Literaturverzeichnis ist geändert.",))]),
        ("cases/der-weg-zur-kita.md", "Ida kommt", "Ina kommt", [("Seiten: geändert", ("Der Weg zur Kita (Fallwerkstatt)",))]),
    ],
)  # fmt: skip
def test_said_in_words(
    path: str, old: str, new: str, expected: list[tuple[str, tuple[str, ...]]] | None
) -> None:
    found = [(news.heading, news.items) for news in whats_new(course(), course(path, old, new))]
    if expected is None:
        assert found[0] == ("Kurs", ("Die Module oder ihre Reihenfolge sind geändert.",))
    else:
        assert found == expected


def test_nothing_new() -> None:
    assert whats_new(course(), course()) == []


def test_another_kind_under_the_same_id() -> None:
    new = course("ankommen/willkommen.md", "::: schlagworte {#w1-1 min=3 max=10}", "::: freitext {#w1-1}")
    last = whats_new(course(), new)[-1]
    assert last.heading == "Art der Aufgabe geändert"
    assert last.items == (
        "Schreibaufgabe auf „Willkommen“: war Schlagworte, frühere Antworten passen nicht mehr",
    )
