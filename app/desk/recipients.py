"""Whose address a letter went to: where it can be put right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.cohorts.models import Cohort, Enrolment
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody's place in a cohort."""

    cohort_id: int
    enrolment_id: int
    name: str
    cohort: str


def of_addresses(addresses: Iterable[str]) -> dict[str, list[Recipient]]:
    """address -> whose it is now in a cohort that takes place, the newest first (one statement)."""
    wanted = {address.casefold() for address in addresses}
    found: dict[str, list[Recipient]] = defaultdict(list)
    if not wanted:
        return found
    query = (
        select(func.lower(Enrolment.email), Enrolment.cohort_id, Enrolment.id, Enrolment.name, Cohort.title)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(func.lower(Enrolment.email).in_(wanted), Enrolment.left_at.is_(None))
        .order_by(Enrolment.id.desc())
    )
    for address, *place in db.session.execute(query):
        found[address].append(Recipient(*place))
    return found
