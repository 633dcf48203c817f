"""`ablauf` as an answer: reading, showing, the sheet for whoever moderates."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app.course.model import Course
from app.quizzes.forms import Read
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import render_block
from app.quizzes.values import Body, Saved
from tests.modules.doors import words
from tests.quizzes.conftest import here_of, learner_of
from tests.quizzes.procedures_sample import course as sample_course
from tests.support.cast import NOW, Cast

FIRST, SECOND = "Was nehmen Sie mit?", "Was bleibt offen?"


@pytest.fixture(scope="module")
def course() -> Course:
    return sample_course()


@pytest.fixture
def procedure(course: Course) -> Any:
    found = course.find_block("a1")
    assert found
    return found[1]


def read(block: Any, **form: str) -> Read:
    return kind_of(block).read(MultiDict(form), block)


def test_something_written_is_done(procedure: Any) -> None:
    found = read(procedure, e0="Zuhören.\r\nWarten.")
    assert found.body == {
        "entries": [{"q": FIRST, "a": "Zuhören.\nWarten."}, {"q": SECOND, "a": ""}],
        "taken_part": False,
    }
    assert (found.errors, found.done) == ({}, True)


def test_the_tick_is_done(procedure: Any) -> None:
    found = read(procedure, mitgemacht="ja")
    assert (found.body["taken_part"], found.errors, found.done) == (True, {}, True)


def test_nothing_at_all(procedure: Any, course: Course) -> None:
    assert read(procedure).errors == {
        "mitgemacht": "Hier steht noch nichts. Schreiben Sie etwas auf, oder kreuzen Sie „Ablauf mitgemacht“ an."
    }
    assert not read(procedure, autosave="1").errors
    alone = course.find_block("a3")
    assert alone
    assert read(alone[1]).errors == {"mitgemacht": "Bitte kreuzen Sie „Ablauf mitgemacht“ an."}


def test_too_long(procedure: Any) -> None:
    found = read(procedure, e0="x" * 10_001, mitgemacht="ja")
    assert list(found.errors) == ["e0"]
    assert found.body["entries"][0]["a"] == "x" * 10_001


def test_an_answer_to_an_earlier_question_stays(procedure: Any) -> None:
    found = read(procedure, **{"f-12345678": "Alt", "f-12345678-q": "Früher?"})
    assert {"q": "Früher?", "a": "Alt"} in found.body["entries"]


def html(block: Any, cast: Cast, course: Course, body: Body | None = None, **more: Any) -> BeautifulSoup:
    saved = Saved(block.id, 1, body, NOW, NOW) if body else None
    here, learner = here_of(cast, cast.anna, course), learner_of(cast.anna, course)
    return BeautifulSoup(render_block(block, here, saved, learner, **more), "html.parser")


BODY = {"entries": [{"q": FIRST, "a": "Warten."}], "taken_part": True}


def test_the_form_that_would_send_a_body_sends_it(procedure: Any, at_work: Cast, course: Course) -> None:
    fields = kind_of(procedure).fields(procedure, BODY, learner_of(at_work.anna, course))
    again = read(procedure, **{field.name: field.value for field in fields}).body
    assert again == BODY | {"entries": [*BODY["entries"], {"q": SECOND, "a": ""}]}  # type: ignore[misc]


def test_on_the_page(procedure: Any, at_work: Cast, course: Course) -> None:
    shown = html(procedure, at_work, course, BODY, panel=Markup("<b id='lauf'>läuft</b>"))
    assert shown.select_one("#lauf")
    assert words(shown.select_one(".block__kind")) == "Ablauf, gemeinsam mit allen"
    assert words(shown.select_one(".procedure__roles")) == "Rollen: Moderation, Zeitwache"
    assert [words(step) for step in shown.select(".procedure > li")] == [
        "Auftrag 5 Minuten Die Person sagt, was sie klären will.",
        "Sammeln 10 Minuten Alle schreiben Ideen auf.",
        "Stille Einen Moment lang.",
        "Dank 1 Minute",
    ]
    assert shown.select_one("textarea").text.strip() == "Warten."  # type: ignore[union-attr]
    assert shown.select_one("#a1-mitgemacht").has_attr("checked")  # type: ignore[union-attr]
    assert shown.select(".sight")


def test_without_questions_there_is_only_the_tick(at_work: Cast, course: Course) -> None:
    found = course.find_block("a3")
    assert found
    shown = html(found[1], at_work, course)
    assert (shown.select("textarea"), shown.select(".sight")) == ([], [])
    assert words(shown.select_one(".block__kind")) == "Ablauf, für sich allein"


def test_with_an_error(procedure: Any, at_work: Cast, course: Course) -> None:
    found = read(procedure)
    shown = html(procedure, at_work, course, typed=found.body, errors=found.errors)
    assert shown.select_one(".error-summary a")["href"] == "#a1-mitgemacht"  # type: ignore[index]
    assert shown.select_one("#a1-mitgemacht")["aria-describedby"] == "a1-mitgemacht-fehler"  # type: ignore[index]


def test_on_paper_it_is_a_sheet_with_times(procedure: Any, at_work: Cast, course: Course) -> None:
    shown = html(procedure, at_work, course, paper=True)
    rows = [[words(cell) for cell in row.select("td")] for row in shown.select("tbody tr")]
    assert rows == [
        ["0–5", "1. Auftrag Die Person sagt, was sie klären will.", "5 min"],
        ["5–15", "2. Sammeln Alle schreiben Ideen auf.", "10 min"],
        ["15", "3. Stille Einen Moment lang.", "offen"],
        ["", "4. Dank", "1 min"],
    ]
    assert [words(role) for role in shown.select(".procedure-sheet__roles li")] == [
        "Moderation:",
        "Zeitwache:",
    ]
    assert words(shown.select_one(".procedure-sheet__begin")) == "Beginn: Uhr, Dauer: 16 Minuten"
    assert shown.select(".pace") == []


def test_the_lernheft(procedure: Any, at_work: Cast, course: Course) -> None:
    notes = kind_of(procedure).notes(procedure, BODY, learner_of(at_work.anna, course))
    assert [(note.question_html, note.text) for note in notes] == [
        ("Kollegiale Beratung", "Ablauf mitgemacht."), (FIRST, "Warten."),
    ]  # fmt: skip
    assert kind_of(procedure).notes(procedure, {}, learner_of(at_work.anna, course)) == []
