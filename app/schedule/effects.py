"""What a change of the plan means for people: entries that are now too long, certificates, entries that rest."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.cohorts import register
from app.cohorts.models import Attendance, Enrolment
from app.extensions import db
from app.schedule import wording
from app.schedule.rules import Slot
from app.schedule.service import Applied


def of(cohort_id: int, applied: Applied, unit_minutes: int) -> list[str]:
    """Sentences to be shown after a change; nothing of this is changed by itself."""
    before, after = applied.before, applied.after
    said = _resting(before.held, {slot.id for slot in after.held})
    said += [wording.followed(applied.followed)] if applied.followed else []
    known = {slot.id: slot for slot in before.slots}
    shorter = {slot.id: slot.minutes for slot in after.held if _shorter(known.get(slot.id), slot)}
    names = _over_long(cohort_id, shorter) if shorter else []
    if names:
        said.append(wording.over_long(names))
    if before.content_minutes != after.content_minutes:
        query = select(Enrolment.id).where(Enrolment.cohort_id == cohort_id, Enrolment.left_at.is_(None))
        certified = register.certified(db.session.scalars(query))
        if certified:
            minutes = before.content_minutes, after.content_minutes
            said.append(wording.certified(certified, *minutes, unit_minutes))
    return said


def _shorter(old: Slot | None, slot: Slot) -> bool:
    return old is not None and slot.minutes < old.minutes


def _over_long(cohort_id: int, minutes: dict[int, int]) -> list[str]:
    """Who is recorded for more minutes than one of these slots takes, by name."""
    found = {
        enrolment_id
        for (enrolment_id, slot_id), mark in register.marks(cohort_id).items()
        if slot_id in minutes and mark.state == Attendance.PARTIAL and mark.minutes > minutes[slot_id]
    }
    query = select(Enrolment.name).where(Enrolment.id.in_(found), Enrolment.left_at.is_(None))
    return list(db.session.scalars(query.order_by(Enrolment.name))) if found else []


def _resting(before: Iterable[Slot], held: set[int]) -> list[str]:
    """About slots that were dropped though people are recorded for them."""
    said = []
    for slot in before:
        if slot.id not in held:
            last = [history[0] for history in register.history_of_slot(slot.id).values()]
            people = sum(mark.state != Attendance.NOT_RECORDED for mark in last)
            said += [wording.recorded(slot.title, people)] if people else []
    return said
