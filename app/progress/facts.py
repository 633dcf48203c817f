"""All facts about one person in a single statement: marks, blocks done, pages read, overrides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, Text, bindparam, case, cast, literal, select, union_all

from app.cohorts.models import AttendanceMark, ScheduledSlot
from app.extensions import db
from app.progress.models import Override, PageRead
from app.progress.rules import Completion, OverrideFact
from app.quizzes.models import Answer


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of the register about this person."""

    state: str
    minutes: int
    at: datetime
    author: str


@dataclass(slots=True)
class Facts:
    """What is on record about one person; every list has the oldest entry first."""

    marks: dict[int, list[Mark]] = field(default_factory=dict)
    done: dict[str, datetime] = field(default_factory=dict)
    pages: dict[str, datetime] = field(default_factory=dict)
    overrides: list[OverrideFact] = field(default_factory=list)

    def note(self, fact: Any) -> None:
        if fact.what == "mark":
            mark = Mark(fact.text, fact.number, fact.at, fact.author)
            self.marks.setdefault(int(fact.key), []).append(mark)
        elif fact.what == "done":
            self.done[fact.key] = fact.at
        elif fact.what == "page":
            self.pages[fact.key] = fact.at
        else:
            self.overrides.append(
                OverrideFact(
                    criterion=fact.key,
                    fulfilled=bool(fact.number),
                    reason=fact.text,
                    author=fact.author,
                    at=fact.at,
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One person's completion and the facts behind it, with the cohort's slots by time."""

    completion: Completion
    slots: tuple[ScheduledSlot, ...]
    found: Facts

    @property
    def pages(self) -> frozenset[str]:
        return frozenset(self.found.pages)

    @property
    def done(self) -> dict[str, datetime]:
        return self.found.done

    @property
    def marks(self) -> dict[int, list[Mark]]:
        return self.found.marks


def of_person(enrolment_id: int) -> Facts:
    """One statement."""
    found = Facts()
    for fact in db.session.execute(_STATEMENT, {"enrolment_id": enrolment_id}):
        found.note(fact)
    return found


def _statement() -> Any:
    nothing, zero = cast(literal(""), Text), cast(literal(0), Integer)
    parts = (
        (AttendanceMark, "mark", AttendanceMark.slot_id, AttendanceMark.state, AttendanceMark.minutes,
         AttendanceMark.recorded_at, AttendanceMark.recorded_by),
        (Answer, "done", Answer.block_id, nothing, zero, Answer.done_at, nothing),
        (PageRead, "page", PageRead.page, nothing, zero, PageRead.read_at, nothing),
        (Override, "override", Override.criterion, Override.reason, case((Override.fulfilled, 1), else_=0),
         Override.at, Override.author),
    )  # fmt: skip
    selects = [
        select(
            literal(what, String).label("what"),
            model.id.label("id"),
            cast(key, String).label("key"),
            cast(text, Text).label("text"),
            cast(number, Integer).label("number"),
            at.label("at"),
            cast(author, String).label("author"),
        ).where(model.enrolment_id == bindparam("enrolment_id"), at.is_not(None))
        for model, what, key, text, number, at, author in parts
    ]
    return union_all(*selects).order_by("what", "id")


_STATEMENT = _statement()  # built once: putting it together costs more than running it
