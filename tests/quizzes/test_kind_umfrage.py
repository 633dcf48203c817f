"""`umfrage`: reading, adding up, showing; and that nothing of it can be brought together with a person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import text
from werkzeug.datastructures import MultiDict

from app.course.model import Course
from app.extensions import db, transaction
from app.quizzes import service, surveys, tallies
from app.quizzes.forms import Read
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import render_block, render_together
from app.quizzes.values import Body, Saved, Viewer
from tests.modules.doors import words
from tests.quizzes.conftest import here_of, learner_of
from tests.quizzes.procedures_sample import course as sample_course
from tests.support.cast import DAY, NOW, Cast
from tests.support.databases import count

VIEWER = Viewer(1, staff=False, today=DAY)
OFTEN, SAFE, MISSING, LAST = (
    "Wie oft sind Sie dort?", "Wie sicher fühlen Sie sich?", "Was fehlt dort?", "Wann kamen Sie zuletzt?",
)  # fmt: skip


@pytest.fixture(scope="module")
def course() -> Course:
    return sample_course()


@pytest.fixture
def survey(course: Course) -> Any:
    found = course.find_block("u1")
    assert found
    return found[1]


def name(block: Any, question: str) -> str:
    (key,) = [each.key for each in block.questions if each.prompt.text == question]
    return f"t-{key}"


def read(block: Any, **answers: str) -> Read:
    asked = {"often": OFTEN, "safe": SAFE, "missing": MISSING, "last": LAST}
    form = MultiDict({name(block, asked[short]): value for short, value in answers.items()})
    return kind_of(block).read(form, block)


def test_what_is_kept_with_the_person_is_only_that_they_took_part(survey: Any) -> None:
    found = read(survey, often="selten", safe="4", missing=" Eine Bank\r\n", last="3.7.2026")
    assert (found.body, found.errors, found.done) == ({"taken": True}, {}, True)
    assert found.given == {
        "choices": {OFTEN: "selten", SAFE: "4"},
        "texts": {MISSING: "Eine Bank", LAST: "2026-07-03"},
    }


def test_questions_may_be_left_out(survey: Any) -> None:
    found = read(survey, safe="2")
    assert found.given == {"choices": {SAFE: "2"}, "texts": {}}


@pytest.mark.parametrize("answers", [{}, {"often": "nie", "safe": "9"}, {"missing": " \n "}])
def test_empty_or_nothing_that_was_offered(survey: Any, answers: dict[str, str]) -> None:
    found = read(survey, **answers)
    assert found.errors == {
        name(
            survey, OFTEN
        ): "Hier steht noch nichts. Beantworten Sie mindestens eine Frage, und geben Sie dann ab."
    }
    assert found.given is None
    assert not found.done


def test_where_something_is_wrong_everything_typed_is_kept(survey: Any) -> None:
    found = read(survey, often="selten", missing="x" * 501, last="morgen")
    assert found.errors[name(survey, MISSING)] == (
        "Der Text hat 501 Zeichen, Platz ist für 500. Bitte kürzen Sie ihn um 1 Zeichen."
    )
    assert found.errors[name(survey, LAST)] == "„morgen“ ist kein Datum. Schreiben Sie es so: 24.12.2026."
    assert found.given is None
    kept = {entry["q"]: entry["a"] for entry in found.body["entries"]}
    assert kept == {OFTEN: "selten", SAFE: "", MISSING: "x" * 501, LAST: "morgen"}


def test_a_text_may_have_500_characters(survey: Any) -> None:
    assert not read(survey, missing="x" * 500).errors


def tally_of(survey: Any, *people: dict[str, str]) -> Body:
    tally = tallies.NOTHING
    for answers in people:
        given = read(survey, **answers).given
        assert given
        tally = tallies.added(tally, given)
    return tally


def test_the_order_of_arrival_is_nowhere(survey: Any) -> None:
    people = [{"missing": word, "often": "selten"} for word in ("Zaun", "bank", "Ampel", "Bank")]
    tally = tally_of(survey, *people)
    assert tally["texts"][MISSING] == ["Ampel", "Bank", "bank", "Zaun"]
    assert tally == tally_of(survey, *reversed(people))
    assert tallies.NOTHING == {"people": 0, "choices": {}, "texts": {}}


def together(block: Any, cast: Cast, course: Course, tally: Body) -> BeautifulSoup:
    html = render_together(block, here_of(cast, cast.anna, course), tally, VIEWER)  # type: ignore[arg-type]
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize(
    ("people", "said"), [(0, "Noch fünf Antworten"), (3, "Noch zwei Antworten"), (4, "Noch eine Antwort")]
)
def test_below_five_nothing_is_shown(
    survey: Any, at_work: Cast, course: Course, people: int, said: str
) -> None:
    shown = together(survey, at_work, course, tally_of(survey, *[{"missing": "Bank"}] * people))
    assert words(shown) == f"{said}, dann erscheint das Ergebnis."


def test_from_five_on_there_are_results(survey: Any, at_work: Cast, course: Course) -> None:
    people = [{"often": "täglich", "safe": str(step)} for step in (1, 2, 2, 5)] + [
        {"missing": "Eine <b>Bank</b>"}
    ]
    shown = together(survey, at_work, course, tally_of(survey, *people))
    assert shown.select("form, input, textarea, [style]") == []
    often, safe, missing, last = shown.select(".result")
    assert [words(line) for line in often.select("li")] == [
        "täglich 4 von 4",
        "wöchentlich 0 von 4",
        "selten 0 von 4",
    ]
    assert [bar["width"] for bar in often.select("rect")] == ["100", "0", "0"]
    assert "Mittelwert: 2,5" in words(safe)
    assert [line.text for line in missing.select(".own")] == ["Eine <b>Bank</b>"]
    assert "Dazu hat niemand etwas gesagt." in words(last)


@pytest.mark.parametrize(
    ("people", "counted"), [(5, 5), (6, 5), (7, 5), (8, 8), (9, 8), (10, 8), (11, 11), (20, 20), (22, 20)]
)
def test_results_move_in_steps(survey: Any, at_work: Cast, course: Course, people: int, counted: int) -> None:
    """One more answer changes nothing that can be seen, so nobody can read it off."""
    said = [{"often": "selten", "missing": f"Wort {n:02}"} for n in range(people)]
    shown = together(survey, at_work, course, tally_of(survey, *said))
    assert [line.text for line in shown.select(".own")] == [f"Wort {n:02}" for n in range(counted)]
    assert words(shown.select(".result")[0].select("li")[2]) == f"selten {counted} von {counted}"
    if people == counted:
        assert words(shown.p).startswith(f"{people} Personen haben geantwortet.")
    else:
        assert words(shown.p).startswith(
            f"Gezeigt sind die ersten {counted} Antworten, inzwischen haben {people} Personen geantwortet."
        )
    assert "erst nach je drei weiteren Antworten" in words(shown.p)


def test_what_was_seen_before_results_moved_in_steps_stays(survey: Any) -> None:
    old: Body = {"people": 6, "choices": {OFTEN: {"selten": 6}}, "texts": {}}
    assert tallies.published(old) == old
    more = tallies.added(old, {"choices": {OFTEN: "selten"}, "texts": {}})
    assert (more["people"], tallies.published(more)) == (7, old)
    assert tallies.published({"people": 4, "choices": {}, "texts": {}}) is None


def test_a_question_that_is_asked_no_more_keeps_its_results(survey: Any) -> None:
    tally = tally_of(survey, *[{"often": "selten"}] * 5)
    tally["choices"]["Alt & neu?"] = {"ja": 2, "nein": 3}
    before = tallies.results(survey.questions, tally)[-1]
    assert before.question_html == "Frühere Frage: Alt &amp; neu?"
    assert [(bar.option, bar.count, bar.percent) for bar in before.bars] == [("ja", 2, 40), ("nein", 3, 60)]


def block_html(
    block: Any, cast: Cast, course: Course, saved: Saved | None = None, **more: Any
) -> BeautifulSoup:
    here, learner = here_of(cast, cast.anna, course), learner_of(cast.anna, course)
    return BeautifulSoup(render_block(block, here, saved, learner, **more), "html.parser")


TAKEN = Saved("u1", 1, {"taken": True}, NOW, NOW)


def test_before_answering_it_says_what_happens(survey: Any, at_work: Cast, course: Course) -> None:
    shown = block_html(survey, at_work, course)
    assert words(shown.select_one(".sight")) == (
        "Anonym: Gespeichert wird ohne Ihren Namen, nur zusammengezählt mit den Antworten der anderen. Ab fünf Antworten "
        "sehen alle in Ihrer Kohorte und Ihre Trainer:innen das Ergebnis, auch Ihre Sätze im Wortlaut. Nach dem Abgeben "
        "lassen sich Antworten nicht mehr ändern, weil niemand weiß, welche Ihre sind. Sie können Fragen auslassen."
    )
    assert shown.select_one("form")["data-autosave"] == "nein"  # type: ignore[index]
    assert shown.select_one("[data-handed-in]") is None


def test_afterwards_there_are_thanks_and_no_form(survey: Any, at_work: Cast, course: Course) -> None:
    shown = block_html(survey, at_work, course, TAKEN)
    assert shown.select("form") == []
    assert words(shown.select_one(".note")) == (
        "Danke, Ihre Antworten sind gezählt. Antworten lassen sich nicht mehr ändern, weil niemand weiß, welche Ihre sind."
    )
    assert shown.section and shown.section["data-handed-in"] == str(at_work.anna.enrolment_id)


def test_on_paper_there_is_the_empty_form(survey: Any, at_work: Cast, course: Course) -> None:
    shown = block_html(survey, at_work, course, TAKEN, paper=True)
    assert words(shown.select_one(".paper-choice")) == "☐ täglich ☐ wöchentlich ☐ selten"
    assert shown.select("[data-handed-in]") == []


def test_after_an_error_the_fields_are_filled(survey: Any, at_work: Cast, course: Course) -> None:
    found = read(survey, often="selten", safe="3", missing="x" * 501)
    shown = block_html(survey, at_work, course, typed=found.body, errors=found.errors)
    assert shown.select_one("option[selected]")["value"] == "selten"  # type: ignore[index]
    assert shown.select_one("input[checked]")["value"] == "3"  # type: ignore[index]
    assert "x" * 501 in shown.select("textarea")[0].text
    assert len(shown.select(".error-summary a")) == 1


def test_the_lernheft_says_that_one_took_part(survey: Any, at_work: Cast, course: Course) -> None:
    kind, learner = kind_of(survey), learner_of(at_work.anna, course)
    (note,) = kind.notes(survey, {"taken": True}, learner)
    assert (note.question_html, note.text) == (
        "Drei Fragen zum Platz", "Mitgemacht. Was Sie geantwortet haben, steht nirgends bei Ihnen.",
    )  # fmt: skip
    assert kind.notes(survey, {}, learner) == []
    assert kind.fields(survey, {"taken": True}, learner) == []


def hand_in(app: Flask, cohort: int, enrolment: int, words: str, client_id: str) -> None:
    """One person's answers as a request of its own."""
    given = {"choices": {}, "texts": {MISSING: words}}
    with app.app_context(), transaction():
        service.record(
            enrolment, "u1", {"taken": True}, client_id=client_id, base_version=0, done=True,
            once=partial(surveys.add, cohort, "u1", given),
        )  # fmt: skip


