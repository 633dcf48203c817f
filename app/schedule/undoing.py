"""Taking back the last change of a day."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app import clock
from app.accounts.models import User
from app.cohorts.models import Cohort
from app.extensions import db
from app.schedule import days, history, rules, service, snapshots
from app.schedule.models import PlanChange
from app.schedule.service import Applied, Overtaken


def undo(change_id: int, by: User) -> Applied:
    """The day as it was before its last change. Call inside a transaction.

    Raises Overtaken where something else was changed since, DateTaken, RegisterBegun, Refused.
    """
    change = db.session.get_one(PlanChange, change_id, populate_existing=True)
    if change.day_id is None:
        raise Overtaken(None)
    row = service.locked(change.day_id)
    known, last = service.days_by_id(row.cohort_id), history.last_change(row.id)
    if not history.undoable(change, known[row.id], last):
        raise Overtaken(last)
    before = rules.restored(known[row.id], snapshots.read(change.before), clock.now())
    if before.date != known[row.id].date:
        days.may_move(known, row.id, before.date)
    zone = ZoneInfo(db.session.get_one(Cohort, row.cohort_id).time_zone)
    return service.store(row, known, before, by, zone, said="Rückgängig gemacht: ", undoes=change)


def is_about_the_day(change: PlanChange) -> bool:
    """Whether date, name or place were changed, which is not a trainer's to decide."""
    if not (change.before and change.after):
        return False
    one, other = snapshots.read(change.before), snapshots.read(change.after)
    return (one.date, one.name, one.place) != (other.date, other.name, other.place)
