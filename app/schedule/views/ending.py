"""Calling a cohort off, taking that back, deleting one that nothing hangs on: each after a page that says what follows."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import StringField

from app.access import Permission
from app.accounts.models import User
from app.cohorts import ending, log, service
from app.cohorts.forms import OneLine
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.log import Deed
from app.cohorts.page import desk_page
from app.extensions import db, transaction
from app.schedule.blueprint import bp
from app.web.forms import Form, tidy
from app.web.gate import gate

# What hangs on a cohort, by table; the first that fits is said.
_BECAUSE = (
    ("attendance_mark", "Es ist schon Anwesenheit erfasst."),
    ("certificate", "Es sind schon Bescheinigungen ausgestellt."),
    ("enrolment", "Es haben sich schon Menschen angemeldet."),
    ("waiting", "Auf der Warteliste stehen oder standen schon Menschen."),
)
_IN_USE = "Mit dieser Kohorte ist schon gearbeitet worden."


_TOO_LATE = (
    "Der letzte Kurstag ist vorbei. Absagen lässt sich eine Kohorte nur, solange noch etwas bevorsteht; "
    "was an einem Tag nicht stattfand, lassen Sie im Tagesplan ausfallen."
)
_CERTIFIED = (
    "Für diese Kohorte sind schon Bescheinigungen ausgestellt. Deshalb lässt sie sich nicht mehr absagen; "
    "was nicht stattfindet, lassen Sie im Tagesplan ausfallen."
)


class CancelForm(Form):
    reason = StringField("Grund, für alle sichtbar", [OneLine("einen Grund", 500)], [tidy])


@bp.get("/kohorten/<int:cohort_id>/absagen")
@gate(Permission.MANAGE_COHORT, cohort_for)
def cancel_cohort(here: Here, cohort_id: int) -> ResponseReturnValue:
    return _page(here, CancelForm())


@bp.post("/kohorten/<int:cohort_id>/absagen")
@gate(Permission.MANAGE_COHORT, cohort_for)
def save_cancelled(here: Here, cohort_id: int) -> ResponseReturnValue:
    form, author_id = CancelForm(), current_user.id
    if not form.validate():
        return _page(here, form), 422
    reason = form.reason.data or ""
    try:
        with transaction():
            if ending.cancel(cohort_id):
                log.note(Deed.CANCELLED, cohort_id, db.session.get_one(User, author_id), reason)
    except ending.TooLate:
        return _page(here, form), 409
    flash(
        "Die Kohorte ist abgesagt. Feldweg schreibt niemandem: Bitte sagen Sie es den Angemeldeten.", "erfolg"
    )
    return redirect(url_for("cohorts.show", cohort_id=cohort_id), 303)


@bp.post("/kohorten/<int:cohort_id>/absagen/zurueck")
@gate(Permission.MANAGE_COHORT, cohort_for)
def reinstate_cohort(here: Here, cohort_id: int) -> ResponseReturnValue:
    author_id = current_user.id
    with transaction():
        if ending.reinstate(cohort_id):
            log.note(Deed.REINSTATED, cohort_id, db.session.get_one(User, author_id))
    flash("Die Kohorte findet wieder statt. Bitte sagen Sie auch das den Angemeldeten.", "erfolg")
    return redirect(url_for("cohorts.show", cohort_id=cohort_id), 303)


@bp.post("/kohorten/<int:cohort_id>/absagen/loeschen")
@gate(Permission.MANAGE_COHORT, cohort_for)
def delete_cohort(here: Here, cohort_id: int) -> ResponseReturnValue:
    title = here.cohort.title
    try:
        with transaction():
            ending.remove(cohort_id)
    except ending.StillNeeded:
        flash(f"Die Kohorte ist nicht gelöscht. {_because(cohort_id)}", "fehler")
        return redirect(url_for("schedule.cancel_cohort", cohort_id=cohort_id), 303)
    flash(f"Die Kohorte „{title}“ ist gelöscht.", "erfolg")
    return redirect(url_for("cohorts.index"), 303)


def _because(cohort_id: int) -> str:
    """Why the cohort cannot be deleted; "" if it can."""
    found = ending.holders(cohort_id)
    return next((words for table, words in _BECAUSE if table in found), _IN_USE) if found else ""


def _too_late(cohort_id: int) -> str:
    """Why the cohort cannot be called off any more; "" if it can."""
    if ending.is_over(cohort_id):
        return _TOO_LATE
    return _CERTIFIED if "certificate" in ending.holders(cohort_id) else ""


def _page(here: Here, form: CancelForm) -> str:
    return desk_page(
        here,
        "schedule/cancel.html",
        tab="cohorts.show",
        form=form,
        people=len(service.enrolments(here.cohort.id)),
        reason=ending.reason(here.cohort.id) if here.cohort.cancelled_at else "",
        too_late="" if here.cohort.cancelled_at else _too_late(here.cohort.id),
        kept_because=_because(here.cohort.id),
    )
