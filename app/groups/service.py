"""Small groups in and out of the database: drawing, picking, joining by code."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select

from app import clock
from app.cohorts.codes import new_code, normalise
from app.cohorts.models import Cohort, Enrolment
from app.course.model import Block
from app.extensions import db
from app.groups import rules
from app.groups.models import GroupSheet, WorkGroup, WorkGroupMember
from app.groups.sheets import sheets_of
from app.quizzes.models import ProcedureRun
from app.quizzes.values import Saved

CODE_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """A small group with its people by name; `wrote`: something stands on a sheet of theirs."""

    id: int
    number: int
    code: str
    station: str
    slot_id: int | None
    people: tuple[Person, ...] = ()
    wrote: bool = False

    @property
    def name(self) -> str:
        return f"Gruppe {self.number}"


@dataclass(frozen=True, slots=True)
class Mine:
    """The group somebody is in at a station, and what it has written by block."""

    group: Group
    sheets: Mapping[str, Saved] = field(default_factory=dict)


def in_cohort(cohort_id: int, station: str = "") -> list[Group]:
    """The groups of a cohort (at one station, if it is named), by number; three statements."""
    query = select(WorkGroup).where(WorkGroup.cohort_id == cohort_id)
    if station:
        query = query.where(WorkGroup.station == station)
    rows = db.session.scalars(query.order_by(WorkGroup.station, WorkGroup.number)).all()
    ids = [row.id for row in rows]
    people, written = _people(ids), _written(ids)
    return [_group(row, people.get(row.id, ()), row.id in written) for row in rows]


def of_person(enrolment_id: int) -> dict[str, Mine]:
    """The person's groups by station; nothing more is asked of somebody without any (four statements at most)."""
    joined = select(WorkGroupMember.group_id).where(WorkGroupMember.enrolment_id == enrolment_id)
    rows = db.session.scalars(select(WorkGroup).where(WorkGroup.id.in_(joined))).all()
    if not rows:
        return {}
    ids = [row.id for row in rows]
    people, sheets = _people(ids), sheets_of(ids)
    return {
        row.station: Mine(
            _group(row, people.get(row.id, ()), False),
            {block_id: saved for (group_id, block_id), saved in sheets.items() if group_id == row.id},
        )
        for row in rows
    }


def id_at(enrolment_id: int, station: str) -> int | None:
    """Which group somebody is in at a station (one statement)."""
    member = WorkGroupMember.enrolment_id == enrolment_id, WorkGroupMember.station == station
    return db.session.scalar(select(WorkGroupMember.group_id).where(*member))


def find(cohort_id: int, group_id: int) -> Group | None:
    """A group of this cohort with its people."""
    row = db.session.scalar(
        select(WorkGroup).where(WorkGroup.id == group_id, WorkGroup.cohort_id == cohort_id)
    )
    if row is None:
        return None
    return _group(row, _people([row.id]).get(row.id, ()), bool(_written([row.id])))


def exist_at(cohort_id: int, station: str) -> bool:
    """Whether there are groups at this station that one could join."""
    query = select(func.count(WorkGroup.id)).where(
        WorkGroup.cohort_id == cohort_id, WorkGroup.station == station
    )
    return bool(db.session.scalar(query))


def draw(cohort_id: int, station: str, slot_id: int | None, people: Sequence[int], count: int) -> bool:
    """New groups at this station by lot, in place of the old ones. False: an old one has written already.

    Call inside a transaction.
    """
    ids = _locked(cohort_id, station)
    if _written(ids):
        return False
    db.session.execute(delete(WorkGroup).where(WorkGroup.id.in_(ids)))
    for number, members in enumerate(rules.draw(people, count, random.Random(secrets.randbits(64))), 1):  # noqa: S311
        group = WorkGroup(
            cohort_id=cohort_id,
            station=station,
            slot_id=slot_id,
            number=number,
            code=_free_code(cohort_id),
            created_at=clock.now(),
        )
        db.session.add(group)
        db.session.flush()
        _put(group, members)
    return True


def pick(cohort_id: int, station: str, wanted: Mapping[int, int]) -> None:
    """Put people (by enrolment) into groups (by id; 0: into none). Call inside a transaction."""
    ids = set(_locked(cohort_id, station))
    _hand_over(ids, wanted)
    _leave(station, wanted)
    for enrolment_id, group_id in wanted.items():
        if group_id in ids:
            db.session.add(WorkGroupMember(group_id=group_id, enrolment_id=enrolment_id, station=station))
    db.session.flush()