def texts(app: Flask, cohort: int) -> tuple[int, list[str]]:
    with app.app_context():
        tally = surveys.tally(cohort, "u1")
        db.session.remove()
    return tally["people"], tally["texts"].get(MISSING, [])


def test_twice_from_two_windows_is_once(app: Flask, cast: Cast) -> None:
    anna = cast.anna.enrolment_id
    for word, client_id in (("eins", "geraet-a"), ("eins", "geraet-a"), ("zwei", "geraet-b")):
        hand_in(app, cast.nord, anna, word, client_id)
    assert texts(app, cast.nord) == (1, ["eins"])


def test_twenty_windows_at_once_are_once(app: Flask, cast: Cast) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(
            pool.map(
                lambda n: hand_in(app, cast.nord, cast.anna.enrolment_id, "eins", f"geraet-{n}"), range(20)
            )
        )
    assert texts(app, cast.nord) == (1, ["eins"])
    with app.app_context():
        assert (count("survey_tally"), count("answer"), count("answer_revision")) == (1, 1, 1)


def test_twenty_people_at_once_are_twenty(app: Flask, cast: Cast) -> None:
    """The row is locked while it is counted, also when it does not exist yet."""

    def add(n: int) -> None:
        with app.app_context(), transaction():
            surveys.add(cast.nord, "u1", {"choices": {OFTEN: "selten"}, "texts": {MISSING: f"Text {n:02}"}})

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(add, range(20)))
    assert texts(app, cast.nord) == (20, [f"Text {n:02}" for n in range(20)])
    assert texts(app, cast.sued) == (0, [])


def test_a_failed_count_leaves_no_answer(app: Flask, cast: Cast) -> None:
    def fail() -> None:
        raise RuntimeError("in the middle")

    with app.app_context(), pytest.raises(RuntimeError), transaction():
        service.record(
            cast.anna.enrolment_id, "u1", {"taken": True}, client_id="geraet-a", base_version=0, done=True, once=fail
        )  # fmt: skip
    with app.app_context():
        assert count("answer") == 0


def test_no_row_leads_from_words_to_a_person(app: Flask, cast: Cast) -> None:
    hand_in(app, cast.nord, cast.anna.enrolment_id, "Geheim", "geraet-a")
    with app.app_context():
        columns = set(db.metadata.tables["survey_tally"].columns.keys())
        assert columns == {"cohort_id", "block_id", "sealed_body"}
        rows = [tuple(row) for row in db.session.execute(text("SELECT * FROM survey_tally"))]
        assert all(
            b"Geheim" not in bytes(value) for row in rows for value in row if not isinstance(value, int | str)
        )
        (revision,) = service.history(cast.anna.enrolment_id, "u1")
        assert revision.body == {"taken": True}
