"""Many people by a list: reading it, a preview that writes nothing, and taking them in at once."""

from __future__ import annotations

import secrets

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts import letters
from app.accounts.models import User
from app.admission import csv_reading, enrolling, roster, rules, wording
from app.admission.blueprint import bp
from app.admission.rules import Judged, Verdict
from app.cohorts import seats
from app.cohorts.forms import printable
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.page import desk_page
from app.extensions import db, transaction
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/einladen/liste")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def import_csv(here: Here, cohort_id: int) -> ResponseReturnValue:
    return _form(here)


@bp.post("/kohorten/<int:cohort_id>/einladen/liste")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def read_list(here: Here, cohort_id: int) -> ResponseReturnValue:
    """The preview of an uploaded or pasted list. Nothing is written."""
    upload, text = request.files.get("datei"), request.form.get("text", "")
    data = upload.stream.read(csv_reading.MOST_BYTES + 1) if upload and upload.filename else b""
    if upload:
        upload.close()
    try:
        if not data and upload and upload.filename:
            raise csv_reading.Unreadable(f"Die Datei „{printable(upload.filename)}“ ist leer.")
        if not data and not text.strip():
            raise csv_reading.Unreadable(
                "Bitte wählen Sie eine Datei, oder fügen Sie die Zeilen in das Feld ein."
            )
        listing = csv_reading.read(data) if data else csv_reading.read_text(text)
    except csv_reading.Unreadable as problem:
        return _form(here, text=text, problem=str(problem)), 422
    form_key = secrets.token_urlsafe(24)
    found = roster.judge(here.cohort, roster.from_rows(listing.rows, form_key))
    return _preview(here, found, form_key, listing.understood)


@bp.post("/kohorten/<int:cohort_id>/einladen/liste/aufnehmen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def take_list(here: Here, cohort_id: int) -> ResponseReturnValue:
    """Take in what the preview showed, all or nothing; the preview again where that cannot be done."""
    form_key, author_id = request.form.get("form_key", "")[:100] or "-", current_user.id
    lines = roster.from_form(request.form, form_key)
    with transaction():
        cohort = seats.locked(cohort_id)
        found = roster.judge(cohort, lines)
        problem = _problem(found, roster.state(cohort))
        taken = enrolling.TakenIn()
        if not problem:
            taken = roster.take_in(cohort_id, found, form_key, db.session.get_one(User, author_id))
    if problem:
        understood = printable(request.form.get("gelesen", "")[:300])
        status = 409 if problem == "changed" else 422
        return _preview(here, found, form_key, understood, problem), status
    letters.wake()
    _say(found, taken)
    return redirect(url_for("admission.invite", cohort_id=cohort_id), 303)


def _problem(found: list[Judged], state: str) -> str:
    """Why nothing is written: "empty", "mend" (a line is wrong), "changed" (by somebody else meanwhile), or ""."""
    if not found:
        return "empty"
    if any(each.verdict in rules.TO_MEND for each in found):
        return "mend"
    something_new = any(each.verdict in rules.TAKEN for each in found)
    return "changed" if something_new and request.form.get("stand") != state else ""


def _say(found: list[Judged], taken: enrolling.TakenIn) -> None:
    there = any(each.verdict is Verdict.THERE for each in found)
    if there and not taken.enrolled and not taken.waiting:
        flash("Alle auf dieser Liste sind schon dabei. Niemand wurde doppelt aufgenommen.", "hinweis")
    else:
        flash(wording.taken_in(taken, can_send=letters.can_send()), "erfolg")


def _form(here: Here, text: str = "", problem: str = "") -> str:
    return desk_page(
        here,
        "admission/import.html",
        tab="admission.people",
        text=printable_lines(text),
        problem=problem,
        most=csv_reading.MOST_ROWS,
    )


def _preview(here: Here, found: list[Judged], form_key: str, understood: str, problem: str = "") -> str:
    numbers = rules.counted(found)
    return desk_page(
        here,
        "admission/preview.html",
        tab="admission.people",
        found=found,
        form_key=form_key,
        state=roster.state(here.cohort),
        understood=understood,
        problem=problem,
        counted=[(wording.VERDICTS[each], number) for each, number in numbers.items() if number],
        to_mend=[each for each in found if each.verdict in rules.TO_MEND],
        takes=any(numbers[each] for each in rules.TAKEN | rules.TO_MEND) or problem == "empty",
        can_choose=any(each.by_name or each.line.other_person or each.line.left_out for each in found),
        verdicts=wording.VERDICTS,
        shown=shown,
        can_send=letters.can_send(),
    )


def printable_lines(text: str) -> str:
    """Text of several lines without other control characters, as it may stand in a page."""
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in text.splitlines())


def shown(raw: str) -> str:
    """A line of a file as it stands, with its tabs and breaks to be seen."""
    return printable(raw.replace("\t", " ⇥ ").replace("\n", " ⏎ "))
