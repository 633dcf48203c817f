"""`arbeitsblatt`: what is typed is kept, whatever becomes of the sheet; drawings count and do not judge."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from app.course.model import Course
from app.extensions import transaction
from app.quizzes import learner, service
from app.quizzes.drawing import balance, circles
from app.quizzes.forms import Read
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import render_block
from app.quizzes.values import Body
from tests.quizzes.conftest import here_of
from tests.quizzes.sheets_sample import COURSE, block, names, reworded
from tests.quizzes.test_rendering import PAGE
from tests.support.cast import Cast
from tests.support.client import check_page

LEARNER = learner.build(COURSE, {})
EMPTY = "Hier steht noch nichts. Ein Stichwort oder eine Auswahl genügt."
Form = dict[str, str]


def read(block_id: str, form: Form, course: Course = COURSE) -> Read:
    found = block(block_id, course)
    return kind_of(found).read(MultiDict(form), found)


def sheet(block_id: str, *values: str, run: int = 1, row: int = 1, course: Course = COURSE) -> Form:
    """The fields of one row in their order."""
    return {
        f"t-{key}-{run}-{row}": value
        for key, value in zip(names(block(block_id, course)), values, strict=False)
    }


FULL = sheet("s1", "Der Kiosk\nund der Platz", "Am Markt", "3.7.2026", "Team", "ja", "Person", "7") | {
    "t-00000000-1": "2026-06-01"
}
FORMS = {
    "s1": FULL | sheet("s1", "Noch einmal", run=2) | {"t-00000000-2": "2026-07-01"},
    "s2": sheet("s2", "eins", "zwei", "", "vier", "fünf"),
    "s3": sheet("s3", "Anna", "2026-07-03") | sheet("s3", "Bela", row=3),
    "s4": sheet("s4", "a\nb", "b\nc", "b"),
    "s5": sheet("s5", "a", ""),
    "s6": sheet("s6", "a\nb\n\nc", "d"),
}


def page_of(cast: Cast, block_id: str, course: Course = COURSE, **options: Any) -> BeautifulSoup:
    answers = service.answers_of(cast.anna.enrolment_id)
    known = learner.build(course, answers, cast.anna.enrolment_id)
    here = here_of(cast, cast.anna, course)
    html = str(render_block(block(block_id, course), here, answers.get(block_id), known, **options))
    check_page(PAGE.format(html), block_id)
    return BeautifulSoup(html, "html.parser")


def keep(cast: Cast, block_id: str, body: Body, base: int = 0) -> None:
    with transaction():
        service.record(
            cast.anna.enrolment_id, block_id, body, client_id=str(uuid.uuid4()), base_version=base, done=True
        )


def test_a_run_with_its_day() -> None:
    found = read("s1", FULL)
    assert found.errors == {}
    assert found.done
    (run,) = found.body["runs"]
    assert run["day"] == "2026-06-01"
    assert [entry["a"] for entry in run["entries"]] == [
        "Der Kiosk\nund der Platz", "Am Markt", "2026-07-03", "Team", "ja", "Person", "7",
    ]  # fmt: skip


def test_an_empty_run_between_two_keeps_its_place_and_the_last_is_dropped() -> None:
    form = sheet("s1", "eins") | sheet("s1", "", run=2) | sheet("s1", "drei", run=3) | sheet("s1", "", run=4)
    assert [len(run["entries"]) for run in read("s1", form).body["runs"]] == [1, 0, 1]


def test_nothing_written() -> None:
    first = f"t-{names(block('s1'))[0]}-1-1"
    form = sheet("s1", "") | {"t-00000000-1": "2026-07-03"}
    assert read("s1", form).errors == {first: EMPTY}
    assert read("s1", form | {"autosave": "1"}) == Read({"runs": []}, {}, False)
    assert read("s1", form | {"version": "2"}).errors == {}


def test_what_cannot_be_keeps_everything_typed() -> None:
    long = "x" * 10_001
    found = read("s1", sheet("s1", long, "", "31.2.2026", "", "vielleicht") | {"t-00000000-1": "morgen"})
    assert [entry["a"] for entry in found.body["runs"][0]["entries"]] == [long, "31.2.2026"]
    assert found.body["runs"][0]["day"] == "morgen"
    assert sorted(found.errors.values()) == [
        "Der Text hat 10.001 Zeichen, Platz ist für 10.000. Bitte kürzen Sie ihn um 1 Zeichen.",
        "„31.2.2026“ ist kein Datum. Schreiben Sie es so: 24.12.2026.",
        "„morgen“ ist kein Datum. Schreiben Sie es so: 24.12.2026.",
    ]


@pytest.mark.parametrize("block_id", FORMS)
def test_the_form_of_a_body_gives_the_same_body(block_id: str) -> None:
    body = read(block_id, FORMS[block_id]).body
    fields = kind_of(block(block_id)).fields(block(block_id), body, LEARNER)
    assert len({field.name for field in fields}) == len(fields)
    again = MultiDict([(field.name, field.value) for field in fields])
    assert kind_of(block(block_id)).read(again, block(block_id)).body == body


def test_strange_names_of_fields_do_no_harm() -> None:
    form = {
        "t-xx-1-1": "a",
        f"t-{names(block('s1'))[0]}-99-999": "weit",
        "f-12345678": "ohne Frage",
        "t-00000000-77": "b",
    }
    assert len(read("s1", form).body["runs"]) <= 40


def test_a_question_put_in_other_words_keeps_its_answer(at_work: Cast) -> None:
    keep(at_work, "s1", read("s1", FULL).body)
    later = reworded("- Was fällt auf?", "- Was sehen Sie?")
    page = page_of(at_work, "s1", later)
    old = page.find("label", string="Frühere Frage: Was fällt auf?")
    assert old
    form = {
        field["name"]: field.get("value") or field.text.strip()
        for field in page.find_all(["input", "textarea"])
        if field.get("name") and (field.get("type") != "radio" or field.has_attr("checked"))
    }
    entries = read("s1", form, later).body["runs"][0]["entries"]
    assert {"q": "Was fällt auf?", "a": "Der Kiosk\nund der Platz"} in entries


def test_a_choice_that_is_offered_no_more_is_kept_too() -> None:
    body = read("s1", FULL).body
    later = block("s1", reworded("(Auswahl: Person, Verhältnisse)", "(Auswahl: Mensch, Raum)"))
    fields = {field.label: field for field in kind_of(later).fields(later, body, LEARNER)}
    assert fields["1. Durchgang: Womit beginnen Sie?"].value == ""
    assert fields["Frühere Frage: Womit beginnen Sie?"].value == "Person"


def test_a_table_that_became_a_list_keeps_its_lines() -> None:
    body = read("s3", FORMS["s3"]).body
    later = block("s3", reworded("{#s3 form=tabelle zeilen=3}", "{#s3}"))
    values = [field.value for field in kind_of(later).fields(later, body, LEARNER)]
    assert "Bela" in values


def test_notes() -> None:
    def notes(block_id: str) -> list[tuple[str, str, str]]:
        found = kind_of(block(block_id)).notes(block(block_id), read(block_id, FORMS[block_id]).body, LEARNER)
        return [(note.question_html, note.text, note.extra) for note in found]

    assert notes("s1")[2:8] == [
        ("Bis wann?", "3.7.2026", "1. Durchgang, 1.6.2026"),
        ("Wer kümmert sich?", "Team", "1. Durchgang, 1.6.2026"),
        ("Ist das verabredet?", "ja", "1. Durchgang, 1.6.2026"),
        ("Womit beginnen Sie?", "Person", "1. Durchgang, 1.6.2026"),
        ("Wie sicher sind Sie?", "7 von 10", "1. Durchgang, 1.6.2026"),
        ("Was fällt auf?", "Noch einmal", "2. Durchgang, 1.7.2026"),
    ]
    assert notes("s2")[0] == ("erkennen: Person", "eins", "")
    assert notes("s3") == [("Zeile 1", "Wer?: Anna\nBis wann?: 3.7.2026", ""), ("Zeile 3", "Wer?: Bela", "")]


@pytest.mark.parametrize("block_id", FORMS)
def test_before_and_after_and_on_paper(at_work: Cast, block_id: str) -> None:
    page = page_of(at_work, block_id)
    html = str(page)
    assert 0 < html.find('class="sight') < html.find("<textarea" if block_id != "s3" else 'type="text"')
    assert "Als Blatt drucken" in html
    empty = page_of(at_work, block_id, paper=True)
    assert "Als Blatt drucken" not in str(empty)
    keep(at_work, block_id, read(block_id, FORMS[block_id]).body)
    for value in ("Der Kiosk", "fünf", "Bela"):
        assert (value in str(page_of(at_work, block_id))) == any(
            value in text for text in FORMS[block_id].values()
        )
    assert "Durchgang 3" not in str(page_of(at_work, block_id, paper=True))


def test_the_next_run_comes_when_the_one_before_has_something(at_work: Cast) -> None:
    assert [title.text for title in page_of(at_work, "s1").find_all("h3")] == ["Durchgang 1 von höchstens 3"]
    assert "Dieses Blatt lässt sich bis zu 3-mal ausfüllen." in page_of(at_work, "s1").text
    keep(at_work, "s1", read("s1", FULL).body)
    page = page_of(at_work, "s1")
    assert [title.text for title in page.find_all("h3")] == [
        "Durchgang 1 von höchstens 3", "Durchgang 2 von höchstens 3",
    ]  # fmt: skip
    assert page.find("input", attrs={"name": "t-00000000-2"})["value"] == "2026-07-03"
    assert page.find("input", attrs={"name": "t-00000000-1"})["value"] == "2026-06-01"


def test_the_end_comes_after_saving(at_work: Cast) -> None:
    assert "Was hat sich verändert?" not in page_of(at_work, "s1").text
    keep(at_work, "s1", read("s1", FULL).body)
    assert "Was hat sich verändert?" in page_of(at_work, "s1").text


def test_with_errors_the_text_stays(at_work: Cast) -> None:
    found = read("s1", sheet("s1", "Der Kiosk", "", "31.2.2026"))
    page = page_of(at_work, "s1", typed=found.body, errors=found.errors)
    assert "Der Kiosk" in str(page)
    link = page.find("div", role="alert").find("a")
    assert page.find(id=link["href"][1:])["value"] == "31.2.2026"


def test_cells_say_their_row_and_column(at_work: Cast) -> None:
    page = page_of(at_work, "s2")
    labels = [label.text for label in page.find_all("label")]
    assert labels == [
        "erkennen: Person",
        "erkennen: Verhältnisse",
        "verändern: Person",
        "verändern: Verhältnisse",
        "Und sonst?",
    ]
    assert page.find("p", class_="field__hint").text == "eine Stärke"


def test_a_table_grows_when_it_is_full(at_work: Cast) -> None:
    assert len(page_of(at_work, "s3").select("tbody tr")) == 3
    keep(at_work, "s3", read("s3", FORMS["s3"]).body)
    assert len(page_of(at_work, "s3").select("tbody tr")) == 4
    assert len(page_of(at_work, "s3", paper=True).select("tbody tr")) == 3


def test_circles_on_each_other_count_what_lies_in_several(at_work: Cast) -> None:
    keep(at_work, "s4", read("s4", FORMS["s4"]).body)
    assert [item.text for item in page_of(at_work, "s4").select(".drawn__words li")] == [
        "Fall: 2 Einträge von 3.",
        "Feld: 2 Einträge von 3.",
        "Raum: 1 Eintrag von 3.",
        "Zugleich in „Fall“, „Feld“ und „Raum“: 1 Eintrag.",
    ]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_nested_circles_lie_in_each_other(count: int) -> None:
    drawn = circles(["a"] * count, [["x"]] * count, nested=True)
    for outer, inner in zip(drawn.circles, drawn.circles[1:], strict=False):
        assert outer.r > inner.r
        assert abs(outer.y - inner.y) <= outer.r - inner.r + 1


def test_the_scales_lean_and_do_not_judge() -> None:
    leaning = balance(["Was spricht dafür?", "dagegen"], [3, 1])
    assert leaning.words == (
        "Was spricht dafür? 3 Argumente.",
        "dagegen: 1 Argument.",
        "Die Waage neigt sich zu „Was spricht dafür?“.",
        "Sie zählt nur, wie viel Sie gefunden haben. Was schwerer wiegt, wissen Sie.",
    )
    assert leaning.pans[0].y > leaning.pans[1].y
    even = balance(["a", "b"], [2, 2])
    assert even.pans[0].y == even.pans[1].y
    assert "Die Waage steht gerade." in even.words
    assert balance(["a", "b"], [0, 0]).words == ("Die Waage ist noch leer.",)
    assert balance(["a", "b"], [0, 500]).pans[1].y < 200
