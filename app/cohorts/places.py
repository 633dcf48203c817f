"""What organisers do with somebody's place in a cohort, and what its owner does: taking in, correcting, leaving, moving."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app import clock
from app.accounts import service as accounts
from app.accounts.models import User
from app.cohorts import log, people
from app.cohorts.log import Deed
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.people import SameEmail
from app.editions.rules import inner
from app.extensions import db


class TakesPartThere(Exception):
    """This person takes part in the other cohort already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who shall take part. `user_id`: has an account already; `other_person`: only shares their name."""

    name: str
    email: str | None = None
    funder: str = ""
    user_id: int | None = None
    other_person: bool = False
    form_key: str | None = None


def hashed(form_key: str) -> str:
    """What of a form's key is kept."""
    return hashlib.sha256(form_key.encode()).hexdigest()


def by_form(cohort_id: int, form_key: str) -> Enrolment | None:
    """Who came in with this form already."""
    query = select(Enrolment).where(
        Enrolment.cohort_id == cohort_id, Enrolment.form_key == hashed(form_key), Enrolment.left_at.is_(None)
    )
    return db.session.scalar(query)


def enrol(
    cohort_id: int,
    newcomer: Newcomer,
    by: User,
    deed: Deed = Deed.ADDED,
    others: Sequence[Enrolment] | None = None,
) -> Enrolment:
    """Take somebody in, without a way in yet. Seats are counted by the caller, who holds the cohort's row.

    Somebody known by their account who had left comes back. `others`: everybody ever in the cohort, where the caller
    knows them already. Raises SameName, SameEmail.
    """
    own = people.own_enrolment(cohort_id, newcomer.user_id) if newcomer.user_id else None
    if own:
        people.readmit(own, by)
        return own
    others = people.everyone(cohort_id) if others is None else others
    people.refuse_doubles(others, newcomer.name, newcomer.email, other_person=newcomer.other_person)
    made = _insert(cohort_id, newcomer.user_id or accounts.create_person(newcomer.name).id, newcomer)
    made.form_key = hashed(newcomer.form_key) if newcomer.form_key else None
    log.note_person(deed, made, by)
    return made


def _insert(cohort_id: int, user_id: int, like: Newcomer | Enrolment) -> Enrolment:
    made = Enrolment(cohort_id=cohort_id, user_id=user_id, joined_at=clock.now())
    made.name, made.email, made.funder = like.name, like.email, like.funder
    db.session.add(made)
    db.session.flush()
    return made


def correct(enrolment: Enrolment, name: str, email: str | None, funder: str, by: User) -> None:
    """Name, e-mail address and who pays. Raises NameIsFixed, SameEmail."""
    if name != enrolment.name:
        people.rename(enrolment, name, by)
    if email and email.casefold() != (enrolment.email or "").casefold():
        _refuse_email(enrolment, email)
    changed = [
        word
        for word, before, after in (
            ("E-Mail-Adresse", enrolment.email, email),
            ("Kostenträger", enrolment.funder, funder),
        )
        if before != after
    ]
    enrolment.email, enrolment.funder = email, funder
    db.session.flush()
    if changed:
        log.note_person(Deed.CORRECTED, enrolment, by, ", ".join(changed))


def _refuse_email(enrolment: Enrolment, email: str) -> None:
    for other in people.enrolments(enrolment.cohort_id):
        if other.id != enrolment.id and (other.email or "").casefold() == email.casefold():
            raise SameEmail(other.id)


def leave(enrolment: Enrolment, by: User) -> None:
    """The person goes; everything they did stays, and an organiser can take them in again."""
    if enrolment.left_at is None:
        enrolment.left_at = clock.now()
        log.note_person(Deed.LEFT, enrolment, by)


def move(enrolment: Enrolment, target: Cohort, by: User) -> Enrolment:
    """End this place and give the same account one in the `target`, whose row and seats the caller holds.

    Attendance stays with the slots it is about. Raises TakesPartThere, SameEmail.
    """
    origin = db.session.get_one(Cohort, enrolment.cohort_id)
    there = people.own_enrolment(target.id, enrolment.user_id)
    if there and there.left_at is None:
        raise TakesPartThere
    if there is None:
        people.refuse_doubles(
            people.enrolments(target.id), enrolment.name, enrolment.email, other_person=True
        )
        there = _insert(target.id, enrolment.user_id, enrolment)
    there.left_at, there.merged_into_id = None, None
    db.session.flush()
    enrolment.left_at, enrolment.merged_into_id = clock.now(), there.id
    log.note_person(Deed.MOVED_AWAY, enrolment, by, f"nach „{inner(target.title)}“")
    log.note_person(Deed.MOVED_IN, there, by, f"aus „{inner(origin.title)}“")
    return there
