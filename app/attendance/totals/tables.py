"""The lists as tables: the same cells for the page, CSV and XLSX. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.attendance.names import list_key, split_name
from app.attendance.totals.lists import Facts, Person
from app.attendance.totals.sums import Amount, Entry, Rounding, amount

NO_FUNDER = "ohne Angabe"


class What(StrEnum):
    PEOPLE = "personen"
    DAYS = "tage"
    FUNDERS = "kostentraeger"


class Is(StrEnum):
    """What stands in a column. An AMOUNT is minutes and units."""

    TEXT = "text"
    COUNT = "count"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    kind: Is = Is.TEXT


Cell = str | int | Amount | None


@dataclass(frozen=True, slots=True)
class Table:
    """`heads`: how many columns at the left name a row. The last row of `foot` is the sum of all."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Sequence[Cell]]
    heads: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A day or a subject: a column among people, a row among days."""

    label: str
    name: str = ""
    cohort: int = 0  # 0: of all cohorts that have it
    holds: Callable[[Entry], bool] = field(default=lambda _entry: False)


class _Builder:
    def __init__(self, facts: Facts, rounding: Rounding, *, half_up: bool) -> None:
        self.facts, self.rounding, self.half_up = facts, rounding, half_up
        self.several = len(facts.cohorts) > 1
        self.entries: dict[int, list[Entry]] = defaultdict(list)
        for entry in facts.entries:
            self.entries[entry.person].append(entry)
        self.open: dict[int, int] = defaultdict(int)
        for person, _slot in facts.open:
            self.open[person] += 1
        self.names = _names_by_cohort(facts, rounding)

    def part(self, entries: Iterable[Entry]) -> Amount:
        """What is no sum of a funder is exact where only those are rounded."""
        rounding = Rounding.EXACT if self.rounding is Rounding.FUNDER else self.rounding
        return amount(entries, rounding, half_up=self.half_up)

    def sum(self, entries: Iterable[Entry]) -> Amount:
        return amount(entries, self.rounding, half_up=self.half_up)

    def feet(self, before: int, after: list[Cell]) -> list[list[Cell]]:
        """The sum of all; where funders are rounded, before it the sum of each, so that one can follow.

        `before`: how many columns stand left of the sum. `after`: what stands right of the sum of all.
        """
        blank: list[Cell] = [None] * (before - 1)
        found: list[list[Cell]] = []
        if self.rounding is Rounding.FUNDER:
            for funder in self.funders():
                own = self.sum(entry for entry in self.facts.entries if entry.funder == funder)
                found.append([f"Summe {funder or NO_FUNDER}", *blank, own, *([None] * len(after))])
        return [*found, ["Summe", *blank, self.sum(self.facts.entries), *after]]

    def funders(self) -> list[str]:
        named = sorted({person.funder for person in self.facts.people if person.funder}, key=list_key)
        return [*named, *([""] if any(not person.funder for person in self.facts.people) else [])]


def _names_by_cohort(facts: Facts, rounding: Rounding) -> dict[int, set[str]]:
    """Which days or subjects a cohort has, by the names of the columns."""
    found: dict[int, set[str]] = {cohort: set() for cohort in facts.cohorts}
    dates = {day.id: day.date.isoformat() for day in facts.days}
    for slot in facts.slots:
        found[slot.cohort].add(slot.subject if rounding is Rounding.SUBJECT else dates[slot.day])
    return found


def build(facts: Facts, what: What, rounding: Rounding, *, half_up: bool) -> Table:
    """The list that was asked for. Where subjects are rounded, they stand in place of the days."""
    builder = _Builder(facts, rounding, half_up=half_up)
    if what is What.PEOPLE:
        return _people(builder)
    return _days(builder) if what is What.DAYS else _funders(builder)


def _people(made: _Builder) -> Table:
    facts, parts = made.facts, _parts_across(made)
    lead = [Column("Kohorte")] if made.several else []
    columns = [
        Column("Nachname"), Column("Vorname"), *lead, Column("Kostenträger"),
        Column("Summe", Is.AMOUNT), Column("nicht erfasst", Is.COUNT),
        *(Column(part.label, Is.AMOUNT) for part in parts),
    ]  # fmt: skip
    rows = [_person(made, parts, person) for person in sorted(facts.people, key=_order)]
    sums: list[Cell] = [made.part(filter(part.holds, facts.entries)) for part in parts]
    feet = made.feet(3 + len(lead), [len(facts.open), *sums])
    return Table(columns, rows, feet, heads=2)


def _order(person: Person) -> tuple[str, str, int]:
    return *list_key(person.name), person.id


def _person(made: _Builder, parts: Sequence[Part], person: Person) -> list[Cell]:
    entries, (surname, first) = made.entries[person.id], split_name(person.name)
    mine = made.names[person.cohort]
    lead: list[Cell] = [made.facts.cohorts[person.cohort]] if made.several else []
    cells: list[Cell] = [
        made.part(filter(part.holds, entries)) if part.name in mine else None for part in parts
    ]
    funder = person.funder or NO_FUNDER
    return [surname, first, *lead, funder, made.part(entries), made.open[person.id], *cells]


def _parts_across(made: _Builder) -> list[Part]:
    """Columns: days of the same date are one, and so are subjects of the same name."""
    if made.rounding is Rounding.SUBJECT:
        names = dict.fromkeys(slot.subject for slot in made.facts.slots)
        return [Part(name, name, holds=_has_subject(name)) for name in names]
    with_content = {slot.day for slot in made.facts.slots}
    dates: dict[str, set[int]] = defaultdict(set)
    for day in made.facts.days:
        if day.id in with_content:
            dates[day.date.isoformat()].add(day.id)
    return [Part(_short(name), name, holds=_on_days(ids)) for name, ids in dates.items()]


def _short(iso: str) -> str:
    return ".".join(reversed(iso.split("-")))


def _has_subject(name: str, cohort: int = 0) -> Callable[[Entry], bool]:
    return lambda entry: entry.subject == name and cohort in (0, entry.cohort)


def _on_days(ids: set[int]) -> Callable[[Entry], bool]:
    return lambda entry: entry.day in ids


def _days(made: _Builder) -> Table:
    facts, subjects = made.facts, made.rounding is Rounding.SUBJECT
    lead = [Column("Kohorte")] if made.several else []
    named = [Column("Thema")] if subjects else [Column("Datum"), Column("Kurstag")]
    columns = [
        *named, *lead, Column("geplant", Is.AMOUNT), Column("Personen", Is.COUNT),
        Column("Summe", Is.AMOUNT), Column("nicht erfasst", Is.COUNT),
    ]  # fmt: skip
    rows = [_part(made, part, subjects=subjects) for part in _parts_down(made)]
    feet = made.feet(len(named) + len(lead) + 2, [len(facts.open)])
    return Table(columns, rows, feet, heads=len(named))


def _parts_down(made: _Builder) -> list[Part]:
    if made.rounding is Rounding.SUBJECT:
        pairs = dict.fromkeys((slot.cohort, slot.subject) for slot in made.facts.slots)
        return [Part(name, cohort=cohort, holds=_has_subject(name, cohort)) for cohort, name in pairs]
    with_content = {slot.day for slot in made.facts.slots}
    return [
        Part(_short(day.date.isoformat()), day.name, day.cohort, _on_days({day.id}))
        for day in made.facts.days
        if day.id in with_content
    ]


def _part(made: _Builder, part: Part, *, subjects: bool) -> list[Cell]:
    lead: list[Cell] = [made.facts.cohorts[part.cohort]] if made.several else []
    entries = [entry for entry in made.facts.entries if part.holds(entry)]
    planned = [
        Entry(0, slot.cohort, "", slot.day, slot.subject, slot.minutes, slot.unit)
        for slot in made.facts.slots
    ]
    whole = amount(filter(part.holds, planned), Rounding.EXACT)
    here = {slot.id for slot, entry in zip(made.facts.slots, planned, strict=True) if part.holds(entry)}
    missing = sum(slot in here for _person, slot in made.facts.open)
    there = len({entry.person for entry in entries if entry.minutes})
    named: list[Cell] = [part.label] if subjects else [part.label, part.name]
    return [*named, *lead, whole, there, made.part(entries), missing]


def _funders(made: _Builder) -> Table:
    facts = made.facts
    columns = [
        Column("Kostenträger"), Column("Personen", Is.COUNT),
        Column("Summe", Is.AMOUNT), Column("nicht erfasst", Is.COUNT),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for funder in made.funders():
        people = [person for person in facts.people if person.funder == funder]
        entries = [entry for person in people for entry in made.entries[person.id]]
        missing = sum(made.open[person.id] for person in people)
        rows.append(
            [funder or NO_FUNDER, len({person.user for person in people}), made.sum(entries), missing]
        )
    everybody = len({person.user for person in facts.people})
    return Table(columns, rows, [["Summe", everybody, made.sum(facts.entries), len(facts.open)]])
