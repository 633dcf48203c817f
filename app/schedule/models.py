"""Rows of the schedule room: what was changed about the dated plan, and the addresses of calendar feeds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class PlanChange(Model):
    """One change of a day's plan. `before` and `after` are the day's slots as JSON (`schedule.snapshots`)."""

    __tablename__ = "plan_change"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), index=True)
    day_id: Mapped[int | None] = mapped_column(ForeignKey("course_day.id", ondelete="CASCADE"), index=True)
    sentence: Mapped[str] = mapped_column(String(1000))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("plan_change.id", ondelete="SET NULL"))


class CalendarLink(Model):
    """The address of a calendar feed: of a cohort, or of everything one person takes part in or trains.

    The token is kept as it is, because its owner wants to see the address again; it opens nothing but the dates.
    """

    __tablename__ = "calendar_link"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
