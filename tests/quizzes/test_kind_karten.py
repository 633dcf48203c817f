"""Reading and showing cards: own ones, given ones, what is missing, whose day has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from app import clock
from app.course.block_reading import key_of
from app.course.blocks.karten import CardBoard
from app.course.model import Course
from app.quizzes import board, hyphens
from app.quizzes.forms import Read
from app.quizzes.kinds.karten import KIND
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Contribution, Saved, Viewer
from tests.quizzes.boards_sample import files
from tests.quizzes.conftest import compiled

PLACE, WAY, CONTACT = (
    key_of(text)
    for text in ("Ort oder Angebot", "Zugang: Zeiten, Kosten, Barrieren", "Kontakt in unserem Team")
)
KIOSK = f"g{key_of('Kiosk am Markt')}"
NOW = datetime(2026, 7, 3, 9, tzinfo=UTC)
NOBODY = Viewer(0, staff=True, today=date(2026, 7, 3))


@pytest.fixture(scope="module")
def course() -> Course:
    return compiled(files())


@pytest.fixture
def of(course: Course) -> Callable[[str], CardBoard]:
    def find(block_id: str) -> CardBoard:
        found = course.find_block(block_id)
        assert found
        assert isinstance(found[1], CardBoard)
        return found[1]

    return find


@pytest.fixture
def learner(course: Course) -> Learner:
    return Learner(1, course, (), (), ())


def read(block: CardBoard, **fields: str) -> Read:
    """What a person sends who pressed the button; `__` in a name stands for the hyphen."""
    return KIND.read(MultiDict({name.replace("__", "-"): value for name, value in fields.items()}), block)


def card(row: str = "a1", **more: str) -> dict[str, str]:
    return {f"t__{PLACE}__{row}": "Bibliothek", f"z__{row}": "ja"} | more


def body_of(found: Read) -> list[dict[str, Any]]:
    assert found.errors == {}
    cards: list[dict[str, Any]] = found.body["cards"]
    return cards


def saved(body: Body) -> Saved:
    return Saved("k1", 1, body, NOW, NOW)


def test_a_card(of: Callable[[str], CardBoard]) -> None:
    found = read(
        of("k1"),
        **card(),
        **{f"t__{WAY}__a1": "Mo\r\nDi", "t__spalte__a1": "geprüft", "t__pruefen__a1": "1.9.2026"},
    )
    (one,) = body_of(found)
    assert one["id"] == "a1"
    assert one["entries"] == [
        {"q": "Ort oder Angebot", "a": "Bibliothek"},
        {"q": "Zugang: Zeiten, Kosten, Barrieren", "a": "Mo\nDi"},
        {"q": "Kontakt in unserem Team", "a": ""},
    ]
    assert one["extras"] == {"spalte": "geprüft", "buendel": "", "pruefen": "2026-09-01", "loeschen": ""}
    assert (found.done, found.shared, found.body["last"]) == (True, True, 1)


def test_nothing_at_all(of: Callable[[str], CardBoard]) -> None:
    found = read(of("k1"), **{"t__spalte__a1": "entdeckt", "z__a1": "ja"})
    assert found.errors == {f"t-{PLACE}-a1": "Hier steht noch keine Karte. Ein Titel genügt für den Anfang."}
    assert not found.done
    assert not read(of("k1"), autosave="1").errors


def test_a_card_needs_a_title(of: Callable[[str], CardBoard]) -> None:
    found = read(of("k1"), **{f"t__{WAY}__a1": "offen", "z__a1": "ja"})
    assert found.errors == {f"t-{PLACE}-a1": "Einer Karte fehlt noch der Titel („Ort oder Angebot“)."}
    assert found.body["cards"][0]["entries"][1]["a"] == "offen"


def test_a_card_needs_the_tick(of: Callable[[str], CardBoard]) -> None:
    found = read(of("k1"), **{f"t__{PLACE}__a1": "Bibliothek"})
    assert found.errors == {
        "z-a1": "Auf der Karte „Bibliothek“ fehlt das Häkchen: „Die genannte Person weiß davon.“ "
        "Ohne es wird die Karte nicht gespeichert."
    }
    assert found.body["cards"][0]["entries"][0]["a"] == "Bibliothek"


@pytest.mark.parametrize("day", ["2026-07-03", "2026-07-02", "1.1.2020"])
def test_a_day_to_be_erased_must_lie_ahead(of: Callable[[str], CardBoard], day: str) -> None:
    found = read(of("k1"), **card(), t__loeschen__a1=day)
    assert found.errors == {
        "t-loeschen-a1": "Der Tag, an dem sich die Karte „Bibliothek“ löscht, ist schon da. "
        "Wählen Sie einen späteren, oder entfernen Sie die Karte."
    }


def test_a_date_that_is_none_and_too_much_text(of: Callable[[str], CardBoard]) -> None:
    found = read(of("k1"), **card(), t__pruefen__a1="bald", **{f"t__{WAY}__a1": "x" * 10_001})
    assert found.errors["t-pruefen-a1"] == "„bald“ ist kein Datum. Schreiben Sie es so: 24.12.2026."
    assert found.errors[f"t-{WAY}-a1"].startswith("Der Text hat 10.001 Zeichen")
    assert found.body["cards"][0]["extras"]["pruefen"] == "bald"


def test_more_cards_than_there_is_room_for_are_all_kept(of: Callable[[str], CardBoard]) -> None:
    block = of("k2")
    names = {f"t-{block.fields[0].key}-a{number}": f"Ort {number}" for number in range(1, 103)}
    found = KIND.read(MultiDict(names), block)
    assert len(found.body["cards"]) == 102
    assert list(found.errors.values()) == ["Hier ist Platz für 100 Karten. Bitte entfernen Sie 2 davon."]
    assert next(iter(found.errors)).endswith("-a101")


def test_a_card_is_taken_away(of: Callable[[str], CardBoard]) -> None:
    assert body_of(read(of("k1"), **card(), **card("a2", x__a2="ja")))[0]["id"] == "a1"
    empty = read(of("k1"), version="3", **{f"t__{PLACE}__a1": ""})
    assert (empty.errors, empty.body["cards"], empty.shared) == ({}, [], False)


def test_a_given_card_is_one_s_own_once_it_was_moved(of: Callable[[str], CardBoard]) -> None:
    untouched = read(of("k1"), version="1", **{f"t__{WAY}__{KIOSK}": "", f"t__spalte__{KIOSK}": "entdeckt"})
    assert untouched.body["cards"] == []
    (moved,) = body_of(read(of("k1"), **{f"t__{WAY}__{KIOSK}": "", f"t__spalte__{KIOSK}": "genutzt"}))
    assert moved["entries"][0] == {"q": "Ort oder Angebot", "a": "Kiosk am Markt"}


def test_an_answer_outlives_its_question(of: Callable[[str], CardBoard], learner: Learner) -> None:
    name = f"f__{key_of('Früher?')}__a1"
    found = read(of("k1"), **card(), **{name: "Ja.", f"{name}__q": "Früher?"})
    assert {"q": "Früher?", "a": "Ja."} in body_of(found)[0]["entries"]
    assert "Früher?: Ja." in KIND.notes(of("k1"), found.body, learner)[0].text


def whole(block: CardBoard) -> Body:
    more = {f"t__{WAY}__a1": "offen", "t__loeschen__a1": "2026-09-01", "t__buendel__a1": "Orte"}
    moved = {f"t__{WAY}__{KIOSK}": "immer", f"t__spalte__{KIOSK}": "genutzt", f"z__{KIOSK}": "ja"}
    earlier = {f"f__{key_of('Früher?')}__a1": "Ja.", f"f__{key_of('Früher?')}__a1__q": "Früher?"}
    found = read(block, **card(), **more, **moved, **earlier, **card("a4"), last="7")
    assert found.errors == {}
    return found.body


def test_the_form_made_of_a_body_gives_the_same_body(
    of: Callable[[str], CardBoard], learner: Learner
) -> None:
    block = of("k1")
    body = whole(block)
    sent = {field.name: field.value for field in KIND.fields(block, body, learner)}
    assert KIND.read(MultiDict(sent), block).body == body


def test_notes(of: Callable[[str], CardBoard], learner: Learner) -> None:
    notes = KIND.notes(of("k1"), whole(of("k1")), learner)
    assert [(note.question_html, note.extra) for note in notes] == [
        ("Kiosk am Markt", "genutzt"), ("Bibliothek", "entdeckt"), ("Bibliothek", "entdeckt"),
    ]  # fmt: skip
    assert notes[1].text == (
        "Zugang: Zeiten, Kosten, Barrieren: offen\nFrüher?: Ja.\nBündel: Orte\nLöschen am: 1.9.2026"
    )


def test_what_is_due_is_shown_no_more(of: Callable[[str], CardBoard], learner: Learner) -> None:
    block, later = of("k1"), datetime(2026, 9, 1, 6, tzinfo=UTC)
    body = whole(block)
    before = KIND.context(block, saved(body), learner, None)
    with clock.standing_at(later):
        after = KIND.context(block, saved(body), learner, None)
        assert len(KIND.notes(block, body, learner)) == 2
        assert not any(field.name.endswith("-a1") for field in KIND.fields(block, body, learner))
    assert (before["count"], after["count"]) == (4, 3)
    assert after["new"][0].id == "a8"


def people(block: CardBoard) -> list[Contribution]:
    return [
        Contribution(1, "Anna", whole(block), NOW),
        Contribution(2, "Bela", read(block, **card()).body, NOW),
    ]


def test_the_board_of_all(of: Callable[[str], CardBoard]) -> None:
    block = of("k1")
    values = board.context(block, people(block), Viewer(2, staff=False, today=date(2026, 7, 3)))
    found = {name: [(bundle, [(card.title, card.by) for card in cards]) for bundle, cards in bundles]
             for name, bundles in values["columns"]}  # fmt: skip
    assert found["entdeckt"] == [
        ("Orte", [("Bibliothek", "Anna")]),
        (
            "",
            [
                ("Bibliothek", "Anna"),
                ("Bibliothek", "Ihre Karte"),
                ("Elterncafé im Familienzentrum", "Beispiel"),
            ],
        ),
    ]
    assert found["genutzt"] == [("", [("Kiosk am Markt", "Anna")])]
    late = board.context(block, people(block), Viewer(2, staff=False, today=date(2026, 9, 1)))
    assert late["count"] == values["count"] - 1


def test_nobody_sees_whose_an_anonymous_card_is(of: Callable[[str], CardBoard]) -> None:
    block = of("k3")
    key = key_of("Was uns stört")
    written = [
        Contribution(1, "Anna", read(block, **{f"t__{key}__a1": "Zu laut"}).body, NOW),
        Contribution(2, "Bela", read(block, **{f"t__{key}__a1": "Alles"}).body, NOW),
    ]
    seen = board.context(block, written, Viewer(1, staff=False, today=NOW.date()))["columns"][0][1][0][1]
    assert [(card.title, card.by) for card in seen] == [("Alles", ""), ("Zu laut", "Ihre Karte")]
    seen = board.context(block, written, NOBODY)["columns"][0][1][0][1]
    assert [card.by for card in seen] == ["", ""]
    assert board.table(block, written) == [["Was uns stört"], ["Alles"], ["Zu laut"]]


def test_the_table_names_who_wrote(of: Callable[[str], CardBoard]) -> None:
    lines = board.table(of("k1"), people(of("k1")))
    assert lines[0][0] == "Ort oder Angebot"
    assert lines[0][-5:] == ["Spalte", "Bündel", "Wieder prüfen am", "Löschen am", "Von"]
    assert lines[-1][:2] == ["Kiosk am Markt", "immer"]
    assert "Von" not in board.table(of("k2"), [])[0]


def test_long_words_may_be_parted() -> None:
    assert hyphens.soft("Die Fahrradwerkstatt am Platz") == "Die Fahr\u00adrad\u00adwerk\u00adstatt am Platz"
    assert hyphens.soft("Kiosk") == "Kiosk"
