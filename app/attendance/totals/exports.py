"""A list as CSV that German Excel opens right, and as XLSX. Nothing anybody wrote is ever a formula in them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

import xlsxwriter

from app.attendance.totals.sums import Amount, hundredths
from app.attendance.totals.tables import Cell, Column, Is, Table
from app.web import german

_LIVE = "=+-@"  # what spreadsheets read as the begin of a formula; NFKC makes the full-width forms these
_WIDTHS = {Is.TEXT: 22, Is.COUNT: 13, Is.AMOUNT: 13}


def shown_units(amount: Amount) -> str:
    """1,33 as on the page"""
    return german.decimal(_number(amount))


def _number(amount: Amount) -> Decimal:
    return Decimal(hundredths(amount.units)) / 100


def defused(text: str) -> str:
    """The text so that no spreadsheet computes it: with ' before it, where it could begin a formula."""
    bare = unicodedata.normalize("NFKC", text).lstrip(" \t\r\n\u200b\ufeff")
    return f"'{text}" if (bare and bare[0] in _LIVE) or text[:1] in ("\t", "\r", "\n") else text


def heads(columns: Iterable[Column]) -> list[str]:
    """The head line: an amount takes two columns."""
    found = []
    for column in columns:
        two = [f"{column.label} Minuten", f"{column.label} UE"]
        found += two if column.kind is Is.AMOUNT else [column.label]
    return found


def to_csv(table: Table, sentences: Sequence[str]) -> bytes:
    """UTF-8 with BOM, semicolons, CRLF, decimal commas; below the table, after an empty line, what it says."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([defused(head) for head in heads(table.columns)])
    for row in (*table.rows, *table.foot):
        writer.writerow(_flat(table.columns, row))
    writer.writerow([])
    writer.writerows([defused(sentence)] for sentence in sentences)
    return "\ufeff".encode() + text.getvalue().encode()


def _flat(columns: Sequence[Column], row: Sequence[Cell]) -> list[str]:
    found: list[str] = []
    for column, cell in zip(columns, row, strict=True):
        if isinstance(cell, Amount):
            found += [str(cell.minutes), shown_units(cell)]
        elif cell is None:
            found += ["", ""] if column.kind is Is.AMOUNT else [""]
        else:
            found.append(defused(cell) if isinstance(cell, str) else str(cell))
    return found


def to_xlsx(table: Table, title: str, sentences: Sequence[str], moment: datetime) -> bytes:
    """Text as text, numbers as numbers, the head stays in sight and is printed on each page."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title, "created": moment.replace(tzinfo=None)})
        _list_sheet(book, table, title)
        notes = book.add_worksheet("Angaben")
        notes.set_column(0, 0, 110, book.add_format({"text_wrap": True}))
        for at, sentence in enumerate((title, *sentences)):
            notes.write_string(at, 0, sentence)
    return content.getvalue()


def _list_sheet(book: xlsxwriter.Workbook, table: Table, title: str) -> None:
    sheet = book.add_worksheet("Liste")
    bold = {"bold": True, "text_wrap": True, "valign": "top"}
    head, foot = book.add_format(bold | {"bottom": 2}), {"bold": True, "top": 1}
    formats = {
        False: (book.add_format({}), book.add_format({"num_format": "0.00"})),
        True: (book.add_format(foot), book.add_format(foot | {"num_format": "0.00"})),
    }
    for at, label in enumerate(heads(table.columns)):
        sheet.write_string(0, at, label, head)
    for line, row in enumerate((*table.rows, *table.foot), 1):
        _write_row(sheet, line, table.columns, row, *formats[line > len(table.rows)])
    at = 0
    for column in table.columns:
        cells = 2 if column.kind is Is.AMOUNT else 1
        sheet.set_column(at, at + cells - 1, _WIDTHS[column.kind])
        at += cells
    sheet.freeze_panes(1, table.heads)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&L" + title.replace("&", "&&")[:200])
    sheet.set_footer("&RSeite &P von &N")


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet,
    line: int,
    columns: Sequence[Column],
    row: Sequence[Cell],
    plain: xlsxwriter.format.Format,
    decimal: xlsxwriter.format.Format,
) -> None:
    at = 0
    for column, cell in zip(columns, row, strict=True):
        if isinstance(cell, Amount):
            sheet.write_number(line, at, cell.minutes, plain)
            sheet.write_number(line, at + 1, _number(cell), decimal)  # exact, as the page shows it
        elif isinstance(cell, int):
            sheet.write_number(line, at, cell, plain)
        elif isinstance(cell, str):
            sheet.write_string(line, at, cell, plain)
        else:
            sheet.write_blank(line, at, None, plain)
        at += 2 if column.kind is Is.AMOUNT else 1


def file_name(title: str) -> str:
    """The title as the name of a file, without its ending."""
    return re.sub(r'[\\/:*?"<>|\s\x00-\x1f]+', " ", title).strip(" .")[:100]
