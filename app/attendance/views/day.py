"""The register of a day: on a phone, with and without network; what its script reads and sends."""

from __future__ import annotations

import json
import uuid
from typing import Any

from flask import Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app import clock
from app.access import Permission
from app.accounts import service as accounts
from app.attendance import struck
from app.attendance.blueprint import bp
from app.attendance.by_list import conflicts, day_sheet, register_wording, sheet, sync, walk_ins
from app.attendance.by_list.names_checked import WalkInForm
from app.cohorts import people as persons
from app.cohorts import register as book
from app.cohorts import service, wording
from app.cohorts.loaders import LARGEST_ID, Here, cohort_for
from app.cohorts.models import CourseDay, ScheduledSlot
from app.cohorts.page import desk_page
from app.extensions import transaction
from app.web import assets
from app.web.gate import gate
from app.web.headers import who_token

_WORKER = "js/register-worker.js"


@bp.get("/kohorten/<int:cohort_id>/anwesenheit/heute")
@gate(Permission.KEEP_REGISTER, cohort_for)
def today(here: Here, cohort_id: int) -> ResponseReturnValue:
    """To the register of the day that is meant by today."""
    found = day_sheet.nearest(service.days(cohort_id), clock.today())
    if found is None:
        return redirect(url_for("attendance.matrix", cohort_id=cohort_id), 303)
    return redirect(url_for("attendance.day", cohort_id=cohort_id, day_id=found.id), 303)


