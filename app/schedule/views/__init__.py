"""Everything this room shows, by what people want to do."""

from __future__ import annotations

from app.schedule.blueprint import bp as bp
from app.schedule.views import calendar, confirming, day, ending, history, planning, rerun

__all__ = ["bp", "calendar", "confirming", "day", "ending", "history", "planning", "rerun"]
