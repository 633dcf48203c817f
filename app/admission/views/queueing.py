"""The waiting list on the desk: in order, a seat for one or for as many as are free, taking somebody off."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts import letters
from app.accounts.models import User
from app.admission import waiting, wording
from app.admission.blueprint import bp
from app.admission.models import Waiting
from app.admission.service import free_seats
from app.cohorts import people, places, seats
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.page import desk_page
from app.extensions import db, transaction
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/warteliste", endpoint="waiting")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def waiting_page(here: Here, cohort_id: int) -> ResponseReturnValue:
    return _page(here)


def _page(here: Here, problem: str = "") -> str:
    queue, cohort = waiting.queue(here.cohort.id), here.cohort
    return desk_page(
        here,
        "admission/waiting.html",
        tab="admission.people",
        queue=queue,
        free=free_seats(cohort),
        seats=wording.seats(seats.taken(cohort.id), cohort.seats, len(queue)),
        can_send=letters.can_send(),
        problem=problem,
    )


@bp.post("/kohorten/<int:cohort_id>/warteliste/<int:waiting_id>/aufnehmen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def admit(here: Here, cohort_id: int, waiting_id: int) -> ResponseReturnValue:
    """A seat for this person."""
    name, author_id = _find(cohort_id, waiting_id).name, current_user.id
    try:
        with transaction():
            admitted = waiting.admit(cohort_id, waiting_id, db.session.get_one(User, author_id))
            has_mail = bool(admitted.email) and letters.can_send()
    except seats.Full:
        return _page(
            here, f"Der letzte Platz ist gerade vergeben worden. {name} steht weiter auf der Warteliste."
        ), 409
    except waiting.Withdrawn:
        return _page(here, f"{name} ist nicht mehr auf der Warteliste."), 409
    except (people.SameEmail, places.TakesPartThere):
        return _page(here, _there_already(name)), 409
    letters.wake()
    way_in = "Die E-Mail mit dem Link ist unterwegs." if has_mail else "Drucken Sie eine Karte mit dem Link."
    flash(f"{name} ist aufgenommen. {way_in}", "erfolg")
    return redirect(url_for("admission.waiting", cohort_id=cohort_id), 303)


def _there_already(name: str) -> str:
    return f"{name} nimmt inzwischen auf anderem Weg teil. Nehmen Sie den Eintrag von der Warteliste."


@bp.post("/kohorten/<int:cohort_id>/warteliste/aufnehmen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def admit_all(here: Here, cohort_id: int) -> ResponseReturnValue:
    """All free seats, in the order of the list."""
    author_id, admitted, skipped = current_user.id, 0, []
    with transaction():
        author, cohort = db.session.get_one(User, author_id), seats.locked(cohort_id)
        for each in waiting.queue(cohort_id):
            if free_seats(cohort) == 0:
                break
            try:
                with db.session.begin_nested():
                    waiting.admit(cohort_id, each.id, author)
                admitted += 1
            except (people.SameEmail, places.TakesPartThere):
                skipped.append(each.name)
    letters.wake()
    if skipped:
        flash(" ".join(map(_there_already, skipped)), "hinweis")
    said = (
        f"{wording.are(admitted)} aufgenommen."
        if admitted
        else "Es war kein Platz frei, oder niemand wartete mehr."
    )
    flash(said, "erfolg" if admitted else "hinweis")
    return redirect(url_for("admission.waiting", cohort_id=cohort_id), 303)


@bp.post("/kohorten/<int:cohort_id>/warteliste/<int:waiting_id>/streichen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def withdraw(here: Here, cohort_id: int, waiting_id: int) -> ResponseReturnValue:
    """Somebody wants the seat no more."""
    name, author_id = _find(cohort_id, waiting_id).name, current_user.id
    with transaction():
        waiting.withdraw(db.session.get_one(Waiting, waiting_id), db.session.get_one(User, author_id))
    flash(f"{name} ist von der Warteliste genommen.", "erfolg")
    return redirect(url_for("admission.waiting", cohort_id=cohort_id), 303)


def _find(cohort_id: int, waiting_id: int) -> Waiting:
    found = waiting.find(cohort_id, waiting_id)
    if found is None:
        abort(404)
    return found
