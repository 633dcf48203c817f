"""Signed lists as they were scanned: attach on a page of its own, download, remove."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from app.access import Permission
from app.accounts import service as accounts
from app.accounts.models import User
from app.attendance.blueprint import bp
from app.attendance.by_code import scans
from app.attendance.models import Evidence
from app.attendance.on_paper import evidence
from app.attendance.views.paper import sheet_of
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.page import desk_page
from app.extensions import transaction
from app.web import errors
from app.web.downloads import name_file
from app.web.gate import gate

_AROUND_THE_FILE = 64 * 1024  # what a form with a file has besides it
TOO_BIG = (
    "Die Datei ist größer als 10 MB. Bitte scannen Sie mit geringerer Auflösung (200 dpi in Graustufen reichen), "
    "oder teilen Sie die Liste auf mehrere Dateien auf."
)
PROBLEMS = {
    "empty": "Bitte wählen Sie eine Datei aus. Diese hier ist leer, oder es wurde keine gewählt.",
    "too_big": TOO_BIG,
    "unknown": "Die Datei ist kein PDF, kein JPEG und kein PNG, auch wenn ihr Name vielleicht so endet. "
    "Bitte speichern oder scannen Sie sie in einem dieser Formate.",
    "cut_off": "Die Datei beginnt wie ein {kind}, ist aber nicht vollständig oder beschädigt. "
    "Bitte prüfen Sie, ob sie sich öffnen lässt, und hängen Sie sie dann noch einmal an.",
}


@bp.url_value_preprocessor
def _room_for_a_scan(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """This one form may be larger than all others; said here, because the check of its token reads it."""
    if endpoint == "attendance.attach":
        request.max_content_length = scans.LARGEST + _AROUND_THE_FILE


@bp.errorhandler(413)
def _too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    if request.endpoint != "attendance.attach":
        return errors.page(413)
    text = f"{TOO_BIG} Angehängt ist nichts; alles, was schon eingetragen war, steht unverändert in der Anwesenheit."
    title, back = "Die Datei ist zu groß", errors.way_back()
    return render_template("web/error.html", title=title, text=text, fields=[], back=back), 413


@bp.get("/kohorten/<int:cohort_id>/anwesenheit/papier/<int:day_id>/nachweis")
@gate(Permission.KEEP_REGISTER, cohort_for)
def scans_of_day(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    """The scans of a day, and the form for another one: alone on its page, so that sending it drops no other input."""
    return _page(here, day_id)


def _page(here: Here, day_id: int, problem: str = "") -> str:
    day = sheet_of(here, day_id).day
    return desk_page(
        here,
        "attendance/scans.html",
        tab="attendance.matrix",
        day=day,
        scans=evidence.by_day(here.cohort.id).get(day.id, []),
        problem=problem,
    )


@bp.post("/kohorten/<int:cohort_id>/anwesenheit/papier/<int:day_id>/nachweis")
@gate(Permission.KEEP_REGISTER, cohort_for)
def attach(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    sheet_of(here, day_id)  # a day of this cohort
    author_id = current_user.id
    name, data = _sent()
    try:
        scans.recognise(data)  # before a transaction is opened for nothing
    except scans.BadScan as bad:
        return _page(here, day_id, PROBLEMS[bad.code].format(kind=bad.kind.name if bad.kind else "")), 422
    with transaction():
        done = evidence.attach(day_id, name, data, _author(author_id))
        known, name, who = done.known, done.evidence.name, done.evidence.uploaded_by
    if known:
        flash(f"Diese Datei hängt schon an diesem Tag: „{name}“, angehängt von {who}.", "hinweis")
    else:
        flash(f"„{name}“ ist angehängt.", "erfolg")
    return redirect(url_for("attendance.scans_of_day", cohort_id=cohort_id, day_id=day_id), 303)


def _sent() -> tuple[str, bytes]:
    """Name and content of the file, nothing where none was chosen; what was put aside for it is let go."""
    sent = request.files.get("datei")
    if sent is None:
        return "", b""
    data = sent.read()
    sent.close()
    return sent.filename or "", data


@bp.get("/kohorten/<int:cohort_id>/anwesenheit/nachweis/<int:evidence_id>", endpoint="evidence")
@gate(Permission.KEEP_REGISTER, cohort_for)
def download(here: Here, cohort_id: int, evidence_id: int) -> ResponseReturnValue:
    found = evidence.find(cohort_id, evidence_id, with_data=True)
    if found is None or found.data is None:
        abort(404)
    answer = Response(found.data, mimetype=found.media_type)
    name_file(answer, found.name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@bp.get("/kohorten/<int:cohort_id>/anwesenheit/nachweis/<int:evidence_id>/loeschen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def remove_evidence(here: Here, cohort_id: int, evidence_id: int) -> ResponseReturnValue:
    found = _found(cohort_id, evidence_id)
    if found.removed_at:
        return _gone(found)
    return desk_page(here, "attendance/remove_evidence.html", tab="attendance.matrix", scan=found)


@bp.post("/kohorten/<int:cohort_id>/anwesenheit/nachweis/<int:evidence_id>/loeschen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def erase_evidence(here: Here, cohort_id: int, evidence_id: int) -> ResponseReturnValue:
    author_id = current_user.id
    with transaction():
        found = _found(cohort_id, evidence_id)
        done, name, day_id = evidence.remove(found, _author(author_id)), found.name, found.day_id
    if not done:
        return _gone(_found(cohort_id, evidence_id))
    flash(f"„{name}“ ist gelöscht.", "erfolg")
    return redirect(url_for("attendance.scans_of_day", cohort_id=cohort_id, day_id=day_id), 303)


def _gone(found: Evidence) -> ResponseReturnValue:
    flash(f"„{found.name}“ ist schon gelöscht.", "hinweis")
    return redirect(url_for("attendance.scans_of_day", cohort_id=found.cohort_id, day_id=found.day_id), 303)


def _found(cohort_id: int, evidence_id: int) -> Evidence:
    return evidence.find(cohort_id, evidence_id) or abort(404)


def _author(author_id: int) -> User:
    return accounts.find_person(author_id) or abort(401)
