"""The runs and rows of a sheet: read from its form, found again in its body. Pure.

Body: {"runs": [{"day": "2026-07-03", "entries": [{"q": question, "a": answer, "row": 2}]}]}; only what was filled in is kept,
and `row` only from the second line of a table on. Fields: `t-<key>-<run>-<row>`, `t-<DAY>-<run>`, leftovers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.course.blocks.arbeitsblatt import Form as Layout
from app.course.blocks.arbeitsblatt import Sheet
from app.course.model import Prompt
from app.course.typed_fields import FieldType, TypedField
from app.quizzes import leftover
from app.quizzes.forms import Errors, Form
from app.quizzes.leftover import Leftover
from app.quizzes.typed import Filled, filled, name_of, read_typed
from app.quizzes.values import Body

MOST_RUNS = 40
MOST_ROWS = 100
DAY = TypedField("00000000", Prompt("Ausgefüllt am", "Ausgefüllt am"), FieldType.DATE)

_FIELD = re.compile(r"t-[0-9a-f]{8}-([1-9][0-9]?)-([1-9][0-9]{0,2})")


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    fields: tuple[Filled, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(each.value for each in self.fields)


@dataclass(frozen=True, slots=True)
class Run:
    """One time the sheet is filled in. `is_new`: nothing stands in it yet."""

    number: int
    day: Filled
    rows: tuple[Row, ...]
    leftovers: tuple[Leftover, ...]
    is_new: bool

    @property
    def full(self) -> bool:
        """Whether there is no room for another row."""
        return len(self.rows) >= MOST_ROWS

    @property
    def fields(self) -> tuple[Filled, ...]:
        """The fields of the first row, the only one but for tables."""
        return self.rows[0].fields


def read(form: Form, block: Sheet) -> tuple[Body, Errors]:
    """All runs up to the last one in which something stands."""
    places = [(int(found[1]), int(found[2])) for name in form if (found := _FIELD.fullmatch(name))]
    left, errors = leftover.read(form)
    places += [_place(each) for each in left]
    runs: list[Body] = []
    for number in range(1, min(max((run for run, _ in places), default=0), MOST_RUNS) + 1):
        rows = {row for run, row in places if run == number}
        entries, wrong = _entries(form, block, number, rows)
        entries += [
            _entry(each.question, each.text, _place(each)[1]) for each in left if _place(each)[0] == number
        ]
        day, no_day = read_typed(form, (DAY,), str(number))
        runs.append({"day": day[DAY.prompt.text], "entries": entries})
        errors |= wrong | (no_day if entries else {})
    while runs and not runs[-1]["entries"]:
        runs.pop()
    return {"runs": runs}, errors


def _place(left: Leftover) -> tuple[int, int]:
    run, _, row = (left.place or "1-1").partition("-")
    return min(int(run), MOST_RUNS), min(int(row), MOST_ROWS)


def _entries(form: Form, block: Sheet, run: int, rows: Collection[int]) -> tuple[list[Body], Errors]:
    entries: list[Body] = []
    errors: Errors = {}
    too_many: list[str] = []
    upto = min(max(rows, default=0), MOST_ROWS)
    for row in sorted({*range(1, upto + 1), *rows}):
        values, wrong = read_typed(form, block.fields, f"{run}-{row}")
        filled_in = [_entry(question, answer, row) for question, answer in values.items() if answer.strip()]
        entries += filled_in
        errors |= wrong
        if filled_in and row > MOST_ROWS:
            too_many.append(name_of(block.fields[0], f"{run}-{row}"))
    return entries, errors | _too_many(too_many)


def _too_many(names: Sequence[str]) -> Errors:
    """Nothing that was written is left out unsaid: `names` are the fields of the rows that do not fit."""
    if not names:
        return {}
    rows = "die eine Zeile" if len(names) == 1 else f"die {len(names)} Zeilen"
    return {
        names[
            0
        ]: f"Auf dieses Blatt passen {MOST_ROWS} Zeilen. Bitte leeren Sie {rows} ab hier, oder fassen Sie einige zusammen."
    }


def _entry(question: str, answer: str, row: int) -> Body:
    entry: Body = {"q": question, "a": answer}
    return entry | {"row": row} if row > 1 else entry


def runs_of(block: Sheet, body: Body, today: str, *, as_typed: bool = False) -> list[Run]:
    """The runs in the body, and an empty one as long as there may be more; `today` is proposed as its day.

    `as_typed`: the body could not be saved, so its fields hold whatever was typed.
    """
    written = body.get("runs", [])
    found = [_run(block, number, run, as_typed) for number, run in enumerate(written, 1)]
    if not found or (len(found) < block.runs and written[-1]["entries"]):
        found.append(_run(block, len(found) + 1, {"day": today, "entries": []}, as_typed))
    return found


def _run(block: Sheet, number: int, run: Body, as_typed: bool) -> Run:
    asked = {field.prompt.text: field for field in block.fields}

    def fits(question: str, answer: str) -> bool:
        return question in asked if as_typed else leftover.fits_field(asked.get(question), answer)

    by_row: dict[int, list[Body]] = {}
    for entry in run["entries"]:
        by_row.setdefault(entry.get("row", 1), []).append(entry)
    rows: list[Row] = []
    left: list[Leftover] = []
    for row in range(1, _row_count(block, by_row) + 1):
        place = f"{number}-{row}"
        values, others = leftover.sorted_out(by_row.pop(row, ()), fits, place)
        rows.append(Row(row, tuple(filled(block.fields, values, place))))
        left += others
    for row, entries in by_row.items():  # from a time when the sheet was a table
        left += leftover.sorted_out(entries, lambda *_: False, f"{number}-{row}")[1]
    day = Filled(DAY, name_of(DAY, str(number)), run["day"])
    return Run(number, day, tuple(rows), tuple(left), not run["entries"])


def _row_count(block: Sheet, by_row: Mapping[int, Sequence[Body]]) -> int:
    """In a table one line more than there are full ones, so that it never ends."""
    if block.form is not Layout.TABLE:
        return 1
    # More than fit are only there when they could not be saved.
    return max([min(max([block.rows, *(row + 1 for row in by_row)]), MOST_ROWS), *by_row])
