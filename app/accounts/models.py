"""Rows of the accounts room."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

role_assignment = Table(
    "role_assignment",
    Base.metadata,
    Column("user_id", ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class RoleRow(Model, RoleMixin):
    """A role of this installation: admin, organiser, trainer."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class User(Model, UserMixin):
    """A person. Staff sign in with e-mail and password; participants have neither, only a personal link."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # type: ignore[assignment]
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    entered_at: Mapped[datetime | None]  # came in for the first time, by their link or by joining

    roles: Mapped[list[RoleRow]] = relationship(  # type: ignore[assignment]
        secondary=role_assignment, lazy="joined"
    )

    @property
    def role_names(self) -> frozenset[str]:
        return frozenset(role.name for role in self.roles)


class PersonalLink(Model):
    """A participant's way in without a password. Only the hash of the link's secret is kept."""

    __tablename__ = "personal_link"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class Attempt(Model):
    """One failed guess (password, join code, verification code); counted, then forgotten."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    bucket: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[datetime]


class Letter(Model):
    """An e-mail that leaves after the commit that wrote it; deleted some days after it was sent."""

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    # Whom it is about, wherever it is sent; without both it is about nobody, or older than these columns.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    subject: Mapped[str] = mapped_column(String(200))
    sealed_body: Mapped[bytes]
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    # What a bounce refers to (RFC 5322), and what the other mail server said.
    message_id: Mapped[str | None] = mapped_column(String(200), index=True)
    bounced_at: Mapped[datetime | None]
    bounce: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[datetime | None]  # somebody has seen the failure and dealt with it
