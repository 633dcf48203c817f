"""Two entries about one person and slot: take over the one that lost, or leave it."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts import service as accounts
from app.attendance.blueprint import bp
from app.attendance.by_list import conflicts
from app.cohorts.loaders import LARGEST_ID, Here, cohort_for
from app.extensions import transaction
from app.web.gate import gate


@bp.post("/kohorten/<int:cohort_id>/anwesenheit/konflikt/<int:mark_id>")
@gate(Permission.KEEP_REGISTER, cohort_for)
def settle(here: Here, cohort_id: int, mark_id: int) -> ResponseReturnValue:
    found = conflicts.find_lost(cohort_id, mark_id) if mark_id <= LARGEST_ID else None
    if found is None:
        abort(404)
    slot_id, day_id = found[1].id, found[1].day_id
    author_id, take = current_user.id, request.form.get("wahl") == "uebernehmen"
    try:
        with transaction():
            author = accounts.find_person(author_id)
            if author is None:
                abort(401)
            conflicts.settle(mark_id, slot_id, author, take=take)
        flash("Der Eintrag ist übernommen." if take else "Es bleibt, wie es war.", "erfolg")
    except conflicts.NothingOpen:
        flash("Das hat inzwischen jemand entschieden. Es gilt, was in der Liste steht.", "hinweis")
    return redirect(_back(cohort_id, day_id, slot_id), 303)


def _back(cohort_id: int, day_id: int, slot_id: int) -> str:
    """Where it was decided."""
    place = request.form.get("zurueck", "")
    if place == "abschnitt":
        return url_for("attendance.slot", cohort_id=cohort_id, slot_id=slot_id)
    if place == "liste":
        return url_for("attendance.matrix", cohort_id=cohort_id)
    return url_for("attendance.day", cohort_id=cohort_id, day_id=day_id, abschnitt=slot_id)
