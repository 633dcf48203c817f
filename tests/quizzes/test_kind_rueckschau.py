"""`rueckschau`: wishes and what became of them, and everything one takes along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from app import clock
from app.course.model import Course
from app.quizzes import learner, service
from app.quizzes.entries import Note
from app.quizzes.forms import Read
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import render_block
from app.quizzes.values import Body
from tests.quizzes.conftest import Save, compiled, here_of, learner_of
from tests.quizzes.test_rendering import EVIL, PAGE, sent
from tests.support.cast import NOW, Cast
from tests.support.client import check_page
from tests.support.course import FELDER, small_course

REVIEW = """
::: rueckschau {#rueck minuten=4}
Was ist aus Ihren Wünschen und Fragen geworden?
:::

::: vorsatz {#schritt}
Was probieren Sie aus?
:::
"""
WISHES: Body = {
    "items": [
        {"id": "a1", "text": "mitreden", "shared": True},
        {"id": "a2", "text": "Ruhe", "shared": False},
    ],
    "last": 2,
}
BODY: Body = {
    "wishes": [
        {"id": "w-ankommen_a1", "text": "mitreden", "state": "erfuellt"},
        {"id": "w-ankommen_a9", "text": "Kuchen", "state": "offen"},
    ],
    "entries": [{"q": "Was nehme ich mit?", "a": "Geduld"}, {"q": "Was war?", "a": "Viel"}],
}
EMPTY = "Hier steht noch nichts. Kennzeichnen Sie einen Wunsch, oder schreiben Sie ein Stichwort."


@pytest.fixture(scope="module")
def course() -> Course:
    return compiled(small_course() | {"feld/felder.md": (FELDER + REVIEW).encode()})


def read(course: Course, **form: str) -> Read:
    found = course.find_block("rueck")
    assert found
    values = MultiDict({name.replace("__", "-"): value for name, value in form.items()})
    return kind_of(found[1]).read(values, found[1])


def test_reading(course: Course) -> None:
    sent_form = {
        "s-w-ankommen_a1": "erfuellt", "w-w-ankommen_a1": " mitreden ",
        "s-w-ankommen_a2": "", "w-w-ankommen_a2": "Ruhe", "e0": "Geduld\r\nund Zeit\n",
    }  # fmt: skip
    found = read(course, **sent_form)
    assert found == Read(
        {
            "wishes": [{"id": "w-ankommen_a1", "text": "mitreden", "state": "erfuellt"}],
            "entries": [{"q": "Was nehme ich mit?", "a": "Geduld\nund Zeit"}],
        },
        done=True,
    )


def test_a_state_alone_is_enough(course: Course) -> None:
    found = read(course, **{"s-w-ankommen_a1": "offen", "w-w-ankommen_a1": "mitreden"})
    assert (found.done, found.errors) == (True, {})


def test_a_text_alone_is_enough(course: Course) -> None:
    assert read(course, e0="Geduld").done


def test_nothing_at_all(course: Course) -> None:
    found = read(course)
    assert (found.errors, found.done) == ({"e0": EMPTY}, False)
    assert read(course, autosave="1").errors == {}
    assert read(course, version="3").errors == {}, "what was saved may be taken back"


@pytest.mark.parametrize("state", ["verändert", "ja", "<b>", "ERFUELLT"])
def test_other_states_are_none(course: Course, state: str) -> None:
    assert read(course, **{"s-w-ankommen_a1": state, "e0": "x"}).body["wishes"] == []


@pytest.mark.parametrize("name", ["s-x", "s-../a_a1", "s-w_a0", "s-W_a1", "s-w_a1 "])
def test_other_names_are_none(course: Course, name: str) -> None:
    assert read(course, **{name: "offen", "e0": "x"}).body["wishes"] == []


def test_a_text_that_is_too_long_stays(course: Course) -> None:
    found = read(course, e0="x" * 10_001)
    assert found.errors["e0"].startswith("Der Text hat 10.001 Zeichen")
    assert len(found.body["entries"][0]["a"]) == 10_001


# --------------------------------------------------------------------- the page

Show = Callable[..., BeautifulSoup]


@pytest.fixture
def show(at_work: Cast, course: Course) -> Show:
    """`show()` gives Anna's block, parsed and checked."""

    def make(**how: Any) -> BeautifulSoup:
        answers = service.answers_of(at_work.anna.enrolment_id)
        found = course.find_block("rueck")
        assert found
        known = learner.build(course, answers, at_work.anna.enrolment_id)
        html = str(
            render_block(found[1], here_of(at_work, at_work.anna, course), answers.get("rueck"), known, **how)
        )
        check_page(PAGE.format(html), "rueckschau")
        return BeautifulSoup(html, "html.parser")

    return make


def text(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


@pytest.fixture
def wrote(save: Save, at_work: Cast) -> None:
    """Something in every block that comes back at the end."""
    save(at_work.anna, "w-ankommen", WISHES)
    save(at_work.anna, "w1-1", {"items": [{"id": "a1", "text": "Zaun"}], "last": 1})
    save(at_work.anna, "w1-2", {"items": [{"id": "a1", "text": "Wie finde ich das Feld?"}], "last": 1})
    with clock.standing_at(NOW + timedelta(hours=4)):
        stop = {
            "entries": [{"q": "Welche Einsicht möchten Sie behalten?", "a": "Erst hinsehen"}],
            "states": {"w1-2_a1": "veraendert"},
            "wording": {"w1-2_a1": "Wo ist das Feld?"},
            "keywords": [{"id": "a1", "text": "Aneignung"}],
        }
        save(at_work.anna, "l1-1", stop)
        resolution = {"if": "der Kiosk öffnet", "then": "gehe ich hin", "day": "2026-07-17", "remind": False}
        save(at_work.anna, "schritt", resolution)


def test_before_anything_was_written(show: Show) -> None:
    page = show()
    assert page.select("fieldset") == []
    assert page.select_one(".review") is None
    assert text(page.select_one("h2")) == "Was ist daraus geworden?"
    assert text(page.select_one(".sight")) == "Nur Sie sehen das."
    assert text(page.select_one(".field__label")) == "Was nehme ich mit?"
    assert "Sobald Sie unterwegs eigene Fragen, Schlagworte und Einsichten aufgeschrieben haben" in text(page)


def test_each_wish_can_be_marked(show: Show, wrote: None) -> None:
    page = show()
    assert [text(legend) for legend in page.select("legend")] == ["mitreden", "Ruhe"]
    first = page.select_one("fieldset")
    assert first
    assert [text(label) for label in first.select("label")] == ["erfüllt", "teilweise", "offen"]
    assert page.select("input[checked]") == []
    assert "Auch wenn Sie einen Wunsch geteilt haben: Was daraus geworden ist, sehen nur Sie." in text(page)


def test_who_reads_it_stands_before_the_first_field(show: Show, wrote: None) -> None:
    html = str(show())
    assert 0 < html.find('class="sight') < html.find('type="radio"')


def test_everything_comes_back(show: Show, wrote: None) -> None:
    review = show().select_one(".review")
    assert review
    assert [text(heading) for heading in review.select("h3")] == [
        "Ihre Ausgangsfragen", "Ihre Schlagworte", "Ihre Einsichten", "Ihre ersten Schritte",
    ]  # fmt: skip
    assert [text(step) for step in review.select(".thread li")] == [
        "Willkommen, 3. Juli 2026, 11:00 Uhr notiert : Wie finde ich das Feld?",
        "Halt am Morgen, 3. Juli 2026, 15:00 Uhr verändert : Wo ist das Feld?",
    ]
    _, words, insights, steps = review.select("section")
    assert text(words) == "Ihre Schlagworte Am Anfang Willkommen Zaun Dazugekommen Halt am Morgen Aneignung"
    assert text(insights) == (
        "Ihre Einsichten Halt am Morgen Welche Einsicht möchten Sie behalten? Erst hinsehen"
    )
    assert text(steps) == (
        "Ihre ersten Schritte Felder, 3. Juli 2026, 15:00 Uhr "
        "Wenn der Kiosk öffnet, dann gehe ich hin. bis 17.7.2026"
    )
    assert review.select("input, textarea, select, button") == []


def test_the_form_sends_what_was_saved(show: Show, wrote: None, save: Save, at_work: Cast) -> None:
    save(at_work.anna, "rueck", BODY)
    page = show()
    assert read_back(sent(page)) == BODY
    assert "Diesen Wunsch haben Sie inzwischen gestrichen." in text(page)
    assert "Frühere Frage: Was war?" in text(page)


def read_back(form: MultiDict[str, str]) -> Body:
    found = compiled(small_course() | {"feld/felder.md": (FELDER + REVIEW).encode()}).find_block("rueck")
    assert found
    return kind_of(found[1]).read(form, found[1]).body


def test_form_values_are_the_form(wrote: None, at_work: Cast, course: Course) -> None:
    found = course.find_block("rueck")
    assert found
    fields = kind_of(found[1]).fields(found[1], BODY, learner_of(at_work.anna, course))
    values = MultiDict((field.name, field.value) for field in fields)
    assert kind_of(found[1]).read(values, found[1]).body == BODY


def test_a_reworded_wish_is_shown_as_it_is_now(show: Show, wrote: None, save: Save, at_work: Cast) -> None:
    save(at_work.anna, "rueck", BODY)
    changed = {"items": [{"id": "a1", "text": "mitentscheiden", "shared": True}], "last": 2}
    save(at_work.anna, "w-ankommen", changed, base=1)
    assert [text(legend) for legend in show().select("legend")] == ["mitentscheiden", "Kuchen"]


def test_what_is_written_is_only_text(show: Show, save: Save, at_work: Cast) -> None:
    save(at_work.anna, "w-ankommen", {"items": [{"id": "a1", "text": EVIL, "shared": False}], "last": 1})
    save(at_work.anna, "w1-1", {"items": [{"id": "a1", "text": EVIL}], "last": 1})
    stop = {"entries": [{"q": EVIL, "a": EVIL}], "states": {}, "keywords": [{"id": "a1", "text": EVIL + "2"}]}
    save(at_work.anna, "l1-1", stop)
    page = show()
    assert page.find("script") is None
    assert page.find("img") is None
    assert "49" not in text(page)
    assert sent(page)["w-w-ankommen_a1"] == EVIL


def test_errors_keep_what_was_typed(show: Show, wrote: None) -> None:
    typed = {"wishes": BODY["wishes"], "entries": [{"q": "Was nehme ich mit?", "a": "x" * 10_001}]}
    page = show(typed=typed, errors={"e0": "Der Text ist zu lang."}, base_version=2)
    assert read_back(sent(page)) == typed
    assert text(page.select_one("[role=alert] a")) == "Der Text ist zu lang."
    assert sent(page)["version"] == "2"


def test_on_paper_there_is_room_for_wishes(show: Show) -> None:
    page = show(paper=True)
    assert [text(line) for line in page.select(".review__blank li")] == ["☐ erfüllt ☐ teilweise ☐ offen"] * 3


# --------------------------------------------------------------------- the Lernheft and the others


def test_notes(wrote: None, at_work: Cast, course: Course) -> None:
    found = course.find_block("rueck")
    assert found
    assert kind_of(found[1]).notes(found[1], BODY, learner_of(at_work.anna, course)) == [
        Note("Ihr Wunsch", "mitreden", "erfüllt"),
        Note("Ein Wunsch, den Sie inzwischen gestrichen haben", "Kuchen", "offen"),
        Note("Was nehme ich mit?", "Geduld"),
        Note("Was war?", "Viel", "frühere Frage"),
    ]


def test_the_learner_knows_what_became_of_a_wish(
    wrote: None, save: Save, at_work: Cast, course: Course
) -> None:
    assert [wish.state for wish in learner_of(at_work.anna, course).wishes] == ["", ""]
    save(at_work.anna, "rueck", BODY)
    assert [wish.state for wish in learner_of(at_work.anna, course).wishes] == ["erfuellt", ""]


def test_the_group_sees_the_wish_and_not_what_became_of_it(
    wrote: None, save: Save, at_work: Cast, course: Course
) -> None:
    save(at_work.anna, "rueck", BODY)
    assert [wish.text for wish in service.shared_wishes(at_work.nord)] == ["mitreden"]
    assert service.contributions(at_work.nord, "rueck", "gruppe", "trainer") == []
