"""Entries by code that the staff struck: they stay struck until the staff take that back, or enter something else."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.cohorts.models import AttendanceMark, Way
from app.extensions import db

TAKEN_BACK = "doch-"  # how the operation begins that takes a strike back


def among(slot_ids: Collection[int]) -> set[tuple[int, int]]:
    """(enrolment id, slot id) of each strike that was not taken back, also where something else is entered by now.

    Only the staff can enter somebody by code who was struck; that takes the strike back, too.
    """
    newer = aliased(AttendanceMark)
    taken_back = exists().where(
        newer.slot_id == AttendanceMark.slot_id,
        newer.enrolment_id == AttendanceMark.enrolment_id,
        newer.id > AttendanceMark.id,
        and_(newer.counts, or_(newer.way == Way.CODE, newer.operation.startswith(TAKEN_BACK))),
    )
    query = select(AttendanceMark.enrolment_id, AttendanceMark.slot_id).where(
        AttendanceMark.slot_id.in_(slot_ids),
        AttendanceMark.way == Way.STRUCK,
        AttendanceMark.counts,
        ~taken_back,
    )
    return {(enrolment_id, slot_id) for enrolment_id, slot_id in db.session.execute(query)}


def in_slot(slot_id: int) -> set[int]:
    """Ids of the enrolments struck in this slot, as above."""
    return {enrolment_id for enrolment_id, _ in among([slot_id])}
