"""Entries by code follow the times: when a slot begins or ends otherwise, each is reckoned anew from its scan.

What holds gets a newer mark; nothing is changed. Who was struck, or entered by hand since, stays as the staff decided.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.accounts.models import User
from app.cohorts import register
from app.cohorts.models import Attendance, AttendanceMark, Enrolment, ScheduledSlot, Way
from app.cohorts.register import Entry
from app.cohorts.rules import Credit, credit
from app.extensions import db
from app.web import german

_REMARKS = {
    Attendance.PRESENT: "Zeiten geändert: mit dem Scan von {scan} Uhr von Anfang an da",
    Attendance.PARTIAL: "Zeiten geändert: ab Scan {scan} gerechnet",
    Attendance.NOT_RECORDED: "Zeiten geändert: beim Scan um {scan} Uhr war der Abschnitt vorbei",
}


def follow(slot_ids: Collection[int], by: User, zone: ZoneInfo) -> list[str]:
    """Reckon anew what was entered by code in these slots, whose times `by` has changed; the names of whom it concerns.

    Call inside a transaction, with the slots' rows locked.
    """
    if not slot_ids:
        return []
    last = select(func.max(AttendanceMark.id)).where(
        AttendanceMark.slot_id.in_(slot_ids), AttendanceMark.counts
    )
    query = (
        select(AttendanceMark, ScheduledSlot, Enrolment.name)
        .join(ScheduledSlot, ScheduledSlot.id == AttendanceMark.slot_id)
        .join(Enrolment, Enrolment.id == AttendanceMark.enrolment_id)
        .where(AttendanceMark.id.in_(last.group_by(AttendanceMark.enrolment_id, AttendanceMark.slot_id)))
        .where(AttendanceMark.way == Way.CODE)
    )
    found = db.session.execute(query.order_by(Enrolment.name, AttendanceMark.id)).all()
    return list(dict.fromkeys(name for mark, slot, name in found if _followed(mark, slot, by, zone)))


def _followed(mark: AttendanceMark, slot: ScheduledSlot, by: User, zone: ZoneInfo) -> bool:
    """Whether this mark says something else by the slot's times, and a newer one was made."""
    scan = scanned_at(mark)
    if scan is None:
        return False
    worth = credit(slot.starts_at, slot.ends_at, scan) or Credit(Attendance.NOT_RECORDED)
    if register.says(mark, worth.state, worth.minutes):
        return False
    remark = _REMARKS[worth.state].format(scan=german.time(scan, zone.key))
    entry = Entry(
        state=worth.state,
        minutes=worth.minutes,
        way=Way.CODE,
        operation=f"{register.FOLLOWS}{mark.id}",
        typed_at=scan,
        remark=remark,
    )
    register.enter(slot, mark.enrolment_id, entry, by)
    return True


def scanned_at(mark: AttendanceMark) -> datetime | None:
    """When the code was scanned. Older marks do not say it: then when it was entered, but not where staff did it later."""
    return mark.typed_at or (None if mark.remark else mark.recorded_at)
