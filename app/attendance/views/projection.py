"""The code on the wall, and beside it, for staff only, who has checked in with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access import Permission
from app.accounts import service as accounts
from app.accounts.models import User
from app.attendance.blueprint import bp
from app.attendance.by_code import check_in, claims, codes
from app.attendance.by_code import check_in_wording as wording
from app.attendance.by_code.claims import AlreadySettled
from app.attendance.by_list import walk_ins
from app.cohorts import people as persons
from app.cohorts import service
from app.cohorts.codes import grouped
from app.cohorts.loaders import LARGEST_ID, Here, cohort_for
from app.cohorts.models import AttendanceMark, Enrolment, ScheduledSlot, Way
from app.cohorts.page import desk_page
from app.extensions import transaction
from app.web import qr
from app.web.addresses import only_here, public_url
from app.web.gate import gate

GUEST, NOBODY = "gast", "niemand"
_SLOT = "/kohorten/<int:cohort_id>/anwesenheit/<int:slot_id>"


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody, and what holds about them. `by_code`: they checked in themselves, which can be struck."""

    person: Enrolment
    mark: AttendanceMark
    said: str

    @property
    def by_code(self) -> bool:
        return self.mark.way == Way.CODE


@bp.get("/kohorten/<int:cohort_id>/anwesenheit/code")
@gate(Permission.KEEP_REGISTER, cohort_for)
def code_now(here: Here, cohort_id: int) -> ResponseReturnValue:
    """To the code of the slot that runs or comes next; where there is none any more, to the register."""
    now = clock.now()
    slots = service.slots(cohort_id)
    ahead = (slot for slot in slots if slot.content_minutes and slot.starts_at > now)
    found = check_in.open_slot(slots, now) or next(ahead, None)
    if found is None:
        flash("Es kommt kein Abschnitt mehr, für den es einen Code gibt.", "hinweis")
        return redirect(url_for("attendance.matrix", cohort_id=cohort_id), 303)
    return redirect(url_for("attendance.projection", cohort_id=cohort_id, slot_id=found.id), 303)


@bp.get(f"{_SLOT}/code")
@gate(Permission.KEEP_REGISTER, cohort_for)
def projection(here: Here, cohort_id: int, slot_id: int) -> ResponseReturnValue:
    slot = _slot(cohort_id, slot_id)
    return render_template("attendance/code_wall.html", here=here, now=clock.now(), **_wall(here, slot))


@bp.get(f"{_SLOT}/code/stand")
@gate(Permission.KEEP_REGISTER, cohort_for)
def projection_part(here: Here, cohort_id: int, slot_id: int) -> ResponseReturnValue:
    """The part of the projection that changes."""
    slot = _slot(cohort_id, slot_id)
    return jsonify(html=render_template("attendance/_code_wall.html", here=here, **_wall(here, slot)))


@bp.get(f"{_SLOT}/eingecheckt")
@gate(Permission.KEEP_REGISTER, cohort_for)
def check_ins(here: Here, cohort_id: int, slot_id: int) -> ResponseReturnValue:
    """Who checked in by code, how and when; names that are to be assigned; who is not there yet."""
    return _desk(here, _slot(cohort_id, slot_id))


@bp.get(f"{_SLOT}/eingecheckt/stand")
@gate(Permission.KEEP_REGISTER, cohort_for)
def check_ins_part(here: Here, cohort_id: int, slot_id: int) -> ResponseReturnValue:
    """The part of the list that changes. Nothing changed: 304."""
    slot = _slot(cohort_id, slot_id)
    values = _listed(here, slot)
    marks = [(seen.mark.id, seen.person.name) for seen in values["seen"]]
    state = f"{marks}{[each.claim.id for each in values['waiting']]}{[one.id for one in values['missing']]}"
    state += f"{slot.starts_at}{slot.ends_at}{slot.cancelled_at}{_phase(slot)}"
    tag = hashlib.sha256(state.encode()).hexdigest()[:32]
    if request.if_none_match.contains(tag):
        response = Response(status=304)
    else:
        response = jsonify(html=render_template("attendance/_check_ins.html", cohort=here.cohort, **values))
    response.set_etag(tag)
    return response


