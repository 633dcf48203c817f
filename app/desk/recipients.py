"""Whom a letter is about, and whose an address is: a letter about one person never goes to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, func, literal, or_, select, union_all

from app.accounts.models import Letter, User
from app.admission.models import Waiting
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.rules import name_key
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody's place in a cohort. `address` in small letters, None without one."""

    address: str | None
    user_id: int
    cohort_id: int
    enrolment_id: int
    name: str
    cohort: str


def of_letters(letters: Sequence[Letter]) -> dict[int, list[Recipient]]:
    """letter id -> where the person it is about takes part now, the newest first (one statement).

    Of a letter that does not say whom it is about: whose its address is.
    """
    if not letters:
        return {}
    users = {letter.user_id for letter in letters if letter.user_id}
    addresses = {letter.recipient.casefold() for letter in letters if not letter.user_id}
    address = func.lower(Enrolment.email)
    query = (
        select(address, Enrolment.user_id, Enrolment.cohort_id, Enrolment.id, Enrolment.name, Cohort.title)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(or_(address.in_(addresses), Enrolment.user_id.in_(users)), Enrolment.left_at.is_(None))
        .order_by(Enrolment.id.desc())
    )
    places = [Recipient(*place) for place in db.session.execute(query)]
    return {letter.id: [place for place in places if _is_about(letter, place)] for letter in letters}


def _is_about(letter: Letter, place: Recipient) -> bool:
    if letter.user_id:
        return place.user_id == letter.user_id
    if letter.name and name_key(letter.name) != name_key(place.name):
        return False
    return place.address == letter.recipient.casefold()


@dataclass(frozen=True, slots=True)
class _Owner:
    """Somebody who has an address: in a cohort, on a waiting list (perhaps without an account), or as staff."""

    name: str
    user_id: int | None
    cohort_id: int | None = None


def somebody_else(letter: Letter, address: str) -> str:
    """Who has this address, where that is not the person the letter is about; "": it may be sent there."""
    owners = _owners(address)
    said = letter.user_id or letter.name
    about = [_Owner(letter.name, letter.user_id)] if said else _owners(letter.recipient)
    if not owners or not about:
        return ""
    cohorts = _cohorts_of([person.user_id for person in about if person.user_id])
    if any(_same(owner, person, cohorts) for owner in owners for person in about):
        return ""
    return owners[0].name


def _same(owner: _Owner, person: _Owner, cohorts: set[int]) -> bool:
    """One person may have an account in each cohort; in one cohort, people of the same name are namesakes."""
    if person.user_id and owner.user_id == person.user_id:
        return True
    return owner.cohort_id not in cohorts and name_key(owner.name) == name_key(person.name)


def _owners(address: str) -> list[_Owner]:
    """Whoever has it, also who left; those who take part first (one statement)."""
    wanted = address.casefold()
    places = select(Enrolment.name, Enrolment.user_id, Enrolment.cohort_id, Enrolment.left_at.is_not(None))
    waiting = select(Waiting.name, Waiting.user_id, Waiting.cohort_id, literal(False))
    staff = select(User.name, User.id, literal(None), literal(False))
    everyone: CompoundSelect[Any] = union_all(
        places.where(func.lower(Enrolment.email) == wanted),
        waiting.where(
            func.lower(Waiting.email) == wanted,
            Waiting.admitted_at.is_(None),
            Waiting.withdrawn_at.is_(None),
        ),
        staff.where(func.lower(User.email) == wanted),
    )
    return [_Owner(*row[:3]) for row in sorted(db.session.execute(everyone), key=lambda row: bool(row[3]))]


def _cohorts_of(users: Sequence[int]) -> set[int]:
    query = select(Enrolment.cohort_id).where(Enrolment.user_id.in_(users))
    return set(db.session.scalars(query))
