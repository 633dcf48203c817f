"""Rows of the editions room. Nothing in here is ever changed after it was inserted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base, db
from app.web import german

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Edition(Model):
    """A course as it was published once; `digest` is the sha256 of its sources."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    course_slug: Mapped[str] = mapped_column(String(80), index=True)
    title: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(String(500), default="")
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(200))

    files: Mapped[list[EditionFile]] = relationship(lazy="raise", cascade="save-update")

    @property
    def label(self) -> str:
        """How people name it: Fassung 3 vom 3. Juli 2026, 11:12 Uhr."""
        return f"Fassung {self.id} vom {german.moment(self.published_at)}"


class Blob(Model):
    """The bytes of a source file, once however many editions use it."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes]


class EditionFile(Model):
    """One path of an edition."""

    __tablename__ = "edition_file"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="RESTRICT"), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256", ondelete="RESTRICT"), index=True)
