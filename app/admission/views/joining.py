"""Joining a cohort from its link or poster, without a password."""

from __future__ import annotations

import secrets
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app import clock
from app.accounts import letters, limits
from app.accounts import service as accounts
from app.admission import handover, invitation
from app.admission.blueprint import bp
from app.admission.forms import CodeForm, JoinForm, WaitForm
from app.admission.service import open_seats, waiting_count
from app.cohorts import codes, people, rules, seats, service
from app.cohorts.forms import printable
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.page import qr_picture
from app.extensions import transaction
from app.web.addresses import public_url
from app.web.gate import public, signed_in

# A room of 30 behind one address mistypes now and then; a machine that guesses does nothing else.
_WRONG_CODES, _WRONG_MINUTES = 100, 10
_NEW_PEOPLE, _NEW_MINUTES = 300, 60
_LINKS_BY_MAIL, _MAIL_MINUTES = 3, 60


@bp.get("/beitreten/")
@public
def type_code() -> ResponseReturnValue:
    return render_template("admission/type_code.html", form=CodeForm(), unknown=False)


@bp.post("/beitreten/")
@public
def take_code() -> ResponseReturnValue:
    form = CodeForm()
    clean = codes.normalise(form.code.data or "")
    if codes.is_code(clean, codes.CHECK_IN_CODE_LENGTH):  # the one in the room, typed in the wrong place
        return redirect(url_for("attendance.check_in", code=codes.grouped(clean, 3)), 303)
    if not form.validate():
        return render_template("admission/type_code.html", form=form, unknown=False), 422
    return redirect(url_for("admission.join", code=codes.grouped(clean)), 303)


@bp.get("/beitreten/<code>", strict_slashes=False)
@public
def join(code: str) -> ResponseReturnValue:
    cohort = find_cohort(code)
    if cohort is None:
        return unknown_code(code)
    own = own_place(cohort)
    if own is None and is_closed(cohort):
        return too_late(cohort)
    if own is None and open_seats(cohort) == 0:
        form = WaitForm(formdata=None, form_key=secrets.token_urlsafe(24), name=_own_name())
        return full_page(cohort, form)
    form = JoinForm()
    form.form_key.data = secrets.token_urlsafe(24)
    if current_user.is_authenticated:
        form.name.data = own.name if own else current_user.name
        return _signed_in_page(cohort, form, takes_part=own is not None)
    return _page(cohort, form)


@bp.post("/beitreten/<code>")
@public
def enter(code: str) -> ResponseReturnValue:
    cohort = find_cohort(code)
    if cohort is None:
        return unknown_code(code)
    own = own_place(cohort)
    if sent_by_another(own):
        return redirect(url_for("admission.join", code=codes.grouped(cohort.join_code)), 303)
    if own:
        return redirect(url_for("modules.way", cohort_id=cohort.id), 303)
    if is_closed(cohort):
        return too_late(cohort)
    check_newcomers()
    form = JoinForm()
    if not form.validate():
        return _page(cohort, form), 422
    try:
        return _enrol(cohort, form)
    except seats.Full:
        return full_page(cohort, WaitForm(), problem="full"), 409
    except people.SameEmail as known:
        return _page(cohort, form, problem=write_to_known(cohort.id, known.enrolment_id)), 409
    except people.SameName:
        return _page(cohort, form, problem="name"), 409
    except people.WasRemoved:
        return render_template("admission/was_removed.html", cohort=cohort), 403


def _enrol(cohort: Cohort, form: JoinForm) -> Response:
    user_id = current_user.id if current_user.is_authenticated else None
    cohort_id, code, by_mail = (
        cohort.id,
        codes.grouped(cohort.join_code),
        bool(form.email.data) and letters.can_send(),
    )
    with transaction():
        joined = service.join(
            cohort,
            form.name.data or "",
            form.email.data or None,
            user_id,
            funder=form.funder.data or "",
            form_key=(form.form_key.data or "")[:200],
            other_person=bool(form.other_person.data),
            reserved=waiting_count([cohort_id]).get(cohort_id, 0),
        )
        count_newcomer()
        enrolment_id, person_id, secret = joined.enrolment.id, joined.enrolment.user_id, joined.link_secret
        if secret and by_mail and not joined.known:
            invitation.write(joined.enrolment, cohort, secret)
    if secret and by_mail:
        letters.wake()
    if secret is None:
        return redirect(url_for("modules.way", cohort_id=cohort_id), 303)
    login_user(accounts.find_person(person_id), remember=True)
    handover.put(enrolment_id, secret)
    return redirect(url_for("admission.joined", code=code), 303)


