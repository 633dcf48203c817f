"""Rows of the groups room: small groups at a station of the way, and the sheets they write together.

A sheet's head says what counts now; every text that arrived is kept as a revision. Bodies are sealed like answers.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class WorkGroup(Model):
    """A small group that works at one station ("module/page" or "fall/slug"); `code` lets a phone join it."""

    __tablename__ = "work_group"
    __table_args__ = (
        UniqueConstraint("cohort_id", "station", "number"),
        UniqueConstraint("cohort_id", "code"),
        # New groups never get the number of former ones: runs of procedures and drafts on phones are named after it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"))
    station: Mapped[str] = mapped_column(String(140))
    slot_id: Mapped[int | None] = mapped_column(
        ForeignKey("scheduled_slot.id", ondelete="SET NULL"), index=True
    )
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]


class WorkGroupMember(Model):
    """Somebody in a small group; at each station one is in one group only."""

    __tablename__ = "work_group_member"
    __table_args__ = (UniqueConstraint("enrolment_id", "station"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("work_group.id", ondelete="CASCADE"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"))
    station: Mapped[str] = mapped_column(String(140))


class GroupSheet(Model):
    """What a group has written into one block by now."""

    __tablename__ = "group_sheet"
    __table_args__ = (UniqueConstraint("group_id", "block_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("work_group.id", ondelete="CASCADE"))
    block_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    sealed_body: Mapped[bytes]
    saved_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class GroupRevision(Model):
    """One text that arrived, or what several became together (then `client_id` is empty).

    `version` is empty for a text that contradicted a newer one; it is kept all the same.
    """

    __tablename__ = "group_revision"
    __table_args__ = (UniqueConstraint("sheet_id", "client_id"), UniqueConstraint("sheet_id", "version"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("group_sheet.id", ondelete="CASCADE"))
    client_id: Mapped[str | None] = mapped_column(String(64))
    base_version: Mapped[int]
    version: Mapped[int | None]
    sealed_body: Mapped[bytes]
    saved_at: Mapped[datetime]
