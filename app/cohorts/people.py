"""Who takes part: joining, names, personal links, leaving."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.accounts import service as accounts
from app.accounts.models import User
from app.cohorts import log, seats
from app.cohorts.loaders import LARGEST_ID
from app.cohorts.log import Deed
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.rules import name_key, sort_key
from app.editions.rules import inner
from app.extensions import db

# How long the same form, sent again, is taken as the same person.
_SENT_TWICE = timedelta(minutes=15)


class SameName(Exception):
    """Somebody of this name is enrolled already; it may be the same person or a namesake."""


class SameEmail(Exception):
    """Somebody with this e-mail address is enrolled already."""

    def __init__(self, enrolment_id: int) -> None:
        super().__init__(enrolment_id)
        self.enrolment_id = enrolment_id


class WasRemoved(Exception):
    """This person was taken out of the cohort and comes back in only by an organiser."""


class NameIsFixed(Exception):
    """A certificate with this name was issued; it is replaced, not renamed."""


class HasPassword(Exception):
    """Staff sign in with a password: a personal link would be a way around it."""


@dataclass(frozen=True, slots=True)
class Joined:
    """`known`: was enrolled before. `link_secret`: of a new personal link, if there is one to show."""

    enrolment: Enrolment
    link_secret: str | None
    known: bool


def enrolments(cohort_id: int) -> list[Enrolment]:
    """Everyone who takes part, by name."""
    return [person for person in everyone(cohort_id) if person.left_at is None]


def everyone(cohort_id: int) -> list[Enrolment]:
    """Also those who left, by name."""
    rows = db.session.scalars(select(Enrolment).where(Enrolment.cohort_id == cohort_id))
    return sorted(rows, key=lambda person: (sort_key(person.name), person.id))


def find_enrolment(cohort_id: int, enrolment_id: int) -> Enrolment | None:
    """Someone of this cohort, also someone who left."""
    if enrolment_id > LARGEST_ID:
        return None
    query = select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.id == enrolment_id)
    return db.session.scalar(query)


def own_enrolment(cohort_id: int, user_id: int) -> Enrolment | None:
    """This person's enrolment, also one that was ended."""
    query = select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.user_id == user_id)
    return db.session.scalar(query)


def join(
    cohort: Cohort,
    name: str,
    email: str | None,
    user_id: int | None,
    *,
    funder: str = "",
    form_key: str | None = None,
    other_person: bool = False,
    reserved: int = 0,
) -> Joined:
    """Enrol a signed-in person, or a new one who gets a personal link.

    `other_person`: the person says that they only share their name with someone enrolled. `reserved`: free seats that
    others wait for. Raises SameName, SameEmail, WasRemoved, Full.
    """
    cohort_id = seats.locked(cohort.id).id
    if known := _known(cohort_id, user_id, form_key):
        return known
    refuse_doubles(everyone(cohort_id), name, email, other_person=other_person)
    seats.need_one(cohort_id, reserved)
    person_id = user_id or accounts.create_person(name).id
    enrolment = Enrolment(cohort_id=cohort_id, user_id=person_id, name=name, email=email, funder=funder)
    enrolment.joined_at, enrolment.form_key = clock.now(), _hash(form_key)
    db.session.add(enrolment)
    db.session.flush()
    accounts.note_entry(person_id)
    log.note_person(Deed.JOINED, enrolment, _user(enrolment))
    return Joined(enrolment, None if user_id else accounts.new_personal_link(person_id), False)


def _known(cohort_id: int, user_id: int | None, form_key: str | None) -> Joined | None:
    if user_id is not None:
        own = own_enrolment(cohort_id, user_id)
        if own and own.left_at:
            raise WasRemoved
        return Joined(own, None, True) if own else None
    if not form_key:
        return None
    same_form = (
        Enrolment.cohort_id == cohort_id,
        Enrolment.form_key == _hash(form_key),
        Enrolment.left_at.is_(None),
    )
    again = db.session.scalar(
        select(Enrolment).where(*same_form, Enrolment.joined_at > clock.now() - _SENT_TWICE)
    )
    return Joined(again, fresh_link(again), True) if again else None


def refuse_doubles(people: Sequence[Enrolment], name: str, email: str | None, *, other_person: bool) -> None:
    """Raises SameEmail, SameName where somebody of these `people` is called so."""
    for person in people:
        if email and person.left_at is None and (person.email or "").casefold() == email.casefold():
            raise SameEmail(person.id)
    if not other_person and any(name_key(person.name) == name_key(name) for person in people):
        raise SameName


def _hash(form_key: str | None) -> str | None:
    return hashlib.sha256(form_key.encode()).hexdigest() if form_key else None


def rename(enrolment: Enrolment, name: str, by: User) -> None:
    """The name as it shall stand on the certificate. Raises NameIsFixed."""
    if enrolment.name_fixed_at:
        raise NameIsFixed
    correct_name(enrolment, name, by)


def rename_self(enrolment: Enrolment, name: str, by: User, *, other_person: bool) -> None:
    """As `rename`, by the person. `other_person`: they say that they only share the name with somebody of the cohort,
    also somebody who left. Raises NameIsFixed, SameName."""
    if enrolment.name_fixed_at is None and name_key(name) != name_key(enrolment.name):
        others = [other for other in everyone(enrolment.cohort_id) if other.id != enrolment.id]
        refuse_doubles(others, name, None, other_person=other_person)
    rename(enrolment, name, by)


def correct_name(enrolment: Enrolment, name: str, by: User | str = "beim Ersetzen der Bescheinigung") -> None:
    """The name on a certificate that replaces another: the person is listed by it from now on."""
    user = _user(enrolment)
    if enrolment.name != name:
        log.note_person(Deed.RENAMED, enrolment, by, f"„{inner(enrolment.name)}“ → „{inner(name)}“")
    enrolment.name = name
    if not _is_staff(user):
        user.name = name
    db.session.flush()


def fix_name(enrolment: Enrolment) -> None:
    """A certificate bears this name: from now on it is changed by replacing the certificate."""
    enrolment.name_fixed_at = enrolment.name_fixed_at or clock.now()
    db.session.flush()


def new_link(enrolment: Enrolment, by: User | str) -> str:
    """The secret of a fresh personal link; the old one stops working. Raises HasPassword."""
    secret = fresh_link(enrolment)
    log.note_person(Deed.NEW_LINK, enrolment, by)
    return secret


def fresh_link(enrolment: Enrolment) -> str:
    """The secret of a new personal link, not noted in the log; the old one stops working. Raises HasPassword."""
    if _is_staff(_user(enrolment)):
        raise HasPassword
    return accounts.new_personal_link(enrolment.user_id)


def can_have_link(enrolment: Enrolment) -> bool:
    """Whether this person comes in by a personal link."""
    return not _is_staff(_user(enrolment))


def remove(enrolment: Enrolment, by: User) -> None:
    """Take someone out of the cohort; everything they did stays, and they can be taken in again."""
    if enrolment.left_at is None:
        enrolment.left_at = clock.now()
        log.note_person(Deed.REMOVED, enrolment, by)


def readmit(enrolment: Enrolment, by: User) -> None:
    """Take somebody in again who had left."""
    if enrolment.left_at is not None:
        enrolment.left_at, enrolment.merged_into_id = None, None
        log.note_person(Deed.READMITTED, enrolment, by)


def _user(enrolment: Enrolment) -> User:
    return db.session.get_one(User, enrolment.user_id)


def _is_staff(user: User) -> bool:
    return bool(user.password or user.role_names)
