"""The form of the actual times of a day: one row for each slot, what it would make of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wtforms import BooleanField, Field, TimeField

from app.schedule import rules
from app.schedule.forms import BAD_END, BAD_TIME, Asking, wall_time
from app.schedule.rules import Day, Slot


class ConfirmForm(Asking):
    """The actual times of a day; fields are added by `confirm_form`."""

    def actual(self, day: Day, zone: ZoneInfo, at: datetime) -> Day | None:
        """The day as typed. None: a time does not fit, the form says which.

        What comes after a slot with „alles danach rückt mit“ moves as its end did, unless its own times were typed.
        """
        slots, before, push = [], None, timedelta()
        for slot in day.slots:
            found = self._slot(slot, day, zone, before)
            if found and self[f"off_{slot.id}"].data:
                found = replace(slot.moved(push), cancelled_at=slot.cancelled_at or at)
            elif found:
                found = replace(found.moved(push) if found.times == slot.times else found, cancelled_at=None)
                push = found.ends_at - slot.ends_at if self[f"push_{slot.id}"].data else push
                before = found.ends_at
            slots.append(found)
        return day.having(slot for slot in slots if slot) if all(slots) else None

    def knows(self, day: Day) -> bool:
        """Whether it has fields for every slot of this day."""
        return all(f"from_{slot.id}" in self for slot in day.slots)

    def show(self, day: Day, zone: ZoneInfo) -> None:
        """The times of this day, with nothing left to be moved."""
        for slot in day.slots:
            for name, moment in zip(("from", "to"), slot.times, strict=True):
                field = self[f"{name}_{slot.id}"]
                if slot.cancelled_at is None:
                    field.data, field.raw_data = wall_time(moment, zone), []
            self[f"push_{slot.id}"].data = False

    def _slot(self, slot: Slot, day: Day, zone: ZoneInfo, before: datetime | None) -> Slot | None:
        fields = self[f"from_{slot.id}"], self[f"to_{slot.id}"]
        if self[f"off_{slot.id}"].data:
            return slot
        for field in fields:
            if field.data is None:
                field.errors = [f"„{slot.title}“: {BAD_TIME}"]
        if any(field.data is None for field in fields):
            return None
        start = rules.moment_of(day.date, fields[0].data, zone, after=before, shown=slot.starts_at)
        end = rules.moment_of(day.date, fields[1].data, zone, after=start, shown=slot.ends_at)
        if end <= start:
            fields[1].errors = [f"„{slot.title}“: {BAD_END}"]
            return None
        return replace(slot, starts_at=start, ends_at=end)


def confirm_form(day: Day, zone: ZoneInfo) -> type[ConfirmForm]:
    """The form with what holds now in it."""
    fields: dict[str, Field] = {}
    for slot in day.slots:
        start, end = (wall_time(moment, zone) for moment in slot.times)
        fields[f"from_{slot.id}"] = TimeField("von", default=start)
        fields[f"to_{slot.id}"] = TimeField("bis", default=end)
        fields[f"push_{slot.id}"] = BooleanField("alles danach rückt mit")
        fields[f"off_{slot.id}"] = BooleanField("fand nicht statt", default=slot.cancelled_at is not None)
    return type("ConfirmForm", (ConfirmForm,), fields)
