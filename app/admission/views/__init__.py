"""Everything this room shows, by what people want to do."""

from __future__ import annotations

from app.admission.blueprint import bp as bp
from app.admission.views import (
    asking,
    departed,
    importing,
    inviting,
    joining,
    leaving,
    moves,
    people,
    printing,
    queueing,
)

__all__ = [
    "asking",
    "bp",
    "departed",
    "importing",
    "inviting",
    "joining",
    "leaving",
    "moves",
    "people",
    "printing",
    "queueing",
]
