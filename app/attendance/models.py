"""Rows of the attendance room: claims by code of people not known yet, signed lists as evidence, objections.

The marks themselves are facts of the cohorts room (`cohorts.models.AttendanceMark`).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Claim(Model):
    """Somebody typed the code of a slot without being signed in, and gave a name. It counts when staff assign it."""

    __tablename__ = "attendance_claim"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("scheduled_slot.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    scanned_at: Mapped[datetime]
    # Made with the form, so that sending it twice claims once.
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    enrolment_id: Mapped[int | None] = mapped_column(
        ForeignKey("enrolment.id", ondelete="CASCADE"), index=True
    )
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(String(200), default="", server_default="")


class Evidence(Model):
    """A signed list of a day, as it was scanned. `data` is None after it was removed; its hash stays."""

    __tablename__ = "attendance_evidence"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="RESTRICT"), index=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("course_day.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str] = mapped_column(String(200))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(String(200), default="", server_default="")


class Objection(Model):
    """A person says once per slot that the register is wrong; an organiser decides with a reason."""

    __tablename__ = "attendance_objection"
    __table_args__ = (UniqueConstraint("enrolment_id", "slot_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="RESTRICT"))
    slot_id: Mapped[int] = mapped_column(ForeignKey("scheduled_slot.id", ondelete="RESTRICT"), index=True)
    sentence: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    granted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(String(500), default="", server_default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
