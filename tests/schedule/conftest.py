"""What the tests of the living plan share: addresses of cohort Nord's day, its times, and sending a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.cohorts import service
from app.cohorts.models import Attendance, CourseDay, ScheduledSlot
from app.extensions import db
from tests.support.cast import Cast


@dataclass(frozen=True)
class Nord:
    """Cohort Nord's one day as tests look at it."""

    cast: Cast
    day_id: int
    reading: Callable[[], Any]
    writing: Callable[[], Any]

    @property
    def plan(self) -> str:
        return f"/kohorten/{self.cast.nord}/tagesplan"

    @property
    def day(self) -> str:
        return f"{self.plan}/{self.day_id}"

    def slot(self, number: int, deed: str = "") -> str:
        """Page of the slot with this number (from 0), or the address of a deed with it."""
        page = f"{self.day}/abschnitt/{self.cast.slots[number]}"
        return f"{page}/{deed}" if deed else page

    def times(self) -> dict[str, str]:
        """title -> 09:00–10:30 of what takes place."""
        with self.reading():
            return {slot.title: span(slot.starts_at, slot.ends_at) for slot in service.slots(self.cast.nord)}

    def version(self) -> int:
        with self.reading():
            return db.session.get_one(CourseDay, self.day_id).version

    def row(self, number: int) -> ScheduledSlot:
        with self.reading():
            found = db.session.get_one(ScheduledSlot, self.cast.slots[number])
            db.session.expunge(found)
            return found

    def send(self, client: Any, url: str, version: Any = None, **fields: Any) -> Any:
        """The form, made on the day as it is now unless said otherwise. `_` in names becomes `-`."""
        data = {name.replace("_", "-"): value for name, value in fields.items()}
        return client.post_form(url, data | {"version": self.version() if version is None else version})

    def mark(self, number: int, state: Attendance, minutes: int = 0) -> None:
        """Olga records Anna for this slot."""
        with self.writing():
            slot = db.session.get_one(ScheduledSlot, self.cast.slots[number])
            olga = db.session.get_one(User, self.cast.olga.user_id)
            service.mark(slot, service.enrolments(self.cast.nord)[0], state, minutes, olga)


def span(start: Any, end: Any) -> str:
    return "–".join(clock.local(moment).strftime("%H:%M") for moment in (start, end))


@pytest.fixture
def nord(cast: Cast, reading: Any, writing: Any) -> Nord:
    with reading():
        day_id = db.session.scalars(select(CourseDay.id).where(CourseDay.cohort_id == cast.nord)).one()
    return Nord(cast, day_id, reading, writing)


def as_shown(page: Any, action: str) -> dict[str, Any]:
    """The fields of the form that posts to this address, as a browser would send them untouched."""
    form = page.select_one(f'form[action="{action}"]')
    fields: dict[str, Any] = {}
    for control in form.select("input[name], select[name]"):
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            fields[control["name"]] = chosen["value"]
        elif control.get("type") in ("checkbox", "radio"):
            if control.has_attr("checked"):
                fields.setdefault(control["name"], []).append(control["value"])
        elif control["name"] not in ("csrf_token", "wer"):
            fields[control["name"]] = control.get("value", "")
    return fields
