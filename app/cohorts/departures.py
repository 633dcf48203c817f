"""How people went who are not in a cohort any more: by themselves, taken out, to another cohort, or as a guest who was somebody."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.cohorts.log import Deed
from app.cohorts.models import Cohort, CohortEvent, Enrolment
from app.editions.rules import inner
from app.extensions import db

_WORDS: dict[str, str] = {
    Deed.LEFT: "ausgetreten",
    Deed.REMOVED: "herausgenommen",
    Deed.MOVED_AWAY: "umgezogen",
    Deed.MERGED: "zusammengeführt",
}
_UNKNOWN = "nicht mehr dabei"


@dataclass(frozen=True, slots=True)
class Departed:
    """Somebody's own place that ended. `next_cohort`: where they go on, if they do."""

    enrolment: Enrolment
    cohort: Cohort
    deed: str | None
    next_cohort: Cohort | None

    @property
    def by_self(self) -> bool:
        """Whether they left."""
        return self.deed == Deed.LEFT

    @property
    def merged(self) -> bool:
        """Whether this was a guest who was somebody: what is entered went over to them."""
        return self.deed == Deed.MERGED


def of_user(user_id: int, cohort_id: int | None = None) -> list[Departed]:
    """Where this person does not take part any more (in this cohort alone), left last first; one statement."""
    there, target = aliased(Enrolment), aliased(Cohort)
    last = (
        select(CohortEvent.deed)
        .where(CohortEvent.enrolment_id == Enrolment.id, CohortEvent.deed.in_(list(_WORDS)))
        .order_by(CohortEvent.id.desc())
        .limit(1)
        .correlate(Enrolment)
        .scalar_subquery()
    )
    query = (
        select(Enrolment, Cohort, last, target)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(there, (there.id == Enrolment.merged_into_id) & there.left_at.is_(None))
        .outerjoin(target, target.id == there.cohort_id)
        .where(Enrolment.user_id == user_id, Enrolment.left_at.is_not(None))
        .order_by(Enrolment.left_at.desc(), Enrolment.id.desc())
    )
    if cohort_id is not None:
        query = query.where(Enrolment.cohort_id == cohort_id)
    return [Departed(own, cohort, deed, goes_on) for own, cohort, deed, goes_on in db.session.execute(query)]


def before(enrolment: Enrolment) -> list[Departed]:
    """The places from which this person moved until they came to this one, left last first; one statement."""
    found, reached = [], {enrolment.id}
    for each in of_user(enrolment.user_id):
        if each.enrolment.merged_into_id in reached and not each.merged:
            reached.add(each.enrolment.id)
            found.append(each)
    return found


def of_cohort(cohort_id: int) -> dict[int, str]:
    """enrolment id -> how they went, in words, of everybody who left; where to, if they go on elsewhere (one statement)."""
    there = aliased(Enrolment)
    last = (
        select(CohortEvent.enrolment_id, func.max(CohortEvent.id).label("event_id"))
        .where(CohortEvent.cohort_id == cohort_id, CohortEvent.deed.in_(list(_WORDS)))
        .group_by(CohortEvent.enrolment_id)
        .subquery()
    )
    gone = (
        select(Enrolment.id, CohortEvent.deed, there.cohort_id, there.name, Cohort.title)
        .outerjoin(last, last.c.enrolment_id == Enrolment.id)
        .outerjoin(CohortEvent, CohortEvent.id == last.c.event_id)
        .outerjoin(there, there.id == Enrolment.merged_into_id)
        .outerjoin(Cohort, Cohort.id == there.cohort_id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.left_at.is_not(None))
    )
    return {
        number: _went(cohort_id, deed, there_id, name, title)
        for number, deed, there_id, name, title in db.session.execute(gone)
    }


def _went(cohort_id: int, deed: str | None, there_id: int | None, name: str | None, title: str | None) -> str:
    if there_id is None:
        return _WORDS.get(deed or "", _UNKNOWN)
    return (
        f"zusammengeführt mit {name}" if there_id == cohort_id else f"umgezogen nach „{inner(title or '')}“"
    )
