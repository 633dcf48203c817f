"""Who takes part: the list, and one person: name, personal link, leaving."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts.models import User
from app.cohorts import handover, log, people, service, wording
from app.cohorts.blueprint import bp
from app.cohorts.forms import RenameForm
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Enrolment
from app.cohorts.page import desk_page, qr_picture
from app.extensions import db, transaction
from app.web.addresses import public_url
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/teilnehmende", endpoint="people")
@gate(Permission.SEE_PEOPLE, cohort_for)
def people_page(here: Here, cohort_id: int) -> ResponseReturnValue:
    everyone = people.everyone(cohort_id)
    present = [person for person in everyone if person.left_at is None]
    gone = [person for person in everyone if person.left_at is not None]
    return desk_page(here, "people.html", tab="cohorts.people", present=present, gone=gone)


@bp.get("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def person(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    found = _find(cohort_id, enrolment_id)
    return _person_page(here, found, RenameForm(name=found.name))


@bp.post("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def rename(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    found, form, author_id = _find(cohort_id, enrolment_id), RenameForm(), current_user.id
    if not form.validate():
        return _person_page(here, found, form), 422
    try:
        with transaction():
            people.rename(_find(cohort_id, enrolment_id), form.name.data or "", _author(author_id))
    except people.NameIsFixed:
        flash(
            "Es gibt schon eine Bescheinigung auf diesen Namen. Bitte ersetzen Sie die Bescheinigung.",
            "fehler",
        )
        return redirect(url_for("cohorts.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)
    flash("Der Name ist geändert.", "erfolg")
    return redirect(url_for("cohorts.people", cohort_id=cohort_id), 303)


@bp.get("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/link/neu")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def confirm_link(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    found = _find(cohort_id, enrolment_id)
    if found.left_at or not people.can_have_link(found):
        return redirect(url_for("cohorts.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)
    return desk_page(here, "new_link.html", tab="cohorts.people", person=found, author=current_user.name)


@bp.post("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/link")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def renew_link(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    """A new personal link for somebody who lost theirs."""
    _find(cohort_id, enrolment_id)
    author_id = current_user.id
    try:
        with transaction():
            secret = people.new_link(_find(cohort_id, enrolment_id), _author(author_id))
    except people.HasPassword:
        flash(
            "Diese Person meldet sich mit E-Mail und Passwort an und braucht keinen persönlichen Link.",
            "hinweis",
        )
        return redirect(url_for("cohorts.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)
    handover.put(enrolment_id, secret)
    return redirect(url_for("cohorts.person_link", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)


@bp.get("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/link")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def person_link(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    found, secret = _find(cohort_id, enrolment_id), handover.get(enrolment_id)
    if secret is None:
        flash("Der Link wird nur einmal gezeigt. Wenn er verloren ist, machen Sie einen neuen.", "hinweis")
        return redirect(url_for("cohorts.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)
    address = public_url("accounts.personal_link", secret=secret)
    return desk_page(
        here,
        "person_link.html",
        tab="cohorts.people",
        person=found,
        address=address,
        code=qr_picture(address),
    )


@bp.get("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/herausnehmen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def confirm_removal(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    return desk_page(here, "remove.html", tab="cohorts.people", person=_find(cohort_id, enrolment_id))


@bp.post("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/herausnehmen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def remove(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    _find(cohort_id, enrolment_id)
    author_id = current_user.id
    with transaction():
        people.remove(_find(cohort_id, enrolment_id), _author(author_id))
    flash("Die Person ist herausgenommen. Sie können sie jederzeit wieder aufnehmen.", "erfolg")
    return redirect(url_for("cohorts.people", cohort_id=cohort_id), 303)


@bp.post("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/aufnehmen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def readmit(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    _find(cohort_id, enrolment_id)
    author_id = current_user.id
    with transaction():
        people.readmit(_find(cohort_id, enrolment_id), _author(author_id))
    flash("Die Person ist wieder dabei.", "erfolg")
    return redirect(url_for("cohorts.people", cohort_id=cohort_id), 303)


def _find(cohort_id: int, enrolment_id: int) -> Enrolment:
    found = service.find_enrolment(cohort_id, enrolment_id)
    if found is None:
        abort(404)
    return found


def _author(user_id: int) -> User:
    """Who does it; read again inside the transaction."""
    return db.session.get_one(User, user_id)


def _person_page(here: Here, found: Enrolment, form: RenameForm) -> str:
    return desk_page(
        here,
        "person.html",
        tab="cohorts.people",
        person=found,
        form=form,
        has_link=people.can_have_link(found),
        events=[(event, None) for event in log.of_person(found.id)],
        deeds=wording.DEEDS,
    )
