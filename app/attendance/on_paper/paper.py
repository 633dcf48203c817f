"""The form that takes over a signed list: a row a person, a choice for each half day, rows for people only on paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from werkzeug.datastructures import MultiDict
from wtforms import ValidationError

from app.attendance.on_paper.halves import PARTLY, Choice, Half, Said, gather, spread
from app.cohorts.forms import printable
from app.cohorts.models import Attendance, AttendanceMark, Enrolment, Way
from app.cohorts.register import Wanted
from app.cohorts.rules import partial_problem
from app.web.forms import PersonName, tidy

EMPTY_ROWS = 5  # as many as stand on the printed list
_LONGEST_NUMBER = 6
History = Mapping[
    int, Mapping[int, Sequence[AttendanceMark]]
]  # slot id -> enrolment id -> marks, the newest first
Struck = Collection[tuple[int, int]]  # enrolment id, slot id

_WORDS = {
    Choice.OPEN: "nicht erfasst",
    Choice.SIGNED: "unterschrieben",
    Choice.ABSENT: "fehlt",
    Choice.EXCUSED: "entschuldigt",
    Choice.LATE: "kam später",
    Choice.EARLY: "ging früher",
    Choice.MIXED: "gemischt",
}

CHOOSE = "Bitte wählen Sie einen der Einträge aus der Liste."
MINUTES = {
    "missing": "Bitte geben Sie an, wie viele Minuten Inhalt die Person da war, als ganze Zahl.",
    "too_few": "Es ist mindestens eine Minute. Wer gar nicht da war, fehlt oder ist entschuldigt.",
    "too_many": "Der {half} hat {minutes} Minuten Inhalt, mehr geht nicht.",
}
NOT_BEGUN = "Der {half} hat noch nicht ganz begonnen. Unterschriften lassen sich eintragen, sobald sein letzter Abschnitt läuft."
NO_NAME = "Hier ist etwas gewählt, aber kein Name angegeben. Bitte ergänzen Sie den Namen, oder leeren Sie die Zeile."
SAME_NAME = "„{name}“ steht schon in der Liste oben. Tragen Sie dort ein, oder sagen Sie unten, dass es jemand anderes ist."
NOTHING_CHOSEN = "Bitte wählen Sie für mindestens einen halben Tag, was auf dem Papier steht."


@dataclass(slots=True)
class Cell:
    """A person and a half day. `known`: ids of the marks the form knew, slot by slot (0: none)."""

    half: Half
    choice: str = Choice.OPEN
    minutes: str = ""
    known: list[int] = field(default_factory=list)
    was: str = Choice.OPEN  # what the register says now
    marks: list[AttendanceMark | None] = field(default_factory=list)  # the last ones, slot by slot
    error: str = ""
    proposed: bool = False  # set by "alle unterschrieben", not saved yet
    sent: bool = False
    struck: Sequence[
        int
    ] = ()  # ids of slots of which an entry by code was struck, and that say nothing else by now
    spared: bool = False  # left as it is by "alle unterschrieben", because struck

    @property
    def ways(self) -> list[str]:
        """By which ways what stands came into the register, other than from paper."""
        found = [mark.way for mark in self.marks if mark and mark.state != Attendance.NOT_RECORDED]
        return [way for way in dict.fromkeys(found) if way != Way.PAPER]

    @property
    def unfinished(self) -> bool:
        """Nothing is recorded, or so far only presence, by code perhaps, and not in each slot."""
        recorded = [mark.state for mark in self.marks if mark and mark.state != Attendance.NOT_RECORDED]
        partly_there = self.choice == Choice.MIXED and all(state == Attendance.PRESENT for state in recorded)
        return self.choice == Choice.OPEN or partly_there

    @property
    def said(self) -> list[Said]:
        return spread(self.half, Choice(self.choice), int(self.minutes) if self.choice in PARTLY else 0)


@dataclass(slots=True)
class Row:
    person: Enrolment
    cells: list[Cell]
    notes: list[str] = field(default_factory=list)  # what stands where, and what was chosen here

    @property
    def errors(self) -> list[str]:
        return [cell.error for cell in self.cells if cell.error]

    @property
    def spared(self) -> bool:
        return any(cell.spared for cell in self.cells)


@dataclass(slots=True)
class Guest:
    """A line of the paper that somebody wrote their name on by hand."""

    number: int
    name: str
    cells: list[Cell]
    error: str = ""
    namesake: str = ""  # who takes part under this name already
    other: bool = False  # said to be another person than the namesake

    @property
    def errors(self) -> list[str]:
        return [error for error in (self.error, *(cell.error for cell in self.cells)) if error]

    @property
    def chosen(self) -> bool:
        return any(cell.choice != Choice.OPEN for cell in self.cells)


def as_recorded(
    people: Sequence[Enrolment], halves: Sequence[Half], history: History, struck: Struck
) -> list[Row]:
    """What the register says now."""
    return [
        Row(person, [_recorded(half, person.id, history, struck) for half in halves]) for person in people
    ]


def _recorded(half: Half, person_id: int, history: History, struck: Struck = ()) -> Cell:
    latest = {slot.id: next(iter(history[slot.id].get(person_id, ())), None) for slot in half.slots}
    choice, minutes = gather(half, {slot_id: mark for slot_id, mark in latest.items() if mark})
    known = [mark.id if mark else 0 for mark in latest.values()]
    typed = str(minutes) if choice in PARTLY else ""
    silent = [key for key, mark in latest.items() if not mark or mark.state == Attendance.NOT_RECORDED]
    gone = [slot_id for slot_id in silent if (person_id, slot_id) in struck]
    return Cell(half, choice, typed, known, was=choice, marks=list(latest.values()), struck=gone)


def read(
    form: MultiDict[str, str],
    people: Sequence[Enrolment],
    halves: Sequence[Half],
    history: History,
    struck: Struck,
) -> list[Row]:
    """What was sent. People who joined after the form was made are not in it and stay as recorded."""
    rows = as_recorded(people, halves, history, struck)
    for row in rows:
        for cell in row.cells:
            _take(form, cell, f"{row.person.id}_{cell.half.number}")
    return rows


def read_guests(form: MultiDict[str, str], halves: Sequence[Half]) -> list[Guest]:
    """The rows for people who are only on paper; those without a name stay empty."""
    guests = []
    for number in range(EMPTY_ROWS):
        guest = Guest(number, tidy(form.get(f"gast_{number}")), [Cell(half) for half in halves])
        guest.other = f"anders_{number}" in form
        for cell in guest.cells:
            cell.known = [0] * len(cell.half.slots)
            _take(form, cell, f"gast{number}_{cell.half.number}")
        guest.error = _guest_error(guest)
        guests.append(guest)
    return guests


def _guest_error(guest: Guest) -> str:
    if not guest.name:
        return NO_NAME if guest.chosen else ""
    named = _Named(guest.name)
    guest.name = printable(guest.name)
    try:
        PersonName()(None, named)
    except ValidationError as error:
        return str(error)
    return "" if guest.chosen or any(cell.error for cell in guest.cells) else NOTHING_CHOSEN


@dataclass
class _Named:
    data: str


def _take(form: MultiDict[str, str], cell: Cell, key: str) -> None:
    choice = form.get(f"wahl_{key}")
    if choice is None:
        return
    known = form.get(f"stand_{key}", "").split("-")
    cell.sent = True
    cell.known = [int(number) if _is_number(number) else 0 for number in known][: len(cell.half.slots)]
    cell.known += [0] * (len(cell.half.slots) - len(cell.known))
    if choice not in list(Choice) or (choice == Choice.MIXED and cell.was != Choice.MIXED):
        cell.error = CHOOSE
        return
    cell.choice = choice
    # Minutes are only asked for, and only seen, where somebody was there for a part.
    cell.minutes = printable(form.get(f"minuten_{key}", "").strip()) if choice in PARTLY else ""
    if choice in PARTLY:
        number = int(cell.minutes) if _is_number(cell.minutes) else None
        code = partial_problem(number, cell.half.minutes)
        cell.error = MINUTES[code].format(half=cell.half.name, minutes=cell.half.minutes) if code else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER * 2


def know_anew(rows: Sequence[Row], history: History) -> None:
    """The form was filled in on another plan: what was chosen stays, what it knew is what stands now."""
    for row in rows:
        for cell in row.cells:
            cell.known = _recorded(cell.half, row.person.id, history).known


def everyone_signed(rows: Sequence[Row], now: datetime) -> int:
    """Nobody stays without an entry in what has begun; what was chosen stays, and what was struck.

    Gives how many cells were set.
    """
    count = 0
    for cell in (cell for row in rows for cell in row.cells):
        if not cell.unfinished or cell.error or not _begun(cell.half, now):
            continue
        cell.spared = bool(cell.struck)
        if not cell.spared:
            cell.choice, cell.proposed = Choice.SIGNED, True
            count += 1
    return count


def refuse_future(cells: Sequence[Cell], history: History, person_id: int, now: datetime) -> None:
    """Before a slot begins nobody was there yet; what stands in the register already may stay."""
    for cell in cells:
        if cell.error or cell.choice == Choice.MIXED:
            continue
        for slot, (state, minutes) in zip(cell.half.slots, cell.said, strict=True):
            present = state in (Attendance.PRESENT, Attendance.PARTIAL)
            stands = next(iter(history[slot.id].get(person_id, ())), None)
            same = stands is not None and (stands.state, stands.minutes) == (state, minutes)
            if present and slot.starts_at > now and not same:
                cell.error = NOT_BEGUN.format(half=cell.half.name)


def _begun(half: Half, now: datetime) -> bool:
    return all(slot.starts_at <= now for slot in half.slots)


def begun(halves: Sequence[Half], now: datetime) -> bool:
    """Whether any half day can be filled in with signatures."""
    return any(_begun(half, now) for half in halves)


def wanted(cells_of: Mapping[int, Sequence[Cell]]) -> dict[int, list[Wanted]]:
    """slot id -> what shall be recorded, from the cells of each person (by enrolment id). MIXED says nothing."""
    found: dict[int, list[Wanted]] = {}
    for person_id, cells in cells_of.items():
        for cell in cells:
            if not cell.sent or cell.choice == Choice.MIXED:
                continue
            for slot, known, (state, minutes) in zip(cell.half.slots, cell.known, cell.said, strict=True):
                partly = minutes if state is Attendance.PARTIAL else 0
                found.setdefault(slot.id, []).append(Wanted(person_id, known, state, partly))
    return found


def choices(cell: Cell) -> list[tuple[str, str]]:
    """What can be chosen for a cell, with its words. In a half day of one slot, part of it is part of it."""
    words = dict(_WORDS)
    if len(cell.half.slots) == 1:
        spare = Choice.EARLY if cell.choice != Choice.EARLY else Choice.LATE
        del words[spare]
        words = {choice: "teilweise" if choice in PARTLY else word for choice, word in words.items()}
    if cell.was != Choice.MIXED:
        del words[Choice.MIXED]
    return list(words.items())
