"""Rows of the certificates room. A certificate's words and PDF are frozen when it is issued."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.certificates import rules
from app.extensions import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class CertificateKind(StrEnum):
    PARTICIPATION = "participation"
    ACHIEVEMENT = "achievement"


class Certificate(Model):
    """An issued document. Only the columns about replacing and revoking ever change, and only once."""

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="RESTRICT"), index=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(20), unique=True)  # JJJJ-NNNN
    code: Mapped[str] = mapped_column(String(40), unique=True)  # unguessable, printed as QR
    facts: Mapped[str] = mapped_column(Text)  # every certified word, as canonical JSON
    pdf: Mapped[bytes] = mapped_column(deferred=True)
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    # Whether the PDF keeps PDF/UA-1 and PDF/A-2a; it does not when no font has a glyph of the name.
    conforms: Mapped[bool]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(String(200))
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    # "<enrolment>:<kind>" while this is the one that counts, empty afterwards: the database itself
    # refuses a second valid certificate for the same person and kind.
    valid_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("certificate.id", ondelete="RESTRICT"), unique=True
    )
    replace_reason: Mapped[str | None] = mapped_column(Text)  # why this one replaces the other
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(200))
    revoked_reason: Mapped[str | None] = mapped_column(Text)

    predecessor: Mapped[Certificate | None] = relationship(
        remote_side=[id], back_populates="successor", lazy="raise", viewonly=True
    )
    successor: Mapped[Certificate | None] = relationship(
        back_populates="predecessor", uselist=False, lazy="raise", viewonly=True
    )

    @property
    def status(self) -> rules.Status:
        """Needs `successor` loaded."""
        return rules.status(replaced=self.successor is not None, revoked=self.revoked_at is not None)


class CertificateYear(Model):
    """The last number given in a year; its row is the lock under which the next one is taken."""

    __tablename__ = "certificate_year"

    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int]
