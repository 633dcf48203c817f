"""`arbeitsblatt`: a sheet of typed fields, once or several times. Fields: see `app.quizzes.sheets`."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

from app import clock
from app.course.blocks.arbeitsblatt import Form as Layout
from app.course.blocks.arbeitsblatt import Sheet
from app.quizzes import leftover, sheets
from app.quizzes.drawing import Balance, Circles, balance, circles
from app.quizzes.entries import Note
from app.quizzes.forms import Form, Read, is_explicit, is_first
from app.quizzes.kind import FormField, Kind, shown_body
from app.quizzes.learner import Learner
from app.quizzes.sheets import Row, Run
from app.quizzes.typed import form_fields, name_of
from app.quizzes.values import Body, Saved

ASSETS = ("css/sheets.css", "js/sheets.js")


def read(form: Form, block: Sheet) -> Read:
    body, errors = sheets.read(form, block)
    done = bool(body["runs"])
    if not done and is_explicit(form) and is_first(form) and block.fields:
        first = name_of(block.fields[0], "1-1")
        errors[first] = "Hier steht noch nichts. Ein Stichwort oder eine Auswahl genügt."
    return Read(body, errors, done)


def context(block: Sheet, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    runs = sheets.runs_of(block, body, clock.today().isoformat(), as_typed=typed is not None)
    kept = bool(saved and saved.body.get("runs"))
    return {
        "runs": [{"run": run, "picture": picture(block, run)} for run in runs],
        "again": block.runs > 1 or len(runs) > 1,
        "grid": _grid(block),
        "closing_html": block.closing_html if kept else "",
    }


def picture(block: Sheet, run: Run) -> Circles | Balance | None:
    """What is drawn of a run: how many entries there are, not what stands in them."""
    names = [each.field.prompt.text for each in run.fields]
    lines = [[line.strip() for line in each.value.splitlines() if line.strip()] for each in run.fields]
    if block.form is Layout.CIRCLES and len(names) > 1:
        return circles(names, lines, nested=block.nested)
    if block.form is Layout.BALANCE and len(names) == 2:
        return balance(names, [len(side) for side in lines])
    return None


def _grid(block: Sheet) -> dict[str, Any] | None:
    """The grid with the place of each cell among the fields, and what comes after its last one."""
    if block.grid is None:
        return None
    place = 0
    rows = []
    for row in block.grid.rows:
        cells = [(place + n, cell.hint_html) for n, cell in enumerate(row.cells)]
        place += len(cells)
        rows.append({"label_html": row.label_html, "cells": cells})
    return {"corner_html": block.grid.corner_html, "columns": block.grid.columns, "rows": rows, "rest": place}


def notes(block: Sheet, body: Body, learner: Learner) -> list[Note]:
    runs = [run for run in sheets.runs_of(block, body, "") if not run.is_new]
    found: list[Note] = []
    for run in runs:
        extra = _which(run) if block.runs > 1 or len(runs) > 1 else ""
        if block.form is Layout.TABLE:
            found += [_row_note(row, extra) for row in run.rows if any(row.texts)]
        else:
            found += [Note(each.field.prompt.html, each.shown, extra) for each in run.fields if each.value]
        before = ", ".join(word for word in (extra, "frühere Frage") if word)
        found += [Note(escape(each.question), each.text, before) for each in run.leftovers]
    return found


def _which(run: Run) -> str:
    day = f", {run.day.shown}" if run.day.value else ""
    return f"{run.number}. Durchgang{day}"


def _row_note(row: Row, extra: str) -> Note:
    lines = [f"{each.field.prompt.text}: {each.shown}" for each in row.fields if each.value]
    return Note(f"Zeile {row.number}", "\n".join(lines), extra)


def fields(block: Sheet, body: Body, learner: Learner) -> list[FormField]:
    runs = sheets.runs_of(block, body, clock.today().isoformat())
    again = block.runs > 1 or len(runs) > 1
    found: list[FormField] = []
    for run in runs:
        before = f"{run.number}. Durchgang: " if again else ""
        if again:
            found.append(FormField(run.day.name, f"{before}{run.day.field.prompt.text}", run.day.value))
        for row in run.rows:
            place = f"{before}Zeile {row.number}: " if block.form is Layout.TABLE else before
            values = {each.field.prompt.text: each.value for each in row.fields}
            made = form_fields(block.fields, values, f"{run.number}-{row.number}")
            found += [replace(field, label=place + field.label) for field in made]
        found += leftover.form_fields(run.leftovers)
    return found


KIND = Kind(Sheet, "quizzes/blocks/arbeitsblatt.html", read, context, notes, fields, assets=ASSETS)
