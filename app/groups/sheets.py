"""What a group writes together: several phones at once, and no text of anybody is lost.

The number a phone is told after saving stands for the text *it* sent. Its next text is compared with that one, so what
others wrote meanwhile is never taken for something this phone has deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from flask import current_app
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.groups import rules
from app.groups.models import GroupRevision, GroupSheet, WorkGroup
from app.quizzes.values import Body, Conflict, Saved
from app.sealing import Sealer


class GroupGone(Exception):
    """The group a text was sent for does not exist any more."""


def record(
    group_id: int, block_id: str, body: Body, *, client_id: str, base_version: int, done: bool
) -> Saved | Conflict:
    """Save what a phone sent, merged with what others wrote meanwhile. Call inside a transaction.

    The same `client_id` again gives the same result. Two different texts in one field are a Conflict. Raises
    GroupGone if groups were drawn anew while somebody typed.
    """
    sent: Body = json.loads(json.dumps(body))
    there = select(WorkGroup.id).where(WorkGroup.id == group_id).with_for_update()
    if db.session.scalar(there) is None:
        raise GroupGone(group_id)
    sheet = _sheet(group_id, block_id)
    known = _by_client(sheet, client_id)
    if known:
        return _as_before(sheet, known)
    current = _opened(sheet, sheet.sealed_body) if sheet.version else {}
    try:
        result = (
            sent
            if base_version == sheet.version
            else rules.merged(_body_of(sheet, base_version), current, sent)
        )
    except rules.Contradiction:
        _keep(sheet, sent, client_id, base_version, None)
        return Conflict(_saved(sheet, current), sent)
    return _save(sheet, sent, result, client_id, base_version, done)


def _save(
    sheet: GroupSheet, sent: Body, result: Body, client_id: str, base_version: int, done: bool
) -> Saved:
    version = sheet.version + 1
    _keep(sheet, sent, client_id, base_version, version)
    sheet.version = version
    if result != sent:
        _keep(sheet, result, None, base_version, version + 1)
        sheet.version = version + 1
    sheet.sealed_body = _sealed(sheet, result)
    sheet.saved_at = clock.now()
    if done and sheet.done_at is None:
        sheet.done_at = sheet.saved_at
    db.session.flush()
    return Saved(sheet.block_id, version, sent, sheet.saved_at, sheet.done_at)


def sheets_of(group_ids: Iterable[int]) -> dict[tuple[int, str], Saved]:
    """What these groups have written, by group and block (one statement)."""
    rows = db.session.scalars(select(GroupSheet).where(GroupSheet.group_id.in_(list(group_ids))))
    return {
        (sheet.group_id, sheet.block_id): _saved(sheet, _opened(sheet, sheet.sealed_body))
        for sheet in rows
        if sheet.version
    }


def _sheet(group_id: int, block_id: str) -> GroupSheet:
    """The head, made empty if nobody has written yet; the group's lock keeps it single."""
    query = select(GroupSheet).where(GroupSheet.group_id == group_id, GroupSheet.block_id == block_id)
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found:
        return found
    new = GroupSheet(
        group_id=group_id, block_id=block_id, version=0, sealed_body=b"", saved_at=clock.now(), done_at=None
    )
    db.session.add(new)
    db.session.flush()
    return new


def _by_client(sheet: GroupSheet, client_id: str) -> GroupRevision | None:
    query = select(GroupRevision).where(
        GroupRevision.sheet_id == sheet.id, GroupRevision.client_id == client_id
    )
    return db.session.scalars(query).one_or_none()


def _as_before(sheet: GroupSheet, known: GroupRevision) -> Saved | Conflict:
    body = _opened(sheet, known.sealed_body)
    if known.version is None:
        return Conflict(_saved(sheet, _opened(sheet, sheet.sealed_body)), body)
    return Saved(sheet.block_id, known.version, body, known.saved_at, sheet.done_at)


def _body_of(sheet: GroupSheet, version: int) -> Body:
    """The text a version stands for; nothing for 0 and for numbers that never were."""
    query = select(GroupRevision.sealed_body).where(
        GroupRevision.sheet_id == sheet.id, GroupRevision.version == version
    )
    sealed = db.session.scalars(query).one_or_none()
    return _opened(sheet, sealed) if sealed else {}


def _keep(sheet: GroupSheet, body: Body, client_id: str | None, base: int, version: int | None) -> None:
    db.session.add(
        GroupRevision(
            sheet_id=sheet.id,
            client_id=client_id,
            base_version=base,
            version=version,
            sealed_body=_sealed(sheet, body),
            saved_at=clock.now(),
        )
    )


def _saved(sheet: GroupSheet, body: Body) -> Saved:
    return Saved(sheet.block_id, sheet.version, body, sheet.saved_at, sheet.done_at)


def _sealed(sheet: GroupSheet, body: Body) -> bytes:
    return _sealer().seal(json.dumps(body), _context(sheet))


def _opened(sheet: GroupSheet, sealed: bytes) -> Body:
    body: Body = json.loads(_sealer().open(sealed, _context(sheet)))
    return body


def _context(sheet: GroupSheet) -> str:
    return f"group:{sheet.group_id}:{sheet.block_id}"


def _sealer() -> Sealer:
    sealer: Sealer = current_app.extensions["feldweg"].sealer
    return sealer
