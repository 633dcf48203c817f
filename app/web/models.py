"""Rows of the web room."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class KeptForm(Model):
    """What someone sent after their session had ended; shown to the same browser once they are signed in again."""

    __tablename__ = "kept_form"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    handle_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None]  # who had typed it, as the signed field of the form said
    path: Mapped[str] = mapped_column(String(500))
    sealed_fields: Mapped[bytes]
    kept_at: Mapped[datetime]
