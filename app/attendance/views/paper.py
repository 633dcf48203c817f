"""Paper: the list to be signed, and taking over in the evening what was signed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from app import clock
from app.access import Permission
from app.accounts import service as accounts
from app.attendance import struck
from app.attendance.blueprint import bp
from app.attendance.by_list import register_wording, walk_ins
from app.attendance.names import by_surname, split_name
from app.attendance.on_paper import evidence, halves, paper, paper_pdf
from app.cohorts import people as persons
from app.cohorts import register as book
from app.cohorts import service, wording
from app.cohorts.forms import printable
from app.cohorts.loaders import LARGEST_ID, Here, cohort_for
from app.cohorts.models import CourseDay, Enrolment, Way
from app.cohorts.page import desk_page, zone_of
from app.editions.rules import inner
from app.extensions import transaction
from app.web import german
from app.web.downloads import name_file
from app.web.gate import gate

PLAN_CHANGED = (
    "Der Tagesplan hat sich geändert, seit Sie diese Seite geöffnet haben. Ihre Auswahl steht noch hier. "
    "Bitte prüfen Sie die Zeiten der halben Tage, und speichern Sie dann noch einmal. Gespeichert ist noch nichts."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A day of the cohort as the form needs it."""

    day: CourseDay
    halves: list[halves.Half]
    people: list[Enrolment]
    history: paper.History
    struck: paper.Struck

    @property
    def stamp(self) -> str:
        return "|".join(half.stamp for half in self.halves)


@bp.get("/kohorten/<int:cohort_id>/teilnahmeliste.pdf")
@gate(Permission.KEEP_REGISTER, cohort_for)
def list_pdf(here: Here, cohort_id: int) -> ResponseReturnValue:
    days = service.days(cohort_id)
    wish = request.args.get("tag", "")
    if wish:
        days = [day for day in days if str(day.id) == wish] or abort(404)
    trainers = [person.name for person in service.trainers(cohort_id)]
    names = [person.name for person in sorted_people(cohort_id)]
    printed = paper_pdf.document(here, days, names, trainers)
    answer = Response(printed.data, mimetype="application/pdf")
    name = paper_pdf.file_name(here.cohort.title, days if wish else [])
    name_file(answer, name)
    return answer


def sorted_people(cohort_id: int) -> list[Enrolment]:
    """Who takes part, in the order of the printed list."""
    return by_surname(persons.enrolments(cohort_id))


