"""Who takes part: the list, and one person: name, personal link, leaving."""

from __future__ import annotations

import hashlib

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts import letters
from app.accounts.models import User
from app.admission import handover, presence
from app.admission.blueprint import bp
from app.admission.forms import CorrectForm
from app.admission.service import waiting_count
from app.cohorts import departures, log, people, places, seats, service, wording
from app.cohorts.forms import printable
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.page import desk_page, qr_picture
from app.cohorts.rules import sort_key
from app.extensions import db, transaction
from app.web.addresses import public_url
from app.web.forms import tidy
from app.web.gate import gate

_MANY = 20  # from here on the list can be searched


@bp.get("/kohorten/<int:cohort_id>/teilnehmende", endpoint="people")
@gate(Permission.SEE_PEOPLE, cohort_for)
def people_page(here: Here, cohort_id: int) -> ResponseReturnValue:
    everyone = people.everyone(cohort_id)
    gone = [person for person in everyone if person.left_at is not None]
    wanted, here_now = tidy(request.args.get("suche", ""))[:100], len(everyone) - len(gone)
    present = [person for person in everyone if person.left_at is None and _is_called(person, wanted)]
    return desk_page(
        here,
        "admission/people.html",
        tab="admission.people",
        present=present,
        gone=gone,
        departures=departures.of_cohort(cohort_id) if gone and here.desk else {},
        number=here_now,
        wanted=printable(wanted),
        searchable=here_now > _MANY,
        states=presence.of_people(cohort_id) if here.desk else {},
        waiting=waiting_count([cohort_id]).get(cohort_id, 0) if here.desk else 0,
    )


def _is_called(person: Enrolment, wanted: str) -> bool:
    """Whether all words looked for are in what is known of them, however written."""
    known = sort_key(f"{person.name} {person.funder}")
    return all(word in known for word in sort_key(wanted).split())


