"""`regler`: unset is not the lowest step; a zero makes the product zero and is no blame; the picture has no names."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from app import clock
from app.course.blocks.regler import Reckoning
from app.course.model import Course
from app.extensions import transaction
from app.quizzes import learner, service, sharing
from app.quizzes.forms import Read
from app.quizzes.kinds import kind_of
from app.quizzes.reckoning import reckoned
from app.quizzes.rendering import render_block, render_together
from app.quizzes.values import Body, Contribution, Viewer
from tests.quizzes.conftest import here_of
from tests.quizzes.sheets_sample import COURSE, block, reworded
from tests.quizzes.test_rendering import PAGE
from tests.support.cast import Cast
from tests.support.client import check_page

LEARNER = learner.build(COURSE, {})
ME = Viewer(1, False, date(2026, 7, 3))
EMPTY = "Hier ist noch nichts eingeschätzt. Eine einzige Skala genügt."
ZERO = "Und mal 0 bleibt 0. Das ist kein Urteil über das Vorhaben: Hier bewegt schon ein kleiner Schritt am meisten."
STEPS = ("0", "1", "2", "3", "4", "5")


def form(block_id: str, *steps: str, course: Course = COURSE, **more: str) -> dict[str, str]:
    keys = [scale.key for scale in block(block_id, course).scales]
    return {f"r-{key}": step for key, step in zip(keys, steps, strict=False)} | more


def read(block_id: str, sent: dict[str, str], course: Course = COURSE) -> Read:
    found = block(block_id, course)
    return kind_of(found).read(MultiDict(sent), found)


def page_of(cast: Cast, block_id: str, course: Course = COURSE, **options: Any) -> BeautifulSoup:
    answers = service.answers_of(cast.anna.enrolment_id)
    known = learner.build(course, answers, cast.anna.enrolment_id)
    here = here_of(cast, cast.anna, course)
    html = str(render_block(block(block_id, course), here, answers.get(block_id), known, **options))
    check_page(PAGE.format(html), block_id)
    return BeautifulSoup(html, "html.parser")


def keep(cast: Cast, block_id: str, body: Body) -> None:
    with transaction():
        service.record(
            cast.anna.enrolment_id, block_id, body, client_id=str(uuid.uuid4()), base_version=0, done=True
        )


def shown(page: BeautifulSoup) -> str:
    for hidden in page.find_all(hidden=True):
        hidden.extract()
    return " ".join(page.get_text(" ").split())


def test_steps_and_what_is_open() -> None:
    found = read("r1", form("r1", "0", "", "9", schwaechster="Ein Bild"))
    assert found.body == {"entries": [{"q": "Unmut", "a": "0"}], "weakest": "Ein Bild", "in_picture": False}
    assert (found.errors, found.done, found.shared) == ({}, True, False)


def test_nothing_set() -> None:
    first = f"r-{block('r1').scales[0].key}"
    assert read("r1", form("r1", "", "")).errors == {first: EMPTY}
    assert not read("r1", form("r1", "", "", autosave="1")).errors
    assert not read("r1", {"autosave": "1"}).done


def test_what_cannot_be_keeps_everything() -> None:
    day = f"t-{block('r1').fields[0].key}"
    found = read("r1", form("r1", "3", **{day: "bald", "schwaechster": "x" * 10_001}))
    assert set(found.errors) == {day, "schwaechster"}
    assert {"q": "Bis wann?", "a": "bald"} in found.body["entries"]
    assert len(found.body["weakest"]) == 10_001


@pytest.mark.parametrize(
    ("block_id", "sent"),
    [
        ("r1", form("r1", "4", "0", "2", schwaechster="Zeit")),
        ("r2", form("r2", "1", "", bild="ja")),
        ("r3", form("r3", "mitmachen")),
    ],
)
def test_the_form_of_a_body_gives_the_same_body(block_id: str, sent: dict[str, str]) -> None:
    body = read(block_id, sent).body
    fields = kind_of(block(block_id)).fields(block(block_id), body, LEARNER)
    assert read(block_id, {field.name: field.value for field in fields}).body == body


def test_a_scale_in_other_words_keeps_its_value(at_work: Cast) -> None:
    keep(at_work, "r1", read("r1", form("r1", "4", "3")).body)
    later = reworded("- Ziel\n- Wer", "- Klares Ziel\n- Wer")
    page = page_of(at_work, "r1", later)
    assert "Frühere Frage: Ziel" in page.text
    fields = kind_of(block("r1", later)).fields(
        block("r1", later), read("r1", form("r1", "4", "3")).body, LEARNER
    )
    again = read("r1", {field.name: field.value for field in fields}, later)
    assert {"q": "Ziel", "a": "3"} in again.body["entries"]


def test_product() -> None:
    names = ["a", "b", "c"]

    def of(*steps: str) -> tuple[str, int, tuple[str, ...], tuple[str, ...]]:
        values = dict(zip(names, steps, strict=False))
        result = reckoned(names, values, STEPS, Reckoning.PRODUCT)
        return result.text, result.open_count, result.zeros, result.lowest

    assert of("2", "3", "4") == ("24", 0, (), ("a",))
    assert of("2", "3") == ("", 1, (), ())
    assert of("2", "0") == ("0", 1, ("b",), ())
    assert of("0", "0", "5") == ("0", 0, ("a", "b"), ("a", "b"))
    assert of("3", "3", "3") == ("27", 0, (), ())
    assert reckoned(names, {}, STEPS, Reckoning.PRODUCT).most == "125"
    assert reckoned(list("abcde"), dict.fromkeys("abcde", "5"), STEPS, Reckoning.PRODUCT).text == "3.125"


@pytest.mark.parametrize(
    ("steps", "text"), [(("1", "2"), "1,5"), (("2", "2"), "2"), (("1", "1", "2"), "1,3"), ((), "")]
)
def test_mean(steps: tuple[str, ...], text: str) -> None:
    values = dict(zip("abc", steps, strict=False))
    assert reckoned(list("abc"), values, STEPS, Reckoning.MEAN).text == text


def test_before_anything_is_set(at_work: Cast) -> None:
    page = page_of(at_work, "r1")
    assert [field["value"] for field in page.find_all("input", checked=True)] == ["", "", ""]
    html = str(page)
    assert 0 < html.find('class="sight') < html.find('type="radio"')
    text = shown(page)
    assert "Produkt: – von höchstens 125" in text
    assert "Noch offen: 3 von 3." in text
    assert ZERO not in text
    assert "Nur Mut." not in text


def test_a_zero_is_said_kindly_and_the_lowest_is_named(at_work: Cast) -> None:
    keep(at_work, "r1", read("r1", form("r1", "4", "0", "2")).body)
    text = shown(page_of(at_work, "r1"))
    assert "Produkt: 0 von höchstens 125" in text
    assert f"Auf 0: „Ziel“ . {ZERO}" in text
    assert "Am niedrigsten: „Ziel“ Was stärkt ihn?" in text
    assert "Nur Mut." in text
    assert "Noch offen" not in text


def test_the_poles_can_be_seen_and_heard(at_work: Cast) -> None:
    page = page_of(at_work, "r1")
    assert [pole.text for pole in page.select(".scale__poles span")] == ["die Leitung", "alle"]
    steps = [" ".join(label.text.split()) for label in page.select(".scale")[2].select(".scale__step")]
    assert (steps[0], steps[-1]) == ("0 (die Leitung)", "5 (alle)")


def test_on_paper_nothing_is_offered_that_only_a_screen_can(at_work: Cast) -> None:
    page = page_of(at_work, "r2", paper=True)
    assert page.find("input", attrs={"name": "bild"}) is None
    assert page.find("p", class_="paper__name")


def test_with_errors(at_work: Cast) -> None:
    found = read("r1", form("r1", "", ""))
    page = page_of(at_work, "r1", typed=found.body, errors=found.errors)
    link = page.find("div", role="alert").find("a")
    assert link.text == EMPTY
    assert page.find(id=link["href"][1:]).name == "fieldset"


def test_notes() -> None:
    day = f"t-{block('r1').fields[0].key}"
    body = read("r1", form("r1", "4", "0", "2", **{day: "3.7.2026", "schwaechster": "Ein Bild"})).body
    assert [
        (note.question_html, note.text) for note in kind_of(block("r1")).notes(block("r1"), body, LEARNER)
    ] == [
        ("Unmut", "4 (von 0 bis 5)"),
        ("Ziel", "0 (von 0 bis 5)"),
        ("Wer entscheidet?", "2 (von 0 „die Leitung“ bis 5 „alle“)"),
        ("Bis wann?", "3.7.2026"),
        ("Produkt", "0"),
        ("Was stärkt ihn?", "Ein Bild"),
    ]
    words = read("r3", form("r3", "mitmachen")).body
    assert [note.text for note in kind_of(block("r3")).notes(block("r3"), words, LEARNER)] == ["mitmachen"]


def test_only_who_ticks_the_box_is_in_the_picture() -> None:
    assert read("r2", form("r2", "3", "", bild="ja")).shared
    assert sharing.by_block(block("r2"), read("r2", form("r2", "3", bild="ja"))) == sharing.PICTURE
    assert sharing.by_block(block("r2"), read("r2", form("r2", "3"))) is None
    assert not read("r2", form("r2", "", "", bild="ja")).shared
    assert not read("r1", form("r1", "3", bild="ja")).shared


def picture(cast: Cast, *people: tuple[str, str]) -> BeautifulSoup:
    sent = [
        Contribution(number, f"Person {number}", read("r2", form("r2", *steps, bild="ja")).body, clock.now())
        for number, steps in enumerate(people, 1)
    ]
    html = str(render_together(block("r2"), here_of(cast, cast.anna, COURSE), sent, ME))
    check_page(PAGE.format(f"<section><h2>Bild</h2>{html}</section>"), "r2")
    return BeautifulSoup(html, "html.parser")


def test_the_picture_waits_for_five(at_work: Cast) -> None:
    assert "sobald 5 Personen ihre Werte dazugelegt haben. Bisher hat das noch niemand getan." in shown(
        picture(at_work)
    )
    four = picture(at_work, *[("1", "2")] * 4)
    assert "Bisher sind es 4." in shown(four)
    assert four.find("svg") is None


def test_the_picture_counts_and_names_nobody(at_work: Cast) -> None:
    page = picture(at_work, ("1", "2"), ("1", "2"), ("7", ""), ("7", "2"), ("7", "2"))
    text = shown(page)
    assert "5 Personen haben ihre Werte dazugelegt." in text
    assert "1: 2 Personen, 7: 3 Personen." in text
    assert "Zu dieser Skala haben noch keine 5 Personen etwas eingestellt." in text
    assert "Person 1" not in text
    assert len(page.find_all("svg")) == 1
    assert page.find(["input", "button"]) is None
