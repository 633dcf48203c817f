"""Each kind reads its form: what is kept, what counts as done, which sentence says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.course.blocks import kinds as block_kinds
from app.course.model import Course
from app.quizzes import forms, learner
from app.quizzes.forms import Read
from app.quizzes.kinds import kind_of, kinds
from tests.quizzes.conftest import compiled
from tests.support.course import small_course

KINDS = ["w-ankommen", "w1-1", "w1-2", "w1-3", "l1-1", "q1-1", "q1-2", "q1-3", "case-1"]
ReadForm = Callable[..., Read]


@pytest.fixture
def read(block: Callable[[str], Any]) -> ReadForm:
    def make(block_id: str, *pairs: tuple[str, str], **fields: str) -> Read:
        sent = [*pairs, *((name.replace("_", "-", 1), value) for name, value in fields.items())]
        return kind_of(block(block_id)).read(MultiDict(sent), block(block_id))

    return make


def test_every_block_of_the_core_has_a_kind(course: Course) -> None:
    assert {type(block) for block in course.blocks} < set(kinds())
    assert {kind.kind for kind in kinds()} == set(block_kinds())


def test_wishes(read: ReadForm) -> None:
    found = read(
        "w-ankommen",
        w_a1="  Pausen \x00 bitte ",
        t_a1="gruppe",
        w_a2="",
        t_a2="gruppe",
        w_a3="Ruhe",
        last="3",
    )
    assert found.body == {
        "items": [
            {"id": "a1", "text": "Pausen bitte", "shared": True},
            {"id": "a3", "text": "Ruhe", "shared": False},
        ],
        "last": 3,
    }
    assert found.done
    assert not found.errors


def test_wishes_too_many_and_too_long(read: ReadForm) -> None:
    found = read("w-ankommen", w_a1="1", w_a2="2", w_a3="3", w_a4="x" * 501)
    assert found.errors == {
        "w-a4": "Hier ist Platz für drei Wünsche. Bitte kürzen Sie Ihre Liste.",
    }
    assert len(found.body["items"]) == 4
    assert "501 Zeichen" in read("w-ankommen", w_a1="x" * 501).errors["w-a1"]


def test_no_wish_may_be_saved_but_is_not_done(read: ReadForm) -> None:
    found = read("w-ankommen", w_a1=" ")
    assert (found.errors, found.done) == ({}, False)


def test_keywords(read: ReadForm) -> None:
    found = read("w1-1", k_a1="Netz", k_a2="NETZ", k_a10="Wille", k_a3="Feld", shared="ja", last="10")
    assert [item["id"] for item in found.body["items"]] == ["a1", "a3", "a10"]
    assert found.body["shared"]
    assert found.done


@pytest.mark.parametrize(
    ("count", "message"),
    [
        (0, "Bitte notieren Sie mindestens drei Schlagworte; es fehlen noch drei."),
        (2, "Bitte notieren Sie mindestens drei Schlagworte; es fehlt noch eins."),
    ],
)
def test_too_few_keywords(read: ReadForm, count: int, message: str) -> None:
    words = [(f"k-a{n}", f"Wort {n}") for n in range(1, count + 1)]
    found = read("w1-1", *words)
    assert found.errors == {"k": message}
    assert not found.done
    assert len(found.body["items"]) == count
    assert read("w1-1", *words, ("autosave", "1")).errors == {}, "in the background it may be incomplete"


def test_too_many_keywords(read: ReadForm) -> None:
    found = read("w1-1", *((f"k-a{n}", f"Wort {n}") for n in range(1, 13)))
    assert found.errors == {"k-a11": "Hier ist Platz für zehn Schlagworte. Bitte streichen Sie zwei."}
    assert len(found.body["items"]) == 12


def test_a_keyword_too_long(read: ReadForm) -> None:
    found = read("w1-1", k_a1="x" * 1201, k_a2="b", k_a3="c")
    assert found.errors == {
        "k-a1": "Der Text hat 1.201 Zeichen, Platz ist für 60. Bitte kürzen Sie ihn um 1.141 Zeichen."
    }
    assert len(found.body["items"][0]["text"]) == 1201
    assert read("w1-1", k_a1="x" * 60, k_a2="b", k_a3="c").errors == {}
    assert read("l1-1", k_a1="x" * 61).errors == {
        "k-a1": "Der Text hat 61 Zeichen, Platz ist für 60. Bitte kürzen Sie ihn um 1 Zeichen."
    }


def test_questions_keep_their_ids(read: ReadForm) -> None:
    found = read("w1-2", q_a1="", q_a2="Wie?", q_a7="Warum?", last="5")
    assert found.body == {"items": [{"id": "a2", "text": "Wie?"}, {"id": "a7", "text": "Warum?"}], "last": 7}
    assert read("w1-2").errors == {"q": "Bitte notieren Sie mindestens eine Frage."}
    found = read("w1-2", *((f"q-a{n}", str(n)) for n in range(1, 7)))
    assert found.errors == {"q-a6": "Hier ist Platz für fünf Fragen. Bitte streichen Sie eine."}


def test_a_removed_question_does_not_pass_on_its_id(
    block: Callable[[str], Any], course: Course, read: ReadForm
) -> None:
    body = read("w1-2", q_a1="Wie?", last="5").body
    rows = kind_of(block("w1-2")).context(block("w1-2"), None, learner.build(course, {}), body)["rows"]
    assert [row["id"] for row in rows] == ["a1", "a6", "a7", "a8", "a9"]


def test_free_text(read: ReadForm) -> None:
    found = read("w1-3", e0="  eins\r\nzwei  \n\n", e1="")
    assert found.body["entries"] == [
        {"q": "Was sehen Sie zuerst?", "a": "  eins\nzwei"},
        {"q": "Was übersehen Sie leicht?", "a": ""},
    ]
    assert found.done
    assert read("w1-3").errors == {"e0": "Hier steht noch nichts. Ein Satz oder ein Stichwort genügt."}
    assert read("w1-3", version="3").errors == {}, "who wrote something may take it away again"
    assert "10.001 Zeichen" in read("w1-3", e1="x" * 10_001).errors["e1"]


def test_answers_to_earlier_questions_are_kept(read: ReadForm) -> None:
    found = read(
        "w1-3",
        ("e0", "neu"),
        ("f-0a1b2c3d", "alt"),
        ("f-0a1b2c3d-q", "Was war?"),
        ("f-ffffffff", "ohne Frage"),
    )
    assert found.body["entries"][2:] == [{"q": "Was war?", "a": "alt"}]
    assert (
        "12.000 Zeichen"
        in read("w1-3", ("f-0a1b2c3d", "x" * 12_000), ("f-0a1b2c3d-q", "?")).errors["f-0a1b2c3d"]
    )


def test_a_lernstopp(read: ReadForm) -> None:
    found = read(
        "l1-1", ("e0", "Einsicht"), ("s-w1-2_a1", "teilweise"), ("s-w1-2_a2", "unfug"), ("n-w1-2_a3", "Neu?"),
        ("n-w1-2_a1", ""), ("s-<script>", "offen"), ("k-a1", "Netz"), ("last", "2"),
    )  # fmt: skip
    assert found.body["states"] == {"w1-2_a1": "teilweise", "w1-2_a3": "veraendert"}
    assert found.body["wording"] == {"w1-2_a3": "Neu?"}
    assert found.body["keywords"] == [{"id": "a1", "text": "Netz"}]
    assert not found.body["acknowledged"]
    assert found.done


@pytest.mark.parametrize(
    ("fields", "done"),
    [
        ({}, False),
        ({"e0": "  "}, False),
        ({"e1": "x"}, True),
        ({"bedacht": "ja"}, True),
        ({"bedacht": "nein"}, False),
        ({"s-w1-2_a1": "offen"}, True),
        ({"k-a1": "Netz"}, True),
    ],
)
def test_what_makes_a_lernstopp_done(read: ReadForm, fields: dict[str, str], done: bool) -> None:
    found = read("l1-1", *fields.items())
    assert found.done is done
    assert bool(found.errors) is not done
    assert read("l1-1", *fields.items(), ("autosave", "1")).errors == {}


def test_a_question(read: ReadForm, block: Callable[[str], Any]) -> None:
    keys = [option.key for option in block("q1-2").options]
    assert read("q1-2", ("o", keys[2]), ("o", keys[0]), ("o", "fremd")).body == {"chosen": [keys[0], keys[2]]}
    assert read("q1-2").errors == {"o": "Bitte wählen Sie mindestens eine Antwort aus."}
    keys = [option.key for option in block("q1-1").options]
    assert read("q1-1", ("o", keys[1]), ("o", keys[2])).body == {"chosen": [keys[1]]}
    assert read("q1-1", ("o", "fremd")).errors == {"o": "Bitte wählen Sie eine Antwort aus."}


def test_a_matching(read: ReadForm, block: Callable[[str], Any]) -> None:
    pairs = block("q1-3").pairs
    found = read("q1-3", *((f"p-{pair.key}", "Lebenswelt") for pair in pairs))
    assert (found.done, found.errors) == (True, {})
    found = read("q1-3", (f"p-{pairs[0].key}", "Lebenswelt"), (f"p-{pairs[1].key}", "erfunden"))
    assert found.body == {"pairs": {pairs[0].key: "Lebenswelt"}}
    assert found.errors == {
        f"p-{pair.key}": f"Bitte wählen Sie noch aus, was zu „{pair.left_text}“ gehört." for pair in pairs[1:]
    }
    assert not found.done


def test_a_case(read: ReadForm) -> None:
    assert read("case-1", e0="Ruhe", e1="Absprachen").done
    assert not read("case-1", e0="Ruhe", e2="Alles").done
    assert read("case-1", e0="Ruhe", stufe="s1").anchor == "case-1-s1"
    assert read("case-1", e0="Ruhe", stufe='"><script>').anchor == ""
    assert "Orientierung" in read("case-1").errors["e0"]


def test_a_case_without_orientations() -> None:
    files = small_course()
    case = files["cases/der-weg-zur-kita.md"].decode()
    bare = "\n".join(line for line in case.splitlines() if not line.startswith(">"))
    found = compiled(files | {"cases/der-weg-zur-kita.md": bare.encode()}).find_block("case-1")
    assert found
    read_form = kind_of(found[1]).read
    assert read_form(MultiDict({"e2": "x"}), found[1]).done
    assert not read_form(MultiDict({"e2": ""}), found[1]).done


@pytest.mark.parametrize(
    ("version", "base"),
    [("3", 3), ("", 0), ("-1", 0), ("x", 0), ("９", 0), ("99999999999", 2**31 - 1), ("1" * 5000, 0)],
)
def test_envelope(version: str, base: int) -> None:
    assert forms.envelope(MultiDict({"version": version, "client_id": "geraet-0001"})) == forms.Envelope(
        "geraet-0001", base
    )


@pytest.mark.parametrize("client_id", ["", "kurz", "x" * 65, "böse böse", "a;drop table"])
def test_a_strange_client_id_is_replaced(client_id: str) -> None:
    assert len(forms.envelope(MultiDict({"client_id": client_id})).client_id) == 36


NAMES = st.one_of(
    st.sampled_from(
        ["e0", "e1", "e99", "w-a1", "w-a0", "w-a99999", "w-a100000", "t-a1", "k-a1", "q-a1", "q-a٣", "last", "shared",
         "o", "s-w1-2_a1", "n-w1-2_a1", "s-", "n-x_a1", "f-0a1b2c3d", "f-0a1b2c3d-q", "p-00000000", "bedacht",
         "stufe", "version", "client_id", "autosave"]
    ),
    st.text(max_size=12),
)  # fmt: skip
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.sampled_from(
        ["offen", "veraendert", "ja", "gruppe", "x" * 10_001, "\x00", "\ud800", "\u202eabc", "9" * 400]
    ),
)


@settings(max_examples=150, deadline=None)
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=25))
@pytest.mark.parametrize("block_id", KINDS)
def test_whatever_is_sent(course: Course, block_id: str, pairs: list[tuple[str, str]]) -> None:
    """Nothing breaks; what is read can be stored, shown again, and read again to the same."""
    found = course.find_block(block_id)
    assert found
    block, kind = found[1], kind_of(found[1])
    read = kind.read(MultiDict(pairs), block)
    json.dumps(read.body, ensure_ascii=False).encode()
    mine = learner.build(course, {})
    kind.context(block, None, mine, read.body)
    kind.notes(block, read.body, mine)
    again = kind.read(MultiDict([(f.name, f.value) for f in kind.fields(block, read.body, mine)]), block)
    assert again.body == read.body
