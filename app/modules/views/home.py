"""The start page: for strangers what Feldweg is, for everyone else the way to where they belong."""

from __future__ import annotations

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts import departures
from app.cohorts import service as cohorts
from app.modules.blueprint import bp
from app.web.gate import public


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    if not current_user.is_authenticated:
        return render_template("modules/home.html", demo=current_app.extensions.get("feldweg_demo", []))
    if current_user.role_names:
        return redirect(url_for("desk.today"))
    own = cohorts.cohorts_of(current_user.id)
    if len(own) == 1:
        return redirect(url_for("modules.way", cohort_id=own[0].id))
    left = departures.of_user(current_user.id)
    return render_template("modules/cohorts.html", cohorts=own, left=left)
