"""Organisers take people in: one or many at once. Who has an address gets a letter, who finds no seat waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from app.accounts import letters
from app.accounts import service as accounts
from app.accounts.models import User
from app.admission import invitation, waiting
from app.admission.service import open_seats
from app.cohorts import people, places, seats
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.places import Newcomer
from app.extensions import db


@dataclass(slots=True)
class TakenIn:
    """What became of them. `invited` of the enrolled got a letter; `known` were there already."""

    enrolled: list[int] = field(default_factory=list)  # enrolment ids
    invited: int = 0
    waiting: list[int] = field(default_factory=list)  # ids of waiting
    known: int = 0


def take_in(cohort_id: int, newcomers: Iterable[Newcomer], by: User) -> TakenIn:
    """All of them, in this order. Raises SameName, SameEmail. Call inside a transaction; then `letters.wake`."""
    cohort = seats.locked(cohort_id)
    free, when = open_seats(cohort), invitation.dates_of(cohort)
    found, others = TakenIn(), people.everyone(cohort_id)
    for newcomer in newcomers:
        person = _with_account(newcomer)
        if _is_there(cohort_id, person):
            found.known += 1
        elif free == 0:
            found.waiting.append(waiting.put(cohort_id, person).id)
        else:
            enrolment = places.enrol(cohort_id, person, by, others=others)
            others.append(enrolment)
            found.enrolled.append(enrolment.id)
            found.invited += letters.can_send() and invitation.invite(enrolment, cohort, by, when)
            free = free - 1 if free else free
    return found


def _with_account(newcomer: Newcomer) -> Newcomer:
    """Staff who take part do so with the account they have."""
    known = accounts.find_by_email(newcomer.email) if newcomer.email and not newcomer.user_id else None
    return replace(newcomer, user_id=known.id) if known else newcomer


def _is_there(cohort_id: int, newcomer: Newcomer) -> bool:
    own = people.own_enrolment(cohort_id, newcomer.user_id) if newcomer.user_id else None
    if own and own.left_at is None:
        return True
    if newcomer.form_key and places.by_form(cohort_id, newcomer.form_key):
        return True
    return waiting.known_entry(cohort_id, newcomer) is not None


def invite_rest(cohort: Cohort, by: User) -> int:
    """A new letter to everybody with an address who has never been inside; how many."""
    when = invitation.dates_of(cohort)
    return sum(invitation.invite(person, cohort, by, when) for person in not_come_yet(cohort.id))


def not_come_yet(cohort_id: int) -> list[Enrolment]:
    """Those with an address and a personal link who have never been inside."""
    people_here = [person for person in people.enrolments(cohort_id) if person.email]
    standing = standings(cohort_id)
    return [person for person in people_here if standing[person.user_id] == (False, False)]


def standings(cohort_id: int) -> dict[int, tuple[bool, bool]]:
    """user id -> (has been inside, signs in with a password), of everybody who takes part (one statement)."""
    query = select(User).join(Enrolment, Enrolment.user_id == User.id)
    rows = db.session.scalars(query.where(Enrolment.cohort_id == cohort_id)).unique()
    return {user.id: (user.entered_at is not None, bool(user.password or user.role_names)) for user in rows}
