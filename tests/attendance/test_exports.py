"""CSV and XLSX: nothing in them is a formula, German Excel reads them, and they say what the table says."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from app.attendance.totals.exports import defused, heads, shown_units, to_csv, to_xlsx
from app.attendance.totals.sums import Amount
from app.attendance.totals.tables import Column, Is, Table

LIVE = [
    "=1+1", "+49 30 1", "-2", "@SUM(A1)", "  =1+1", "\t=1+1", "\t", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x",
    "\u00a0=1", "\u200b=1", "\ufeff=1", " \t ＝cmd|' /C calc'!A0",
]  # fmt: skip
CALM = ["Kolb", "'=1", "a=b", "1-2", "", " ", "3 + 4", "D’Arcy", "Ö"]
TABLE = Table(
    [
        Column("Nachname"),
        Column("Kosten;träger"),
        Column("03.07.2026", Is.AMOUNT),
        Column("nicht erfasst", Is.COUNT),
    ],
    [
        ["Kolb", '=HYPERLINK("http://x";"y")', Amount(60, Fraction(4, 3)), 0],
        ['Öz"türk; "B"', "Zeile\nzwei", None, 2],
    ],
    [["Summe", None, Amount(60, Fraction(4, 3)), 2]],
)
SENTENCES = ["Gerundet wird nicht.", "=Böse"]


@pytest.mark.parametrize("text", LIVE)
def test_what_could_be_a_formula_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", CALM)
def test_other_text_stays(text: str) -> None:
    assert defused(text) == text


def test_csv_is_what_german_excel_reads() -> None:
    data = to_csv(TABLE, SENTENCES)
    assert data.startswith(b"\xef\xbb\xbfNachname;")
    assert data.count(b"\n") == data.count(b"\r\n") + 1  # the one inside a cell
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [
        ["Nachname", "Kosten;träger", "03.07.2026 Minuten", "03.07.2026 UE", "nicht erfasst"],
        ["Kolb", '\'=HYPERLINK("http://x";"y")', "60", "1,33", "0"],
        ['Öz"türk; "B"', "Zeile\nzwei", "", "", "2"],
        ["Summe", "", "60", "1,33", "2"],
        [],
        ["Gerundet wird nicht."],
        ["'=Böse"],
    ]


def xlsx() -> zipfile.ZipFile:
    moment = datetime(2026, 7, 3, 9, 0, tzinfo=UTC)
    return zipfile.ZipFile(io.BytesIO(to_xlsx(TABLE, "Liste & =Titel", SENTENCES, moment)))


def test_xlsx_has_no_formula_and_no_link() -> None:
    with xlsx() as book:
        for name in book.namelist():
            content = book.read(name)
            assert b"<f>" not in content and b"<f " not in content, name
            assert b"hyperlink" not in content, name


def test_xlsx_says_the_same_with_numbers_as_numbers() -> None:
    with xlsx() as book:
        shared = re.findall(r"<t[^>]*>(.*?)</t>", book.read("xl/sharedStrings.xml").decode(), re.DOTALL)
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    cells = dict(re.findall(r'<c r="([A-Z]+\d+)"[^>]*?(?: t="s")?><v>([^<]*)</v>', sheet))
    strings = set(re.findall(r'<c r="([A-Z]+\d+)"[^>]*? t="s"', sheet))
    said = {place: shared[int(value)] if place in strings else value for place, value in cells.items()}
    assert [said[f"{column}1"] for column in "ABCDE"] == heads(TABLE.columns)
    assert (said["A2"], said["C2"], said["D2"], said["E2"]) == ("Kolb", "60", "1.33", "0")
    assert said["B2"].startswith("=HYPERLINK")  # text: it shows, and nothing computes it
    assert {"C2", "D2", "E2", "C4", "E3"}.isdisjoint(strings)
    assert "C3" not in said and "D3" not in said
    assert (said["A4"], said["C4"], said["D4"], said["E4"]) == ("Summe", "60", "1.33", "2")


def test_xlsx_can_be_printed_and_keeps_its_head_in_sight() -> None:
    with xlsx() as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        names = book.read("xl/workbook.xml").decode()
    assert 'state="frozen"' in sheet and 'ySplit="1"' in sheet
    assert 'orientation="landscape"' in sheet and 'paperSize="9"' in sheet and "fitToPage" in sheet
    assert "Print_Titles" in names


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(4, 3), "1,33"),
        (Fraction(5, 3), "1,67"),
        (Fraction(12, 1), "12"),
        (Fraction(1, 200), "0,01"),
    ],
)
def test_units_as_they_are_written(units: Fraction, text: str) -> None:
    assert shown_units(Amount(0, units)) == text
