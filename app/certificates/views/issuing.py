"""Issuing: one person (also step by step for issue.js), or everyone who is ready."""

from __future__ import annotations

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts import letters
from app.certificates import notice, service
from app.certificates.blueprint import bp, document_url, verifying
from app.certificates.pdf import CannotPrint
from app.certificates.service import Issued, NotEligible
from app.certificates.views.desk import person_of, preview_page
from app.cohorts.loaders import Here, cohort_for
from app.extensions import transaction
from app.web.errors import wants_json
from app.web.gate import gate


@bp.post("/kohorten/<int:cohort_id>/bescheinigungen/<int:enrolment_id>/ausstellen")
@gate(Permission.ISSUE_CERTIFICATES, cohort_for)
def issue(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    person_of(cohort_id, enrolment_id)
    try:
        done = _issue(here, enrolment_id, again=request.form.get("erneut") == "ja")
    except NotEligible as refusal:
        return _refused(here, enrolment_id, refusal)
    letters.wake()
    if wants_json():
        return jsonify(number=done.certificate.number, new=done.new)
    if done.new:
        flash(f"Die Bescheinigung {done.certificate.number} ist ausgestellt.", "erfolg")
    else:
        flash(
            f"Es gibt schon die gültige Bescheinigung {done.certificate.number}. Es bleibt dabei.", "hinweis"
        )
    return redirect(_list(cohort_id), 303)


@bp.post("/kohorten/<int:cohort_id>/bescheinigungen/ausstellen")
@gate(Permission.ISSUE_CERTIFICATES, cohort_for)
def issue_all(here: Here, cohort_id: int) -> ResponseReturnValue:
    """Each certificate is a transaction of its own: what is issued stays issued."""
    numbers: list[str] = []
    for enrolment_id in [person.enrolment.id for person in service.eligible(here)]:
        try:
            done = _issue(here, enrolment_id, again=False)
        except NotEligible as refusal:
            flash(_sentence(refusal), "fehler")
        else:
            numbers += [done.certificate.number] if done.new else []
            letters.wake()
    flash(_summary(numbers), "erfolg" if numbers else "hinweis")
    return redirect(_list(cohort_id), 303)


def _issue(here: Here, enrolment_id: int, *, again: bool) -> Issued:
    where = verifying()
    with transaction():
        done = service.issue(here, enrolment_id, current_user, where, again=again)
        if done.new:
            notice.write(done.certificate, document_url(done.certificate))
    return done


def _refused(here: Here, enrolment_id: int, refusal: NotEligible) -> ResponseReturnValue:
    if wants_json():
        return jsonify(error="Noch nicht möglich", text=_sentence(refusal), reasons=refusal.reasons), 409
    flash(_sentence(refusal), "fehler")
    return preview_page(here, person_of(here.cohort.id, enrolment_id)), 409


@bp.errorhandler(CannotPrint)
def _not_printed(_error: CannotPrint) -> ResponseReturnValue:
    """The only thing that can be wrong with a page that everyone else gets, too: the logo."""
    text = (
        "Die Bescheinigung ließ sich nicht setzen, vermutlich wegen der Logo-Datei. "
        "Bitte prüfen Sie FELDWEG_ORG_LOGO. Es wurde nichts ausgestellt."
    )
    if wants_json():
        return jsonify(error="Nicht gesetzt", text=text), 500
    flash(text, "fehler")
    return redirect(_list((request.view_args or {})["cohort_id"]), 303)


def _sentence(refusal: NotEligible) -> str:
    reasons = " ".join(reason if reason.endswith(".") else f"{reason}." for reason in refusal.reasons)
    return f"Für {refusal.name} kann keine Bescheinigung ausgestellt werden. {reasons}"


def _summary(numbers: list[str]) -> str:
    if not numbers:
        return "Es wurde nichts ausgestellt: Niemand ist bereit, oder alle haben schon eine Bescheinigung."
    if len(numbers) == 1:
        return f"Eine Bescheinigung ist ausgestellt: {numbers[0]}."
    return f"{len(numbers)} Bescheinigungen sind ausgestellt: {numbers[0]} bis {numbers[-1]}."


def _list(cohort_id: int) -> str:
    return url_for("certificates.cohort", cohort_id=cohort_id)
