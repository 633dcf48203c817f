"""Checking in with the code in the room: whose code it is, what a scan becomes in the register, striking it again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from flask import current_app
from sqlalchemy import func, select

from app import clock
from app.accounts.models import User
from app.attendance import struck as strikes
from app.attendance.by_code import codes
from app.cohorts import following, register
from app.cohorts.models import Attendance, AttendanceMark, Cohort, Enrolment, ScheduledSlot, Way
from app.cohorts.rules import CONTENT, Credit, credit
from app.extensions import db

THERE = (Attendance.PRESENT, Attendance.PARTIAL)


class Result(StrEnum):
    """What became of a scan. All but ENTERED write nothing."""

    ENTERED = "entered"
    KNOWN = "known"  # the register says so already
    STAYS = "stays"  # the staff have entered how many minutes, or decided after an objection; that holds
    STRUCK = "struck"  # the staff took an entry by code back
    DROPPED = "dropped"  # the slot does not take place any more
    OVER = "over"  # the slot was moved, and was over when the code was scanned


REFUSED = (Result.STRUCK, Result.DROPPED, Result.OVER)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`mark`: what holds; None where nothing does. `credit`: what the scan is (or would be) worth."""

    result: Result
    mark: AttendanceMark | None = None
    credit: Credit | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A slot somebody can check in to. `enrolment`: as whom, None for somebody who takes no part in its cohort."""

    slot: ScheduledSlot
    cohort: Cohort
    enrolment: Enrolment | None = None


def code_of(slot: ScheduledSlot) -> str:
    """What is shown in the room now."""
    return codes.code_at(_key(), slot.uid, codes.step_of(clock.now()))


def slots_for(code: str) -> tuple[int, ...]:
    """Ids of the slots that this (normalised) code opens now; one, or none."""
    now, key = clock.now(), _key()
    return tuple(slot.id for slot in _open_at(now) if codes.fits(key, slot.uid, code, now))


def has_expired(code: str) -> bool:
    """Whether this code was shown somewhere within the last two hours."""
    now, key = clock.now(), _key()
    slots = _around(now - codes.REMEMBERED, now)
    return any(codes.has_expired(key, slot.uid, code, now) for slot in slots)


def _key() -> bytes:
    secret: bytes = current_app.extensions["feldweg"].settings.session_key
    return hmac.new(secret, b"check-in code", hashlib.sha256).digest()


def _open_at(now: datetime) -> list[ScheduledSlot]:
    return [slot for slot in _around(now, now) if codes.is_open(slot.starts_at, slot.ends_at, now)]


def _around(first: datetime, last: datetime) -> Sequence[ScheduledSlot]:
    """Content slots that take place, and could be checked in to at some time in between."""
    query = select(ScheduledSlot).join(Cohort, Cohort.id == ScheduledSlot.cohort_id)
    return db.session.scalars(
        query.where(
            ScheduledSlot.kind == CONTENT,
            ScheduledSlot.cancelled_at.is_(None),
            Cohort.cancelled_at.is_(None),
            ScheduledSlot.starts_at <= last + codes.OPENS_BEFORE,
            ScheduledSlot.ends_at >= first,
        ).order_by(ScheduledSlot.starts_at, ScheduledSlot.id)
    ).all()


def places(slot_ids: Iterable[int], user_id: int | None) -> list[Place]:
    """These slots with their cohorts; those where this person takes part first."""
    mine = (Enrolment.cohort_id == Cohort.id) & (Enrolment.user_id == user_id) & Enrolment.left_at.is_(None)
    query = (
        select(ScheduledSlot, Cohort, Enrolment)
        .join(Cohort, Cohort.id == ScheduledSlot.cohort_id)
        .outerjoin(Enrolment, mine)
        .where(ScheduledSlot.id.in_(list(slot_ids)))
        .order_by(ScheduledSlot.starts_at, ScheduledSlot.id)
    )
    found = [Place(slot, cohort, enrolment) for slot, cohort, enrolment in db.session.execute(query)]
    return sorted(found, key=lambda place: place.enrolment is None)


def open_slot(slots: Iterable[ScheduledSlot], now: datetime) -> ScheduledSlot | None:
    """Of a cohort's slots (by time) the one to show a code for: it runs, else it begins within a quarter of an hour."""
    content = [slot for slot in slots if slot.kind == CONTENT and not slot.cancelled_at]
    running = [slot for slot in content if slot.starts_at <= now < slot.ends_at]
    soon = [slot for slot in content if codes.is_open(slot.starts_at, slot.ends_at, now)]
    return next(iter(running + soon), None)


def standing(slot_id: int) -> dict[int, AttendanceMark]:
    """enrolment id -> what holds about this slot, or will hold as soon as it begins; withdrawn marks too."""
    last = select(func.max(AttendanceMark.id)).where(AttendanceMark.slot_id == slot_id, AttendanceMark.counts)
    query = select(AttendanceMark).where(AttendanceMark.id.in_(last.group_by(AttendanceMark.enrolment_id)))
    return {mark.enrolment_id: mark for mark in db.session.scalars(query)}