def dissolve(cohort_id: int, station: str) -> bool:
    """Take the groups of a station away; False if one has written. Call inside a transaction."""
    ids = _locked(cohort_id, station)
    if _written(ids):
        return False
    db.session.execute(delete(WorkGroup).where(WorkGroup.id.in_(ids)))
    return True


def join(cohort_id: int, station: str, typed: str, enrolment_id: int) -> Group | None:
    """Into the group with this code, out of any other at the station; None: no such code there.

    Call inside a transaction.
    """
    code = normalise(typed)[:CODE_LENGTH]
    row = db.session.scalar(
        select(WorkGroup).where(
            WorkGroup.cohort_id == cohort_id, WorkGroup.station == station, WorkGroup.code == code
        )
    )
    if row is None:
        return None
    pick(cohort_id, station, {enrolment_id: row.id})
    return find(cohort_id, row.id)


def leave(cohort_id: int, station: str, enrolment_id: int) -> bool:
    """Out of the group at this station. False: it has written, so only trainers take somebody out.

    Call inside a transaction.
    """
    ids = _locked(cohort_id, station)
    own = id_at(enrolment_id, station)
    if own in _written(ids):
        return False
    if own:
        pick(cohort_id, station, {enrolment_id: 0})
    return True


def gathers(block: Block) -> bool:
    """Whether small groups work at this block: they write it together, or go through its procedure."""
    return block.group_work or getattr(block, "for_whom", "") == "gruppe"


def _locked(cohort_id: int, station: str) -> list[int]:
    """The groups there. The cohort is locked too: where there is no group yet, two draws would both be the first."""
    cohort = select(Cohort.id).where(Cohort.id == cohort_id)
    db.session.execute(cohort.with_for_update(key_share=True))
    query = select(WorkGroup.id).where(WorkGroup.cohort_id == cohort_id, WorkGroup.station == station)
    return list(db.session.scalars(query.order_by(WorkGroup.id).with_for_update()))


def _hand_over(ids: Iterable[int], wanted: Mapping[int, int]) -> None:
    """Whoever is put elsewhere moderates no more where they were, so that somebody who is there can."""
    scopes = {f"gruppe:{group_id}": group_id for group_id in ids}
    moderated = ProcedureRun.scope.in_(scopes), ProcedureRun.moderator_enrolment_id.in_(wanted)
    runs = select(ProcedureRun).where(*moderated).with_for_update()
    for run in db.session.scalars(runs.execution_options(populate_existing=True)):
        if wanted[run.moderator_enrolment_id or 0] != scopes[run.scope]:
            run.moderator_enrolment_id, run.version = None, run.version + 1


def _leave(station: str, enrolments: Iterable[int]) -> None:
    db.session.execute(
        delete(WorkGroupMember).where(
            WorkGroupMember.station == station, WorkGroupMember.enrolment_id.in_(list(enrolments))
        )
    )


def _put(group: WorkGroup, members: Iterable[int]) -> None:
    for enrolment_id in members:
        db.session.add(WorkGroupMember(group_id=group.id, enrolment_id=enrolment_id, station=group.station))
    db.session.flush()


def _free_code(cohort_id: int) -> str:
    taken = set(db.session.scalars(select(WorkGroup.code).where(WorkGroup.cohort_id == cohort_id)))
    code = new_code(CODE_LENGTH)
    while code in taken:
        code = new_code(CODE_LENGTH)
    return code


def _people(group_ids: Sequence[int]) -> dict[int, tuple[Person, ...]]:
    rows = db.session.execute(
        select(WorkGroupMember.group_id, Enrolment.id, Enrolment.name)
        .join(Enrolment, Enrolment.id == WorkGroupMember.enrolment_id)
        .where(WorkGroupMember.group_id.in_(group_ids), Enrolment.left_at.is_(None))
        .order_by(Enrolment.name, Enrolment.id)
    )
    found: dict[int, tuple[Person, ...]] = {}
    for group_id, enrolment_id, name in rows:
        found[group_id] = (*found.get(group_id, ()), Person(enrolment_id, name))
    return found


def _written(group_ids: Sequence[int]) -> set[int]:
    query = select(GroupSheet.group_id).where(GroupSheet.group_id.in_(group_ids), GroupSheet.version > 0)
    return set(db.session.scalars(query))


def _group(row: WorkGroup, people: tuple[Person, ...], wrote: bool) -> Group:
    return Group(row.id, row.number, row.code, row.station, row.slot_id, people, wrote)
