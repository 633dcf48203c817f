"""What the pages of this room show, put together for their templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app import clock
from app.cohorts.loaders import Here
from app.cohorts.models import Enrolment, ScheduledSlot
from app.cohorts.rules import Attendance
from app.progress import service
from app.progress.facts import Mark, Own
from app.progress.rules import CRITERIA, Completion, quoted

_STATES = {
    Attendance.PRESENT.value: "anwesend",
    Attendance.EXCUSED.value: "entschuldigt",
    Attendance.ABSENT.value: "abwesend",
    Attendance.NOT_RECORDED.value: "nicht erfasst",
}


@dataclass(frozen=True, slots=True)
class Table:
    """The matrix of people and criteria; `people` is everyone or only those who still need something."""

    people: list[tuple[Enrolment, Completion]]
    titles: list[tuple[str, str]]
    everyone: int
    in_need: int
    future: tuple[str, ...]
    only_open: bool

    @property
    def ready(self) -> int:
        return self.everyone - self.in_need


@dataclass(frozen=True, slots=True)
class Row:
    """A slot in a person's register: what counts, and everything that was ever entered, the latest first."""

    slot: ScheduledSlot
    when: str
    counts: bool
    words: str
    history: list[tuple[Mark, str]]


def table(people: Sequence[Enrolment], states: Mapping[int, Completion], *, only_open: bool) -> Table:
    rows = [(person, states[person.id]) for person in people]
    in_need = [(person, completion) for person, completion in rows if not completion.complete]
    first = rows[0][1] if rows else None
    keys = [criterion.key for criterion in first.criteria] if first else []
    return Table(
        people=in_need if only_open else rows,
        titles=[(key, CRITERIA[key]) for key in keys],
        everyone=len(rows),
        in_need=len(in_need),
        future=tuple(quoted(title) for title in first.future) if first else (),
        only_open=only_open,
    )


def register(here: Here, found: Own) -> list[Row]:
    """Content slots, and others only when something was entered for them."""
    return [
        _row(here, slot, found.marks.get(slot.id, []))
        for slot in found.slots
        if slot.content_minutes or found.marks.get(slot.id)
    ]


def _row(here: Here, slot: ScheduledSlot, marks: Sequence[Mark]) -> Row:
    history = [(mark, mark_words(mark.state, mark.minutes, slot.minutes)) for mark in reversed(marks)]
    ahead = "hat noch nicht begonnen" if slot.starts_at > clock.now() else "nicht erfasst"
    words = history[0][1] if history else ahead
    return Row(slot, service.when(here, slot), slot.content_minutes > 0, words, history)


def mark_words(state: str, minutes: int, slot_minutes: int) -> str:
    """An entry of the register in words."""
    if state == Attendance.PARTIAL:
        return f"teilweise, {minutes} von {slot_minutes} Minuten"
    return _STATES.get(state, state)
