"""Cards as a table: who may take it along, and that a spreadsheet opens it as it is meant."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from app.course.block_reading import key_of
from app.modules.views.table import as_csv
from tests.conftest import ClientFor
from tests.quizzes.boards_sample import moved
from tests.support.cast import Cast
from tests.support.client import PageClient

PLACE, OWN = key_of("Ort oder Angebot"), key_of("Ort")


@pytest.fixture
def nord(app: Flask, cast: Cast) -> str:
    with app.app_context():
        moved(cast)
    return f"/kurs/{cast.nord}"


def lines(client: PageClient, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_the_board_of_all(client_for: ClientFor, cast: Cast, nord: str) -> None:
    for person, name in ((cast.anna, "Bibliothek; hinten"), (cast.bela, "=1+1")):
        fields = {f"t-{PLACE}-a1": name, "z-a1": "ja"}
        assert client_for(person).post_form(f"{nord}/antwort/zu/k1", fields).status_code == 303
    for person in (cast.anna, cast.tarek):
        head, first, second = lines(client_for(person), f"{nord}/gemeinsam/k1.csv")
        assert head[0] == "Ort oder Angebot"
        assert (first[0], first[-1]) == ("'=1+1", "Bela Öztürk")
        assert (second[0], second[-1]) == ("Bibliothek; hinten", "Anna Kolb")


def test_of_a_board_of_one_s_own_only_one_s_own(client_for: ClientFor, cast: Cast, nord: str) -> None:
    client_for(cast.anna).post_form(f"{nord}/antwort/zu/k2", {f"t-{OWN}-a1": "Park"})
    assert lines(client_for(cast.anna), f"{nord}/gemeinsam/k2.csv") == [["Ort", "Wie wichtig?"], ["Park", ""]]
    assert lines(client_for(cast.bela), f"{nord}/gemeinsam/k2.csv") == [["Ort", "Wie wichtig?"]]
    assert client_for(cast.tarek).get(f"{nord}/gemeinsam/k2.csv").status_code == 404


@pytest.mark.parametrize("block", ["n2", "g1", "w1-1", "nirgends"])
def test_what_is_no_table(client_for: ClientFor, cast: Cast, nord: str, block: str) -> None:
    assert client_for(cast.anna).get(f"{nord}/gemeinsam/{block}.csv").status_code == 404


def test_strangers(client_for: ClientFor, cast: Cast, nord: str) -> None:
    assert client_for(cast.frida).get(f"{nord}/gemeinsam/k1.csv").status_code == 404


@pytest.mark.parametrize("cell", ["=A1", "+49 30", "-1", "@x", " =A1", "\t=A1"])
def test_no_cell_is_run_as_a_formula(cell: str) -> None:
    assert as_csv([[cell]]).decode("utf-8-sig").lstrip('"').startswith("'")


def test_lines_within_a_cell() -> None:
    assert as_csv([["a\nb", 'c"d']]) == '\ufeff"a\nb";"c""d"\r\n'.encode()
