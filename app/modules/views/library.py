"""Glossary, literature and the course's pictures."""

from __future__ import annotations

import hashlib
import mimetypes

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.editions import service as editions
from app.modules.blueprint import bp
from app.modules.reading import frame
from app.web.gate import gate


@bp.get("/kurs/<int:cohort_id>/glossar")
@gate(Permission.READ_COURSE, cohort_for)
def glossary(here: Here, cohort_id: int) -> ResponseReturnValue:
    return render_template("modules/glossary.html", **frame(here))


@bp.get("/kurs/<int:cohort_id>/literatur")
@gate(Permission.READ_COURSE, cohort_for)
def literature(here: Here, cohort_id: int) -> ResponseReturnValue:
    return render_template("modules/literature.html", **frame(here))


@bp.get("/kurs/<int:cohort_id>/medien/<path:name>")
@gate(Permission.READ_COURSE, cohort_for)
def media(here: Here, cohort_id: int, name: str) -> ResponseReturnValue:
    """A picture of the edition; the address means other bytes only when the cohort moves to another one."""
    data = editions.media(here.cohort.edition_digest, f"media/{name}")
    if data is None:
        abort(404)
    response = Response(data, mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=86400"
    response.set_etag(hashlib.sha256(data).hexdigest()[:20])
    return response.make_conditional(request)
