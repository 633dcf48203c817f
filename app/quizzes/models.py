"""Rows of the quizzes room.

An answer's head says which version counts; every version that ever arrived is kept as a revision, also one
that lost against a newer one (its `version` is empty). Bodies are JSON, sealed with the answers key.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Answer(Model):
    """What a person last saved into a block."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("enrolment_id", "block_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"))
    block_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(default=0)
    sealed_body: Mapped[bytes]
    saved_at: Mapped[datetime]
    done_at: Mapped[datetime | None]  # when it first counted as done; nothing takes that back
    shared_as: Mapped[str | None] = mapped_column(String(20))  # what others may see of it


class AnswerRevision(Model):
    """One text that arrived. `client_id` comes from the device, so that sending twice is harmless."""

    __tablename__ = "answer_revision"
    __table_args__ = (
        UniqueConstraint("answer_id", "client_id"),
        Index("ix_answer_revision_answer_id_version", "answer_id", "version"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"))
    client_id: Mapped[str] = mapped_column(String(64))
    base_version: Mapped[int]
    version: Mapped[int | None]
    sealed_body: Mapped[bytes]
    saved_at: Mapped[datetime]


class Reminder(Model):
    """Somebody wants a letter on this day about what they wrote into a block. `link`: where the letter leads."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("enrolment_id", "block_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"))
    block_id: Mapped[str] = mapped_column(String(80))
    due_on: Mapped[date] = mapped_column(index=True)
    link: Mapped[str] = mapped_column(String(500))


class SurveyTally(Model):
    """All answers to a survey, added up. There is no time and nobody's number in it, so that no row of it can ever be
    brought together with a person; who has taken part stands in `answer`, without what was said."""

    __tablename__ = "survey_tally"

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), primary_key=True)
    block_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    sealed_body: Mapped[bytes]


class ProcedureRun(Model):
    """Where a procedure stands. `scope`: whose run it is ("alle", "gruppe:3", "person:7"); `step` 0: not begun."""

    __tablename__ = "procedure_run"
    __table_args__ = (UniqueConstraint("cohort_id", "block_id", "scope"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"))
    block_id: Mapped[str] = mapped_column(String(80))
    scope: Mapped[str] = mapped_column(String(40))
    step: Mapped[int] = mapped_column(default=0)
    step_started_at: Mapped[datetime]
    paused_seconds_left: Mapped[int | None]
    moderator_enrolment_id: Mapped[int | None] = mapped_column(
        ForeignKey("enrolment.id", ondelete="SET NULL"), index=True
    )
    version: Mapped[int] = mapped_column(default=0)
