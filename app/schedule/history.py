"""The history of the plan: what was changed, by whom, and which change may be taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from app import clock
from app.accounts.models import User
from app.cohorts import log
from app.cohorts.log import Deed
from app.extensions import db
from app.schedule import snapshots
from app.schedule.models import PlanChange
from app.schedule.rules import Day

_LONGEST = 1000


def note(
    cohort_id: int, day_id: int | None, sentence: str, before: Day | None, after: Day | None, by: User
) -> PlanChange:
    """Into the history of the plan and the log of the cohort."""
    made = PlanChange(
        cohort_id=cohort_id,
        day_id=day_id,
        sentence=sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1]}…",
        before=snapshots.write(before) if before else "",
        after=snapshots.write(after) if after else "",
        author=by.name[:200],
        author_id=by.id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    log.note(Deed.REPLANNED, cohort_id, by, made.sentence)
    return made


def undoable(change: PlanChange | None, day: Day, last: PlanChange | None) -> bool:
    """Whether this is the last change of the day that still holds, and the day is as it left it."""
    if change is None or last is None or change.id != last.id or change.before == change.after:
        return False
    return change.undone_at is None and holds(change, day)


def holds(change: PlanChange, day: Day) -> bool:
    """Whether the day is as this change left it."""
    if not (change.before and change.after):
        return False
    left = snapshots.read(change.after)
    return (left.date, left.name, left.place, left.held) == (day.date, day.name, day.place, day.held)


def last_change(day_id: int) -> PlanChange | None:
    """The last change of this day that was not undone and undoes nothing."""
    query = select(PlanChange).where(PlanChange.day_id == day_id, PlanChange.undone_at.is_(None))
    return db.session.scalar(
        query.where(PlanChange.undoes_id.is_(None)).order_by(PlanChange.id.desc()).limit(1)
    )


def known_since(day_id: int, moment: datetime, change_id: int) -> list[Day]:
    """The day as it stood, since then, before each change that came before this one and still holds (one statement)."""
    query = select(PlanChange.before).where(PlanChange.day_id == day_id, PlanChange.at >= moment)
    holding = query.where(PlanChange.undone_at.is_(None), PlanChange.undoes_id.is_(None))
    found = db.session.scalars(holding.where(PlanChange.id < change_id, PlanChange.before != ""))
    return [snapshots.read(text) for text in found]


def changes(cohort_id: int) -> list[PlanChange]:
    """The whole history, the newest first."""
    query = select(PlanChange).where(PlanChange.cohort_id == cohort_id)
    return list(db.session.scalars(query.order_by(PlanChange.id.desc())))


def latest(cohort_id: int, most: int) -> tuple[list[PlanChange], int]:
    """The newest changes that hold, so many at most, and how many there are (one statement)."""
    query = select(PlanChange, func.count().over()).where(PlanChange.cohort_id == cohort_id)
    holding = query.where(PlanChange.undone_at.is_(None), PlanChange.undoes_id.is_(None))
    rows = db.session.execute(holding.order_by(PlanChange.id.desc()).limit(most)).all()
    return [change for change, _ in rows], rows[0][1] if rows else 0


def find_change(cohort_id: int, change_id: int) -> PlanChange | None:
    query = select(PlanChange).where(PlanChange.cohort_id == cohort_id, PlanChange.id == change_id)
    return db.session.scalar(query)