@bp.get(f"{_SLOT}/code/streichen/<int:enrolment_id>")
@gate(Permission.KEEP_REGISTER, cohort_for)
def strike_asked(here: Here, cohort_id: int, slot_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Asks once, before an entry by code is taken back."""
    slot, person = _slot(cohort_id, slot_id), _person(cohort_id, str(enrolment_id))
    if person is None:
        abort(404)
    mark = check_in.standing(slot_id).get(person.id)
    if mark is None or mark.way != Way.CODE:
        return _desk(here, slot, problem=wording.not_struck(person.name)), 409
    said = wording.entry_said(mark, slot)
    return desk_page(
        here,
        "attendance/strike.html",
        tab="attendance.matrix",
        slot=slot,
        person=person,
        mark=mark,
        said=said,
    )


@bp.post(f"{_SLOT}/code/streichen")
@gate(Permission.KEEP_REGISTER, cohort_for)
def strike(here: Here, cohort_id: int, slot_id: int) -> ResponseReturnValue:
    """Take back what somebody entered by code. They cannot enter it again themselves."""
    return _amended(here, slot_id, check_in.strike, wording.struck, wording.not_struck)


@bp.post(f"{_SLOT}/code/doch")
@gate(Permission.KEEP_REGISTER, cohort_for)
def restore(here: Here, cohort_id: int, slot_id: int) -> ResponseReturnValue:
    """Take a strike back."""
    return _amended(here, slot_id, check_in.restore, wording.restored, wording.not_restored)


def _amended(
    here: Here,
    slot_id: int,
    amend: Callable[[int, int, User], bool],
    done: Callable[[str], str],
    refused: Callable[[str], str],
) -> ResponseReturnValue:
    """`amend` the entry by code of the person the form names; 409 if it is not there any more."""
    slot = _slot(here.cohort.id, slot_id)
    person = _person(slot.cohort_id, request.form.get("person", ""))
    if person is None:
        abort(404)
    name, cohort_id, person_id, user_id = person.name, slot.cohort_id, person.id, current_user.id
    with transaction():
        changed = amend(slot_id, person_id, _author(user_id))
    if not changed:
        return _desk(here, slot, problem=refused(name)), 409
    flash(done(name), "erfolg")
    return _back(cohort_id, slot_id)


@bp.post(f"{_SLOT}/code/zuordnen/<int:claim_id>")
@gate(Permission.KEEP_REGISTER, cohort_for)
def assign_claim(here: Here, cohort_id: int, slot_id: int, claim_id: int) -> ResponseReturnValue:
    """Say who it was that put a name down: somebody enrolled, a walk-in, or nobody."""
    slot = _slot(cohort_id, slot_id)
    claim = claims.find_for(slot_id, claim_id) if claim_id <= LARGEST_ID else None
    if claim is None:
        abort(404)
    choice, name = request.form.get("person", ""), claim.name
    person = None if choice in (GUEST, NOBODY) else _person(cohort_id, choice)
    if person is None and choice not in (GUEST, NOBODY):
        return _desk(here, slot, problem=wording.CHOOSE), 422
    try:
        said = _settle(cohort_id, claim_id, choice, name, person.id if person else None)
    except AlreadySettled:
        return _desk(here, slot, problem=wording.settled_meanwhile(name)), 409
    flash(said, "erfolg")
    return _back(cohort_id, slot_id)


def _settle(cohort_id: int, claim_id: int, choice: str, name: str, person_id: int | None) -> str:
    user_id = current_user.id
    with transaction():
        by = _author(user_id)
        if choice == NOBODY:
            claims.discard(claim_id, by)
            return wording.discarded(name)
        if person_id is None:
            person_id = walk_ins.add(cohort_id, name, by, f"code-{claim_id}").id
        outcome = claims.assign(claim_id, person_id, by)
    person = persons.find_enrolment(cohort_id, person_id)
    return wording.assigned(person.name if person else name, outcome)


def _slot(cohort_id: int, slot_id: int) -> ScheduledSlot:
    """A content slot of this cohort: only those are recorded."""
    found = service.find_slot(cohort_id, slot_id) if slot_id <= LARGEST_ID else None
    if found is None or not found.content_minutes:
        abort(404)
    return found


def _person(cohort_id: int, number: str) -> Enrolment | None:
    """Somebody who takes part, by the id a form sent."""
    known = number.isascii() and number.isdecimal() and len(number) < 11
    found = persons.find_enrolment(cohort_id, int(number)) if known else None
    return found if found and found.left_at is None else None


def _author(user_id: int) -> Any:
    return accounts.find_person(user_id) or abort(401)


def _back(cohort_id: int, slot_id: int) -> ResponseReturnValue:
    return redirect(url_for("attendance.check_ins", cohort_id=cohort_id, slot_id=slot_id), 303)


def _phase(slot: ScheduledSlot) -> str:
    """Why there is a code or none: "offen", "vorher", "vorbei", "entfallen"."""
    now = clock.now()
    if slot.cancelled_at:
        return "entfallen"
    if codes.is_open(slot.starts_at, slot.ends_at, now):
        return "offen"
    return "vorher" if now < slot.starts_at else "vorbei"


def _wall(here: Here, slot: ScheduledSlot) -> dict[str, Any]:
    """What is projected: never a name."""
    phase = "entfallen" if here.cohort.cancelled_at else _phase(slot)
    code = check_in.code_of(slot) if phase == "offen" else ""
    people, marks = persons.enrolments(here.cohort.id), check_in.standing(slot.id)
    following = check_in.open_slot(service.slots(here.cohort.id), clock.now()) if phase == "vorbei" else None
    return {
        "slot": slot,
        "phase": phase,
        "code": grouped(code, 3),
        "qr": qr.svg(public_url("attendance.check_in", code=code)) if code else "",
        "address": public_url("attendance.type_code").partition("://")[2].rstrip("/"),
        "seconds": codes.seconds_left(clock.now()),
        "opens_at": slot.starts_at - codes.OPENS_BEFORE,
        "there": sum(_is_there(marks, person) for person in people),
        "everyone": len(people),
        "following": following,
    }


def _is_there(marks: Mapping[int, AttendanceMark], person: Enrolment) -> bool:
    return person.id in marks and marks[person.id].state in check_in.THERE


def _listed(here: Here, slot: ScheduledSlot) -> dict[str, Any]:
    people, marks = persons.enrolments(here.cohort.id), check_in.standing(slot.id)
    there = [
        Seen(person, marks[person.id], wording.entry_said(marks[person.id], slot))
        for person in people
        if _is_there(marks, person)
    ]
    missing = [person for person in people if not _is_there(marks, person)]
    return {
        "slot": slot,
        "phase": _phase(slot),
        "people": people,
        "seen": sorted(there, key=lambda seen: -seen.mark.id),
        "struck": [one for one in missing if one.id in marks and marks[one.id].way == Way.STRUCK],
        "missing": missing,
        "waiting": claims.waiting(slot.id, people),
        "only_here": only_here(),
    }


def _desk(here: Here, slot: ScheduledSlot, *, problem: str = "") -> str:
    return desk_page(
        here,
        "attendance/check_ins.html",
        tab="attendance.matrix",
        problem=problem,
        now=clock.now(),
        **_listed(here, slot),
    )
