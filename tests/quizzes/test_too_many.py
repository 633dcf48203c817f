"""Nothing that was written is cut off without a word: at the first field too many it says how many fit."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from app.course.model import Block
from app.quizzes import learner
from app.quizzes.forms import MOST_ITEMS, Read
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import render_block
from app.quizzes.sheets import MOST_ROWS
from tests.quizzes.boards_sample import files
from tests.quizzes.conftest import compiled, here_of
from tests.quizzes.sheets_sample import COURSE, block, names
from tests.support.cast import Cast

NET = next(found for found in compiled(files()).blocks if found.kind == "netz")
TABLE = "s3"


def read(block: Block, form: dict[str, str]) -> Read:
    return kind_of(block).read(MultiDict(form), block)


def links(count: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for number in range(1, count + 1):
        found |= {f"v-a{number}": "Schule", f"n-a{number}": f"Ort {number}"}
    return found


@pytest.mark.parametrize(
    ("count", "errors"),
    [
        (MOST_ITEMS, {}),
        (MOST_ITEMS + 1, {"v-a201": "Hier ist Platz für 200 Verbindungen. Bitte leeren Sie eine davon."}),
        (MOST_ITEMS + 3, {"v-a201": "Hier ist Platz für 200 Verbindungen. Bitte leeren Sie 3 davon."}),
    ],
)
def test_links_of_a_net(count: int, errors: dict[str, str]) -> None:
    found = read(NET, links(count))
    assert found.errors == errors
    assert len(found.body["links"]) == count, "what was typed stays in the form"


def test_nodes_of_a_net() -> None:
    found = read(NET, {f"k-a{number}": f"Ort {number}" for number in range(1, MOST_ITEMS + 2)})
    assert found.errors == {"k-a201": "Hier ist Platz für 200 Einträge. Bitte leeren Sie einen davon."}
    assert len(found.body["nodes"]) == MOST_ITEMS + 1


def table(*rows: int) -> dict[str, str]:
    key = names(block(TABLE, COURSE))[0]
    return {f"t-{key}-1-{row}": f"Zeile {row}" for row in rows}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((1, MOST_ROWS), ""),
        ((1, 101), "Auf dieses Blatt passen 100 Zeilen. Bitte leeren Sie die eine Zeile ab hier"),
        ((100, 101, 102, 999), "Auf dieses Blatt passen 100 Zeilen. Bitte leeren Sie die 3 Zeilen ab hier"),
    ],
)
def test_rows_of_a_sheet(rows: tuple[int, ...], said: str) -> None:
    found = read(block(TABLE, COURSE), table(*rows))
    key = names(block(TABLE, COURSE))[0]
    assert list(found.errors) == ([f"t-{key}-1-101"] if said else [])
    assert "".join(found.errors.values()).startswith(said)
    assert [entry.get("row", 1) for entry in found.body["runs"][0]["entries"]] == list(rows)


def shown(cast: Cast, **values: Any) -> BeautifulSoup:
    here, known = here_of(cast, cast.anna, COURSE), learner.build(COURSE, {})
    html = render_block(block(TABLE, COURSE), here, values.pop("saved", None), known, **values)
    return BeautifulSoup(str(html), "html.parser")


def test_the_row_too_many_is_shown_with_what_is_wrong(at_work: Cast) -> None:
    found = read(block(TABLE, COURSE), table(1, 101))
    page = shown(at_work, typed=found.body, errors=found.errors)
    (field,) = page.select("[aria-invalid]")
    assert field.get("value", field.get_text()).strip() == "Zeile 101"
    said = page.select_one(f"#{str(field['aria-describedby']).split()[-1]}")
    assert said
    assert said.get_text().startswith("Fehler: Auf dieses Blatt")


def test_a_full_sheet_says_so(at_work: Cast) -> None:
    full = read(block(TABLE, COURSE), table(1, 100)).body
    assert "Mehr als 100 Zeilen passen nicht auf dieses Blatt." in shown(at_work, typed=full).get_text()
    assert "Mehr als" not in shown(at_work).get_text()
