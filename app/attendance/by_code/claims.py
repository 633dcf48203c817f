"""Names of people who had the code but not their personal link. They count when staff say who that is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app import clock
from app.accounts.models import User
from app.accounts.periodic import Job
from app.attendance.by_code import check_in
from app.attendance.by_list import likeness
from app.attendance.models import Claim
from app.cohorts.models import Enrolment, ScheduledSlot
from app.extensions import db

_KEPT = timedelta(days=60)  # then nobody asks any more who that was


class AlreadySettled(Exception):
    """Somebody else has said in between who that is."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim nobody has settled yet. `proposed`: who it probably is; `near`: not certainly; `others`: also near."""

    claim: Claim
    proposed: Enrolment | None
    near: bool
    others: Sequence[Enrolment] = ()


def make(slot_id: int, name: str, scanned_at: datetime, form_key: str) -> Claim:
    """Put a name down. The same form sent twice is one claim. Call inside a transaction."""
    db.session.execute(select(ScheduledSlot.id).where(ScheduledSlot.id == slot_id).with_for_update())
    hashed = hashlib.sha256(form_key.encode()).hexdigest() if form_key else None
    known = db.session.scalar(select(Claim).where(Claim.form_key == hashed)) if hashed else None
    if known:
        return known
    made = Claim(slot_id=slot_id, name=name, scanned_at=scanned_at, form_key=hashed)
    db.session.add(made)
    db.session.flush()
    return made


def find(claim_id: int) -> Claim | None:
    return db.session.get(Claim, claim_id)


def find_for(slot_id: int, claim_id: int) -> Claim | None:
    """A claim of this slot."""
    return db.session.scalar(select(Claim).where(Claim.id == claim_id, Claim.slot_id == slot_id))


def waiting(slot_id: int, people: Iterable[Enrolment]) -> list[Waiting]:
    """The claims of a slot that are to be settled, as they came; who they may be is looked for among `people`."""
    everyone = list(people)
    query = select(Claim).where(Claim.slot_id == slot_id, Claim.settled_at.is_(None)).order_by(Claim.id)
    return [_waiting(claim, everyone) for claim in db.session.scalars(query)]


def _waiting(claim: Claim, people: Sequence[Enrolment]) -> Waiting:
    likely = likeness.likely(claim.name, people)
    sure = [person for person in likely if likeness.same(claim.name, person.name)]
    others = likely[1:] + likeness.akin(claim.name, people)
    return Waiting(claim, likely[0] if likely else None, len(sure) != 1, others)


def assign(claim_id: int, enrolment_id: int, by: User) -> check_in.Outcome:
    """That is this person: their entry, by the time of the scan. Call inside a transaction. Raises AlreadySettled."""
    claim = _open_claim(claim_id, enrolment_id)
    if claim is None:
        return check_in.Outcome(check_in.Result.KNOWN)
    remark = f"Code ohne Anmeldung, Name „{claim.name}“"
    outcome = check_in.enter(
        claim.slot_id, enrolment_id, claim.scanned_at, by, remark=remark[:500], forgive=True
    )
    _settle(claim, enrolment_id, by)
    return outcome


def discard(claim_id: int, by: User) -> None:
    """That is nobody. Call inside a transaction. Raises AlreadySettled."""
    claim = _open_claim(claim_id, None)
    if claim:
        _settle(claim, None, by)


def _open_claim(claim_id: int, enrolment_id: int | None) -> Claim | None:
    """The claim, locked; None where it was settled in just this way."""
    claim = db.session.scalars(select(Claim).where(Claim.id == claim_id).with_for_update()).one()
    if claim.settled_at is None:
        return claim
    if claim.enrolment_id != enrolment_id:
        raise AlreadySettled
    return None


def _settle(claim: Claim, enrolment_id: int | None, by: User) -> None:
    claim.enrolment_id, claim.settled_at, claim.settled_by = enrolment_id, clock.now(), by.name[:200]
    db.session.flush()


def old(now: datetime) -> list[int]:
    """Claims whose names are to be forgotten. Reads only."""
    return list(db.session.scalars(select(Claim.id).where(Claim.scanned_at < now - _KEPT)))


def forget(claim_id: int, now: datetime) -> None:
    """Erase one. Call inside a transaction."""
    db.session.execute(delete(Claim).where(Claim.id == claim_id))


JOB = Job("claims", timedelta(days=1), old, forget)
