"""Reading and showing nets: nodes, links, marks, steps, and the drawing of all that."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import combinations, pairwise
from time import sleep
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from app.course.block_reading import key_of
from app.course.blocks.netz import Net
from app.course.model import Course
from app.quizzes import net_drawing, net_layout, nets
from app.quizzes.forms import Read
from app.quizzes.kinds.netz import KIND
from app.quizzes.learner import Keyword, Learner
from app.quizzes.nets import Link, Web
from app.quizzes.values import Body, Contribution, Saved, Viewer
from tests.quizzes.boards_sample import files
from tests.quizzes.conftest import compiled

NOW = datetime(2026, 7, 3, 9, tzinfo=UTC)
Find = Callable[[str], Net]


@pytest.fixture(scope="module")
def course() -> Course:
    return compiled(files())


@pytest.fixture
def of(course: Course) -> Find:
    def find(block_id: str) -> Net:
        found = course.find_block(block_id)
        assert found
        assert isinstance(found[1], Net)
        return found[1]

    return find


@pytest.fixture
def learner(course: Course) -> Learner:
    return Learner(1, course, (), (Keyword("w1-1_a1", "Nachbarschaft", "Willkommen", "w1-1"),), ())


def read(block: Net, **fields: str) -> Read:
    return KIND.read(MultiDict({name.replace("__", "-"): value for name, value in fields.items()}), block)


def link(row: str, start: str, end: str, said: str = "") -> dict[str, str]:
    return {f"v__{row}": start, f"n__{row}": end, f"s__{row}": said}


def body() -> dict[str, str]:
    return {
        "k__a1": "Schule", "m__a1": "ja", f"o__{key_of('Jugendamt')}": "ja", f"o__{key_of('Nachbarschaft')}": "ja",
        f"q__{key_of('Nachbarschaft')}": "Nachbarschaft", f"m__{key_of('Kita')}": "ja", **link("a5", "Kita", "schule", "weil sie folgt"),
        **link("a6", "Schule", "Amt"), "von": "Kita", "bis": "Amt", "pf": "a6", "last": "9",
    }  # fmt: skip


def test_nodes_links_marks(of: Find) -> None:
    found = read(of("n1"), **body())
    assert found.errors == {}
    assert found.body == {
        "nodes": [{"id": "a1", "text": "Schule"}],
        "links": [
            {"id": "a5", "from": "Kita", "to": "schule", "text": "weil sie folgt", "strength": ""},
            {"id": "a6", "from": "Schule", "to": "Amt", "text": "", "strength": ""},
        ],
        "marks": ["Kita", "Schule"],
        "left_out": ["Jugendamt", "Nachbarschaft"],
        "way": ["Kita", "Amt"],
        "tend": "a6",
        "last": 9,
    }
    assert found.done
    assert found.shared


def test_empty(of: Find) -> None:
    assert read(of("n1")).errors == {
        "k-a1": "Hier steht noch nichts. Beginnen Sie mit einem Knoten oder einer Verbindung."
    }
    assert read(of("n1"), autosave="1").errors == {}


def test_a_link_has_two_ends(of: Find) -> None:
    half = read(of("n1"), **link("a1", "Kita", "", "weil"))
    assert half.errors == {
        "n-a1": "Zu einer Verbindung gehören zwei Knoten. Ergänzen Sie den zweiten, oder leeren Sie die Zeile."
    }
    assert half.body["links"][0]["text"] == "weil"
    assert read(of("n1"), autosave="1", **link("a1", "Kita", "")).errors == {}
    own = read(of("n1"), **link("a1", "Kita", "KITA"))
    assert own.errors == {"n-a1": "„KITA“ ist mit sich selbst verbunden. Wählen Sie einen anderen Knoten."}


def test_too_long(of: Find) -> None:
    found = read(of("n1"), k__a1="x" * 81, **link("a2", "y" * 81, "b", "z" * 501))
    assert set(found.errors) == {"k-a1", "v-a2", "s-a2"}
    assert len(found.body["nodes"][0]["text"]) == 81


def test_strength_only_from_the_list(of: Find) -> None:
    found = read(
        of("n2"), **link("a1", "Schule", "Amt", "belastet"), **link("a2", "Schule", "Hort", "riesig")
    )
    assert [each["strength"] for each in found.body["links"]] == ["belastet", ""]


def test_a_renamed_node_keeps_its_links(of: Find) -> None:
    found = read(of("n1"), version="2", k__a1="Grundschule", w__a1="Schule", **link("a5", "Kita", "schule"))
    assert found.body["links"][0]["to"] == "Grundschule"


def test_the_button_for_steps_comes_back_to_them(of: Find) -> None:
    assert read(of("n1"), abstand="ja", **body()).anchor == "n1-abstand"


def test_the_form_made_of_a_body_gives_the_same_body(of: Find, learner: Learner) -> None:
    block = of("n1")
    found = read(block, **body()).body
    sent = {field.name: field.value for field in KIND.fields(block, found, learner)}
    assert KIND.read(MultiDict(sent), block).body == found


def shown(block: Net, learner: Learner, found: Body) -> dict[str, object]:
    return KIND.context(block, Saved("n1", 1, found, NOW, NOW), learner, None)


def test_what_the_page_gets(of: Find, learner: Learner) -> None:
    values = shown(of("n1"), learner, read(of("n1"), **body()).body)
    web = values["web"]
    assert isinstance(web, Web)
    assert web.nodes == ("Kita", "Quartiersbüro", "Schule", "Amt")
    assert values["left_out"] == {"jugendamt", "nachbarschaft"}
    assert [name for _, name in values["others"]] == [
        "Kita",
        "Quartiersbüro",
        "Jugendamt",
        "Nachbarschaft",
        "Amt",
    ]
    assert web.links[0] == Link(("Kita", "Schule"), ("weil sie folgt",))
    assert values["steps"] == {
        "words": "Von „Kita“ zu „Amt“: 2 Schritte.",
        "nodes": ["Kita", "Schule", "Amt"],
    }


def test_no_way_and_no_steps(of: Find, learner: Learner) -> None:
    found = read(of("n1"), **body() | {"bis": "Quartiersbüro"}).body
    assert shown(of("n1"), learner, found)["steps"] == {
        "words": "Von „Kita“ führt noch keine Verbindung zu „Quartiersbüro“.", "nodes": [],
    }  # fmt: skip
    found = read(of("n1"), **body() | {"bis": "kita"}).body
    assert "derselbe Knoten" in str(shown(of("n1"), learner, found)["steps"])


def test_notes(of: Find, learner: Learner) -> None:
    notes = KIND.notes(of("n1"), read(of("n1"), k__a2="Hort", **body()).body, learner)
    assert [(note.question_html, note.text) for note in notes][1:] == [
        ("Knoten ohne Verbindung", "Hort"),
        ("Hier ist jemand allein", "Kita, Schule"),
        ("Welche Verbindung pflegen Sie als Nächstes?", "Schule – Amt"),
        ("Abstand", "Von „Kita“ zu „Amt“: 2 Schritte. Kita – Schule – Amt"),
    ]
    assert notes[0].text == "Kita – schule: weil sie folgt\nSchule – Amt"


def test_the_nets_of_all_are_one(of: Find) -> None:
    block = of("n2")
    one = read(block, **link("a1", "Schule", "Hort", "stark")).body
    other = read(block, **link("a1", "hort", "SCHULE", "schwach"), k__a2="Verein").body
    written = [Contribution(1, "Anna", one, NOW), Contribution(2, "Bela", other, NOW)]
    values = net_drawing.together(block, written, Viewer(1, staff=False, today=NOW.date()))
    assert values["web"].nodes == ("Schule", "Allgemeiner Sozialer Dienst", "Hort", "Verein")
    (joined,) = values["web"].links
    assert (joined.sentence, joined.remark) == ("Schule – Hort", "schwach (1), stark (1)")
    assert "Anna" not in str(values)


def chain(count: int) -> Web:
    names = tuple(f"Einrichtung mit der Nummer {n}" for n in range(count))
    pairs = pairwise(names)
    return Web(names, tuple(Link(pair) for pair in pairs), {})


@pytest.mark.parametrize("count", [1, 2, 3, 8, 25])
def test_the_drawing_is_whole(count: int) -> None:
    picture = net_drawing.draw(chain(count))
    assert picture
    assert picture == net_drawing.draw(chain(count))
    for label in picture.labels:
        assert label.x >= 0
        assert label.x + label.w <= picture.width
        assert label.y >= 0
        assert label.y + label.h <= picture.height
    for a, b in combinations(picture.labels, 2):
        beside = a.x + a.w <= b.x or b.x + b.w <= a.x
        assert beside or a.y + a.h <= b.y or b.y + b.h <= a.y, "two names overlap"
    assert [stroke.number for stroke in picture.strokes] == list(range(1, count))


@pytest.mark.parametrize("name", ["x" * 80, "Kinder- und Jugendhilfeausschussvorsitzende", "Kita", "a " * 40])
def test_a_name_is_drawn_whole(name: str) -> None:
    lines = net_drawing.wrapped(name)
    assert "".join(lines).replace("-", "").replace(" ", "") == name.replace("-", "").replace(" ", "")
    assert all(net_drawing._width(line) <= 190 for line in lines)


def test_a_huge_net_is_drawn_in_part() -> None:
    picture = net_drawing.draw(chain(45))
    assert picture
    assert (len(picture.labels), picture.left_out) == (40, 5)
    assert net_drawing.draw(Web((), (), {})) is None


def test_shortest_way() -> None:
    web = Web(("a", "b", "c", "d"), (Link(("a", "b")), Link(("b", "c")), Link(("a", "c"))), {})
    assert nets.path(web, "a", "c") == ["a", "c"]
    assert nets.path(web, "a", "d") is None


def test_a_picture_that_many_ask_for_at_once_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    spread = net_layout._spread

    def slow(*given: Any) -> Any:
        asked.append(1)
        sleep(0.05)
        return spread(*given)

    monkeypatch.setattr(net_layout, "_spread", slow)
    sizes, edges = ((91.0, 30.0), (92.0, 30.0)), ((0, 1),)
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: net_layout.places(sizes, edges), range(6)))
    assert len(set(found)) == len(asked) == 1
