"""Erasing one's own Lernheft: asked once more on a page of its own, because nothing brings it back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.extensions import transaction
from app.modules.blueprint import bp
from app.modules.reading import enrolment_of, frame
from app.quizzes import forgetting
from app.web import kept
from app.web.gate import gate


@bp.get("/kurs/<int:cohort_id>/lernheft/loeschen")
@gate(Permission.LEARN, cohort_for)
def before_forgetting(here: Here, cohort_id: int) -> ResponseReturnValue:
    return render_template("modules/forget.html", error="", **frame(here))


@bp.post("/kurs/<int:cohort_id>/lernheft/loeschen")
@gate(Permission.LEARN, cohort_for)
def forget(here: Here, cohort_id: int) -> ResponseReturnValue:
    if request.form.get("sicher") != "ja":
        error = "Bitte setzen Sie den Haken, wenn Sie alles löschen möchten. Noch ist nichts gelöscht."
        return render_template("modules/forget.html", error=error, **frame(here)), 422
    enrolment_id, user_id = enrolment_of(here).id, enrolment_of(here).user_id
    with transaction():
        forgetting.forget(enrolment_id)
        kept.forget(user_id, url_for("modules.way", cohort_id=cohort_id))
    flash("Alles, was Sie geschrieben haben, ist gelöscht.", "erfolg")
    return redirect(url_for("modules.portfolio", cohort_id=cohort_id), 303)