@bp.get("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def person(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    found = find(cohort_id, enrolment_id)
    form = CorrectForm(name=found.name, email=found.email, funder=found.funder, shown=_shown(found))
    return _person_page(here, found, form)


@bp.post("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def correct(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Name, e-mail address and who pays. What somebody else changed meanwhile is shown, not overwritten."""
    found, form, author_id = find(cohort_id, enrolment_id), CorrectForm(), current_user.id
    if found.name_fixed_at:
        if (form.name.data or found.name) != found.name:
            return _name_is_fixed(cohort_id, enrolment_id)
        form.name.data = found.name  # there is no field for it on the form
    if not form.validate():
        return _person_page(here, found, form), 422
    try:
        with transaction():
            found = find(cohort_id, enrolment_id)
            changed_meanwhile = form.shown.data not in ("", None, _shown(found))
            if not changed_meanwhile:
                wanted = form.name.data or "", form.email.data or None, form.funder.data or ""
                places.correct(found, *wanted, _author(author_id))
    except people.NameIsFixed:
        return _name_is_fixed(cohort_id, enrolment_id)
    except people.SameEmail as known:
        other = find(cohort_id, known.enrolment_id).name
        form.email.errors = [f"Diese Adresse gehört schon zu {other}. Bitte prüfen Sie sie."]
        return _person_page(here, find(cohort_id, enrolment_id), form), 409
    if changed_meanwhile:
        return _overtaken(here, find(cohort_id, enrolment_id), form), 409
    flash("Die Angaben sind geändert.", "erfolg")
    return redirect(url_for("admission.people", cohort_id=cohort_id), 303)


def _name_is_fixed(cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    flash(
        "Es gibt schon eine Bescheinigung auf diesen Namen. Bitte ersetzen Sie die Bescheinigung.", "fehler"
    )
    return redirect(url_for("admission.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)


def _overtaken(here: Here, found: Enrolment, form: CorrectForm) -> str:
    known = ", ".join(part for part in (found.name, found.email, found.funder) if part)
    form.form_errors.append(
        f"Inzwischen hat jemand die Angaben geändert: {known}. Speichern Sie noch einmal, wenn Ihre gelten sollen."
    )
    form.shown.data = _shown(found)
    return _person_page(here, found, form)


def _shown(found: Enrolment) -> str:
    """Changes with what the form shows."""
    said = "\n".join((found.name, found.email or "", found.funder))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@bp.get("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/link/neu")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def confirm_link(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    found = find(cohort_id, enrolment_id)
    if found.left_at or not people.can_have_link(found):
        return redirect(url_for("admission.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)
    return desk_page(
        here, "admission/new_link.html", tab="admission.people", person=found, author=current_user.name
    )


@bp.post("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/link")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def renew_link(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    """A new personal link for somebody who lost theirs."""
    find(cohort_id, enrolment_id)
    author_id = current_user.id
    try:
        with transaction():
            secret = people.new_link(find(cohort_id, enrolment_id), _author(author_id))
    except people.HasPassword:
        flash(
            "Diese Person meldet sich mit E-Mail und Passwort an und braucht keinen persönlichen Link.",
            "hinweis",
        )
        return redirect(url_for("admission.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)
    handover.put(enrolment_id, secret)
    return redirect(url_for("admission.person_link", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)


@bp.get("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/link")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def person_link(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    found, secret = find(cohort_id, enrolment_id), handover.get(enrolment_id)
    if secret is None:
        flash("Der Link wird nur einmal gezeigt. Wenn er verloren ist, machen Sie einen neuen.", "hinweis")
        return redirect(url_for("admission.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)
    address = public_url("accounts.personal_link", secret=secret)
    return desk_page(
        here,
        "admission/person_link.html",
        tab="admission.people",
        person=found,
        address=address,
        code=qr_picture(address),
    )


@bp.get("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/herausnehmen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def confirm_removal(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    return desk_page(
        here, "admission/remove.html", tab="admission.people", person=find(cohort_id, enrolment_id)
    )


@bp.post("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/herausnehmen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def remove(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    find(cohort_id, enrolment_id)
    author_id = current_user.id
    with transaction():
        people.remove(find(cohort_id, enrolment_id), _author(author_id))
    flash("Die Person ist herausgenommen. Sie können sie jederzeit wieder aufnehmen.", "erfolg")
    return redirect(url_for("admission.people", cohort_id=cohort_id), 303)


@bp.post("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/aufnehmen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def readmit(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    found, author_id = find(cohort_id, enrolment_id), current_user.id
    if found.left_at and found.merged_into_id:  # what was written went along: the way back is to move again
        flash(
            "Diese Person macht woanders weiter. Zurück kommt sie von dort über „umziehen“, nicht von hier.",
            "fehler",
        )
        return redirect(url_for("admission.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)
    with transaction():
        people.readmit(find(cohort_id, enrolment_id), _author(author_id))
    flash("Die Person ist wieder dabei.", "erfolg")
    cohort = db.session.get_one(Cohort, cohort_id)
    if cohort.seats is not None and seats.taken(cohort_id) > cohort.seats:
        flash(f"Damit nehmen mehr teil, als es Plätze gibt ({cohort.seats}).", "hinweis")
    return redirect(url_for("admission.people", cohort_id=cohort_id), 303)


def find(cohort_id: int, enrolment_id: int) -> Enrolment:
    """Somebody of this cohort, also who left; else 404."""
    found = service.find_enrolment(cohort_id, enrolment_id)
    if found is None:
        abort(404)
    return found


def _author(user_id: int) -> User:
    """Who does it; read again inside the transaction."""
    return db.session.get_one(User, user_id)


def _person_page(here: Here, found: Enrolment, form: CorrectForm) -> str:
    return desk_page(
        here,
        "admission/person.html",
        tab="admission.people",
        person=found,
        form=form,
        has_link=people.can_have_link(found),
        can_send=letters.can_send(),
        state=presence.of_people(found.cohort_id)[found.id],
        moved_to=presence.moved_to(found),
        departure=departures.of_cohort(found.cohort_id).get(found.id, ""),
        events=[(event, None) for event in log.of_person(found.id)],
        deeds=wording.DEEDS,
    )
