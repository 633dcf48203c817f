"""Pages of a course, opened by somebody who is not in the cohort any more: why there is nothing, and the way back."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import NotFound

from app.admission.blueprint import bp
from app.cohorts import departures
from app.cohorts.departures import Departed
from app.cohorts.loaders import LARGEST_ID, cohort_for
from app.web import errors, kept


@bp.app_errorhandler(404)
def not_found(error: NotFound) -> ResponseReturnValue:
    """Strangers and everybody who takes part are told what they always are; scripts are answered in their own way."""
    departed = None if errors.wants_json() else _departed()
    if departed is None:
        return errors.http_error(error)
    fields = kept.fields_of(request.form)
    return render_template("admission/departed.html", departed=departed, fields=fields), 403


def _departed() -> Departed | None:
    """The reader's own ended place in the cohort whose course was asked for, if they are nothing else to it."""
    cohort_id = (request.view_args or {}).get("cohort_id")
    if not isinstance(cohort_id, int) or cohort_id > LARGEST_ID or not request.path.startswith("/kurs/"):
        return None
    if not current_user.is_authenticated or cohort_for(current_user, cohort_id):
        return None
    return next(iter(departures.of_user(current_user.id, cohort_id)), None)
