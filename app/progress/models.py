"""Facts that belong to progress alone: pages confirmed as read, and overrides by an organiser."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class PageRead(Model):
    """A person has gone on from this page. `page` is "module/page" or "fall/slug"."""

    __tablename__ = "page_read"
    __table_args__ = (UniqueConstraint("enrolment_id", "page"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"))
    page: Mapped[str] = mapped_column(String(200))
    read_at: Mapped[datetime]


class Override(Model):
    """An organiser declares a criterion fulfilled for one person, with a reason. Withdrawn by a later row."""

    __tablename__ = "completion_override"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="RESTRICT"), index=True)
    criterion: Mapped[str] = mapped_column(String(40))
    fulfilled: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    at: Mapped[datetime]
