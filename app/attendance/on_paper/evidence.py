"""Signed lists as they were scanned: kept with their hash; taken away, the hash stays. Call changes inside a transaction."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import undefer

from app import clock
from app.accounts.models import User
from app.attendance.by_code import scans
from app.attendance.by_code.scans import Kind
from app.attendance.models import Evidence
from app.cohorts import log
from app.cohorts.loaders import LARGEST_ID
from app.cohorts.log import Deed
from app.cohorts.models import CourseDay
from app.extensions import db
from app.web import german

_ENDINGS = {Kind.PDF: (".pdf",), Kind.JPEG: (".jpg", ".jpeg"), Kind.PNG: (".png",)}
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Attached:
    """`known`: the same file was attached to this day before; nothing was added."""

    evidence: Evidence
    known: bool


def attach(day_id: int, name: str, data: bytes, by: User) -> Attached:
    """Keep this scan with the day. The same file again is told, not doubled. Raises scans.BadScan."""
    kind = scans.recognise(data)
    day = db.session.scalars(select(CourseDay).where(CourseDay.id == day_id).with_for_update()).one()
    sha256 = hashlib.sha256(data).hexdigest()
    same = select(Evidence).where(Evidence.day_id == day_id, Evidence.sha256 == sha256)
    known = db.session.scalar(same.where(Evidence.removed_at.is_(None)))
    if known:
        return Attached(known, True)
    made = Evidence(
        cohort_id=day.cohort_id,
        day_id=day_id,
        name=file_name(name, kind),
        media_type=kind.value,
        size=len(data),
        sha256=sha256,
        data=data,
        uploaded_at=clock.now(),
        uploaded_by=by.name,
        uploaded_by_id=by.id,
    )
    db.session.add(made)
    log.note(Deed.EVIDENCE_ADDED, day.cohort_id, by, _said(made, day))
    return Attached(made, False)


def remove(evidence: Evidence, by: User) -> bool:
    """Erase the file; its name, hash, and who attached and removed it stay. False: it was removed already."""
    if evidence.removed_at is not None:
        return False
    evidence.data, evidence.removed_at, evidence.removed_by = None, clock.now(), by.name
    log.note(
        Deed.EVIDENCE_REMOVED,
        evidence.cohort_id,
        by,
        _said(evidence, db.session.get_one(CourseDay, evidence.day_id)),
    )
    return True


def _said(evidence: Evidence, day: CourseDay) -> str:
    return f"{german.day(day.date)}: {evidence.name}, SHA-256 {evidence.sha256}"


def by_day(cohort_id: int) -> dict[int, list[Evidence]]:
    """day id -> the scans of that day, also removed ones, without their content, in the order they came."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in db.session.scalars(
        select(Evidence).where(Evidence.cohort_id == cohort_id).order_by(Evidence.id)
    ):
        found[row.day_id].append(row)
    return dict(found)


def find(cohort_id: int, evidence_id: int, *, with_data: bool = False) -> Evidence | None:
    """A scan of this cohort, also a removed one."""
    if evidence_id > LARGEST_ID:
        return None
    query = select(Evidence).where(Evidence.cohort_id == cohort_id, Evidence.id == evidence_id)
    return db.session.scalar(query.options(undefer(Evidence.data)) if with_data else query)


def file_name(sent: str, kind: Kind) -> str:
    """What the file is called from now on: the last part of what the browser said, with the ending of its real kind."""
    last = unicodedata.normalize("NFC", sent).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(
        " " if unicodedata.category(sign)[0] in "CZ" or sign in ':*?"<>|' else sign for sign in last
    )
    name = re.sub(r" +", " ", plain).strip(" .") or "Liste"
    if name.lower().endswith(_ENDINGS[kind]):
        return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 5] + _ENDINGS[kind][0]
    return name[: _LONGEST_NAME - 5] + _ENDINGS[kind][0]
