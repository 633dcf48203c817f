"""Glossary, literature and the course's pictures."""

from __future__ import annotations

import mimetypes

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.editions import service as editions
from app.modules.blueprint import bp
from app.web.gate import gate
from app.web.navigation import course_nav


@bp.get("/kurs/<int:cohort_id>/glossar")
@gate(Permission.LEARN, cohort_for)
def glossary(here: Here, cohort_id: int) -> ResponseReturnValue:
    return render_template("modules/glossary.html", here=here, course_nav=course_nav(cohort_id))


@bp.get("/kurs/<int:cohort_id>/literatur")
@gate(Permission.LEARN, cohort_for)
def literature(here: Here, cohort_id: int) -> ResponseReturnValue:
    return render_template("modules/literature.html", here=here, course_nav=course_nav(cohort_id))


@bp.get("/kurs/<int:cohort_id>/medien/<path:name>")
@gate(Permission.LEARN, cohort_for)
def media(here: Here, cohort_id: int, name: str) -> ResponseReturnValue:
    """A picture of the edition; its address never means other bytes, because editions do not change."""
    data = editions.media(here.cohort.edition_digest, f"media/{name}")
    if data is None:
        abort(404)
    response = Response(data, mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response
