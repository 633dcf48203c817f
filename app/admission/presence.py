"""How far somebody has come: invited, with a card, inside; and whether a letter to them came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Letter, User
from app.cohorts.log import Deed
from app.cohorts.models import Cohort, CohortEvent, Enrolment
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Presence:
    """`entered_at`: first inside. `has_password`: staff, who need no link. `undelivered`: the last letter did not arrive."""

    invited_at: datetime | None
    card_at: datetime | None
    entered_at: datetime | None
    has_password: bool
    undelivered: bool


def of_people(cohort_id: int) -> dict[int, Presence]:
    """enrolment id -> how far they have come, of everybody who was ever in the cohort (three statements)."""
    deeds = _last_deeds(cohort_id)
    undelivered = _undelivered(cohort_id)
    rows = db.session.execute(
        select(Enrolment.id, User)
        .join(User, User.id == Enrolment.user_id)
        .where(Enrolment.cohort_id == cohort_id)
    ).unique()
    return {
        enrolment_id: Presence(
            deeds.get((enrolment_id, Deed.INVITED)),
            deeds.get((enrolment_id, Deed.CARD)),
            user.entered_at,
            bool(user.password or user.role_names),
            enrolment_id in undelivered,
        )
        for enrolment_id, user in rows
    }


def _last_deeds(cohort_id: int) -> dict[tuple[int, str], datetime]:
    query = (
        select(CohortEvent.enrolment_id, CohortEvent.deed, func.max(CohortEvent.at))
        .where(
            CohortEvent.cohort_id == cohort_id, CohortEvent.deed.in_([Deed.INVITED.value, Deed.CARD.value])
        )
        .group_by(CohortEvent.enrolment_id, CohortEvent.deed)
    )
    rows = db.session.execute(query)
    return {(enrolment_id, deed): at for enrolment_id, deed, at in rows if enrolment_id is not None}


def _undelivered(cohort_id: int) -> set[int]:
    """Those whose last letter bounced, or could not be sent and is not tried again."""
    last = (
        select(Enrolment.id, func.max(Letter.id).label("letter_id"))
        .join(Letter, func.lower(Letter.recipient) == func.lower(Enrolment.email))
        .where(Enrolment.cohort_id == cohort_id)
        .group_by(Enrolment.id)
        .subquery()
    )
    failed = Letter.bounced_at.is_not(None) | (Letter.sent_at.is_(None) & Letter.next_try_at.is_(None))
    query = select(last.c.id).join(Letter, Letter.id == last.c.letter_id)
    return set(db.session.scalars(query.where(failed, Letter.settled_at.is_(None))))


def moved_to(person: Enrolment) -> tuple[Cohort, Enrolment] | None:
    """Where somebody went on who moved to another cohort (or whose entry as a guest turned out to be theirs)."""
    there = aliased(Enrolment)
    query = (
        select(Cohort, there)
        .join(there, there.cohort_id == Cohort.id)
        .where(there.id == person.merged_into_id)
    )
    found = db.session.execute(query).one_or_none() if person.merged_into_id else None
    return (found[0], found[1]) if found else None
