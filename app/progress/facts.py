"""All facts about one person in a single statement: marks, blocks done, pages read, overrides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, Text, bindparam, case, cast, literal, select, union_all

from app import clock
from app.cohorts.models import AttendanceMark, Enrolment, ScheduledSlot
from app.cohorts.register import counting
from app.extensions import Instant, db
from app.groups.models import GroupSheet, WorkGroupMember
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
            self.done[fact.key] = min(fact.at, self.done.get(fact.key, fact.at))
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
    for fact in db.session.execute(_STATEMENT, {"enrolment_id": enrolment_id, "now": clock.now()}):
        found.note(fact)
    return found


def done_in(cohort_id: int) -> dict[int, dict[str, datetime]]:
    """By enrolment: which blocks are done, alone or in a small group, and since when (one statement).

    Nobody's text is opened for it.
    """
    found: dict[int, dict[str, datetime]] = {}
    for enrolment_id, block_id, at in db.session.execute(_DONE_IN, {"cohort_id": cohort_id}):
        blocks = found.setdefault(enrolment_id, {})
        blocks[block_id] = min(at, blocks.get(block_id, at))
    return found


def _done_in() -> Any:
    in_cohort = Enrolment.cohort_id == bindparam("cohort_id")
    alone = (
        select(Enrolment.id, Answer.block_id, Answer.done_at)
        .join(Answer, Answer.enrolment_id == Enrolment.id)
        .where(in_cohort, Answer.done_at.is_not(None))
    )
    together = (
        select(Enrolment.id, GroupSheet.block_id, GroupSheet.done_at)
        .join(WorkGroupMember, WorkGroupMember.enrolment_id == Enrolment.id)
        .join(GroupSheet, GroupSheet.group_id == WorkGroupMember.group_id)
        .where(in_cohort, GroupSheet.done_at.is_not(None))
    )
    return union_all(alone, together)


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
    selects[0] = selects[0].where(counting(bindparam("now", type_=Instant)))
    return union_all(*selects, _in_groups(nothing, zero)).order_by("what", "id")


def _in_groups(nothing: Any, zero: Any) -> Any:
    """What the person's small groups have done counts for each of them."""
    return (
        select(
            literal("done", String), GroupSheet.id, cast(GroupSheet.block_id, String), nothing, zero,
            GroupSheet.done_at, nothing,
        )
        .join(WorkGroupMember, WorkGroupMember.group_id == GroupSheet.group_id)
        .where(WorkGroupMember.enrolment_id == bindparam("enrolment_id"), GroupSheet.done_at.is_not(None))
    )  # fmt: skip


_DONE_IN = _done_in()
_STATEMENT = _statement()  # built once: putting it together costs more than running it
