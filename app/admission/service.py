"""What other rooms ask about seats and those who wait for one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from app.admission.models import Waiting
from app.cohorts import seats
from app.cohorts.models import Cohort
from app.extensions import db


def waiting_count(cohort_ids: Iterable[int]) -> dict[int, int]:
    """cohort id -> how many wait for a seat; cohorts nobody waits for are not there. One statement."""
    query = select(Waiting.cohort_id, func.count()).where(
        Waiting.cohort_id.in_(list(cohort_ids)), Waiting.admitted_at.is_(None), Waiting.withdrawn_at.is_(None)
    )
    rows = db.session.execute(query.group_by(Waiting.cohort_id))
    return {cohort_id: int(number) for cohort_id, number in rows}


def free_seats(cohort: Cohort) -> int | None:
    """How many may still come in, never below 0; None: as many as come."""
    return seats.free(cohort)


def open_seats(cohort: Cohort) -> int | None:
    """How many may come in who have not waited: the free seats without those that others wait for."""
    found = seats.free(cohort)
    return found if found is None else max(0, found - waiting_count([cohort.id]).get(cohort.id, 0))
