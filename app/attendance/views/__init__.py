"""Everything this room shows, by what people want to do."""

from __future__ import annotations

from app.attendance.blueprint import bp as bp
from app.attendance.views import (
    check_in,
    conflicts,
    day,
    evidence,
    former,
    lists,
    objections,
    own,
    paper,
    projection,
    register,
    walk_ins,
)

__all__ = [
    "bp",
    "check_in",
    "conflicts",
    "day",
    "evidence",
    "former",
    "lists",
    "objections",
    "own",
    "paper",
    "projection",
    "register",
    "walk_ins",
]
