"""Personal cards: who gets one, and the sheets to print. Each printing makes new links."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts import letters
from app.accounts.models import User
from app.admission import cards, enrolling
from app.admission.blueprint import bp
from app.cohorts import people, seats
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.page import desk_page
from app.extensions import db, transaction
from app.web.downloads import name_file
from app.web.gate import gate
from app.web.typeset import CannotPrint


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who can have a card."""

    person: Enrolment
    been_inside: bool
    chosen: bool


@bp.get("/kohorten/<int:cohort_id>/karten")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def choose_cards(here: Here, cohort_id: int) -> ResponseReturnValue:
    """Who gets a card; `person` in the address chooses one person alone."""
    return _page(here, only=request.args.get("person", ""))


def _page(here: Here, only: str = "", problem: str = "") -> str:
    standing, can_send = enrolling.standings(here.cohort.id), letters.can_send()
    choices = []
    for person in people.enrolments(here.cohort.id):
        been_inside, has_password = standing[person.user_id]
        needs_one = not been_inside and not person.walk_in and not (person.email and can_send)
        if not has_password:
            choices.append(Choice(person, been_inside, str(person.id) == only if only else needs_one))
    return desk_page(
        here,
        "admission/cards.html",
        tab="admission.people",
        choices=choices,
        form_key=secrets.token_urlsafe(24),
        problem=problem,
    )


@bp.get("/kohorten/<int:cohort_id>/karten.pdf")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def cards_first(here: Here, cohort_id: int) -> ResponseReturnValue:
    """Opening the address makes no link worthless: it asks first."""
    return redirect(url_for("admission.choose_cards", cohort_id=cohort_id), 303)


@bp.post("/kohorten/<int:cohort_id>/karten.pdf", endpoint="cards")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def print_cards(here: Here, cohort_id: int) -> ResponseReturnValue:
    """New links for those who were chosen, on sheets to print. The same form again is the same sheets."""
    chosen = [int(value) for value in request.form.getlist("person") if value.isdecimal()]
    form_key, author_id = request.form.get("form_key", "")[:100], current_user.id
    if not chosen or not form_key:
        return _page(here, problem="Bitte wählen Sie mindestens eine Person aus."), 422
    organisation = current_app.extensions["feldweg"].settings.organisation.name
    try:
        with transaction():
            cohort = seats.locked(cohort_id)
            made = cards.make(cohort_id, chosen, form_key, db.session.get_one(User, author_id))
            printed = cards.document(cohort, made, organisation) if made else None
    except CannotPrint:
        return _page(here, problem="Die Karten ließen sich nicht setzen. Es wurde kein Link geändert."), 422
    if printed is None:
        flash("Von den Ausgewählten ist niemand mehr da oder braucht eine Karte.", "fehler")
        return redirect(url_for("admission.choose_cards", cohort_id=cohort_id), 303)
    return _download(printed.data, db.session.get_one(Cohort, cohort_id))


def _download(data: bytes, cohort: Cohort) -> Response:
    answer = Response(data, mimetype="application/pdf")
    name_file(answer, f"karten-kohorte-{cohort.id}.pdf")
    answer.headers["Cache-Control"] = "no-store"
    return answer
