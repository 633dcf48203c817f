"""The desk's pages, a module a topic."""

from __future__ import annotations

from app.desk.blueprint import bp as bp
from app.desk.views import outbox, today

__all__ = ["bp", "outbox", "today"]
