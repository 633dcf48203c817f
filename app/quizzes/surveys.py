"""Anonymous answers in and out of the database: one row for a survey in a cohort, and nobody's name near it."""

from __future__ import annotations

import json

from flask import current_app
from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import db
from app.quizzes import tallies
from app.quizzes.models import SurveyTally
from app.quizzes.values import Body
from app.sealing import Sealer

_ONE = SurveyTally.cohort_id == bindparam("cohort"), SurveyTally.block_id == bindparam("block")
_BODY = select(SurveyTally.sealed_body).where(*_ONE)
_LOCKED = _BODY.with_for_update()
_WRITE = update(SurveyTally).where(*_ONE)


def tally(cohort_id: int, block_id: str) -> Body:
    """Everything that was answered, added up (one statement)."""
    found = db.session.execute(_BODY, {"cohort": cohort_id, "block": block_id}).scalar_one_or_none()
    return _opened(found, cohort_id, block_id) if found else tallies.NOTHING


def add(cohort_id: int, block_id: str, given: Body) -> None:
    """Count one person's answers. Call inside a transaction, once a person: see `service.record(once=…)`."""
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    empty = _sealed(tallies.NOTHING, cohort_id, block_id)
    begun = dialect.insert(SurveyTally).values(cohort_id=cohort_id, block_id=block_id, sealed_body=empty)
    db.session.execute(begun.on_conflict_do_nothing())
    # Locked until the end of the transaction, so that two people at once are counted one after the other.
    key = {"cohort": cohort_id, "block": block_id}
    current = _opened(db.session.execute(_LOCKED, key).scalar_one(), cohort_id, block_id)
    sealed = _sealed(tallies.added(current, given), cohort_id, block_id)
    db.session.execute(
        _WRITE.values(sealed_body=sealed), key, execution_options={"synchronize_session": False}
    )


def _sealed(body: Body, cohort_id: int, block_id: str) -> bytes:
    return _sealer().seal(json.dumps(body), _context(cohort_id, block_id))


def _opened(sealed: bytes, cohort_id: int, block_id: str) -> Body:
    body: Body = json.loads(_sealer().open(sealed, _context(cohort_id, block_id)))
    return body


def _context(cohort_id: int, block_id: str) -> str:
    return f"survey:{cohort_id}:{block_id}"


def _sealer() -> Sealer:
    sealer: Sealer = current_app.extensions["feldweg"].sealer
    return sealer
