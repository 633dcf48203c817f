"""Rows of the quizzes room.

An answer's head says which version counts; every version that ever arrived is kept as a revision, also one
that lost against a newer one (its `version` is empty). Bodies are JSON, sealed with the answers key.
"""

from __future__ import annotations

from datetime import datetime
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
