"""`lueckentext`: reading its form, and what the page shows before and after."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from app.quizzes.kinds import kind_of
from tests.quizzes.conftest import Save
from tests.quizzes.questions import Ask
from tests.support.cast import Cast

TYPED, CHOSEN = "qu-cloze", "qu-choice"


@pytest.fixture
def ask(at_work: Cast, save: Save) -> Ask:
    return Ask(at_work, save)


def filled(ask: Ask, block_id: str, *words: str) -> MultiDict[str, str]:
    block = ask.block(block_id)
    return MultiDict({f"g-{gap.key}": word for gap, word in zip(block.gaps, words, strict=True)})


def test_reading(ask: Ask) -> None:
    found = ask.read(TYPED, filled(ask, TYPED, " fall ", "Gebiet", "VERHAELTNISSE"))
    assert found.done
    assert not found.errors
    assert list(found.body["gaps"].values()) == ["fall", "Gebiet", "VERHAELTNISSE"]


def test_empty_and_too_long(ask: Ask) -> None:
    form = filled(ask, TYPED, "x" * 201, "", " - ")
    found = ask.read(TYPED, form)
    assert list(found.errors.values()) == [
        "Lücke 1: Der Text hat 201 Zeichen, Platz ist für 200. Bitte kürzen Sie ihn um 1 Zeichen.",
        "Lücke 2 ist noch leer. Schreiben Sie hinein, was Sie vermuten.",
        "Lücke 3 ist noch leer. Schreiben Sie hinein, was Sie vermuten.",
    ]
    page = ask.page(TYPED, typed=found.body, errors=found.errors)
    assert page.select("input[type=text]")[0]["value"] == "x" * 201
    assert len(page.select("[aria-invalid]")) == 3


def test_only_what_is_offered_can_be_chosen(ask: Ask) -> None:
    found = ask.read(CHOSEN, filled(ask, CHOSEN, "Fall", "Gebiet", ""))
    assert list(found.errors.values()) == [
        "Lücke 2: Bitte wählen Sie noch ein Wort aus.",
        "Lücke 3: Bitte wählen Sie noch ein Wort aus.",
    ]
    assert not found.done


def test_before_handing_in_no_word_is_on_the_page(ask: Ask) -> None:
    html = str(ask.page(TYPED))
    for secret in ("Fall<", '"Fall', "Gebiet", "Verhältnisse", "Wohnen", "Vom Fall zum Feld"):
        assert secret not in html


def test_the_offered_words_are_in_no_telling_order(ask: Ask) -> None:
    page = ask.page(CHOSEN)
    offered = {
        tuple(option.text for option in select.select("option")[1:]) for select in page.select("select")
    }
    assert len(offered) == 1
    assert sorted(*offered) == ["Fall", "Feld", "Verhältnisse"]
    assert "Gebiet" not in page.text
    assert not page.select("option[selected]")


def test_after_handing_in(ask: Ask) -> None:
    ask.save(TYPED, ask.read(TYPED, filled(ask, TYPED, "fall", "Ort", "<b>Haus</b>")).body)
    page = ask.page(TYPED)
    assert (
        page.select_one(".cloze")
        .get_text(" ", strip=True)
        .startswith("Nicht nur der Lücke 1 fall (passt) , auch das")
    )
    assert len(page.select(".gap--right")) == 1
    assert "<b>Haus</b>" in page.text
    second, third = page.select(".pair .feedback")
    assert "Gesucht war: Feld (auch: Gebiet)" in second.text
    assert "Denken Sie an Wohnen und Arbeit." in third.text
    assert third.select_one("details").text == "Gesuchtes Wort zeigenVerhältnisse"
    assert "Vom Fall zum Feld." in page.text
    assert "noch nicht ganz" in page.text


def test_everything_fits(ask: Ask) -> None:
    ask.save(TYPED, ask.read(TYPED, filled(ask, TYPED, "Fall", "gebiet", "Verhaeltnisse")).body)
    page = ask.page(TYPED)
    assert "Ihre Antwort trifft zu." in page.text
    assert not page.select(".pair")


def test_on_paper_there_are_lines(ask: Ask) -> None:
    assert len(ask.page(TYPED, paper=True).select(".gap__line")) == 3
    chosen = ask.page(CHOSEN, paper=True)
    assert not chosen.select("select, input[type=text]")
    assert "Zur Auswahl:" in chosen.text


@pytest.mark.parametrize("block_id", [TYPED, CHOSEN])
def test_notes_and_fields(ask: Ask, block_id: str) -> None:
    block = ask.block(block_id)
    body = ask.read(block_id, filled(ask, block_id, "Fall", "Feld", "Verhältnisse")).body
    kind = kind_of(block)
    assert [note.text for note in kind.notes(block, body, ask.learner)] == ["Fall\nFeld\nVerhältnisse"]
    assert kind.notes(block, {}, ask.learner) == []
    fields = kind.fields(block, body, ask.learner)
    assert [(field.label, field.shown) for field in fields] == [
        ("Lücke 1", "Fall"), ("Lücke 2", "Feld"), ("Lücke 3", "Verhältnisse"),
    ]  # fmt: skip
    assert ask.read(block_id, MultiDict([(field.name, field.value) for field in fields])).body == body
    assert kind.by_attempt
