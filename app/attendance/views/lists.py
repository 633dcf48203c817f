"""Lists of attendance: per person, day and funder, of one cohort or of several; as page, CSV and XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Permission
from app.accounts.models import User
from app.attendance.blueprint import bp
from app.attendance.on_paper import evidence
from app.attendance.totals import exports, list_form, lists, tables
from app.attendance.totals.list_form import Wish
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Cohort
from app.cohorts.page import desk_page
from app.web import german
from app.web.downloads import name_file
from app.web.gate import gate, staff
from app.web.navigation import desk_nav

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Made:
    """A list that was asked for, with what is said about it."""

    title: str
    table: tables.Table
    sentences: Sequence[str]
    missing: Sequence[tuple[lists.Slot, int]]  # slots that are not recorded for so many people


def _make(wish: Wish, title: str, facts: lists.Facts) -> Made:
    count: dict[int, int] = {}
    for _person, slot in facts.open:
        count[slot] = count.get(slot, 0) + 1
    missing = [(slot, count[slot.id]) for slot in facts.slots if slot.id in count]
    units = sorted({slot.unit for slot in facts.slots}) or [45]
    table = tables.build(facts, wish.what, wish.rounding, half_up=wish.half_up)
    return Made(title, table, list_form.sentences(wish, units, len(missing), facts.ahead), missing)


def _of_cohort(cohort: Cohort, wish: Wish) -> Made:
    title = f"{list_form.WHAT[wish.what]}: {cohort.title}"
    return _make(wish, title, lists.collect([cohort]))


def _of_several(wish: Wish, offered: Sequence[Cohort]) -> Made:
    chosen = [cohort for cohort in offered if cohort.id in wish.cohorts] or list(offered)
    first, last = wish.span
    title = f"{list_form.WHAT[wish.what]}: {german.span(first, last)}"
    return _make(wish, title, lists.collect(chosen, first, last))


def _offered(wish: Wish) -> list[Cohort]:
    """The cohorts one can choose; a number that is none of them is an error."""
    if "von" in wish.errors or "bis" in wish.errors:
        return []
    found = lists.cohorts_between(*wish.span)
    known = {cohort.id for cohort in found}
    if not wish.errors and any(number not in known for number in wish.cohorts):
        wish.errors["kohorte"] = (
            "Eine der gewählten Kohorten hat in diesem Zeitraum keinen Kurstag. Bitte wählen Sie noch einmal."
        )
    return found


@bp.get("/kohorten/<int:cohort_id>/listen", endpoint="lists")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def of_cohort(here: Here, cohort_id: int) -> ResponseReturnValue:
    return _cohort_page(here, list_form.read(request.args))


@bp.get("/kohorten/<int:cohort_id>/listen.csv", endpoint="lists_csv")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def csv_of_cohort(here: Here, cohort_id: int) -> ResponseReturnValue:
    wish = list_form.read(request.args)
    return _cohort_page(here, wish) if wish.errors else _as_csv(_of_cohort(here.cohort, wish))


@bp.get("/kohorten/<int:cohort_id>/listen.xlsx", endpoint="lists_xlsx")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def xlsx_of_cohort(here: Here, cohort_id: int) -> ResponseReturnValue:
    wish = list_form.read(request.args)
    return _cohort_page(here, wish) if wish.errors else _as_xlsx(_of_cohort(here.cohort, wish))


def _cohort_page(here: Here, wish: Wish) -> ResponseReturnValue:
    made = None if wish.errors else _of_cohort(here.cohort, wish)
    own: dict[str, Any] = {
        "page": "attendance.lists",
        "values": {"cohort_id": here.cohort.id},
        "offered": None,
    }
    own["scans"] = [scan for of_day in evidence.by_day(here.cohort.id).values() for scan in of_day]
    page = desk_page(here, "attendance/lists.html", tab="attendance.matrix", **_context(wish, made), **own)
    return page, 422 if wish.errors else 200


@bp.get("/listen", endpoint="all_lists")
@gate(Permission.MANAGE_PEOPLE, staff)
def of_all(_user: User) -> ResponseReturnValue:
    wish = list_form.read(request.args)
    return _page_of_all(wish, _offered(wish))


@bp.get("/listen.csv", endpoint="all_lists_csv")
@gate(Permission.MANAGE_PEOPLE, staff)
def csv_of_all(_user: User) -> ResponseReturnValue:
    wish = list_form.read(request.args)
    offered = _offered(wish)
    return _page_of_all(wish, offered) if wish.errors else _as_csv(_of_several(wish, offered))


@bp.get("/listen.xlsx", endpoint="all_lists_xlsx")
@gate(Permission.MANAGE_PEOPLE, staff)
def xlsx_of_all(_user: User) -> ResponseReturnValue:
    wish = list_form.read(request.args)
    offered = _offered(wish)
    return _page_of_all(wish, offered) if wish.errors else _as_xlsx(_of_several(wish, offered))


def _page_of_all(wish: Wish, offered: Sequence[Cohort]) -> ResponseReturnValue:
    made = None if wish.errors or not offered else _of_several(wish, offered)
    own = {"page": "attendance.all_lists", "values": {}, "offered": offered, "scans": []}
    context = _context(wish, made) | {"desk_nav": desk_nav(desk=True)}
    return render_template("attendance/lists.html", **context, **own), 422 if wish.errors else 200


def _context(wish: Wish, made: Made | None) -> dict[str, Any]:
    return {
        "wish": wish,
        "made": made,
        "choices": {"was": list_form.WHAT, "rundung": list_form.ROUNDING, "halbe": list_form.HALVES},
        "shown_units": exports.shown_units,
        "when": lists.when,
    }


def _as_csv(made: Made) -> Response:
    return _file(exports.to_csv(made.table, [made.title, *made.sentences]), _CSV, made.title, "csv")


def _as_xlsx(made: Made) -> Response:
    content = exports.to_xlsx(made.table, made.title, made.sentences, clock.now())
    return _file(content, _XLSX, made.title, "xlsx")


def _file(content: bytes, kind: str, title: str, ending: str) -> Response:
    answer = Response(content, content_type=kind)
    name = exports.file_name(f"Anwesenheit {title}")
    name_file(answer, f"{name}.{ending}")
    return answer
