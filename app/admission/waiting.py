"""The waiting list of a full cohort, in the order in which people asked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app import clock
from app.accounts import letters
from app.accounts.models import User
from app.admission import invitation, moving
from app.admission.models import Waiting
from app.admission.service import open_seats
from app.cohorts import log, people, places, seats
from app.cohorts.loaders import LARGEST_ID
from app.cohorts.log import Deed
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.places import Newcomer
from app.editions.rules import inner
from app.extensions import db

_OPEN = Waiting.admitted_at.is_(None), Waiting.withdrawn_at.is_(None)


class SeatsFree(Exception):
    """Nobody needs to wait: a seat is free."""


class Withdrawn(Exception):
    """This person does not want the seat any more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`known`: was on the list before, by the same account or form. `by_email`: the address is, whoever typed it."""

    waiting: Waiting
    known: bool = False
    by_email: bool = False


def queue(cohort_id: int) -> list[Waiting]:
    """Who waits, the first one first."""
    query = select(Waiting).where(Waiting.cohort_id == cohort_id, *_OPEN)
    return list(db.session.scalars(query.order_by(Waiting.id)))


def find(cohort_id: int, waiting_id: int) -> Waiting | None:
    """Somebody of this list, also when they wait no more."""
    if waiting_id > LARGEST_ID:
        return None
    return db.session.scalar(select(Waiting).where(Waiting.cohort_id == cohort_id, Waiting.id == waiting_id))


def place_of(waiting: Waiting) -> int:
    """1 for whoever comes next."""
    query = select(func.count(Waiting.id)).where(
        Waiting.cohort_id == waiting.cohort_id, Waiting.id <= waiting.id, *_OPEN
    )
    return int(db.session.scalar(query) or 0)


def ask(cohort_id: int, newcomer: Newcomer) -> Asked:
    """Somebody wants to take part where no seat is free. Raises SeatsFree, SameEmail, SameName, WasRemoved.

    One entry for an account, a form and an e-mail address. Call inside a transaction.
    """
    cohort = seats.locked(cohort_id)
    own = people.own_enrolment(cohort_id, newcomer.user_id) if newcomer.user_id else None
    if own and own.left_at:
        raise people.WasRemoved
    known = known_entry(cohort_id, newcomer)
    if known:
        same_address = not (newcomer.user_id or _same_form(known, newcomer))
        return Asked(known, True, same_address)
    others = people.everyone(cohort_id)
    people.refuse_doubles(others, newcomer.name, newcomer.email, other_person=newcomer.other_person)
    if open_seats(cohort) != 0:
        raise SeatsFree
    made = put(cohort_id, newcomer)
    if made.email and letters.can_send():
        invitation.write_waiting(made, cohort)
    return Asked(made)


def known_entry(cohort_id: int, newcomer: Newcomer) -> Waiting | None:
    """The entry of the same account, form or address that still waits."""
    same = []
    if newcomer.user_id:
        same.append(Waiting.user_id == newcomer.user_id)
    if newcomer.form_key:
        same.append(Waiting.form_key == places.hashed(newcomer.form_key))
    if newcomer.email:
        same.append(func.lower(Waiting.email) == newcomer.email.lower())
    query = select(Waiting).where(Waiting.cohort_id == cohort_id, *_OPEN, or_(*same)).order_by(Waiting.id)
    return db.session.scalars(query).first() if same else None


def _same_form(known: Waiting, newcomer: Newcomer) -> bool:
    return bool(newcomer.form_key) and known.form_key == places.hashed(newcomer.form_key or "")


def put(cohort_id: int, newcomer: Newcomer, moves_from_id: int | None = None) -> Waiting:
    """At the end of the list. `moves_from_id`: keeps that place in another cohort until a seat is free here."""
    made = Waiting(
        cohort_id=cohort_id,
        name=newcomer.name,
        email=newcomer.email,
        funder=newcomer.funder,
        user_id=newcomer.user_id,
        moves_from_id=moves_from_id,
        asked_at=clock.now(),
        form_key=places.hashed(newcomer.form_key) if newcomer.form_key else None,
    )
    db.session.add(made)
    db.session.flush()
    return made


def admit(cohort_id: int, waiting_id: int, by: User) -> Enrolment:
    """Give this person a seat, and a letter with the way in. Twice is once.

    Raises Full, Withdrawn, and SameEmail, TakesPartThere where the person came in by another way meanwhile.
    """
    cohort = seats.locked(cohort_id)
    waiting = db.session.get_one(Waiting, waiting_id, with_for_update=True)
    if waiting.enrolment_id:
        return db.session.get_one(Enrolment, waiting.enrolment_id)
    if waiting.withdrawn_at:
        raise Withdrawn
    seats.need_one(cohort_id)
    enrolment = _take_in(waiting, cohort, by)
    waiting.admitted_at, waiting.enrolment_id = clock.now(), enrolment.id
    db.session.flush()
    if waiting.user_id:
        invitation.write_seat(enrolment, cohort)
    elif letters.can_send():
        invitation.invite(enrolment, cohort, by)
    return enrolment


def _take_in(waiting: Waiting, cohort: Cohort, by: User) -> Enrolment:
    origin = db.session.get(Enrolment, waiting.moves_from_id) if waiting.moves_from_id else None
    if origin and origin.left_at is None:
        return moving.move(origin, cohort, by)
    newcomer = Newcomer(
        name=waiting.name,
        email=waiting.email,
        funder=waiting.funder,
        user_id=waiting.user_id,
        other_person=True,
    )
    return places.enrol(cohort.id, newcomer, by, Deed.ADMITTED)


def withdraw(waiting: Waiting, by: User | str) -> bool:
    """Off the list; False where nobody waited any more. Call inside a transaction."""
    if waiting.admitted_at or waiting.withdrawn_at:
        return False
    waiting.withdrawn_at = clock.now()
    log.note(Deed.WITHDRAWN, waiting.cohort_id, by, inner(waiting.name))
    return True
