"""Rows of the review room. A card exists once it was answered for the first time; new ones need no row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class ReviewCard(Model):
    """A term that somebody goes over again. Days are days in the cohort's time zone; no `due_on`: it has settled."""

    __tablename__ = "review_card"
    __table_args__ = (UniqueConstraint("enrolment_id", "term_slug"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"))
    term_slug: Mapped[str] = mapped_column(String(80))
    step: Mapped[int]
    due_on: Mapped[date | None]
    first_on: Mapped[date]
    last_on: Mapped[date]


class ReviewPause(Model):
    """Somebody has paused their cards; the row goes when they resume."""

    __tablename__ = "review_pause"

    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolment.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    since: Mapped[date]
