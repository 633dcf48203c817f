"""A list of people as somebody saved it out of a spreadsheet: bytes or pasted text -> rows. Pure.

Understood are semicolon, comma and tab; UTF-8, UTF-16 ("Unicode-Text" of Excel) and Windows-1252; with or without a
line of headings; quotes, empty lines, and the line `sep=;` that German Excel writes.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

MOST_BYTES = 1_000_000
MOST_ROWS = 500
_SEPARATORS = (";", "\t", ",")
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)

NAME, FIRST, LAST, EMAIL, FUNDER = "name", "first", "last", "email", "funder"
_HEADINGS = {
    NAME: {"name", "vorname nachname", "vorname und nachname", "vor- und nachname", "vollständiger name", "teilnehmer",
           "teilnehmende", "teilnehmerin", "teilnehmer:in", "teilnehmer*in", "person", "name vorname", "nachname vorname"},
    FIRST: {"vorname", "vornamen", "rufname", "first name", "firstname"},
    LAST: {"nachname", "familienname", "zuname", "last name", "lastname", "surname"},
    EMAIL: {"e-mail", "email", "mail", "e-mail-adresse", "emailadresse", "email-adresse", "e-mailadresse", "mailadresse",
            "mail-adresse", "e-mail adresse", "email adresse"},
    FUNDER: {"träger", "kostenträger", "einrichtung", "organisation", "arbeitgeber", "anstellungsträger", "dienststelle",
             "institution", "jugendamt", "firma", "kostenstelle"},
}  # fmt: skip
_COLUMNS = {NAME: "Name", FIRST: "Vorname", LAST: "Nachname", EMAIL: "E-Mail", FUNDER: "Kostenträger"}


class Unreadable(Exception):
    """Nothing can be read of it; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person as typed. `number`: the line in the file, `raw`: the line as it stands, `doubt`: what is odd about it."""

    number: int
    name: str
    email: str = ""
    funder: str = ""
    raw: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a file holds. `understood` says in German how its columns were read."""

    rows: tuple[Row, ...]
    understood: str


def read(data: bytes) -> Listing:
    """The people of this file. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(
            "Die Datei ist zu groß, möglich sind 1.000 kB. Eine Liste mit 500 Personen ist viel kleiner: "
            "Bitte prüfen Sie, ob es die richtige Datei ist."
        )
    return read_text(decoded(data))


def decoded(data: bytes) -> str:
    """The text of these bytes. Raises Unreadable."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(
            "Das ist eine Excel-Datei, keine CSV-Datei. Bitte wählen Sie in Excel „Speichern unter“ und dort "
            "„CSV (Trennzeichen-getrennt)“, oder kopieren Sie die Zeilen in das Feld."
        )
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise Unreadable("Das ist kein Text, sondern ein Dokument oder Bild. Gebraucht wird eine CSV-Datei.")
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(
        "Die Zeichen der Datei lassen sich nicht lesen. Bitte speichern Sie sie als „CSV UTF-8“."
    )


