"""Walk-ins: entered by name, merged with somebody known, or staying."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts import service as accounts
from app.accounts.models import User
from app.attendance.blueprint import bp
from app.attendance.by_list import likeness, register_wording, walk_ins
from app.attendance.by_list.day_sheet import find_day
from app.attendance.by_list.names_checked import WalkInForm
from app.attendance.views.day import day_page, slot_number
from app.cohorts import people as persons
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Enrolment
from app.cohorts.page import desk_page
from app.extensions import transaction
from app.web.gate import gate


@bp.post("/kohorten/<int:cohort_id>/anwesenheit/tag/<int:day_id>/gast")
@gate(Permission.KEEP_REGISTER, cohort_for)
def walk_in(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    """Somebody's name into the register. The same name as somebody's who takes part: asks first."""
    found = find_day(cohort_id, day_id)
    if found is None:
        abort(404)
    form = WalkInForm()
    slot_id = slot_number(form.slot.data)
    if not form.validate():
        return day_page(here, found, form, slot_id), 422
    name, key = form.name.data or "", form.key.data or ""
    if not 8 <= len(key) <= 64:
        abort(400)
    known = walk_ins.namesake(cohort_id, name)
    if known and "anders" not in request.form and not walk_ins.was_added(cohort_id, key):
        return desk_page(
            here, "attendance/same_name.html", tab="attendance.matrix",
            day=found, form=form, known=known, slot_id=slot_id,
        ), 409  # fmt: skip
    number, seats = found.id, here.cohort.seats
    there = " und ist als anwesend eingetragen" if _add(cohort_id, name, key, slot_id) else ""
    flash(f"{name} steht jetzt auf der Liste{there}.", "erfolg")
    over = register_wording.over_seats(len(persons.enrolments(cohort_id)), seats)
    if over:
        flash(over, "hinweis")
    place = url_for("attendance.day", cohort_id=cohort_id, day_id=number, abschnitt=slot_id or None)
    return redirect(place, 303)


def _add(cohort_id: int, name: str, key: str, slot_id: int) -> bool:
    """Says whether they were entered as present too."""
    author_id = current_user.id
    with transaction():
        new, author = walk_ins.was_added(cohort_id, key) is None, _author(author_id)
        guest = walk_ins.add(cohort_id, name, author, key)
        return new and walk_ins.greet(cohort_id, guest, slot_id, author)


@bp.get("/kohorten/<int:cohort_id>/anwesenheit/gast/<int:enrolment_id>")
@gate(Permission.KEEP_REGISTER, cohort_for)
def merge(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Who the walk-in may be, and what merging does; once somebody is chosen (`person`): asks whether to."""
    guest = _guest(cohort_id, enrolment_id)
    if "person" not in request.args or _is_gone(guest):
        return _merge_page(here, guest)
    target = persons.find_enrolment(cohort_id, slot_number(request.args.get("person")))
    if target is None or target.left_at or target.id == guest.id:
        return _merge_page(here, guest, register_wording.MERGE_REFUSED["target"]), 422
    return desk_page(
        here, "attendance/merge.html", tab="attendance.matrix",
        guest=guest, target=target, has_link=walk_ins.has_link(guest), back=_back(here),
    )  # fmt: skip


@bp.post("/kohorten/<int:cohort_id>/anwesenheit/gast/<int:enrolment_id>")
@gate(Permission.KEEP_REGISTER, cohort_for)
def merge_now(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    guest = _guest(cohort_id, enrolment_id)
    target_id = slot_number(request.form.get("person"))
    target = persons.find_enrolment(cohort_id, target_id)
    if target is None:
        return _merge_page(here, guest, register_wording.MERGE_REFUSED["target"]), 422
    guest_name, target_name, author_id = guest.name, target.name, current_user.id
    try:
        with transaction():
            done = walk_ins.merge(cohort_id, enrolment_id, target_id, _author(author_id))
    except walk_ins.NotPossible as reason:
        return _merge_page(
            here, _guest(cohort_id, enrolment_id), register_wording.MERGE_REFUSED[reason.code]
        ), 409
    if done.before:
        flash(
            f"„{guest_name}“ war schon mit {target_name} zusammengeführt. Es wurde nichts geändert.",
            "hinweis",
        )
    else:
        flash(register_wording.merged(guest_name, target_name, done.copied, done.against), "erfolg")
    return redirect(_back(here), 303)


@bp.post("/kohorten/<int:cohort_id>/anwesenheit/gast/<int:enrolment_id>/bleibt")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def stays(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    """The walk-in takes part like everybody else; on their page they get a personal link."""
    _person(cohort_id, enrolment_id)
    author_id = current_user.id
    with transaction():
        new = walk_ins.stays(_person(cohort_id, enrolment_id), _author(author_id))
    if new:
        flash(
            "Der Gast nimmt jetzt regulär teil. Hier können Sie einen persönlichen Link ausgeben.", "erfolg"
        )
    return redirect(url_for("admission.person", cohort_id=cohort_id, enrolment_id=enrolment_id), 303)


def _guest(cohort_id: int, enrolment_id: int) -> Enrolment:
    """A walk-in, also one that was merged."""
    found = _person(cohort_id, enrolment_id)
    if not (found.walk_in or found.merged_into_id):
        abort(404)
    return found


def _person(cohort_id: int, enrolment_id: int) -> Enrolment:
    found = persons.find_enrolment(cohort_id, enrolment_id)
    if found is None:
        abort(404)
    return found


def _author(user_id: int) -> User:
    """Who does it; read again inside the transaction."""
    found = accounts.find_person(user_id)
    if found is None:
        abort(401)
    return found


def _merge_page(here: Here, guest: Enrolment, error: str = "") -> str:
    others = [person for person in persons.enrolments(here.cohort.id) if person.id != guest.id]
    gone = _is_gone(guest)
    return desk_page(
        here,
        "attendance/guest.html",
        tab="attendance.matrix",
        guest=guest,
        gone=gone,
        became=walk_ins.in_place_of(guest),
        likely=[] if gone else likeness.likely(guest.name, others)[:5],
        others=others,
        has_link=walk_ins.has_link(guest),
        error=error,
    )


def _is_gone(guest: Enrolment) -> bool:
    return guest.left_at is not None or not guest.walk_in


def _back(here: Here) -> str:
    """To the day the walk-in was merged on, else to the list."""
    day_id = slot_number(request.values.get("tag"))
    if day_id and find_day(here.cohort.id, day_id):
        return url_for("attendance.day", cohort_id=here.cohort.id, day_id=day_id)
    return url_for("attendance.matrix", cohort_id=here.cohort.id)