def foresee(place: Place, scanned_at: datetime) -> Outcome:
    """What would become of this scan, without writing anything."""
    slot, enrolment = place.slot, place.enrolment
    if slot.cancelled_at or place.cohort.cancelled_at:
        return Outcome(Result.DROPPED)
    marks = _marks(slot.id, enrolment.id) if enrolment else []
    return _judge(slot, marks, scanned_at)


def _judge(slot: ScheduledSlot, marks: Sequence[AttendanceMark], scanned_at: datetime) -> Outcome:
    latest = marks[0] if marks else None
    if latest and latest.state in THERE:
        by_code = latest.way == Way.CODE or latest.state == Attendance.PRESENT
        return Outcome(Result.KNOWN if by_code else Result.STAYS, latest)
    if latest and latest.way == Way.OBJECTION:
        return Outcome(Result.STAYS, latest)
    if any(mark.way == Way.STRUCK for mark in marks):
        return Outcome(Result.STRUCK, latest)
    worth = credit(slot.starts_at, slot.ends_at, scanned_at)
    return Outcome(Result.ENTERED, latest, worth) if worth else Outcome(Result.OVER, latest)


def _marks(slot_id: int, enrolment_id: int) -> Sequence[AttendanceMark]:
    """Every counting mark, the newest first; also those by code that wait for the slot to begin."""
    query = select(AttendanceMark).where(
        AttendanceMark.slot_id == slot_id, AttendanceMark.enrolment_id == enrolment_id, AttendanceMark.counts
    )
    return db.session.scalars(query.order_by(AttendanceMark.id.desc())).all()


def enter(
    slot_id: int,
    enrolment_id: int,
    scanned_at: datetime,
    by: User,
    *,
    remark: str = "",
    forgive: bool = False,
) -> Outcome:
    """Make an entry of a scan, if it is to become one; the slot as it is by now decides. Call inside a transaction.

    `forgive`: staff do it, who may overrule that it was struck.
    """
    slot = _locked(slot_id)
    cancelled = db.session.scalar(select(Cohort.cancelled_at).where(Cohort.id == slot.cohort_id))
    if slot.cancelled_at or cancelled:
        return Outcome(Result.DROPPED)
    marks = _marks(slot_id, enrolment_id)
    if forgive:  # what was struck says nothing any more
        marks = list(takewhile(lambda mark: mark.way != Way.STRUCK, marks))
    outcome = _judge(slot, marks, scanned_at)
    if outcome.result is not Result.ENTERED or outcome.credit is None:
        return outcome
    worth = outcome.credit
    entry = register.Entry(
        state=worth.state, minutes=worth.minutes, way=Way.CODE, typed_at=scanned_at, remark=remark
    )
    return Outcome(Result.ENTERED, register.enter(slot, enrolment_id, entry, by), worth)


def strike(slot_id: int, enrolment_id: int, by: User) -> bool:
    """Take an entry by code back. False: what holds by now was not entered by code. Call inside a transaction."""
    slot = _locked(slot_id)
    marks = _marks(slot_id, enrolment_id)
    latest = marks[0] if marks else None
    if latest and latest.way == Way.STRUCK:
        return True
    if latest is None or latest.way != Way.CODE:
        return False
    register.enter(slot, enrolment_id, register.Entry(state=Attendance.NOT_RECORDED, way=Way.STRUCK), by)
    return True


def restore(slot_id: int, enrolment_id: int, by: User) -> bool:
    """Take a strike back: what stood before holds again, now by the staff. False: something else holds by now.

    Taken back twice is taken back once. Call inside a transaction.
    """
    slot = _locked(slot_id)
    marks = _marks(slot_id, enrolment_id)
    strike_at = next((at for at, mark in enumerate(marks) if mark.way == Way.STRUCK), None)
    if strike_at is None or strike_at + 1 >= len(marks):
        return False
    struck, before = marks[strike_at], marks[strike_at + 1]
    operation = f"{strikes.TAKEN_BACK}{struck.id}"
    if strike_at:
        return marks[0].operation == operation
    state, minutes = Attendance(before.state), min(before.minutes, slot.minutes)
    # An early scan waits until its slot begins; an entry by the list would count at once.
    way = Way.LIST if slot.starts_at <= clock.now() else Way.CODE
    scan = following.scanned_at(before) if way is Way.CODE else None
    entry = register.Entry(state=state, minutes=minutes, way=way, operation=operation, typed_at=scan)
    register.enter(slot, enrolment_id, entry, by)
    return True


def _locked(slot_id: int) -> ScheduledSlot:
    query = select(ScheduledSlot).where(ScheduledSlot.id == slot_id)
    return db.session.scalars(query.with_for_update()).one()
