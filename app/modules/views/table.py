"""What a board holds as a table to take along: the whole board of a cohort, or one's own cards."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response, abort
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.course.model import Block
from app.modules.blueprint import bp
from app.modules.reading import notebook_of
from app.modules.views import reading
from app.quizzes import service as quizzes
from app.quizzes import sharing
from app.quizzes.kinds import kind_of
from app.quizzes.values import Contribution
from app.web.downloads import name_file
from app.web.gate import gate

_FORMULA = ("=", "+", "-", "@")


@bp.get("/kurs/<int:cohort_id>/gemeinsam/<block_id>.csv")
@gate(Permission.READ_COURSE, cohort_for)
def table(here: Here, cohort_id: int, block_id: str) -> ResponseReturnValue:
    _, page = reading.station_of_block(here, block_id)
    block = next(block for block in page.blocks if block.id == block_id)
    make = kind_of(block).table
    if make is None:
        abort(404)
    response = Response(as_csv(make(block, _written(here, block))), mimetype="text/csv")
    name = f"{block.kind}-{block.id}-{clock.today().isoformat()}.csv"
    name_file(response, name)
    return response


def _written(here: Here, block: Block) -> list[Contribution]:
    """What may be taken along: everybody's cards of a common board, else one's own."""
    if block.together:
        return quizzes.contributions(here.cohort.id, block.id, sharing.PICTURE)
    if here.enrolment is None:
        abort(404)
    saved = notebook_of(here).answers.get(block.id)
    own = here.enrolment
    return [Contribution(own.id, own.name, saved.body, saved.saved_at)] if saved else []


def as_csv(lines: Iterable[Sequence[str]]) -> bytes:
    """A table that German spreadsheets open as it is meant: semicolons, UTF-8 with a mark that says so."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(
        [_safe(cell) for cell in line] for line in lines
    )
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    """A text a spreadsheet does not take for a formula and run."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell
