"""A day's plan as JSON, as it stands in the history of changes, and back."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any

from app.schedule.rules import Day, Slot

_INSTANTS = ("starts_at", "ends_at", "planned_starts_at", "planned_ends_at", "cancelled_at")


def write(day: Day) -> str:
    """Only what differs from the default is written."""
    slots = [_slot(slot) for slot in day.slots]
    found = {"date": day.date.isoformat(), "name": day.name, "place": day.place, "slots": slots}
    return json.dumps(found, ensure_ascii=False)


def read(text: str) -> Day:
    found = json.loads(text)
    slots = tuple(_read_slot(slot) for slot in found["slots"])
    return Day(date=date.fromisoformat(found["date"]), name=found["name"], place=found["place"], slots=slots)


def _slot(slot: Slot) -> dict[str, Any]:
    values = {field.name: getattr(slot, field.name) for field in fields(Slot)}
    defaults = {field.name: field.default for field in fields(Slot) if field.default is not MISSING}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
        if name not in defaults or value != defaults[name]
    }


def _read_slot(found: dict[str, Any]) -> Slot:
    values = found | {name: datetime.fromisoformat(found[name]) for name in _INSTANTS if found.get(name)}
    values["modules"] = tuple(found.get("modules", ()))
    return Slot(**values)
