"""Rows of the admission room: who waits for a seat."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Waiting(Model):
    """Somebody who wants to take part in a cohort without a free seat. Order is by number."""

    __tablename__ = "waiting"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    funder: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # Somebody signed in already; else an account is made when a seat is free.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    # Takes part in another cohort until a seat is free here, and then moves over.
    moves_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("enrolment.id", ondelete="SET NULL"), index=True
    )
    asked_at: Mapped[datetime]
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    admitted_at: Mapped[datetime | None]
    enrolment_id: Mapped[int | None] = mapped_column(
        ForeignKey("enrolment.id", ondelete="SET NULL"), index=True
    )
    withdrawn_at: Mapped[datetime | None]