@bp.get("/kohorten/<int:cohort_id>/anwesenheit/papier/<int:day_id>", endpoint="paper")
@gate(Permission.KEEP_REGISTER, cohort_for)
def paper_form(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    sheet = sheet_of(here, day_id)
    return paper_page(here, sheet, _as_recorded(sheet))


def _as_recorded(sheet: Sheet) -> list[paper.Row]:
    return paper.as_recorded(sheet.people, sheet.halves, sheet.history, sheet.struck)


@bp.post("/kohorten/<int:cohort_id>/anwesenheit/papier/<int:day_id>")
@gate(Permission.KEEP_REGISTER, cohort_for)
def save_paper(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    sheet = sheet_of(here, day_id)
    rows = paper.read(request.form, sheet.people, sheet.halves, sheet.history, sheet.struck)
    guests = paper.read_guests(request.form, sheet.halves)
    if request.form.get("plan", "") != sheet.stamp:
        paper.know_anew(rows, sheet.history)
        return paper_page(here, sheet, rows, guests, problem=PLAN_CHANGED), 409
    for row in rows:
        paper.refuse_future(row.cells, sheet.history, row.person.id, clock.now())
    for guest in guests:
        paper.refuse_future(guest.cells, sheet.history, 0, clock.now())
        _name_namesake(cohort_id, guest)
    if any(row.errors for row in rows) or any(guest.errors for guest in guests):
        return paper_page(here, sheet, rows, guests), 422
    if "alle" in request.form:
        proposed = paper.everyone_signed(rows, clock.now())
        return paper_page(here, sheet, rows, guests, proposed=proposed)
    return _save(here, day_id, rows, guests)


def _save(
    here: Here, day_id: int, rows: Sequence[paper.Row], guests: Sequence[paper.Guest]
) -> ResponseReturnValue:
    author_id, cohort_id = current_user.id, here.cohort.id
    cells_of = {row.person.id: row.cells for row in rows}
    with transaction():
        author = accounts.find_person(author_id)
        if author is None:
            abort(401)
        added = {
            walk_ins.add(cohort_id, guest.name, author, _key_of(guest)).id: guest.cells
            for guest in guests
            if guest.name
        }
        outcome = book.Outcome()
        for slot_id, wanted in paper.wanted(cells_of | added).items():
            of_slot = book.record(slot_id, wanted, author, Way.PAPER)
            outcome.changed += of_slot.changed
            outcome.conflicts += of_slot.conflicts
        certified = book.certified(set(outcome.changed))
        conflicts = [_beside(conflict) for conflict in outcome.conflicts]
    if certified:
        flash(wording.certified(certified), "hinweis")
    saved = len(set(outcome.changed))
    if conflicts:
        return _conflict_page(here, day_id, conflicts, saved), 409
    flash(_saved(saved), "erfolg" if saved else "hinweis")
    return redirect(url_for("attendance.paper", cohort_id=cohort_id, day_id=day_id), 303)


def _name_namesake(cohort_id: int, guest: paper.Guest) -> None:
    """Whoever stands in the list already is not added a second time, unless it is somebody else of that name."""
    if not guest.name or guest.error or walk_ins.was_added(cohort_id, _key_of(guest)):
        return
    found = walk_ins.namesake(cohort_id, guest.name)
    if found:
        guest.namesake = found.name
        guest.error = "" if guest.other else paper.SAME_NAME.format(name=inner(found.name))


def _key_of(guest: paper.Guest) -> str:
    """Made with the empty form: sending it twice adds the person once."""
    return f"papier:{request.form.get('form_key', '')}:{guest.number}"


def _saved(count: int) -> str:
    if not count:
        return "Es hat sich nichts geändert."
    return "Eine Person ist eingetragen." if count == 1 else f"{count} Personen sind eingetragen."


Beside = tuple[int, int, str]  # enrolment id, slot id, what stands and what was chosen


def _beside(conflict: book.Conflict) -> Beside:
    mine, theirs = conflict.mine, conflict.theirs
    stands = f"eingetragen ist „{wording.said(theirs.state, theirs.minutes)}“"
    who = f"({theirs.recorded_by}, {german.time(theirs.recorded_at)} Uhr, {wording.WAYS[theirs.way]})"
    chosen = f"vom Papier käme „{wording.said(mine.state, mine.minutes)}“"
    return mine.enrolment_id, theirs.slot_id, f"{stands} {who}, {chosen}"


def _conflict_page(here: Here, day_id: int, conflicts: Sequence[Beside], saved: int) -> str:
    """What stands now, and beside it what was chosen here."""
    sheet = sheet_of(here, day_id)
    rows = _as_recorded(sheet)
    begins = {slot.id: german.time(slot.starts_at, here.cohort.time_zone) for slot in sheet.day.slots}
    for row in rows:
        row.notes = [
            f"{begins.get(slot_id, '')} Uhr: {said}"
            for person, slot_id, said in conflicts
            if person == row.person.id
        ]
    return paper_page(here, sheet, rows, saved=saved)


def sheet_of(here: Here, day_id: int) -> Sheet:
    """A day of this cohort, else 404."""
    days = service.days(here.cohort.id) if day_id <= LARGEST_ID else []
    day = next((day for day in days if day.id == day_id), None)
    if day is None:
        abort(404)
    parts = halves.of_day(day, service.all_slots(here.cohort.id), zone_of(here))
    history = {slot.id: book.history_of_slot(slot.id) for part in parts for slot in part.slots}
    return Sheet(day, parts, sorted_people(here.cohort.id), history, struck.among(history))


def paper_page(
    here: Here, sheet: Sheet, rows: Sequence[paper.Row], guests: Sequence[paper.Guest] = (), **context: Any
) -> str:
    """The form, and what was scanned of this day."""
    for name, nothing in (("problem", ""), ("proposed", 0), ("saved", 0)):
        context.setdefault(name, nothing)
    empty = paper.read_guests(MultiDict(), sheet.halves)
    return desk_page(
        here,
        "attendance/paper.html",
        tab="attendance.matrix",
        day=sheet.day,
        halves=sheet.halves,
        stamp=sheet.stamp,
        rows=rows,
        guests=guests or empty,
        split_name=split_name,
        scans=evidence.by_day(here.cohort.id).get(sheet.day.id, []),
        form_key=printable(request.form.get("form_key", "")) or secrets.token_urlsafe(16),
        spared=register_wording.spared(row.person.name for row in rows if row.spared),
        signable=paper.begun(sheet.halves, clock.now()),
        choices=paper.choices,
        said=wording.said,
        ways=wording.WAYS,
        **context,
    )
