"""Two sides: whose sheet it is, when it lies open, and who may see both."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from app.course.block_reading import key_of
from app.course.blocks.gegenueber import TwoSides
from app.course.model import Course
from app.quizzes.forms import Read
from app.quizzes.kinds.gegenueber import KIND, together
from app.quizzes.learner import Learner
from app.quizzes.values import Contribution, Viewer
from tests.quizzes.boards_sample import files
from tests.quizzes.conftest import compiled

WHY, WHO, WHEN = (
    key_of(text) for text in ("Wozu arbeiten wir zusammen?", "Wer entscheidet was?", "Bis wann?")
)
NOW = datetime(2026, 7, 3, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def block() -> TwoSides:
    found = compiled(files()).find_block("g1")
    assert found
    assert isinstance(found[1], TwoSides)
    return found[1]


@pytest.fixture(scope="module")
def course() -> Course:
    return compiled(files())


def read(block: TwoSides, **fields: str) -> Read:
    return KIND.read(MultiDict({name.replace("__", "-"): value for name, value in fields.items()}), block)


def sheet(side: str = "Schule", **more: str) -> dict[str, str]:
    return {"seite": side, f"t__{WHY}": f"{side} sagt etwas", "zeigen": "ja"} | more


def test_a_sheet(block: TwoSides) -> None:
    found = read(block, **sheet(), **{f"t__{WHEN}": "1.9.2026", f"d__{WHO}": "Wer lädt ein?"})
    assert found.errors == {}
    assert found.body == {
        "side": "Schule",
        "entries": [
            {"q": "Wozu arbeiten wir zusammen?", "a": "Schule sagt etwas"},
            {"q": "Wer entscheidet was?", "a": ""},
            {"q": "Bis wann?", "a": "2026-09-01"},
        ],
        "topics": [{"q": "Wer entscheidet was?", "a": "Wer lädt ein?"}],
        "ready": True,
    }
    assert found.done
    assert found.shared


def test_it_stays_private_until_it_is_laid_down(block: TwoSides) -> None:
    found = read(block, **{**sheet(), "zeigen": ""})
    assert found.done
    assert not found.shared
    assert not read(block, **sheet("Polizei")).shared


@pytest.mark.parametrize("fields", [{}, {f"t__{WHY}": "Text"}, {f"t__{WHY}": "Text", "seite": "Polizei"}])
def test_a_side_must_be_chosen(block: TwoSides, fields: dict[str, str]) -> None:
    found = read(block, **fields)
    assert found.errors == {"seite": "Bitte wählen Sie Ihre Seite: Jugendhilfe oder Schule."}
    assert found.body["entries"][0]["a"] == fields.get(f"t__{WHY}", "")
    assert read(block, autosave="1", **fields).errors == {}


def test_nothing_to_lay_down(block: TwoSides) -> None:
    found = read(block, seite="Schule", zeigen="ja")
    assert found.errors == {
        f"t-{WHY}": "Hier steht noch nichts. Füllen Sie erst Ihre Seite aus, bevor Sie beide nebeneinanderlegen."
    }
    assert not found.shared


def test_too_long(block: TwoSides) -> None:
    found = read(block, **sheet(), **{f"d__{WHO}": "x" * 10_001})
    assert list(found.errors) == [f"d-{WHO}"]
    assert len(found.body["topics"][0]["a"]) == 10_001


def test_the_form_made_of_a_body_gives_the_same_body(block: TwoSides, course: Course) -> None:
    name = f"f__{key_of('Früher?')}"
    body = read(block, **sheet(), **{f"d__{WHO}": "Wer?", name: "Ja.", f"{name}__q": "Früher?"}).body
    sent = {field.name: field.value for field in KIND.fields(block, body, Learner(1, course, (), (), ()))}
    assert KIND.read(MultiDict(sent), block).body == body


def test_notes(block: TwoSides, course: Course) -> None:
    body = read(block, **sheet(), **{f"d__{WHY}": "Wer?", f"t__{WHEN}": "2026-09-01"}).body
    notes = KIND.notes(block, body, Learner(1, course, (), (), ()))
    assert [(note.question_html, note.text, note.extra) for note in notes] == [
        ("Wozu arbeiten wir zusammen?", "Schule sagt etwas", "Schule"),
        ("Wozu arbeiten wir zusammen?", "Wer?", "Darüber sprechen wir"),
        ("Bis wann?", "1.9.2026", "Schule"),
    ]


def seen(block: TwoSides, viewer: Viewer, *bodies: Read) -> dict[str, Any]:
    written = [Contribution(n, f"Name{n}", each.body, NOW) for n, each in enumerate(bodies, 1) if each.shared]
    return together(block, written, viewer)


def test_both_sides_without_names(block: TwoSides) -> None:
    school, help_ = read(block, **sheet()), read(block, **sheet("Jugendhilfe"), **{f"d__{WHY}": "Ziele"})
    values = seen(block, Viewer(1, staff=False, today=NOW.date()), school, help_, read(block, **sheet()))
    assert values["sides"] == [("Jugendhilfe", 1), ("Schule", 2)]
    assert values["rows"][0]["answers"] == [
        ("Jugendhilfe", ["Jugendhilfe sagt etwas"]), ("Schule", ["Schule sagt etwas"] * 2),
    ]  # fmt: skip
    assert values["rows"][0]["topics"] == ["Ziele"]
    assert "Name" not in str(values)


def test_only_who_has_laid_down_a_sheet_sees_them(block: TwoSides) -> None:
    hidden = read(block, **{**sheet("Jugendhilfe"), "zeigen": ""})
    values = seen(block, Viewer(2, staff=False, today=NOW.date()), read(block, **sheet()), hidden)
    assert values == {"may_see": False, "sides": [], "rows": []}
    staff = seen(block, Viewer(0, staff=True, today=NOW.date()), read(block, **sheet()), hidden)
    assert staff["sides"] == [("Jugendhilfe", 0), ("Schule", 1)]
