"""Seats of a cohort. Who gives one away holds the cohort's row, so that the last one is given once."""

from __future__ import annotations

from sqlalchemy import func, select

from app.cohorts.models import Cohort, Enrolment
from app.extensions import db


class Full(Exception):
    """No seat is free."""


def locked(cohort_id: int) -> Cohort:
    """The cohort, locked until the end of the transaction and read anew."""
    query = select(Cohort).where(Cohort.id == cohort_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def taken(cohort_id: int) -> int:
    """How many take part."""
    query = select(func.count(Enrolment.id)).where(
        Enrolment.cohort_id == cohort_id, Enrolment.left_at.is_(None)
    )
    return int(db.session.scalar(query) or 0)


def free(cohort: Cohort) -> int | None:
    """How many may still come in, never below 0; None: as many as come."""
    return None if cohort.seats is None else max(0, cohort.seats - taken(cohort.id))


def need_one(cohort_id: int, reserved: int = 0) -> None:
    """Raises Full unless a seat is free beside the `reserved` ones."""
    found = free(db.session.get_one(Cohort, cohort_id))
    if found is not None and found - reserved <= 0:
        raise Full
