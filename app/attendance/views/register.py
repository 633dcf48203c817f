"""The attendance register: the matrix of a cohort, and one slot to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access import Permission
from app.accounts import service as accounts
from app.attendance import struck
from app.attendance.blueprint import bp
from app.attendance.by_list import conflicts, day_sheet, register_wording, sheet
from app.attendance.names import by_surname
from app.attendance.on_paper import evidence
from app.attendance.own import objections
from app.cohorts import departures, service, wording
from app.cohorts import people as persons
from app.cohorts import register as book
from app.cohorts.loaders import LARGEST_ID, Here, cohort_for
from app.cohorts.models import Attendance, Enrolment, ScheduledSlot
from app.cohorts.page import desk_page, meets_today
from app.extensions import transaction
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/anwesenheit", endpoint="matrix")
@gate(Permission.KEEP_REGISTER, cohort_for)
def matrix(here: Here, cohort_id: int) -> ResponseReturnValue:
    everyone, marks = persons.everyone(cohort_id), service.marks(cohort_id)
    people = _present(everyone)
    marked = {enrolment_id for enrolment_id, _ in marks}
    days = service.days(cohort_id)
    slots = [slot for day in days for slot in day.slots if slot.content_minutes]
    listed = by_surname(person for person in everyone if person.left_at is None or person.id in marked)
    return desk_page(
        here,
        "attendance/matrix.html",
        tab="attendance.matrix",
        days=days,
        meets_today=meets_today(here, [day.date for day in days]),
        people=people,
        listed=listed,
        slots=slots,
        marks=marks,
        tallies=book.tally(people, slots, marks),
        conflicts=conflicts.open_in(slots),
        lost=register_wording.lost,
        scans_by_day=evidence.by_day(cohort_id),
        departures=departures.of_cohort(cohort_id) if len(listed) > len(people) else {},
        open_objections=objections.open_objections([cohort_id]).get(cohort_id, 0),
        now=clock.now(),
    )


@bp.get("/kohorten/<int:cohort_id>/anwesenheit/<int:slot_id>")
@gate(Permission.KEEP_REGISTER, cohort_for)
def slot(here: Here, cohort_id: int, slot_id: int) -> ResponseReturnValue:
    found, everyone, history = _sheet(cohort_id, slot_id)
    if found.cancelled_at:
        return _dropped_page(here, found, everyone, history), 410
    rows = sheet.as_recorded(_present(everyone), history, struck.in_slot(slot_id))
    return _slot_page(here, found, everyone, history, rows)


@bp.post("/kohorten/<int:cohort_id>/anwesenheit/<int:slot_id>")
@gate(Permission.KEEP_REGISTER, cohort_for)
def save_slot(here: Here, cohort_id: int, slot_id: int) -> ResponseReturnValue:
    found, everyone, history = _sheet(cohort_id, slot_id)
    rows = sheet.read(request.form, _present(everyone), history, found.minutes, struck.in_slot(slot_id))
    if found.cancelled_at:
        return _dropped_page(here, found, everyone, history, rows), 409
    if "alle" in request.form and not any(row.error for row in rows):
        rows = sheet.everyone_present(rows)
    if found.starts_at > clock.now():
        sheet.refuse_presence(rows, history, wording.not_begun(found.starts_at))
    if any(row.error for row in rows):
        return _slot_page(here, found, everyone, history, rows), 422
    if "alle" in request.form:
        return _slot_page(here, found, everyone, history, rows)
    author_id, day_id = current_user.id, found.day_id
    with transaction():
        author = accounts.find_person(author_id)
        if author is None:
            abort(401)
        outcome = book.record(slot_id, [row.wanted for row in rows if row.sent], author)
        certified = book.certified(outcome.changed)
        conflicts = {conflict.mine.enrolment_id: conflict.mine for conflict in outcome.conflicts}
    if certified:
        flash(wording.certified(certified), "hinweis")
    if conflicts:
        return _conflict_page(here, slot_id, conflicts, outcome.saved), 409
    flash(_saved(outcome.saved), "erfolg" if outcome.saved else "hinweis")
    if request.form.get("zurueck") == "tag":
        return redirect(url_for("attendance.day", cohort_id=cohort_id, day_id=day_id, abschnitt=slot_id), 303)
    return redirect(url_for("attendance.slot", cohort_id=cohort_id, slot_id=slot_id), 303)


def _saved(count: int) -> str:
    if not count:
        return "Es hat sich nichts geändert."
    return (
        "Die Anwesenheit einer Person ist eingetragen."
        if count == 1
        else f"{count} Personen sind eingetragen."
    )


def _conflict_page(here: Here, slot_id: int, mine: Mapping[int, book.Wanted], saved: int) -> str:
    """What stands now, and beside it what was chosen here."""
    found, everyone, history = _sheet(here.cohort.id, slot_id)
    rows = sheet.as_recorded(_present(everyone), history, struck.in_slot(slot_id))
    for row in rows:
        row.mine = mine.get(row.person.id)
    return _slot_page(here, found, everyone, history, rows, saved=saved)


def _sheet(cohort_id: int, slot_id: int) -> tuple[ScheduledSlot, list[Enrolment], sheet.History]:
    """A content slot of this cohort (only those count and are recorded), everyone, every mark of it."""
    found = service.find_slot(cohort_id, slot_id) if slot_id <= LARGEST_ID else None
    if found is None or not found.content_minutes:
        abort(404)
    return found, persons.everyone(cohort_id), book.history_of_slot(slot_id)


def _dropped_page(
    here: Here,
    found: ScheduledSlot,
    everyone: Sequence[Enrolment],
    history: sheet.History,
    rows: Sequence[sheet.Row] = (),
) -> str:
    """Why nothing is recorded here any more, what was chosen on the form, and what had been recorded."""
    chosen = [row for row in rows if row.sent and row.state != Attendance.NOT_RECORDED]
    return desk_page(
        here,
        "attendance/dropped.html",
        tab="attendance.matrix",
        slot=found,
        sentence=register_wording.dropped(found, day_sheet.who_dropped(found)),
        chosen=[(row.person.name, _as_typed(row)) for row in chosen],
        marked=[
            (person.name, wording.said(history[person.id][0].state, history[person.id][0].minutes))
            for person in everyone
            if person.id in history and history[person.id][0].state != Attendance.NOT_RECORDED
        ],
    )


def _as_typed(row: sheet.Row) -> str:
    word = wording.STATES[row.state]
    return f"{word} ({row.minutes or '?'} Minuten)" if row.state == Attendance.PARTIAL else word


def _present(everyone: Sequence[Enrolment]) -> list[Enrolment]:
    """Who takes part, by surname, as on paper."""
    return by_surname(person for person in everyone if person.left_at is None)


def _slot_page(
    here: Here,
    found: ScheduledSlot,
    everyone: Sequence[Enrolment],
    history: sheet.History,
    rows: Sequence[sheet.Row],
    **context: Any,
) -> str:
    context.setdefault("saved", 0)
    gone = [(person, history[person.id][0]) for person in everyone if person.left_at and person.id in history]
    return desk_page(
        here,
        "attendance/slot.html",
        tab="attendance.matrix",
        slot=found,
        people=_present(everyone),
        gone=gone,
        departures=departures.of_cohort(found.cohort_id) if gone else {},
        begun=found.starts_at <= clock.now(),
        not_begun=wording.not_begun(found.starts_at),
        history=history,
        rows=rows,
        states=list(wording.STATES.items()),
        said=wording.said,
        spared=register_wording.spared(row.person.name for row in rows if row.spared),
        **_contradictions(found),
        now=clock.now(),
        **context,
    )


def _contradictions(found: ScheduledSlot) -> dict[str, Any]:
    """Entries that lost: those that wait for an answer, and all of them for the history."""
    return {
        "conflicts": conflicts.open_in([found]),
        "beaten": conflicts.beaten(found.id),
        "lost": register_wording.lost,
        "ways": wording.WAYS,
    }
