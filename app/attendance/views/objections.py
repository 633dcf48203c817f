"""What people object to in the register, and the decisions of the organisers."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access import Permission
from app.accounts import letters
from app.accounts import service as accounts
from app.attendance.blueprint import bp
from app.attendance.by_code import check_in_wording as wording
from app.attendance.by_code.check_in_forms import GRANT, DecisionForm
from app.attendance.own import decision_letter
from app.attendance.own import objections as service
from app.attendance.own.objections import AlreadyDecided, Decision, Raised, SlotDropped
from app.cohorts import register
from app.cohorts import wording as cohorts_wording
from app.cohorts.loaders import LARGEST_ID, Here, cohort_for
from app.cohorts.models import Attendance, Enrolment
from app.cohorts.page import desk_page
from app.extensions import transaction
from app.web.addresses import public_url
from app.web.gate import gate

DECIDE = "entscheiden"  # the second step; the first only asks
_THERE = (Attendance.PRESENT, Attendance.PARTIAL)


@bp.get("/kohorten/<int:cohort_id>/einsprueche")
@gate(Permission.SEE_PEOPLE, cohort_for)
def objections(here: Here, cohort_id: int) -> ResponseReturnValue:
    return _page(here)


@bp.post("/kohorten/<int:cohort_id>/einsprueche/<int:objection_id>")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def decide(here: Here, cohort_id: int, objection_id: int) -> ResponseReturnValue:
    """Grant (and enter it) or refuse, with a reason; once. Asks first, as soon as the form is right."""
    raised = _find(cohort_id, objection_id)
    form = DecisionForm(prefix=f"e{objection_id}-")
    form.slot_minutes = raised.slot.minutes
    if not form.validate():
        return _page(here, form, objection_id), 422
    decision = _read(form)
    if decision.granted and decision.state in _THERE and raised.slot.starts_at > clock.now():
        problem = cohorts_wording.not_begun(raised.slot.starts_at)
        return _page(here, form, objection_id, problem=problem), 422
    step = request.form.get("schritt")
    if step == "aendern":
        return _page(here, form, objection_id)
    return (
        _enter(here, objection_id, decision, form) if step == DECIDE else _asked(here, raised, decision, form)
    )


@bp.app_template_global()
def open_objections_of(person: Enrolment) -> int:
    """For the pages on which staff end somebody's place: how many of their objections wait for a decision."""
    return sum(one.decided_at is None for one in service.of_person(person.id).values())


def _asked(here: Here, raised: Raised, decision: Decision, form: DecisionForm) -> ResponseReturnValue:
    """What will be decided, and whether that is meant."""
    if raised.objection.decided_at:
        return _overtaken(here, decision)
    if decision.granted and raised.slot.cancelled_at:
        return _page(here, form, raised.objection.id, problem=wording.DROPPED), 409
    return desk_page(
        here, "attendance/decide.html", tab="attendance.matrix",
        raised=raised, decision=decision, form=form, said=cohorts_wording.said,
    )  # fmt: skip


def _overtaken(here: Here, decision: Decision) -> ResponseReturnValue:
    return _page(here, problem=f"{wording.DECIDED} Ihre Begründung war: {decision.reason}"), 409


def _enter(here: Here, objection_id: int, decision: Decision, form: DecisionForm) -> ResponseReturnValue:
    cohort_id = here.cohort.id
    try:
        certified = _decide(cohort_id, objection_id, decision)
    except AlreadyDecided:
        return _overtaken(here, decision)
    except SlotDropped:
        return _page(here, form, objection_id, problem=wording.DROPPED), 409
    if certified:
        flash(cohorts_wording.certified(certified), "hinweis")
    flash("Die Entscheidung ist eingetragen. Die Person sieht sie bei ihrer Anwesenheit.", "erfolg")
    return redirect(url_for("attendance.objections", cohort_id=cohort_id), 303)


def _decide(cohort_id: int, objection_id: int, decision: Decision) -> list[str]:
    """Names of those whose certificate may be wrong by now."""
    user_id = current_user.id
    with transaction():
        by = accounts.find_person(user_id) or abort(401)
        decided_before = service.is_decided(objection_id)
        raised = service.decide(objection_id, decision, by)
        certified = register.certified([raised.person.id]) if decision.granted else []
        page = "attendance.former" if raised.person.left_at else "attendance.own"
        href = public_url(page, cohort_id=cohort_id)
        mailed = not decided_before and decision_letter.write(raised, href)
    if mailed:
        letters.wake()
    return certified


def _find(cohort_id: int, objection_id: int) -> Raised:
    found = next(
        (
            raised
            for raised in service.of_cohort(cohort_id)
            if raised.objection.id == objection_id and objection_id <= LARGEST_ID
        ),
        None,
    )
    return found or abort(404)


def _read(form: DecisionForm) -> Decision:
    granted = form.granted.data == GRANT
    state = Attendance(form.state.data) if granted else Attendance.NOT_RECORDED
    minutes = int(form.minutes.data or 0) if state is Attendance.PARTIAL else 0
    return Decision(granted=granted, reason=form.reason.data or "", state=state, minutes=minutes)


def _page(here: Here, form: DecisionForm | None = None, objection_id: int = 0, *, problem: str = "") -> str:
    """`form` is what was sent about this objection and could not be saved."""
    raised = service.of_cohort(here.cohort.id)
    forms = {
        each.objection.id: form
        if form is not None and each.objection.id == objection_id
        else DecisionForm(formdata=None, prefix=f"e{each.objection.id}-")
        for each in raised
        if each.objection.decided_at is None
    }
    return desk_page(
        here,
        "attendance/objections.html",
        tab="attendance.matrix",
        undecided=[each for each in raised if each.objection.decided_at is None],
        decided=[each for each in raised if each.objection.decided_at is not None],
        forms=forms,
        sent=form,
        problem=problem,
        entry_said=wording.entry_said,
        source=wording.source,
    )