@bp.get("/kohorten/<int:cohort_id>/anwesenheit/tag/<int:day_id>")
@gate(Permission.KEEP_REGISTER, cohort_for)
def day(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    return day_page(here, _find(cohort_id, day_id), WalkInForm(formdata=None, key=uuid.uuid4().hex))


def day_page(here: Here, found: CourseDay, form: WalkInForm, slot_id: int = 0) -> str:
    """The whole page; `slot_id` is the slot to show, else the one asked for, else the one that runs."""
    loaded = day_sheet.load(found)
    shown = _shown(loaded, slot_id or request.args.get("abschnitt", 0, int))
    state = _state(here, loaded)
    if shown and not form.slot.data:
        form.slot.data = str(shown.id)
    return desk_page(
        here,
        "attendance/day.html",
        tab="attendance.matrix",
        sheet=loaded,
        slot=shown,
        state=json.dumps(state, ensure_ascii=False),
        parts=state,
        form=form,
        now=clock.now(),
        **_rows(loaded, shown),
    )


def _shown(loaded: day_sheet.Sheet, slot_id: int) -> ScheduledSlot | None:
    asked = next((slot for slot in loaded.slots if slot.id == slot_id), None)
    return asked or day_sheet.wanted_slot(loaded.slots, clock.now())


def _rows(loaded: day_sheet.Sheet, shown: ScheduledSlot | None) -> dict[str, Any]:
    """The plain form of one slot, for those without JavaScript."""
    if shown is None:
        return {"rows": [], "history": {}, "begun": True, "not_begun": ""}
    history = book.history_of_slot(shown.id)
    return {
        "rows": sheet.as_recorded(loaded.people, history, struck.in_slot(shown.id)),
        "history": history,
        "begun": shown.starts_at <= clock.now(),
        "not_begun": wording.not_begun(shown.starts_at),
        "states": list(wording.STATES.items()),
        "said": wording.said,
        "ways": wording.WAYS,
        "beaten": conflicts.beaten(shown.id),
    }


def _find(cohort_id: int, day_id: int) -> CourseDay:
    found = day_sheet.find_day(cohort_id, day_id)
    if found is None:
        abort(404)
    return found


def _state(here: Here, loaded: day_sheet.Sheet) -> dict[str, Any]:
    """What the script goes on with; `beside` and `guests` are what stands around the list and changes."""
    values: dict[str, Any] = {
        "here": here,
        "cohort": here.cohort,
        "sheet": loaded,
        "guests": walk_ins.proposals(loaded.people),
        "lost": register_wording.lost,
    }
    return day_sheet.as_json(loaded, clock.now()) | {
        "beside": render_template("attendance/_beside.html", **values),
        "guests": render_template("attendance/_guests.html", **values),
        "token": generate_csrf(),
    }


@bp.get("/kohorten/<int:cohort_id>/anwesenheit/tag/<int:day_id>/abgleich", endpoint="state")
@gate(Permission.KEEP_REGISTER, cohort_for)
def standing(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    """What the register says now; `owner` tells a page kept on a device whether it still belongs to who is signed in."""
    now = _state(here, day_sheet.load(_find(cohort_id, day_id)))
    return jsonify(owner=who_token(), **now)


@bp.post("/kohorten/<int:cohort_id>/anwesenheit/tag/<int:day_id>/abgleich", endpoint="sync")
@gate(Permission.KEEP_REGISTER, cohort_for)
def receive(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    """Entries made on a phone; an answer for each, and what the register says then."""
    found = _find(cohort_id, day_id)
    if len(request.get_data()) > sync.LARGEST:
        return _refuse(
            "Das ist zu viel auf einmal. Bitte laden Sie die Seite neu; was noch nicht gesendet ist, bleibt.",
            413,
        )
    read = request.get_json(silent=True, force=True)
    body = read if isinstance(read, dict) else {}
    sent = body.get("operations")
    if not isinstance(sent, list):
        return _refuse(
            "Was das Gerät gesendet hat, ist keine Liste von Einträgen. Es wurde nichts geändert.", 422
        )
    if body.get("owner", who_token()) != who_token():
        return _refuse(
            "Inzwischen ist in diesem Browser jemand anderes angemeldet. Es wurde nichts eingetragen.", 409
        )
    if len(sent) > sync.MOST:
        return _refuse(f"Auf einmal gehen höchstens {sync.MOST} Einträge. Es wurde nichts geändert.", 413)
    day_number, sent_at = found.id, sync.moment(body.get("sent_at"))
    answers, told, note = _enter(cohort_id, sent, sent_at, here.cohort.seats)
    loaded = day_sheet.load(_find(cohort_id, day_number))
    return jsonify(answers=answers, clock=note, told=told, owner=who_token(), **_state(here, loaded))


def _enter(
    cohort_id: int, sent: list[Any], sent_at: Any, seats: int | None
) -> tuple[list[dict[str, Any]], list[str], str]:
    """The answers, sentences to tell, and one about the phone's clock."""
    author_id, answers, operations = current_user.id, [], []
    for raw in sent:
        try:
            operations.append(sync.read(raw))
        except sync.Broken as broken:
            answers.append(sync.Answer(str(broken), "refused", sentence=register_wording.REFUSED["broken"]))
    with transaction():
        author = accounts.find_person(author_id)
        if author is None:
            abort(401)
        recorder = sync.Recorder(cohort_id, operations, author, sent_at)
        answers += [recorder.enter(each) for each in operations]
        certified, people = book.certified(recorder.changed), len(persons.enrolments(cohort_id))
    told = [wording.certified(certified) if certified else ""]
    told.append(register_wording.over_seats(people, seats) if recorder.has_added else "")
    return [answer.as_json() for answer in answers], [text for text in told if text], recorder.note


def _refuse(text: str, status: int) -> ResponseReturnValue:
    return jsonify(text=text), status


@bp.get("/kohorten/<int:cohort_id>/anwesenheit/tag/geraet.js")
@gate(Permission.KEEP_REGISTER, cohort_for)
def worker(here: Here, cohort_id: int) -> Response:
    """The script that keeps the days of this cohort on the device: its address says what it may answer for."""
    response = Response(assets.asset(_WORKER).data, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache, private"
    return response


def slot_number(text: str | None) -> int:
    """A slot's number from a form's hidden field; 0 for anything else."""
    digits = (text or "") if (text or "").isascii() and (text or "").isdecimal() else ""
    return int(digits) if digits and len(digits) < 12 and int(digits) <= LARGEST_ID else 0
