"""Everything this room shows, by what people want to do."""

from __future__ import annotations

from app.cohorts.blueprint import bp as bp
from app.cohorts.views import creating, overview, shaping

__all__ = ["bp", "creating", "overview", "shaping"]
