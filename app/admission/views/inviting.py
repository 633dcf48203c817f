"""The ways in, on one page: poster and link, one person, a list, cards; and letters once more."""

from __future__ import annotations

import secrets

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts import letters
from app.accounts.models import User
from app.admission import enrolling, invitation, wording
from app.admission.blueprint import bp
from app.admission.forms import PersonForm
from app.admission.service import open_seats, waiting_count
from app.admission.views.people import find
from app.cohorts import people, seats
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Cohort
from app.cohorts.page import desk_page
from app.cohorts.rules import name_key
from app.extensions import db, transaction
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/einladen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def invite(here: Here, cohort_id: int) -> ResponseReturnValue:
    form = PersonForm()
    form.form_key.data = secrets.token_urlsafe(24)
    return _page(here, form)


@bp.post("/kohorten/<int:cohort_id>/einladen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def add(here: Here, cohort_id: int) -> ResponseReturnValue:
    """One person by form: an account, a place, and a letter where there is an address."""
    form, author_id = PersonForm(), current_user.id
    if not form.validate():
        return _page(here, form), 422
    newcomer = form.newcomer()
    try:
        with transaction():
            found = enrolling.take_in(cohort_id, [newcomer], db.session.get_one(User, author_id))
    except people.SameEmail as known:
        return _same_email(here, form, known.enrolment_id)
    except people.SameName:
        return _page(here, form, namesakes=_called(cohort_id, newcomer.name)), 409
    letters.wake()
    flash(wording.one_taken_in(newcomer.name, found, can_send=letters.can_send()), "erfolg")
    return redirect(url_for("admission.invite", cohort_id=cohort_id), 303)


def _same_email(here: Here, form: PersonForm, enrolment_id: int) -> ResponseReturnValue:
    other = find(here.cohort.id, enrolment_id)
    form.email.errors = [f"Diese Adresse gehört schon zu {other.name}. Bitte prüfen Sie sie."]
    return _page(here, form), 409


def _called(cohort_id: int, name: str) -> list[str]:
    """Those of this name, with how they can be told apart."""
    return [
        f"{person.name} ({person.email or 'ohne E-Mail-Adresse'}{', nicht mehr dabei' if person.left_at else ''})"
        for person in people.everyone(cohort_id)
        if name_key(person.name) == name_key(name)
    ]


def _page(here: Here, form: PersonForm, namesakes: list[str] | None = None) -> str:
    cohort = here.cohort
    present, standing = people.enrolments(cohort.id), enrolling.standings(cohort.id)
    away = [person for person in present if standing[person.user_id] == (False, False)]
    waiting = waiting_count([cohort.id]).get(cohort.id, 0)
    return desk_page(
        here,
        "admission/invite.html",
        tab="admission.people",
        form=form,
        namesakes=namesakes or [],
        can_send=letters.can_send(),
        full=open_seats(cohort) == 0,
        waiting=waiting,
        seats=wording.seats(len(present), cohort.seats, waiting),
        to_write=[person for person in away if person.email],
        to_print=[person for person in away if not person.email and not person.walk_in],
    )


@bp.get("/kohorten/<int:cohort_id>/einladen/erneut")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def confirm_again(here: Here, cohort_id: int) -> ResponseReturnValue:
    """Who would get a letter with a new link."""
    return desk_page(
        here,
        "admission/invite_again.html",
        tab="admission.people",
        people=enrolling.not_come_yet(cohort_id),
        can_send=letters.can_send(),
    )


@bp.post("/kohorten/<int:cohort_id>/einladen/erneut")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def invite_again(here: Here, cohort_id: int) -> ResponseReturnValue:
    """A new letter to everybody who has not come yet."""
    author_id = current_user.id
    if not letters.can_send():
        return _no_mail(cohort_id)
    with transaction():
        cohort = seats.locked(cohort_id)
        number = enrolling.invite_rest(cohort, db.session.get_one(User, author_id))
    letters.wake()
    flash(
        f"{number} {'Einladung ist' if number == 1 else 'Einladungen sind'} unterwegs. Die alten Links gelten nicht mehr."
        if number
        else "Alle mit E-Mail-Adresse waren schon da. Es wurde nichts verschickt.",
        "erfolg" if number else "hinweis",
    )
    return redirect(url_for("admission.people", cohort_id=cohort_id), 303)


@bp.post("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/einladung")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def invite_one(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    """A letter with a new link to one person; the page that asks says that the old one stops."""
    find(cohort_id, enrolment_id)
    author_id = current_user.id
    if not letters.can_send():
        return _no_mail(cohort_id)
    with transaction():
        cohort, author = db.session.get_one(Cohort, cohort_id), db.session.get_one(User, author_id)
        sent = invitation.invite(find(cohort_id, enrolment_id), cohort, author)
    letters.wake()
    if sent:
        flash("Die Einladung ist unterwegs. Ein alter Link gilt nicht mehr.", "erfolg")
    else:
        flash(
            "Ohne E-Mail-Adresse geht keine Einladung. Tragen Sie eine ein, oder drucken Sie eine Karte.",
            "fehler",
        )
    return redirect(url_for("admission.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)


def _no_mail(cohort_id: int) -> ResponseReturnValue:
    flash("Es ist kein Mailserver eingestellt. Drucken Sie Karten, oder zeigen Sie den Link.", "fehler")
    return redirect(url_for("admission.invite", cohort_id=cohort_id), 303)
