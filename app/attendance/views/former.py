"""What somebody who left, was taken out or moved can still read of a cohort: their own register there."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.attendance.blueprint import bp
from app.attendance.own import former as service
from app.cohorts.loaders import cohort_for
from app.web.gate import signed_in


@bp.get("/kurs/<int:cohort_id>/anwesenheit/frueher")
@signed_in
def former(cohort_id: int) -> ResponseReturnValue:
    """Read only. Whoever was taken in again finds everything on the page for those who take part."""
    found = service.find(current_user.id, cohort_id)
    if found is None:
        here = cohort_for(current_user, cohort_id)
        if here is None or here.value.enrolment is None:
            abort(404)
        return redirect(url_for("attendance.own", cohort_id=cohort_id))
    return render_template("attendance/former.html", former=found, cohort=found.cohort, course=found.course)