def write_to_known(cohort_id: int, enrolment_id: int) -> str:
    """The new link goes to the mailbox only: whoever typed the address may be somebody else.

    Says which sentence is shown then: "email-sent", or "email" where no letter can be sent.
    """
    if not letters.can_send():
        return "email"
    bucket = f"link-per-mail:{enrolment_id}"
    limits.check(bucket, most=_LINKS_BY_MAIL, minutes=_MAIL_MINUTES)
    with transaction():
        limits.count(bucket)
        invitation.write_again(cohort_id, enrolment_id)
    letters.wake()
    return "email-sent"


@bp.get("/beitreten/<code>/willkommen")
@signed_in
def joined(code: str) -> ResponseReturnValue:
    cohort = find_cohort(code)
    own = people.own_enrolment(cohort.id, current_user.id) if cohort else None
    if cohort is None or own is None or own.left_at:
        abort(404)
    secret = handover.get(own.id)
    address = public_url("accounts.personal_link", secret=secret) if secret else None
    return render_template(
        "admission/joined.html",
        cohort=cohort,
        own=own,
        address=address,
        code=qr_picture(address) if address else None,
        mailed=bool(own.email) and letters.can_send(),
    )


def find_cohort(code: str) -> Cohort | None:
    """The cohort behind a code as it was typed. Raises TooManyRequests."""
    limits.check(_guesses(), most=_WRONG_CODES, minutes=_WRONG_MINUTES)
    clean = codes.normalise(code)
    return service.find_by_code(clean) if codes.is_code(clean, codes.JOIN_CODE_LENGTH) else None


def unknown_code(code: str) -> ResponseReturnValue:
    """There is no cohort behind this code; counted as a guess."""
    with transaction():
        limits.count(_guesses())
    form = CodeForm(formdata=None, code=printable(code[:40]))
    return render_template("admission/type_code.html", form=form, unknown=True), 404


def full_page(cohort: Cohort, form: WaitForm, *, problem: str = "") -> str:
    """No seat is free for somebody new: the waiting list is offered. `kept`: a seat is, for those who wait."""
    waiting = waiting_count([cohort.id]).get(cohort.id, 0)
    kept = waiting > 0 and seats.free(cohort) != 0
    return _form_page("admission/full.html", cohort, form, problem, number=waiting, kept=kept)


def _page(cohort: Cohort, form: JoinForm, *, problem: str = "") -> str:
    return _form_page("admission/join.html", cohort, form, problem)


def _form_page(template: str, cohort: Cohort, form: FlaskForm, problem: str, **context: Any) -> str:
    return render_template(
        template,
        cohort=cohort,
        code=codes.grouped(cohort.join_code),
        days=service.days(cohort.id),
        form=form,
        problem=problem,
        can_send=letters.can_send(),
        signed_in_as=_own_name(),
        **context,
    )


def _own_name() -> str | None:
    return current_user.name if current_user.is_authenticated else None


def is_closed(cohort: Cohort) -> bool:
    """Whether nobody comes in by themselves any more."""
    return cohort.cancelled_at is not None or cohort.join_until <= clock.now()


def too_late(cohort: Cohort) -> ResponseReturnValue:
    """Why nobody comes in any more."""
    return render_template("admission/too_late.html", cohort=cohort), 410


def own_place(cohort: Cohort) -> Enrolment | None:
    """What the person signed in here takes part with."""
    own = people.own_enrolment(cohort.id, current_user.id) if current_user.is_authenticated else None
    return own if own and own.left_at is None else None


def sent_by_another(own: Enrolment | None) -> bool:
    """Whether the form came from before somebody signed in on this device, with another name than theirs."""
    if not current_user.is_authenticated or request.form.get("signed_in") == str(current_user.id):
        return False
    known = own.name if own else current_user.name
    return rules.name_key(request.form.get("name", "")) != rules.name_key(known)


def _signed_in_page(cohort: Cohort, form: JoinForm, *, takes_part: bool) -> str:
    """Several people may share a device: nobody writes into somebody else's Lernheft by accident."""
    return render_template(
        "admission/signed_in.html",
        cohort=cohort,
        code=codes.grouped(cohort.join_code),
        form=form,
        takes_part=takes_part,
    )


def _guesses() -> str:
    return f"beitreten:{request.remote_addr}"


def check_newcomers() -> None:
    """Raises TooManyRequests."""
    limits.check(_newcomers(), most=_NEW_PEOPLE, minutes=_NEW_MINUTES)


def count_newcomer() -> None:
    """Somebody came from this address. Call inside a transaction."""
    limits.count(_newcomers())


def _newcomers() -> str:
    return f"beigetreten:{request.remote_addr}"
