"""People, their roles and their personal links."""

from __future__ import annotations

import hashlib
import secrets
import uuid

from flask_security.utils import hash_password
from sqlalchemy import func, select, update

from app import clock
from app.access import Role
from app.accounts.models import PersonalLink, RoleRow, User
from app.extensions import db

_SECRET_BYTES = 20  # 160 bits


class EmailTaken(Exception):
    """Another account already has this e-mail address."""


def create_person(name: str) -> User:
    """Someone without password or e-mail, who comes in by a personal link."""
    person = User(name=name, fs_uniquifier=uuid.uuid4().hex, created_at=clock.now(), active=True)
    db.session.add(person)
    db.session.flush()
    return person


def create_staff(name: str, email: str, password: str, roles: frozenset[Role]) -> User:
    """An account with a password and these roles. Raises EmailTaken."""
    if find_by_email(email):
        raise EmailTaken(email)
    person = create_person(name)
    person.email, person.password = email.strip().lower(), hash_password(password)
    person.roles = [_role(role) for role in sorted(roles)]
    db.session.flush()
    return person


def find_by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))


def staff() -> list[User]:
    """All accounts with an e-mail address, by it."""
    return list(db.session.scalars(select(User).where(User.email.is_not(None)).order_by(User.email)).unique())


def set_password(email: str, password: str) -> None:
    """A new password; sessions begun with the old one end. Raises LookupError."""
    person = _known(email)
    person.password, person.fs_uniquifier = hash_password(password), uuid.uuid4().hex
    db.session.flush()


def set_active(email: str, *, active: bool) -> None:
    """Lock or open an account; locking ends its sessions. Raises LookupError."""
    person = _known(email)
    person.active, person.fs_uniquifier = active, uuid.uuid4().hex
    db.session.flush()


def _known(email: str) -> User:
    person = find_by_email(email)
    if person is None:
        raise LookupError(email)
    return person


def find_person(user_id: int) -> User | None:
    return db.session.get(User, user_id)


def staff_with(role: Role) -> list[User]:
    """Active accounts with this role, by name."""
    query = (
        select(User).join(User.roles).where(RoleRow.name == role, User.active.is_(True)).order_by(User.name)
    )
    return list(db.session.scalars(query).unique())


def note_entry(user_id: int) -> None:
    """This person is inside, with the link that was given to them. Call inside a transaction."""
    person = db.session.get_one(User, user_id)
    person.entered_at = person.entered_at or clock.now()
    db.session.flush()


def new_personal_link(user_id: int, secret: str | None = None) -> str:
    """The secret of a fresh personal link for this person; older ones stop working.

    `secret`: one that was made elsewhere, as for a printed card; where it works already, nothing changes.
    The person's sessions go on. Call inside a transaction.
    """
    if secret and _works(user_id, secret):
        return secret
    db.session.execute(
        update(PersonalLink)
        .where(PersonalLink.user_id == user_id, PersonalLink.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
    secret = secret or secrets.token_urlsafe(_SECRET_BYTES)
    again = db.session.scalar(select(PersonalLink).where(PersonalLink.secret_hash == _hash(secret)))
    if again:  # the same card printed once more
        again.revoked_at = None
    else:
        db.session.add(PersonalLink(user_id=user_id, secret_hash=_hash(secret), created_at=clock.now()))
    db.session.flush()
    return secret


def person_by_link(secret: str) -> User | None:
    """Whose personal link this is, if it still works."""
    link = db.session.scalar(
        select(PersonalLink).where(
            PersonalLink.secret_hash.in_([_hash(secret), _hash(as_printed(secret))]),
            PersonalLink.revoked_at.is_(None),
        )
    )
    return link.user if link and link.user.active else None


def as_printed(secret: str) -> str:
    """A secret read from a printed card, as it was typed: small letters and dashes do not matter there."""
    return "".join(character for character in secret.upper() if character.isalnum())


def _works(user_id: int, secret: str) -> bool:
    query = select(PersonalLink.id).where(
        PersonalLink.user_id == user_id,
        PersonalLink.secret_hash == _hash(secret),
        PersonalLink.revoked_at.is_(None),
    )
    return db.session.scalar(query) is not None


def _role(role: Role) -> RoleRow:
    row = db.session.scalar(select(RoleRow).where(RoleRow.name == role))
    if row is None:
        row = RoleRow(name=role)
        db.session.add(row)
    return row


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
