"""A mistake is mended by a certificate that replaces the other; what must not count is revoked."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts import letters
from app.certificates import notice, records, service
from app.certificates.blueprint import bp, desk_page, document_url, verifying
from app.certificates.forms import ReplaceForm, RevokeForm, visible
from app.certificates.rules import Status
from app.certificates.service import Issued, NotEligible, NotValid, Record, Unchanged
from app.cohorts.loaders import Here, cohort_for
from app.extensions import transaction
from app.web.gate import gate

_UNCHANGED = (
    "Auf der neuen stünde dasselbe wie auf der alten. Bitte ändern Sie den Namen "
    "oder lassen Sie die Kursangaben neu übernehmen, wenn sie sich geändert haben."
)


@bp.get("/kohorten/<int:cohort_id>/bescheinigungen/<number>/ersetzen")
@gate(Permission.ISSUE_CERTIFICATES, cohort_for)
def replace_form(here: Here, cohort_id: int, number: str) -> ResponseReturnValue:
    record = _found(cohort_id, number)
    if record.status is not Status.VALID:
        return _stays(cohort_id, record)
    form = ReplaceForm(formdata=None, name=record.facts.name, fresh=request.args.get("neu") == "ja")
    return desk_page(here, "replace.html", record=record, form=form)


@bp.post("/kohorten/<int:cohort_id>/bescheinigungen/<number>/ersetzen")
@gate(Permission.ISSUE_CERTIFICATES, cohort_for)
def replace(here: Here, cohort_id: int, number: str) -> ResponseReturnValue:
    record, form = _found(cohort_id, number), ReplaceForm()
    if not form.validate():
        form.name.data = visible(form.name.data)
        return desk_page(here, "replace.html", record=record, form=form), 422
    try:
        done = _replace(here, number, form)
    except NotValid as refusal:
        return _stays(cohort_id, refusal.record)
    except NotEligible as refusal:
        form.fresh.errors = ["Das geht gerade nicht: " + " ".join(refusal.reasons)]
        return desk_page(here, "replace.html", record=_found(cohort_id, number), form=form), 422
    except Unchanged:
        form.name.errors = [_UNCHANGED]
        return desk_page(here, "replace.html", record=_found(cohort_id, number), form=form), 422
    letters.wake()
    flash(f"Die Bescheinigung {number} ist durch {done.certificate.number} ersetzt.", "erfolg")
    return redirect(url_for("certificates.cohort", cohort_id=cohort_id), 303)


@bp.get("/kohorten/<int:cohort_id>/bescheinigungen/<number>/widerrufen")
@gate(Permission.ISSUE_CERTIFICATES, cohort_for)
def revoke_form(here: Here, cohort_id: int, number: str) -> ResponseReturnValue:
    record = _found(cohort_id, number)
    if record.status is not Status.VALID:
        return _stays(cohort_id, record)
    return desk_page(here, "revoke.html", record=record, form=RevokeForm(formdata=None))


@bp.post("/kohorten/<int:cohort_id>/bescheinigungen/<number>/widerrufen")
@gate(Permission.ISSUE_CERTIFICATES, cohort_for)
def revoke(here: Here, cohort_id: int, number: str) -> ResponseReturnValue:
    record, form = _found(cohort_id, number), RevokeForm()
    if not form.validate():
        return desk_page(here, "revoke.html", record=record, form=form), 422
    try:
        with transaction():
            service.revoke(here, number, form.reason.data or "", current_user)
    except NotValid as refusal:
        return _stays(cohort_id, refusal.record)
    flash(f"Die Bescheinigung {number} ist widerrufen. Die Prüfseite sagt das ab sofort.", "erfolg")
    return redirect(url_for("certificates.cohort", cohort_id=cohort_id), 303)


def _replace(here: Here, number: str, form: ReplaceForm) -> Issued:
    where, name, reason = verifying(), form.name.data or "", form.reason.data or ""
    with transaction():
        done = service.replace(here, number, name, reason, current_user, where, fresh=bool(form.fresh.data))
        if done.new:
            notice.write(done.certificate, document_url(done.certificate))
    return done


def _found(cohort_id: int, number: str) -> Record:
    record = records.find(cohort_id, number)
    if record is None:
        abort(404)
    return record


def _stays(cohort_id: int, record: Record) -> ResponseReturnValue:
    """It was replaced or revoked before; say so and show the register."""
    number = record.certificate.number
    became = f"durch {record.replaced_by} ersetzt" if record.replaced_by else "widerrufen"
    flash(f"Die Bescheinigung {number} wurde schon {became}. Es wurde nichts geändert.", "hinweis")
    return redirect(url_for("certificates.cohort", cohort_id=cohort_id), 303)
