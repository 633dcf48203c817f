"""Lists as spreadsheets write them."""

from __future__ import annotations

import pytest

from app.admission import csv_reading
from app.admission.csv_reading import Row, Unreadable, read

TABLE = "Vorname;Nachname;E-Mail;Kostenträger\r\nAnna;Kölb;anna@example.org;Jugendamt Süd\r\n;;;\r\nBela;Öztürk;;-\r\n"
PEOPLE = [("Anna Kölb", "anna@example.org", "Jugendamt Süd"), ("Bela Öztürk", "", "")]


def people(data: bytes) -> list[tuple[str, str, str]]:
    return [(row.name, row.email, row.funder) for row in read(data).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    assert people(TABLE.encode(encoding)) == PEOPLE


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_separators_and_ends_of_lines(separator: str, end: str) -> None:
    text = TABLE.replace(";", separator).replace("\r\n", end)
    assert people(text.encode()) == PEOPLE


def test_the_separator_that_german_excel_names() -> None:
    listing = read(b"sep=;\r\nName;E-Mail\r\nKolb, Anna;a@example.org\r\n")
    assert listing.rows == (Row(3, "Anna Kolb", "a@example.org", "", "Kolb, Anna;a@example.org"),)


def test_quotes_with_separators_quotes_and_breaks() -> None:
    [row] = read('Name;Träger\n"Anna ""Anni"" Kolb";"Caritas; Diakonie"\n'.encode()).rows
    assert (row.name, row.funder) == ('Anna "Anni" Kolb', "Caritas; Diakonie")


@pytest.mark.parametrize(
    ("heading", "line", "expected"),
    [
        ("Name;Vorname;Mail", "Kolb;Anna;a@example.org", ("Anna Kolb", "a@example.org", "")),
        ("E-Mail-Adresse;Vor- und Nachname", "a@example.org;Anna Kolb", ("Anna Kolb", "a@example.org", "")),
        ("NACHNAME;VORNAME;EINRICHTUNG;Telefon", "Kolb;Anna;Caritas;030", ("Anna Kolb", "", "Caritas")),
        ("Teilnehmer:in", "Anna Kolb", ("Anna Kolb", "", "")),
        ("Name;Kostenträger", "Kolb, M.A.;Caritas", ("Kolb, M.A.", "", "Caritas")),
    ],
)
def test_headings(heading: str, line: str, expected: tuple[str, str, str]) -> None:
    listing = read(f"{heading}\n{line}\n".encode())
    assert [(row.name, row.email, row.funder) for row in listing.rows] == [expected]
    assert "Kopfzeile" in listing.understood


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Anna Kolb;a@example.org;Caritas", ("Anna Kolb", "a@example.org", "Caritas")),
        ("Anna;Kolb;a@example.org;Caritas", ("Anna Kolb", "a@example.org", "Caritas")),
        ("a@example.org;Anna Kolb", ("Anna Kolb", "a@example.org", "")),
        ("Anna;Kolb", ("Anna Kolb", "", "")),
        ("Anna Kolb;Caritas", ("Anna Kolb", "", "Caritas")),
        ("Anna Kolb", ("Anna Kolb", "", "")),
    ],
)
def test_without_headings(line: str, expected: tuple[str, str, str]) -> None:
    assert people(f"{line}\n".encode()) == [expected]
    assert "Ohne Kopfzeile" in read(line.encode()).understood


def test_lines_keep_their_number_and_stand_as_they_are() -> None:
    rows = read(b"Name;E-Mail\n\n\nAnna Kolb;kaputt@\n").rows
    assert [(row.number, row.raw) for row in rows] == [(4, "Anna Kolb;kaputt@")]


SURPLUS = "Nicht gelesen ist {}. Bitte prüfen Sie, ob die übrigen Felder stimmen."
MISSING = "Der Nachname fehlt."


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("Name;E-Mail\nAnna Kolb;a@example.org;;\n", [""]),
        (
            "Name;E-Mail\nAnna Kolb;a@example.org;Caritas; Diakonie\nBela;b@example.org\n",
            ["Die Zeile hat 4 Spalten, die Liste 2 Spalten. " + SURPLUS.format("„Caritas“, „Diakonie“"), MISSING],
        ),
        ("Name\nKolb;Anna\n", ["Die Zeile hat 2 Spalten, die Liste 1 Spalte. " + SURPLUS.format("„Anna“") + f" {MISSING}"]),
        ("Name;E-Mail\nMara;a@example.org\n", [MISSING]),
        ("Mara;a@example.org\nAnna Kolb;b@example.org\n", [MISSING, ""]),
        ("Vorname;Nachname;Mail\nAnna;;a@\n;Kolb;\nAnna Kolb;;\n", ["Der Nachname fehlt.", "Der Vorname fehlt.", ""]),
        (
            "Vorname;Nachname\nAnna;;a@\n",
            ["Die Zeile hat 3 Spalten, die Liste 2 Spalten. " + SURPLUS.format("„a@“") + " Der Nachname fehlt."],
        ),
        (
            "Anna;Kolb;a@example.org;AWO\nBela;Öz;b@example.org;Caritas; Diakonie\nCem;Ak;c@example.org;\n",
            ["", "Die Zeile hat 5 Spalten, die Liste 4 Spalten. " + SURPLUS.format("„Diakonie“"), ""],
        ),
        ("Anna Kolb,a@example.org\nBela Öz,b@example.org\nCem Ak,c@example.org,AWO\n", ["", "", ""]),
    ],
)  # fmt: skip
def test_surplus_columns_and_missing_halves_of_a_name_are_named(text: str, doubts: list[str]) -> None:
    assert [row.doubt for row in csv_reading.read_text(text).rows] == doubts


def test_one_longer_line_moves_no_column_of_the_others() -> None:
    text = "Anna;Kolb;a@example.org;AWO\nBela;Öz;b@example.org;Caritas; Diakonie\nCem;Ak;c@example.org;AWO\n"
    assert [row.funder for row in csv_reading.read_text(text).rows] == ["AWO", "Caritas", "AWO"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "keine Person"),
        (b"\r\n;;\r\n", "keine Person"),
        (b"Name;E-Mail\r\n", "Unter der Kopfzeile"),
        (b"PK\x03\x04 xlsx", "Excel-Datei"),
        (b"\xd0\xcf\x11\xe0 xls", "Excel-Datei"),
        (b"%PDF-1.7", "kein Text"),
        (b"Name\nAnna \x81\x8d\xff\n", "lassen sich nicht lesen"),
        (b"x" * (csv_reading.MOST_BYTES + 1), "1.000 kB"),
        (b"Name\n" + b"Anna Kolb\n" * 501, "501 Zeilen"),
        (b'Name\n"' + b"x" * 200_000 + b'"', "nicht mehr lesbar"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(data)


def test_five_hundred_are_fine() -> None:
    assert len(read(b"Name\n" + b"Anna Kolb\n" * 500).rows) == 500
