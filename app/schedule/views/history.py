"""Every change of the plan, and taking back the last one of a day."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts.models import User
from app.cohorts.loaders import LARGEST_ID, Here, cohort_for
from app.cohorts.page import desk_page
from app.extensions import db, transaction
from app.schedule import days as days_of
from app.schedule import effects, history, service, undoing, wording
from app.schedule.blueprint import bp
from app.schedule.page import may_be_undone
from app.schedule.views.doing import address_of_day, troubles
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/tagesplan/verlauf")
@gate(Permission.CHANGE_PLAN, cohort_for)
def changes(here: Here, cohort_id: int) -> ResponseReturnValue:
    return _page(here)


@bp.post("/kohorten/<int:cohort_id>/tagesplan/verlauf/<int:change_id>/rueckgaengig")
@gate(Permission.CHANGE_PLAN, cohort_for)
def undo(here: Here, cohort_id: int, change_id: int) -> ResponseReturnValue:
    found = history.find_change(cohort_id, change_id) if change_id <= LARGEST_ID else None
    if found is None:
        abort(404)
    day_id, unit_minutes = found.day_id, here.course.unit_minutes
    if found.undone_at or day_id is None:
        flash(wording.UNDONE if found.undone_at else wording.NO_DAY, "hinweis")
        return redirect(url_for("schedule.changes", cohort_id=cohort_id), 303)
    if undoing.is_about_the_day(found) and not here.desk:
        abort(403)
    author_id = current_user.id
    try:
        with transaction():
            applied = undoing.undo(change_id, db.session.get_one(User, author_id))
            said = effects.of(cohort_id, applied, unit_minutes)
    except (days_of.DateTaken, days_of.RegisterBegun, service.Overtaken, service.Refused) as error:
        messages = troubles(here, error)
        return _page(here, messages), 409
    flash("Die Änderung ist rückgängig gemacht.", "erfolg")
    for sentence in said:
        flash(sentence, "hinweis")
    return redirect(address_of_day(cohort_id, day_id), 303)


def _page(here: Here, messages: Sequence[str] = ()) -> str:
    cohort_id = here.cohort.id
    found, days = history.changes(cohort_id), service.days_by_id(cohort_id)
    last = [(history.last_change(day_id), day) for day_id, day in days.items()]
    may_undo = {change.id for change, day in last if change and may_be_undone(here, change, day)}
    return desk_page(
        here,
        "schedule/changes.html",
        tab="schedule.plan",
        changes=found,
        days=days,
        may_undo=may_undo,
        messages=messages,
    )
