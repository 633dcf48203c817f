"""The log of deeds: who changed what about a cohort or somebody's place in it. Entries are only ever added."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select

from app import clock
from app.accounts.models import User
from app.cohorts.models import CohortEvent, Enrolment
from app.extensions import db

_LONGEST = 1000


class Deed(StrEnum):
    """What was done. `wording.DEEDS` says it in German."""

    JOINED = "joined"
    RENAMED = "renamed"
    NEW_LINK = "new_link"
    REMOVED = "removed"
    READMITTED = "readmitted"
    CHANGED = "changed"
    REPLANNED = "replanned"
    SHAPED = "shaped"
    EVIDENCE_ADDED = "evidence_added"
    EVIDENCE_REMOVED = "evidence_removed"
    ADDED = "added"
    INVITED = "invited"
    CARD = "card"
    CORRECTED = "corrected"
    LEFT = "left"
    MOVED_AWAY = "moved_away"
    MOVED_IN = "moved_in"
    ADMITTED = "admitted"
    WITHDRAWN = "withdrawn"
    CALENDAR = "calendar"
    COPIED = "copied"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    WALK_IN = "walk_in"
    MERGED = "merged"
    STAYS = "stays"


def note(
    deed: Deed, cohort_id: int, by: User | str, detail: str = "", enrolment_id: int | None = None
) -> CohortEvent:
    """Write it down; `by` is a name where nobody with an access did it. Call inside a transaction."""
    made = CohortEvent(
        cohort_id=cohort_id,
        enrolment_id=enrolment_id,
        deed=deed.value,
        detail=detail[:_LONGEST],
        author=(by if isinstance(by, str) else by.name)[:200],
        author_id=None if isinstance(by, str) else by.id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def note_person(deed: Deed, person: Enrolment, by: User | str, detail: str = "") -> CohortEvent:
    """Something that was done to one person's place in a cohort."""
    return note(deed, person.cohort_id, by, detail, person.id)


def of_person(enrolment_id: int) -> list[CohortEvent]:
    """Everything about one person, the newest first."""
    query = select(CohortEvent).where(CohortEvent.enrolment_id == enrolment_id)
    return list(db.session.scalars(query.order_by(CohortEvent.id.desc())))


def of_cohort(cohort_id: int, most: int | None = None) -> list[tuple[CohortEvent, str | None]]:
    """Everything about a cohort with the name of the person it was about, the newest first."""
    query = select(CohortEvent, Enrolment.name).outerjoin(Enrolment, Enrolment.id == CohortEvent.enrolment_id)
    rows = db.session.execute(
        query.where(CohortEvent.cohort_id == cohort_id).order_by(CohortEvent.id.desc()).limit(most)
    )
    return [(event, name) for event, name in rows]
