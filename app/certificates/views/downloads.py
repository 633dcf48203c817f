"""The documents themselves: one PDF for its holder and the desk, all of a cohort for the desk."""

from __future__ import annotations

import io
import zipfile

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission, may
from app.certificates import composing, records
from app.certificates.blueprint import bp, file_name, safe_name
from app.cohorts.loaders import LARGEST_ID, Here, cohort_for
from app.web.downloads import name_file
from app.web.gate import gate, signed_in


@bp.get("/kurs/<int:cohort_id>/bescheinigung/<number>.pdf")
@signed_in
def pdf(cohort_id: int, number: str) -> ResponseReturnValue:
    """The holder keeps this right after leaving; other participants do not learn that it exists."""
    record = records.find(cohort_id, number) if cohort_id <= LARGEST_ID else None
    if record and records.holder(record.certificate) == current_user.id:
        return _document(record.certificate.pdf, number)
    here = cohort_for(current_user, cohort_id)
    if here is None or record is None:
        abort(404)
    if not may(Permission.ISSUE_CERTIFICATES, here.standings):
        abort(403 if may(Permission.SEE_PEOPLE, here.standings) else 404)
    return _document(record.certificate.pdf, number)


@bp.get("/kohorten/<int:cohort_id>/bescheinigungen/alle.zip")
@gate(Permission.ISSUE_CERTIFICATES, cohort_for)
def archive(here: Here, cohort_id: int) -> ResponseReturnValue:
    found = records.documents(cohort_id)
    if not found:
        flash("In dieser Kohorte gibt es noch keine gültige Bescheinigung.", "hinweis")
        return redirect(url_for("certificates.cohort", cohort_id=cohort_id), 303)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for number, name, document in found:
            packed.writestr(f"{number} {safe_name(name)}.pdf", document)
    name = f"{composing.TITLE}en {safe_name(here.cohort.title)}.zip"
    return _attachment(content.getvalue(), "application/zip", name)


def _document(content: bytes, number: str) -> Response:
    return _attachment(content, "application/pdf", file_name(number))


def _attachment(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, mimetype=kind)
    name_file(answer, name)
    return answer
