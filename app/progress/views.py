"""Where the people of a cohort stand: names and what is fulfilled, never a text of theirs."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.cohorts import service as cohorts
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Enrolment
from app.extensions import transaction
from app.progress import pages, service
from app.progress.forms import OverrideForm, WithdrawForm
from app.progress.rules import CRITERIA, quoted
from app.web.gate import gate
from app.web.navigation import cohort_tabs, desk_nav

bp = Blueprint("progress", __name__, template_folder="templates")


@bp.get("/kohorten/<int:cohort_id>/stand")
@gate(Permission.SEE_PEOPLE, cohort_for)
def cohort(here: Here, cohort_id: int) -> ResponseReturnValue:
    people = cohorts.enrolments(cohort_id)
    table = pages.table(people, service.of_people(here, people), only_open=request.args.get("nur") == "offen")
    return render_template("progress/cohort.html", here=here, table=table, **_places(here))


@bp.get("/kohorten/<int:cohort_id>/stand/<int:enrolment_id>")
@gate(Permission.SEE_PEOPLE, cohort_for)
def person(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    return _person_page(here, _found(cohort_id, enrolment_id), OverrideForm(formdata=None))


@bp.post("/kohorten/<int:cohort_id>/stand/<int:enrolment_id>/anerkennen")
@gate(Permission.OVERRIDE_COMPLETION, cohort_for)
def override(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    enrolment, form = _found(cohort_id, enrolment_id), OverrideForm()
    if not form.validate():
        return _person_page(here, enrolment, form), 422
    with transaction():
        declared = service.override(here, enrolment_id, form.criterion.data, form.reason.data, current_user)
    title = CRITERIA[form.criterion.data]
    if declared:
        flash(f"{title}: jetzt als erfüllt anerkannt. Ihr Name und die Begründung stehen dabei.", "erfolg")
    else:
        flash(f"{title}: war schon erfüllt. Es wurde nichts geändert.", "hinweis")
    return redirect(url_for("progress.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)


@bp.post("/kohorten/<int:cohort_id>/stand/<int:enrolment_id>/zuruecknehmen")
@gate(Permission.OVERRIDE_COMPLETION, cohort_for)
def withdraw(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    _found(cohort_id, enrolment_id)
    criterion = WithdrawForm().criterion.data
    with transaction():
        withdrawn = service.withdraw(here, enrolment_id, criterion or "", current_user)
    if withdrawn:
        flash("Die Anerkennung ist zurückgenommen. Es zählt wieder das Erfasste.", "erfolg")
    else:
        flash("Hier ist nichts anerkannt. Es wurde nichts geändert.", "hinweis")
    return redirect(url_for("progress.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)


def _person_page(here: Here, enrolment: Enrolment, form: OverrideForm) -> str:
    found = service.of_person(here, enrolment.id)
    return render_template(
        "progress/person.html",
        here=here,
        person=enrolment,
        completion=found.completion,
        register=pages.register(here, found),
        overrides=found.found.overrides,
        titles=CRITERIA,
        quoted=quoted,
        form=form if form.offer(found.completion) else None,
        **_places(here),
    )


def _found(cohort_id: int, enrolment_id: int) -> Enrolment:
    enrolment = cohorts.find_enrolment(cohort_id, enrolment_id)
    if enrolment is None:
        abort(404)
    return enrolment


def _places(here: Here) -> dict[str, object]:
    return {"desk_nav": desk_nav(desk=here.desk), "tabs": cohort_tabs(here.cohort.id, desk=here.desk)}
