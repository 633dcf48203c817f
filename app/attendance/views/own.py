"""What the register says about the person who asks, and their objection to it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.attendance.blueprint import bp
from app.attendance.by_code.check_in_forms import ObjectionForm
from app.attendance.own import former, objections, own_register
from app.attendance.own.objections import AlreadyRaised
from app.cohorts.loaders import LARGEST_ID, Here, cohort_for
from app.cohorts.models import Enrolment
from app.extensions import transaction
from app.web.gate import gate
from app.web.navigation import course_nav

_ONCE = "Zu diesem Abschnitt haben Sie schon Einspruch erhoben. Das geht einmal; Ihr erster Satz gilt."


@bp.get("/kurs/<int:cohort_id>/anwesenheit")
@gate(Permission.LEARN, cohort_for)
def own(here: Here, cohort_id: int) -> ResponseReturnValue:
    return _page(here)


@bp.post("/kurs/<int:cohort_id>/anwesenheit/<int:slot_id>/einspruch")
@gate(Permission.LEARN, cohort_for)
def object_once(here: Here, cohort_id: int, slot_id: int) -> ResponseReturnValue:
    """Once per slot, with a sentence; an organiser decides."""
    person = _enrolment(here)
    register = own_register.of(here, person)
    line = next((line for line in register.lines if line.slot.id == slot_id), None)
    if line is None or slot_id > LARGEST_ID:
        abort(404)
    form = ObjectionForm(prefix=f"s{slot_id}-")
    if not line.may_object and line.objection is None:
        return _page(here, form, slot_id, problem="Dieser Abschnitt hat noch nicht begonnen."), 409
    if not form.validate():
        return _page(here, form, slot_id), 422
    person_id = person.id
    try:
        with transaction():
            objections.raise_once(person_id, slot_id, form.sentence.data or "")
    except AlreadyRaised:
        return _page(here, form, slot_id, problem=_ONCE), 409
    flash("Ihr Einspruch ist bei der Organisation. Was sie entscheidet, steht hier.", "erfolg")
    return redirect(url_for("attendance.own", cohort_id=cohort_id, _anchor=f"abschnitt-{slot_id}"), 303)


def _enrolment(here: Here) -> Enrolment:
    if here.enrolment is None:
        raise LookupError("the gate for LEARN lets only participants through")
    return here.enrolment


def _page(here: Here, form: ObjectionForm | None = None, slot_id: int = 0, *, problem: str = "") -> str:
    """`form` is what was sent about this slot and could not be saved."""
    person = _enrolment(here)
    register = own_register.of(here, person)
    forms = {
        line.slot.id: form
        if form is not None and line.slot.id == slot_id
        else ObjectionForm(formdata=None, prefix=f"s{line.slot.id}-")
        for line in register.lines
    }
    return render_template(
        "attendance/own.html",
        here=here,
        cohort=here.cohort,
        course=here.course,
        course_nav=course_nav(here.cohort.id),
        preview=False,
        register=register,
        former=former.before(person),
        forms=forms,
        sent=form,
        sent_slot=slot_id,
        problem=problem,
    )
