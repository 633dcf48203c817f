"""People who want to take part where no seat is free: asking for one, and their place in the queue.

Which entry is theirs stands in the browser's signed session, so that it needs no address of its own.
"""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from app.accounts import letters
from app.accounts import service as accounts
from app.admission import waiting
from app.admission.blueprint import bp
from app.admission.forms import WaitForm
from app.admission.models import Waiting
from app.admission.views import joining
from app.cohorts import codes, people
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.places import Newcomer
from app.extensions import db, transaction
from app.web.gate import public

_KEY = "waiting"


@bp.post("/beitreten/<code>/warteliste")
@public
def ask(code: str) -> ResponseReturnValue:
    """Onto the list; once for a form, an account and an address."""
    cohort = joining.find_cohort(code)
    if cohort is None:
        return joining.unknown_code(code)
    own = joining.own_place(cohort)
    if own:
        return redirect(url_for("modules.way", cohort_id=cohort.id), 303)
    if joining.is_closed(cohort):
        return joining.too_late(cohort)
    if joining.sent_by_another(own):
        return redirect(url_for("admission.join", code=codes.grouped(cohort.join_code)), 303)
    joining.check_newcomers()
    form = WaitForm()
    if not form.validate():
        return joining.full_page(cohort, form), 422
    return _put(cohort, form)


def _put(cohort: Cohort, form: WaitForm) -> ResponseReturnValue:
    cohort_id, code = cohort.id, codes.grouped(cohort.join_code)
    newcomer = _newcomer(form)
    try:
        with transaction():
            asked = waiting.ask(cohort_id, newcomer)
            joining.count_newcomer()
            waiting_id, by_email = asked.waiting.id, asked.by_email
    except waiting.SeatsFree:
        flash("Gerade ist ein Platz frei geworden. Sie können gleich beitreten.", "erfolg")
        return redirect(url_for("admission.join", code=code), 303)
    except people.WasRemoved:
        return render_template("admission/was_removed.html", cohort=cohort), 403
    except people.SameName:
        return joining.full_page(cohort, form, problem="name"), 409
    except people.SameEmail as known:
        problem = joining.write_to_known(cohort_id, known.enrolment_id)
        return joining.full_page(db.session.get_one(Cohort, cohort_id), form, problem=problem), 409
    letters.wake()
    if by_email:  # whoever typed the address may be somebody else: nothing is said of that entry
        return joining.full_page(cohort, form, problem="waits"), 409
    session[_KEY] = {**session.get(_KEY, {}), str(cohort_id): waiting_id}
    return redirect(url_for("admission.place", code=code), 303)


def _newcomer(form: WaitForm) -> Newcomer:
    return Newcomer(
        name=form.name.data or "",
        email=form.email.data or None,
        funder=form.funder.data or "",
        user_id=current_user.id if current_user.is_authenticated else None,
        other_person=bool(form.other_person.data),
        form_key=(form.form_key.data or "")[:200] or None,
    )


@bp.get("/beitreten/<code>/warteliste")
@public
def place(code: str) -> ResponseReturnValue:
    """Where one stands in the queue."""
    cohort, mine = _mine(code)
    return render_template(
        "admission/place.html",
        cohort=cohort,
        code=codes.grouped(cohort.join_code),
        waiting=mine,
        place=waiting.place_of(mine),
        can_send=letters.can_send(),
    )


@bp.post("/beitreten/<code>/warteliste/zurueckziehen")
@public
def stop_waiting(code: str) -> ResponseReturnValue:
    cohort, mine = _mine(code)
    waiting_id, grouped = mine.id, codes.grouped(cohort.join_code)
    with transaction():
        waiting.withdraw(db.session.get_one(Waiting, waiting_id), "selbst")
    return redirect(url_for("admission.place", code=grouped), 303)


@bp.post("/beitreten/<code>/platz")
@public
def start(code: str) -> ResponseReturnValue:
    """In, on the device on which somebody waited and got a seat."""
    cohort, mine = _mine(code)
    enrolment = db.session.get(Enrolment, mine.enrolment_id) if mine.enrolment_id else None
    if enrolment is None or enrolment.left_at:
        return redirect(url_for("admission.place", code=codes.grouped(cohort.join_code)), 303)
    return _enter(cohort.id, enrolment)


def _enter(cohort_id: int, enrolment: Enrolment) -> Response:
    person_id, has_link = enrolment.user_id, people.can_have_link(enrolment)
    if not current_user.is_authenticated:
        if not has_link:  # staff sign in with their password
            return redirect(url_for("security.login", next=url_for("modules.way", cohort_id=cohort_id)), 303)
        with transaction():
            accounts.note_entry(person_id)
        login_user(accounts.find_person(person_id), remember=True)
    return redirect(url_for("modules.way", cohort_id=cohort_id), 303)


def _mine(code: str) -> tuple[Cohort, Waiting]:
    """The cohort and this browser's entry on its list; else 404."""
    cohort = joining.find_cohort(code)
    kept = session.get(_KEY, {}).get(str(cohort.id)) if cohort else None
    found = waiting.find(cohort.id, kept) if cohort and isinstance(kept, int) else None
    if cohort is None or found is None:
        abort(404)
    return cohort, found
