"""Somebody moves to another cohort: choosing it, a preview of what that means, and doing it."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts import letters
from app.accounts.models import User
from app.admission import invitation, moving, waiting
from app.admission.blueprint import bp
from app.admission.service import open_seats, waiting_count
from app.admission.views.people import find
from app.cohorts import people, places, seats
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.page import desk_page
from app.cohorts.places import Newcomer
from app.extensions import db, transaction
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/umziehen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def move(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Where to; with `ziel` in the address also what it means."""
    person = find(cohort_id, enrolment_id)
    if person.left_at:
        return redirect(url_for("admission.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)
    return _page(here, person, _target(here.cohort, request.args.get("ziel", "")))


def _target(cohort: Cohort, chosen: str) -> Cohort | None:
    return next((each for each in moving.targets(cohort) if str(each.id) == chosen), None)


def _page(here: Here, person: Enrolment, target: Cohort | None, problem: str = "") -> str:
    there = people.own_enrolment(target.id, person.user_id) if target else None
    return desk_page(
        here,
        "admission/move.html",
        tab="admission.people",
        person=person,
        targets=moving.targets(here.cohort),
        target=target,
        takes_part_there=bool(there and there.left_at is None),
        same_course=bool(target and moving.same_course(here.cohort, target)),
        full=bool(target and open_seats(target) == 0),
        waiting=waiting_count([target.id]).get(target.id, 0) if target else 0,
        problem=problem,
    )


@bp.post("/kohorten/<int:cohort_id>/teilnehmende/<int:enrolment_id>/umziehen")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def move_now(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Move, or wait for a seat where none is free and that was chosen."""
    person = find(cohort_id, enrolment_id)
    target, author_id = _target(here.cohort, request.form.get("ziel", "")), current_user.id
    if target is None:
        return _page(here, person, None, "Bitte wählen Sie, wohin die Person umziehen soll."), 422
    if person.left_at:
        return _gone(person)
    waits, target_id, title = "warten" in request.form, target.id, target.title
    try:
        with transaction():
            deed = _wait if waits else _move
            deed(find(cohort_id, enrolment_id), seats.locked(target_id), db.session.get_one(User, author_id))
    except (seats.Full, people.SameEmail, places.TakesPartThere) as problem:
        target = db.session.get_one(Cohort, target_id)
        return _page(here, find(cohort_id, enrolment_id), target, _sentence(problem, title)), 409
    letters.wake()
    return _done(cohort_id, enrolment_id, target_id, title, waits=waits)


def _done(
    cohort_id: int, enrolment_id: int, target_id: int, title: str, *, waits: bool
) -> ResponseReturnValue:
    name = find(cohort_id, enrolment_id).name
    if waits:
        flash(f"{name} wartet auf einen Platz in „{title}“ und bleibt bis dahin hier dabei.", "erfolg")
        return redirect(url_for("admission.people", cohort_id=cohort_id), 303)
    flash(f"{name} ist nach „{title}“ umgezogen. Der persönliche Link gilt weiter.", "erfolg")
    return redirect(url_for("admission.people", cohort_id=target_id), 303)


def _gone(person: Enrolment) -> ResponseReturnValue:
    """Sent twice, or somebody was faster."""
    flash(f"{person.name} nimmt hier nicht mehr teil.", "hinweis")
    return redirect(url_for("admission.person", cohort_id=person.cohort_id, enrolment_id=person.id), 303)


def _move(person: Enrolment, target: Cohort, by: User) -> None:
    reserved = waiting_count([target.id]).get(target.id, 0)
    seats.need_one(target.id, reserved)
    invitation.write_seat(moving.move(person, target, by), target)


def _wait(person: Enrolment, target: Cohort, by: User) -> None:
    newcomer = Newcomer(name=person.name, email=person.email, funder=person.funder, user_id=person.user_id)
    if waiting.known_entry(target.id, newcomer) is None:
        waiting.put(target.id, newcomer, moves_from_id=person.id)


def _sentence(problem: Exception, title: str) -> str:
    if isinstance(problem, seats.Full):
        return f"In „{title}“ ist inzwischen kein Platz mehr frei."
    if isinstance(problem, people.SameEmail):
        return f"In „{title}“ nimmt schon jemand mit derselben E-Mail-Adresse teil. Bitte prüfen Sie, ob es dieselbe Person ist."
    return f"Diese Person nimmt schon an „{title}“ teil."
