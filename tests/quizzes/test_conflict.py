"""Two windows saved differently: both texts are shown, and what is sent from there counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from app.course.model import Course
from app.quizzes import service
from app.quizzes.conflicts import choices
from app.quizzes.kind import FormField
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import render_conflict
from app.quizzes.values import Body, Conflict, Saved
from tests.quizzes.conftest import Save, here_of, learner_of
from tests.quizzes.test_rendering import sent
from tests.support.cast import Cast
from tests.support.client import check_page

EVIL = '</textarea><script>alert("x")</script>'
Show = Callable[[str, Body, Body], BeautifulSoup]


@pytest.fixture
def show(save: Save, at_work: Cast, course: Course, block: Callable[[str], Any]) -> Show:
    """The page after `first` was saved and `second` was sent on nothing."""

    def make(block_id: str, first: Body, second: Body) -> BeautifulSoup:
        save(at_work.anna, "w1-2", {"items": [{"id": "a1", "text": "Wie?"}], "last": 1})
        save(at_work.anna, block_id, first)
        conflict = save(at_work.anna, block_id, second)
        assert isinstance(conflict, Conflict)
        html = render_conflict(
            block(block_id),
            here_of(at_work, at_work.anna, course),
            conflict,
            learner_of(at_work.anna, course),
        )
        check_page(html, block_id)
        return BeautifulSoup(html, "html.parser")

    return make


def texts(*words: str) -> Body:
    questions = ("Was sehen Sie zuerst?", "Was übersehen Sie leicht?", "Was war früher?")
    return {"entries": [{"q": question, "a": word} for question, word in zip(questions, words, strict=False)]}


def form_of(page: BeautifulSoup) -> MultiDict[str, str]:
    answer = page.find("form", attrs={"data-answer": True})
    return sent(BeautifulSoup(str(answer), "html.parser"))


def test_both_texts_are_shown(show: Show, block: Any, at_work: Cast, save: Save) -> None:
    page = show("w1-3", texts("gespeichert", "gleich"), texts(f"gesendet {EVIL}", "gleich"))
    shown = [part.get_text() for part in page.find_all(class_="own")]
    assert shown == ["gespeichert", f"gesendet {EVIL}"]
    form = form_of(page)
    assert form["version"] == "1"
    read = kind_of(block("w1-3")).read(form, block("w1-3"))
    assert read.body == texts(f"gesendet {EVIL}", "gleich")
    result = save(at_work.anna, "w1-3", read.body, base=int(form["version"]))
    assert isinstance(result, Saved)
    assert result.version == 2
    words = [
        revision.body["entries"][0]["a"] for revision in service.history(at_work.anna.enrolment_id, "w1-3")
    ]
    assert words == ["gespeichert", f"gesendet {EVIL}", f"gesendet {EVIL}"]


def test_a_text_that_was_only_written_on_is_proposed(show: Show) -> None:
    page = show("w1-3", texts("kurz und lang", ""), texts("kurz", "neu"))
    assert form_of(page)["e0"] == "kurz und lang"
    assert form_of(page)["e1"] == "neu"


def test_answers_to_earlier_questions_survive(show: Show, block: Any) -> None:
    page = show("w1-3", texts("a", "b", "früher"), texts("c", "b"))
    read = kind_of(block("w1-3")).read(form_of(page), block("w1-3"))
    assert read.body == texts("c", "b", "früher")


def test_lines_of_two_windows(show: Show, block: Any) -> None:
    page = show(
        "w-ankommen",
        {"items": [{"id": "a1", "text": "Ruhe", "shared": True}], "last": 1},
        {
            "items": [
                {"id": "a1", "text": "Ruhe", "shared": False},
                {"id": "a2", "text": "Tee", "shared": False},
            ],
            "last": 2,
        },
    )
    assert page.find("h2", string="Wer liest diese Zeile?")
    read = kind_of(block("w-ankommen")).read(form_of(page), block("w-ankommen"))
    assert read.body["items"] == [
        {"id": "a1", "text": "Ruhe", "shared": False},
        {"id": "a2", "text": "Tee", "shared": False},
    ]
    assert read.body["last"] == 2


def test_a_lernstopp_in_two_windows(show: Show, block: Any) -> None:
    def body(state: str, word: str) -> Body:
        return {
            "entries": [
                {"q": "Welche Einsicht möchten Sie behalten?", "a": "gleich"},
                {"q": "Was probieren Sie diese Woche aus?", "a": ""},
            ],
            "states": {"w1-2_a1": state},
            "wording": {},
            "keywords": [{"id": "a1", "text": word}],
            "acknowledged": False,
            "last": 1,
        }

    page = show("l1-1", body("offen", "Netz"), body("teilweise", "Wille"))
    assert page.find("h2", string="Stand der Frage „Wie?“")
    read = kind_of(block("l1-1")).read(form_of(page), block("l1-1"))
    assert read.body == body("teilweise", "Wille")


def test_a_question_in_two_windows(show: Show, block: Any) -> None:
    keys = [option.key for option in block("q1-2").options]
    page = show("q1-2", {"chosen": keys[:1]}, {"chosen": keys[1:]})
    assert form_of(page).getlist("o") == keys[1:]
    assert form_of(page)["version"] == "1"
    assert page.find("button", string="Das Gesendete übernehmen")


def test_choices() -> None:
    state = FormField("s", "Stand", "a", options=(("", "nichts"), ("a", "A"), ("b", "B")))
    found = choices(
        [state, FormField("last", "", "9", hidden=True)], [FormField("last", "", "10", hidden=True)]
    )
    assert [(choice.is_open, choice.proposal) for choice in found] == [(True, ""), (False, "10")]
    assert found[0].submitted.shown == "nichts"