def _encodings(data: bytes) -> Sequence[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if data[1:60:2].count(0) > len(data[1:60:2]) // 2:
        return ("utf-16-le",)
    if data[0:60:2].count(0) > len(data[0:60:2]) // 2:
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


def read_text(text: str) -> Listing:
    """The people of this text. Raises Unreadable."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first, separator = 1, ""
    head, _, rest = text.partition("\n")
    if found := _SEP_LINE.fullmatch(head):
        text, first, separator = rest, 2, found[1]
    separator = separator or _separator(text)
    lines = _lines(text, separator, first)
    if not lines:
        raise Unreadable("Darin steht keine Person. Gebraucht wird eine Zeile für jede Person.")
    columns = _columns_of_heading(lines[0][1])
    body = lines[1:] if columns else lines
    if not body:
        raise Unreadable("Unter der Kopfzeile steht keine Person. Gebraucht wird eine Zeile für jede Person.")
    if len(body) > MOST_ROWS:
        raise Unreadable(
            f"Die Liste hat {len(body)} Zeilen, auf einmal gehen {MOST_ROWS}. Bitte teilen Sie sie auf."
        )
    heading, width = bool(columns), len(lines[0][1])
    if not heading:
        columns, width = _columns_by_content([cells for _, cells, _ in body])
    rows = tuple(_row(number, cells, raw, columns, width) for number, cells, raw in body)
    return Listing(rows, _said(columns, heading=heading))


def _separator(text: str) -> str:
    """The sign that divides most lines in the same way."""
    sample = [line for line in text.split("\n") if line.strip()][:20]

    def fits(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in sample]
        return sum(count > 0 for count in counts), -len(set(counts))

    return max(_SEPARATORS, key=fits) if sample else ";"


def _lines(text: str, separator: str, first: int) -> list[tuple[int, list[str], str]]:
    """(line number, cells, the line as it stands), without empty lines."""
    source = text.split("\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    found, before = [], 0
    try:
        for cells in reader:
            raw = "\n".join(source[before : reader.line_num])
            if any(cell.strip() for cell in cells):
                found.append((before + first, cells, raw))
            before = reader.line_num
    except csv.Error as error:
        raise Unreadable(
            f"Ab Zeile {before + first} ist die Liste nicht mehr lesbar, vielleicht fehlt ein Anführungszeichen."
        ) from error
    return found


def _columns_of_heading(cells: Sequence[str]) -> dict[str, int]:
    """Kind of column -> place, if this line is one of headings; else nothing."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        word = " ".join(cell.replace("\n", " ").strip(" :*\u00a0").casefold().replace(",", " ").split())
        kind = next((kind for kind, words in _HEADINGS.items() if word in words), None)
        if kind and kind not in found:
            found[kind] = place
    if NAME in found and FIRST in found and LAST not in found:  # "Name; Vorname" of German lists
        found[LAST] = found.pop(NAME)
    return found if NAME in found or LAST in found else {}


def _columns_by_content(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    """Without headings: the columns, and how many there are. A few longer lines make no column where all have theirs."""
    widths = Counter(map(len, rows))
    usual = max(widths, key=lambda width: (widths[width], width))
    columns = _columns_of_width(rows, usual)
    if FUNDER in columns:
        return columns, usual
    return _columns_of_width(rows, max(widths)), max(widths)


def _columns_of_width(rows: Sequence[Sequence[str]], width: int) -> dict[str, int]:
    """The column with @ is the address, names stand before it, who pays behind it."""
    mails = [sum("@" in cell for cell in _column(rows, place)) for place in range(width)]
    if not any(mails):
        single = width > 1 and all(len(cell.split()) == 1 for at in (0, 1) for cell in _column(rows, at))
        if single:
            return {FIRST: 0, LAST: 1} | ({FUNDER: 2} if width > 2 else {})
        return {NAME: 0} | ({FUNDER: 1} if width > 1 else {})
    email = mails.index(max(mails))
    free = [place for place in range(width) if place != email]
    if email >= 2:
        found = {FIRST: 0, LAST: 1, EMAIL: email}
        left = [place for place in free if place > 1]
    else:
        found = {EMAIL: email} | ({NAME: free[0]} if free else {})
        left = free[1:]
    return found | ({FUNDER: left[-1]} if left else {})


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if len(row) > place and row[place].strip()]


def _row(number: int, cells: Sequence[str], raw: str, columns: dict[str, int], width: int) -> Row:
    def cell(kind: str) -> str:
        place = columns.get(kind, -1)
        return cells[place].strip() if 0 <= place < len(cells) else ""

    name = cell(NAME) if NAME in columns else f"{cell(FIRST)} {cell(LAST)}".strip()
    funder = cell(FUNDER)
    doubts = [_surplus(cells, width)]
    if {FIRST, LAST} <= columns.keys():
        doubts.append(_missing_half(cell(FIRST), cell(LAST)))
    else:
        doubts.append(half_a_name(name))
    doubt = " ".join(filter(None, doubts))
    return Row(number, _turned(name), cell(EMAIL), "" if funder in ("-", "–", "—") else funder, raw, doubt)


def _surplus(cells: Sequence[str], width: int) -> str:
    """What stands in a line beyond the last column; "": nothing."""
    more = ", ".join(f"„{cell.strip()[:60]}“" for cell in cells[width : width + 5] if cell.strip())
    if not more:
        return ""
    columns = f"{width} Spalte{'' if width == 1 else 'n'}"
    return (
        f"Die Zeile hat {len(cells)} Spalten, die Liste {columns}. Nicht gelesen ist {more}. "
        "Bitte prüfen Sie, ob die übrigen Felder stimmen."
    )


def half_a_name(name: str) -> str:
    """What is odd about a name of a single word; "": nothing."""
    return "Der Nachname fehlt." if len(name.split()) == 1 else ""


def _missing_half(first: str, last: str) -> str:
    """Which half is missing, where there is a column for each; in one of them there may also stand a whole name."""
    if first and last:
        return ""
    doubt = half_a_name(first or last)
    return "Der Vorname fehlt." if doubt and last else doubt


def _turned(name: str) -> str:
    """Kolb, Anna -> Anna Kolb; what stands behind the comma of "Kolb, M.A." is no first name."""
    last, comma, first = name.partition(",")
    if comma and first.strip() and "." not in first and "," not in first:
        return f"{first.strip()} {last.strip()}"
    return name


def _said(columns: dict[str, int], *, heading: bool) -> str:
    words = ", ".join(_COLUMNS[kind] for kind in sorted(columns, key=columns.__getitem__))
    start = "Die erste Zeile ist die Kopfzeile" if heading else "Ohne Kopfzeile"
    return f"{start}. Gelesene Spalten: {words}."
