"""Joining a cohort from its link or poster, without a password."""

from __future__ import annotations

import secrets

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from app import clock
from app.accounts import letters, limits
from app.accounts import service as accounts
from app.cohorts import codes, handover, invitation, people, rules, service
from app.cohorts.blueprint import bp
from app.cohorts.forms import CodeForm, JoinForm, printable
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
    return render_template("cohorts/type_code.html", form=CodeForm(), unknown=False)


@bp.post("/beitreten/")
@public
def take_code() -> ResponseReturnValue:
    form = CodeForm()
    if not form.validate():
        return render_template("cohorts/type_code.html", form=form, unknown=False), 422
    code = codes.grouped(codes.normalise(form.code.data or ""))
    return redirect(url_for("cohorts.join", code=code), 303)


@bp.get("/beitreten/<code>")
@public
def join(code: str) -> ResponseReturnValue:
    cohort = _cohort(code)
    if cohort is None:
        return _unknown(code)
    own = _own(cohort)
    if own is None and cohort.join_until <= clock.now():
        return _too_late(cohort)
    form = JoinForm()
    form.form_key.data = secrets.token_urlsafe(24)
    if current_user.is_authenticated:
        form.name.data = own.name if own else current_user.name
        return _signed_in_page(cohort, form, takes_part=own is not None)
    return _page(cohort, form)


@bp.post("/beitreten/<code>")
@public
def enter(code: str) -> ResponseReturnValue:
    cohort = _cohort(code)
    if cohort is None:
        return _unknown(code)
    own = _own(cohort)
    if _sent_by_another(own):
        return redirect(url_for("cohorts.join", code=codes.grouped(cohort.join_code)), 303)
    if own:
        return redirect(url_for("modules.way", cohort_id=cohort.id), 303)
    if cohort.join_until <= clock.now():
        return _too_late(cohort)
    limits.check(_newcomers(), most=_NEW_PEOPLE, minutes=_NEW_MINUTES)
    form = JoinForm()
    if not form.validate():
        return _page(cohort, form), 422
    try:
        return _enrol(cohort, form)
    except people.SameEmail as known:
        return _known_by_email(cohort, form, known.enrolment_id)
    except people.SameName:
        return _page(cohort, form, problem="name"), 409
    except people.WasRemoved:
        return render_template("cohorts/was_removed.html", cohort=cohort), 403


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
            form_key=(form.form_key.data or "")[:200],
            other_person=bool(form.other_person.data),
        )
        limits.count(_newcomers())
        enrolment_id, person_id, secret = joined.enrolment.id, joined.enrolment.user_id, joined.link_secret
        if secret and by_mail and not joined.known:
            invitation.write(joined.enrolment, cohort, secret)
    if secret and by_mail:
        letters.wake()
    if secret is None:
        return redirect(url_for("modules.way", cohort_id=cohort_id), 303)
    login_user(accounts.find_person(person_id), remember=True)
    handover.put(enrolment_id, secret)
    return redirect(url_for("cohorts.joined", code=code), 303)


def _known_by_email(cohort: Cohort, form: JoinForm, enrolment_id: int) -> ResponseReturnValue:
    """The new link goes to the mailbox only: whoever typed the address may be somebody else."""
    can_send, cohort_id = letters.can_send(), cohort.id
    if can_send:
        bucket = f"link-per-mail:{enrolment_id}"
        limits.check(bucket, most=_LINKS_BY_MAIL, minutes=_MAIL_MINUTES)
        with transaction():
            limits.count(bucket)
            invitation.write_again(cohort_id, enrolment_id)
        letters.wake()
    return _page(cohort, form, problem="email-sent" if can_send else "email"), 409


@bp.get("/beitreten/<code>/willkommen")
@signed_in
def joined(code: str) -> ResponseReturnValue:
    cohort = _cohort(code)
    own = people.own_enrolment(cohort.id, current_user.id) if cohort else None
    if cohort is None or own is None or own.left_at:
        abort(404)
    secret = handover.get(own.id)
    address = public_url("accounts.personal_link", secret=secret) if secret else None
    return render_template(
        "cohorts/joined.html",
        cohort=cohort,
        own=own,
        address=address,
        code=qr_picture(address) if address else None,
        mailed=bool(own.email) and letters.can_send(),
    )


def _cohort(code: str) -> Cohort | None:
    """The cohort behind a code as it was typed. Raises TooManyRequests."""
    limits.check(_guesses(), most=_WRONG_CODES, minutes=_WRONG_MINUTES)
    clean = codes.normalise(code)
    return service.find_by_code(clean) if codes.is_code(clean, codes.JOIN_CODE_LENGTH) else None


def _unknown(code: str) -> ResponseReturnValue:
    with transaction():
        limits.count(_guesses())
    form = CodeForm(formdata=None, code=printable(code[:40]))
    return render_template("cohorts/type_code.html", form=form, unknown=True), 404


def _too_late(cohort: Cohort) -> ResponseReturnValue:
    return render_template("cohorts/too_late.html", cohort=cohort), 410


def _own(cohort: Cohort) -> Enrolment | None:
    """What the person signed in here takes part with."""
    own = people.own_enrolment(cohort.id, current_user.id) if current_user.is_authenticated else None
    return own if own and own.left_at is None else None


def _sent_by_another(own: Enrolment | None) -> bool:
    """Whether the form came from before somebody signed in on this device, with another name than theirs."""
    if not current_user.is_authenticated or request.form.get("signed_in") == str(current_user.id):
        return False
    known = own.name if own else current_user.name
    return rules.name_key(request.form.get("name", "")) != rules.name_key(known)


def _signed_in_page(cohort: Cohort, form: JoinForm, *, takes_part: bool) -> str:
    """Several people may share a device: nobody writes into somebody else's Lernheft by accident."""
    return render_template(
        "cohorts/signed_in.html",
        cohort=cohort,
        code=codes.grouped(cohort.join_code),
        form=form,
        takes_part=takes_part,
    )


def _guesses() -> str:
    return f"beitreten:{request.remote_addr}"


def _newcomers() -> str:
    return f"beigetreten:{request.remote_addr}"


def _page(cohort: Cohort, form: JoinForm, *, problem: str = "") -> str:
    return render_template(
        "cohorts/join.html",
        cohort=cohort,
        code=codes.grouped(cohort.join_code),
        days=service.days(cohort.id),
        form=form,
        problem=problem,
        can_send=letters.can_send(),
        signed_in_as=current_user.name if current_user.is_authenticated else None,
    )
