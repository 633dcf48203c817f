"""The thread through the course: questions with their states, keywords, wishes, and the Lernheft's notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.course.model import Course
from app.quizzes import learner
from app.quizzes.entries import Note
from app.quizzes.kinds import kind_of
from app.quizzes.values import Body, Saved
from tests.support.cast import NOW


def answers(*found: tuple[str, Body, int]) -> dict[str, Saved]:
    """Answers by block, each saved so many minutes after NOW."""
    return {
        block_id: Saved(block_id, 1, body, NOW + timedelta(minutes=minute), None)
        for block_id, body, minute in found
    }


QUESTIONS = ("w1-2", {"items": [{"id": "a1", "text": "Wie?"}, {"id": "a3", "text": "Warum?"}]}, 0)


def stop(block_id: str, minute: int, states: dict[str, str], wording: dict[str, str] | None = None) -> Any:
    return block_id, {"states": states, "wording": wording or {}, "keywords": []}, minute


def test_nothing_written(course: Course) -> None:
    found = learner.build(course, {})
    assert (found.opening_questions, found.keywords, found.wishes) == ((), (), ())


def test_questions_begin_open(course: Course) -> None:
    first, second = learner.build(course, answers(QUESTIONS)).opening_questions
    assert (first.id, first.text, first.wording_now, first.state) == ("w1-2_a1", "Wie?", "Wie?", "offen")
    assert [(entry.where_title, entry.state, entry.text) for entry in second.thread] == [
        ("Willkommen", "offen", "Warum?")
    ]


def test_a_thread_from_morning_to_evening(course: Course) -> None:
    found = learner.build(
        course,
        answers(
            QUESTIONS,
            stop("l2-1", 60, {"w1-2_a1": "beantwortet", "w1-2_a9": "offen"}),
            stop("l1-1", 30, {"w1-2_a1": "veraendert"}, {"w1-2_a1": "Wozu?", "w1-2_a3": "Unverlangt"}),
        ),
    )
    question, untouched = found.opening_questions
    assert [(entry.where_title, entry.state, entry.text) for entry in question.thread] == [
        ("Willkommen", "offen", "Wie?"),
        ("Halt am Morgen", "veraendert", "Wozu?"),
        ("Halt am Abend", "beantwortet", ""),
    ]
    assert (question.state, question.wording_now, question.text) == ("beantwortet", "Wozu?", "Wie?")
    assert (untouched.state, untouched.wording_now, len(untouched.thread)) == ("offen", "Warum?", 1)


def test_what_was_saved_last_counts(course: Course) -> None:
    """Somebody goes back to the first Lernstopp in the evening."""
    found = learner.build(
        course,
        answers(
            QUESTIONS,
            stop("l1-1", 90, {"w1-2_a1": "veraendert"}, {"w1-2_a1": "Abends neu"}),
            stop("l2-1", 60, {"w1-2_a1": "veraendert"}, {"w1-2_a1": "Mittags neu"}),
        ),
    ).opening_questions[0]
    assert (found.state, found.wording_now) == ("veraendert", "Abends neu")
    assert [entry.text for entry in found.thread] == ["Wie?", "Abends neu", "Mittags neu"]


def test_saved_in_the_same_instant_the_later_place_counts(course: Course) -> None:
    found = learner.build(
        course,
        answers(
            QUESTIONS, stop("l1-1", 5, {"w1-2_a1": "offen"}), stop("l2-1", 5, {"w1-2_a1": "beantwortet"})
        ),
    )
    assert found.opening_questions[0].state == "beantwortet"


def test_a_wording_counts_only_with_its_state(course: Course) -> None:
    found = learner.build(
        course, answers(QUESTIONS, stop("l1-1", 5, {"w1-2_a1": "teilweise"}, {"w1-2_a1": "Anders"}))
    )
    assert found.opening_questions[0].wording_now == "Wie?"


def test_keywords_of_all_places(course: Course) -> None:
    found = learner.build(
        course,
        answers(
            ("l1-1", {"keywords": [{"id": "a1", "text": "WILLE"}, {"id": "a2", "text": "Straße"}]}, 5),
            ("w1-1", {"items": [{"id": "a1", "text": "Netz"}, {"id": "a2", "text": "Wille"}]}, 9),
            ("l2-1", {"keywords": [{"id": "a1", "text": "STRASSE"}, {"id": "a2", "text": "Feld"}]}, 7),
        ),
    )
    assert [(word.text, word.added_where) for word in found.keywords] == [
        ("Netz", "Willkommen"),
        ("Wille", "Willkommen"),
        ("Straße", "Halt am Morgen"),
        ("Feld", "Halt am Abend"),
    ]


def test_wishes(course: Course) -> None:
    body = {
        "items": [
            {"id": "a1", "text": "Ruhe", "shared": True},
            {"id": "a2", "text": "Kaffee", "shared": False},
        ]
    }
    found = learner.build(course, answers(("w-ankommen", body, 0)))
    assert [(wish.text, wish.shared) for wish in found.wishes] == [("Ruhe", True), ("Kaffee", False)]


def notes_of(course: Course, block_id: str, body: Body, *others: Any) -> list[Note]:
    found = course.find_block(block_id)
    assert found
    mine = learner.build(course, answers((block_id, body, 0), *others))
    return list(kind_of(found[1]).notes(found[1], body, mine))


def test_notes_of_every_kind(course: Course, block: Callable[[str], Any]) -> None:
    wish = {
        "items": [
            {"id": "a1", "text": "Ruhe", "shared": True},
            {"id": "a2", "text": "Kaffee", "shared": False},
        ]
    }
    assert [(note.text, note.extra) for note in notes_of(course, "w-ankommen", wish)] == [
        ("Ruhe", "mit der Gruppe geteilt"),
        ("Kaffee", "nur für mich"),
    ]
    words = {"items": [{"id": "a1", "text": "Netz"}, {"id": "a2", "text": "Wille"}], "shared": True}
    assert [(note.text, note.extra) for note in notes_of(course, "w1-1", words)] == [
        ("Netz, Wille", "ohne Namen im Bild der Gruppe")
    ]
    halt = stop("l1-1", 5, {"w1-2_a1": "teilweise"})
    assert [(note.text, note.extra) for note in notes_of(course, "w1-2", QUESTIONS[1], halt)] == [
        ("Wie?", "teilweise"),
        ("Warum?", "offen"),
    ]
    texts = {"entries": [{"q": "Was sehen Sie zuerst?", "a": "Bäume"}, {"q": "<b>Alt?</b>", "a": "alt"}]}
    assert notes_of(course, "w1-3", texts) == [
        Note("Was sehen Sie zuerst?", "Bäume"),
        Note("&lt;b&gt;Alt?&lt;/b&gt;", "alt", "frühere Frage"),
    ]
    option, pair = block("q1-1").options[0], block("q1-3").pairs[0]
    assert notes_of(course, "q1-1", {"chosen": [option.key]})[0].text == option.text
    assert notes_of(course, "q1-3", {"pairs": {pair.key: "Ort"}})[0].text == f"{pair.left_text} → Ort"
    case = {"entries": [{"q": "Schritt I: Wille", "a": "Ruhe"}]}
    assert notes_of(course, "case-1", case)[0].question_html.startswith("<strong>Schritt I: Wille</strong>")


def test_notes_of_a_lernstopp(course: Course) -> None:
    body = {
        "entries": [{"q": "Welche Einsicht möchten Sie behalten?", "a": "Diese"}],
        "states": {"w1-2_a1": "veraendert", "w1-2_a3": "offen"},
        "wording": {"w1-2_a1": "Wozu?"},
        "keywords": [{"id": "a1", "text": "Feld"}],
        "acknowledged": True,
    }
    assert [(note.text, note.extra) for note in notes_of(course, "l1-1", body, QUESTIONS)] == [
        ("Diese", ""),
        ("Wozu?", "verändert"),
        ("Warum?", "offen"),
        ("Feld", ""),
    ]
    assert notes_of(course, "l1-1", {"acknowledged": True}) == [Note("", "Für mich bedacht, ohne Eintrag")]
    assert notes_of(course, "l1-1", {"entries": []}) == []
