"""The form of one slot of the register: a row a person, as recorded or as sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.cohorts.models import Attendance, AttendanceMark, Enrolment
from app.cohorts.register import Wanted
from app.cohorts.rules import partial_problem
from app.cohorts.wording import MINUTES

History = Mapping[int, Sequence[AttendanceMark]]
LONGEST_NUMBER = 6


@dataclass(slots=True)
class Row:
    """`known`: id of the last mark the form knew, 0 for none. `minutes`: as typed. `error`: a sentence.

    `struck`: an entry by code was struck, and the register says nothing else by now.
    """

    person: Enrolment
    known: int
    state: str
    minutes: str
    sent: bool = False
    error: str = ""
    proposed: bool = False  # set to present by "alle anwesend", not saved yet
    mine: Wanted | None = None  # chosen here, but someone else was faster
    struck: bool = False
    spared: bool = False  # left as it is by "alle anwesend", because struck

    @property
    def open(self) -> bool:
        """Whether "alle anwesend" is about this person."""
        return self.state == Attendance.NOT_RECORDED and not self.struck

    @property
    def wanted(self) -> Wanted:
        minutes = int(self.minutes) if self.state == Attendance.PARTIAL else 0
        return Wanted(self.person.id, self.known, Attendance(self.state), minutes)


def as_recorded(people: Sequence[Enrolment], history: History, struck: Collection[int]) -> list[Row]:
    """What the register says now. `struck`: ids of enrolments."""
    rows = [_row(person, next(iter(history.get(person.id, ())), None)) for person in people]
    for row in rows:
        row.struck = row.person.id in struck and row.state == Attendance.NOT_RECORDED
    return rows


def _row(person: Enrolment, mark: AttendanceMark | None) -> Row:
    if mark is None:
        return Row(person, 0, Attendance.NOT_RECORDED, "")
    return Row(person, mark.id, mark.state, str(mark.minutes) if mark.state == Attendance.PARTIAL else "")


def read(
    form: MultiDict[str, str],
    people: Sequence[Enrolment],
    history: History,
    slot_minutes: int,
    struck: Collection[int],
) -> list[Row]:
    """What was sent. People who joined after the form was made are not in it and stay as recorded."""
    rows = []
    for now in as_recorded(people, history, struck):
        state = form.get(f"state_{now.person.id}")
        if state is not None:
            known, minutes = (
                form.get(f"known_{now.person.id}", ""),
                form.get(f"minutes_{now.person.id}", "").strip(),
            )
            shown = _minutes_of(history.get(now.person.id, ()), known, slot_minutes)
            knew = int(known) if _is_number(known) else 0
            now = Row(now.person, knew, state, minutes, sent=True, struck=now.struck)
            now.error = _error(now, shown, slot_minutes)
        rows.append(now)
    return rows


def _minutes_of(marks: Sequence[AttendanceMark], known: str, slot_minutes: int) -> str:
    """The minutes that stood in the field when the form was made: never more than count."""
    return next((str(min(mark.minutes, slot_minutes)) for mark in marks if str(mark.id) == known), "")


def _error(row: Row, shown: str, slot_minutes: int) -> str:
    if row.state not in list(Attendance):
        row.state = Attendance.NOT_RECORDED
        return MINUTES["state"]
    if row.state != Attendance.PARTIAL:
        return MINUTES["not_partial"] if row.minutes and row.minutes != shown else ""
    code = partial_problem(int(row.minutes) if _is_number(row.minutes) else None, slot_minutes)
    return MINUTES[code].format(minutes=slot_minutes) if code else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER * 2


def everyone_present(rows: Sequence[Row]) -> list[Row]:
    """Nobody stays without an entry but who was struck; what was chosen already stays as it is."""
    for row in rows:
        if row.open:
            row.state, row.proposed = Attendance.PRESENT, True
        elif row.struck and row.state == Attendance.NOT_RECORDED:
            row.spared = True
    return list(rows)


def refuse_presence(rows: Sequence[Row], history: History, reason: str) -> None:
    """Before a slot begins nobody was there yet; what stands in the register already may stay."""
    for row in rows:
        stands = next((mark.state for mark in history.get(row.person.id, ())), "")
        if row.state in (Attendance.PRESENT, Attendance.PARTIAL) and row.state != stands and not row.error:
            row.error = reason
            if row.proposed:
                row.state, row.proposed = Attendance.NOT_RECORDED, False
