"""Answers in and out of the database: saving without losing anything, the history, what was shared.

A body is sealed for its enrolment and block; no statement here can search or count what people wrote.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.cohorts.models import Enrolment
from app.extensions import db
from app.quizzes import sharing
from app.quizzes.contributions import contributions as contributions
from app.quizzes.models import Answer, AnswerRevision
from app.quizzes.sealed import opened, seal
from app.quizzes.values import Body, Conflict, Contribution, KeywordPicture, Revision, Saved, SharedWish

__all__ = [
    "Body", "Conflict", "Contribution", "KeywordPicture", "Revision", "Saved", "SharedWish",
    "answers_of", "attempts", "contributions", "history", "record", "shared_keywords", "shared_wishes",
]  # fmt: skip

_HEAD = (
    Answer.id, Answer.version, Answer.sealed_body, Answer.saved_at, Answer.done_at, Answer.shared_as
)  # fmt: skip
_REVISION = (
    AnswerRevision.version, AnswerRevision.base_version, AnswerRevision.sealed_body, AnswerRevision.saved_at
)  # fmt: skip
Head = Row[int, int, bytes, datetime, datetime | None, str | None]

# Built once: putting a statement together costs more than running it, and these run on every page and save.
_OF_PERSON = Answer.enrolment_id == bindparam("enrolment_id")
_ALL_HEADS = select(Answer.block_id, *_HEAD).where(_OF_PERSON)
_LOCKED_HEAD = select(*_HEAD).where(_OF_PERSON, Answer.block_id == bindparam("block_id")).with_for_update()


@dataclass(frozen=True)
class _Arrival:
    """A text on its way into the database."""

    enrolment_id: int
    block_id: str
    body: Body
    client_id: str
    base_version: int
    done: bool
    shared_as: str | None
    at: datetime
    once: Callable[[], None] | None

    @cached_property
    def sealed(self) -> bytes:
        """The sealed body, for head and revision."""
        return seal(self.body, self.enrolment_id, self.block_id)

    def done_at(self, before: datetime | None) -> datetime | None:
        """What was done once stays done."""
        return before or (self.at if self.done else None)


def answers_of(enrolment_id: int) -> dict[str, Saved]:
    """Everything a person has saved, by block id."""
    rows = db.session.execute(_ALL_HEADS, {"enrolment_id": enrolment_id})
    return {
        block_id: Saved(block_id, version, opened(sealed, enrolment_id, block_id), saved_at, done_at)
        for block_id, _, version, sealed, saved_at, done_at, _ in rows
    }


def record(
    enrolment_id: int,
    block_id: str,
    body: Body,
    *,
    client_id: str,
    base_version: int,
    done: bool,
    shared_as: str | None = None,
    once: Callable[[], None] | None = None,
) -> Saved | Conflict:
    """Save a body that was typed on `base_version` (0: on nothing). Call inside a transaction.

    `shared_as`: who else may read it (`sharing.by_block`); lines the writer shared are found in the body itself.
    `once` is called with the person's first save here, and never again; of the time then only the day is kept.
    The same `client_id` again gives the same result; an unchanged body makes no new version; a body typed on
    another version than the current one is a Conflict and kept in the history.
    """
    plain: Body = json.loads(json.dumps(body))
    readers, now = shared_as or sharing.by_writer(plain), _day() if once else clock.now()
    arrival = _Arrival(enrolment_id, block_id, plain, client_id, base_version, done, readers, now, once)
    head = _locked_head(arrival)
    if head is None:
        first = _insert_head(arrival)
        if first:
            return first
        head = _locked_head(arrival)  # somebody was a moment faster
        if head is None:
            raise RuntimeError("the answer was deleted while it was being saved")
    return _save_over(arrival, head)


def _day() -> datetime:
    """Today, for what is handed on without a name: a time could be held against the time of something else."""
    return clock.instant(clock.today(), 0)


def _save_over(arrival: _Arrival, head: Head) -> Saved | Conflict:
    current = _saved(arrival, head)
    if current.body == arrival.body:
        return _unchanged(arrival, head, current)
    wins = arrival.base_version == head.version
    if not _insert_revision(arrival, head.id, head.version + 1 if wins else None):
        return _as_before(arrival, head, current)
    if not wins:
        return Conflict(current, arrival.body)
    done_at = arrival.done_at(head.done_at)
    _update_head(
        head,
        version=head.version + 1,
        sealed_body=arrival.sealed,
        saved_at=arrival.at,
        done_at=done_at,
        shared_as=arrival.shared_as,
    )
    return Saved(arrival.block_id, head.version + 1, arrival.body, arrival.at, done_at)


def _unchanged(arrival: _Arrival, head: Head, current: Saved) -> Saved:
    done_at = arrival.done_at(head.done_at)
    if (done_at, arrival.shared_as) == (head.done_at, head.shared_as):
        return current
    _update_head(head, done_at=done_at, shared_as=arrival.shared_as)
    return Saved(current.block_id, current.version, current.body, current.saved_at, done_at)


def _as_before(arrival: _Arrival, head: Head, current: Saved) -> Saved | Conflict:
    """What was answered when this client id arrived for the first time."""
    known = AnswerRevision.answer_id == head.id, AnswerRevision.client_id == arrival.client_id
    revision = db.session.execute(
        select(AnswerRevision.version, AnswerRevision.sealed_body, AnswerRevision.saved_at).where(*known)
    ).one()
    body = opened(revision.sealed_body, arrival.enrolment_id, arrival.block_id)
    if revision.version is None:
        return Conflict(current, body)
    return Saved(arrival.block_id, revision.version, body, revision.saved_at, head.done_at)


def _locked_head(arrival: _Arrival) -> Head | None:
    """The head, locked until the end of the transaction (SQLite: there is only one writer anyway)."""
    key = {"enrolment_id": arrival.enrolment_id, "block_id": arrival.block_id}
    return db.session.execute(_LOCKED_HEAD, key).one_or_none()


def _insert_head(arrival: _Arrival) -> Saved | None:
    """The first version of an answer; None if there is one by now."""
    done_at = arrival.done_at(None)
    answer_id = _insert_if_new(
        Answer,
        enrolment_id=arrival.enrolment_id,
        block_id=arrival.block_id,
        version=1,
        sealed_body=arrival.sealed,
        saved_at=arrival.at,
        done_at=done_at,
        shared_as=arrival.shared_as,
    )
    if answer_id is None:
        return None
    _insert_revision(arrival, answer_id, 1)
    if arrival.once:
        arrival.once()
    return Saved(arrival.block_id, 1, arrival.body, arrival.at, done_at)


def _insert_revision(arrival: _Arrival, answer_id: int, version: int | None) -> bool:
    """False if this client id has already arrived."""
    return (
        _insert_if_new(
            AnswerRevision,
            answer_id=answer_id,
            client_id=arrival.client_id,
            base_version=arrival.base_version,
            version=version,
            sealed_body=arrival.sealed,
            saved_at=arrival.at,
        )
        is not None
    )


def _insert_if_new(model: type[Answer] | type[AnswerRevision], **values: Any) -> int | None:
    """The id of the new row, or None if its unique key is taken."""
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(model).values(**values).on_conflict_do_nothing().returning(model.id)
    return db.session.execute(statement).scalar_one_or_none()


def _update_head(head: Head, **values: Any) -> None:
    statement = update(Answer).where(Answer.id == head.id).values(**values)
    db.session.execute(statement, execution_options={"synchronize_session": False})


def history(enrolment_id: int, block_id: str) -> list[Revision]:
    """Everything that ever arrived for this block, oldest first."""
    rows = db.session.execute(
        select(*_REVISION)
        .join(Answer, Answer.id == AnswerRevision.answer_id)
        .where(Answer.enrolment_id == enrolment_id, Answer.block_id == block_id)
        .order_by(AnswerRevision.id)
    )
    return [
        Revision(version, base_version, opened(sealed, enrolment_id, block_id), saved_at)
        for version, base_version, sealed, saved_at in rows
    ]


def attempts(enrolment_id: int, block_id: str) -> list[Revision]:
    """The tries at a quiz question that counted, oldest first."""
    return [revision for revision in history(enrolment_id, block_id) if revision.version is not None]


def shared_wishes(cohort_id: int) -> list[SharedWish]:
    """The single wishes people shared with the group, by name."""
    return [
        SharedWish(row.id, row.name, text)
        for row in db.session.execute(_shared_in(cohort_id, sharing.WISHES))
        for text in sharing.shared_wishes(opened(row.sealed_body, row.id, row.block_id))
    ]


def shared_keywords(cohort_id: int) -> KeywordPicture:
    """The keywords people put into the cohort's picture."""
    by_person: dict[int, list[str]] = {}
    for row in db.session.execute(_shared_in(cohort_id, sharing.KEYWORDS)):
        words = sharing.shared_keywords(opened(row.sealed_body, row.id, row.block_id))
        by_person.setdefault(row.id, []).extend(words)
    return sharing.picture(by_person.values())


def _shared_in(cohort_id: int, shared_as: str) -> Select[int, str, str, bytes]:
    return (
        select(Enrolment.id, Enrolment.name, Answer.block_id, Answer.sealed_body)
        .join(Answer, Answer.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.left_at.is_(None), Answer.shared_as == shared_as)
        .order_by(Enrolment.name, Enrolment.id, Answer.id)
    )


def _saved(arrival: _Arrival, head: Head) -> Saved:
    body = opened(head.sealed_body, arrival.enrolment_id, arrival.block_id)
    return Saved(arrival.block_id, head.version, body, head.saved_at, head.done_at)
