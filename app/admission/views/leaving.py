"""What people do themselves: the name on their certificate, and leaving."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts.models import User
from app.admission.blueprint import bp
from app.admission.forms import OwnNameForm
from app.cohorts import people, places
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Enrolment
from app.extensions import db, transaction
from app.web.gate import gate
from app.web.navigation import course_nav


@bp.get("/kurs/<int:cohort_id>/mein-name")
@gate(Permission.LEARN, cohort_for)
def own_name(here: Here, cohort_id: int) -> ResponseReturnValue:
    own = _own(here)
    return _name_page(here, own, OwnNameForm(name=own.name))


@bp.post("/kurs/<int:cohort_id>/mein-name")
@gate(Permission.LEARN, cohort_for)
def rename_self(here: Here, cohort_id: int) -> ResponseReturnValue:
    """Until a certificate bears the name; then it is changed by replacing it. Somebody else's is asked about once."""
    own, form = _own(here), OwnNameForm()
    if not form.validate():
        return _name_page(here, own, form), 422
    enrolment_id, person_id = own.id, current_user.id
    try:
        with transaction():
            enrolment = db.session.get_one(Enrolment, enrolment_id)
            by = db.session.get_one(User, person_id)
            other_person = bool(form.other_person.data)
            people.rename_self(enrolment, form.name.data or "", by, other_person=other_person)
    except people.NameIsFixed:
        return _name_page(here, _own(here), form), 409
    except people.SameName:
        return _name_page(here, _own(here), form, taken=True), 422
    flash("Ihr Name ist geändert. So steht er auf der Bescheinigung.", "erfolg")
    return redirect(url_for("modules.records", cohort_id=cohort_id), 303)


def _name_page(here: Here, own: Enrolment, form: OwnNameForm, *, taken: bool = False) -> str:
    """`taken`: somebody else of the cohort is called so."""
    return render_template(
        "admission/own_name.html",
        cohort=here.cohort,
        own=own,
        form=form,
        taken=taken,
        course_nav=course_nav(here.cohort.id),
    )


@bp.get("/kurs/<int:cohort_id>/austreten")
@gate(Permission.LEARN, cohort_for)
def leave(here: Here, cohort_id: int) -> ResponseReturnValue:
    """What leaving means, before anything happens."""
    return render_template("admission/leave.html", cohort=here.cohort, own=_own(here))


@bp.post("/kurs/<int:cohort_id>/austreten")
@gate(Permission.LEARN, cohort_for)
def leave_now(here: Here, cohort_id: int) -> ResponseReturnValue:
    enrolment_id, person_id = _own(here).id, current_user.id
    with transaction():
        places.leave(db.session.get_one(Enrolment, enrolment_id), db.session.get_one(User, person_id))
    flash("Sie sind ausgetreten. Ihre Anwesenheit bleibt vermerkt.", "erfolg")
    return redirect(url_for("modules.home"), 303)


def _own(here: Here) -> Enrolment:
    """LEARN is only granted to somebody enrolled."""
    if here.enrolment is None:
        raise LookupError(here.cohort.id)
    return here.enrolment
