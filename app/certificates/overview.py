"""The desk's view of a cohort: who is ready, what the others lack, what was issued and whether it is still true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.certificates import composing, records
from app.certificates.composing import units
from app.certificates.records import Record
from app.certificates.rules import Status
from app.cohorts import people as cohorts
from app.cohorts.loaders import Here
from app.cohorts.models import Enrolment
from app.progress import service as progress
from app.progress.rules import Completion


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the cohort: where they stand, and their last certificate (also a revoked one)."""

    enrolment: Enrolment
    completion: Completion
    last: Record | None

    @property
    def current(self) -> Record | None:
        """The certificate that counts."""
        return self.last if self.last and self.last.status is Status.VALID else None

    @property
    def units(self) -> str:
        """7,5 von 8, as it would be certified."""
        done = self.completion
        attended, planned = (
            units(m, done.unit_minutes) for m in (done.attended_minutes, done.planned_minutes)
        )
        return f"{attended} von {planned}"

    @property
    def recognised(self) -> tuple[str, ...]:
        """What is fulfilled only because somebody recognised it ("Lernstopps")."""
        return tuple(c.title for c in self.completion.criteria if c.override and not c.recorded)

    @property
    def ready(self) -> bool:
        """May be given one together with everyone else; after a revocation only by a decision of its own."""
        return self.completion.complete and self.last is None

    @property
    def counts(self) -> str:
        """What is still open, in one line of figures."""
        open_ones = [f"{c.title}: {c.short}" for c in self.completion.criteria if not c.fulfilled]
        missing = len(self.completion.not_recorded)
        slots = f"{missing} {'Abschnitt' if missing == 1 else 'Abschnitte'} nicht erfasst"
        return " · ".join(open_ones + ([slots] if missing else []))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the register. `change` says why a valid certificate is no longer true, or nothing."""

    record: Record
    change: str = ""
    lacking: str = ""  # why no other one can be issued from the register of now

    @property
    def outdated(self) -> bool:
        return bool(self.change)


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the list of certificates shows."""

    ready: list[Candidate]
    waiting: list[Candidate]
    shared: list[tuple[str, int]]
    rows: list[Row]

    @property
    def valid(self) -> int:
        return sum(row.record.status is Status.VALID for row in self.rows)

    @property
    def outdated(self) -> int:
        return sum(row.outdated for row in self.rows)

    def own(self, person: Candidate) -> list[str]:
        """What stops only this person."""
        common = {sentence for sentence, _ in self.shared}
        return [sentence for sentence in person.completion.blocking if sentence not in common]


def overview(here: Here) -> Overview:
    """Six statements however many people and certificates there are."""
    people = cohorts.everyone(here.cohort.id)
    completions = progress.of_people(here, people)
    register = records.in_cohort(here.cohort.id)
    last = {record.certificate.enrolment_id: record for record in register}
    found = [
        Candidate(person, completions[person.id], last.get(person.id))
        for person in people
        if not person.left_at
    ]
    waiting = [person for person in found if not person.ready and not person.current]
    left = {person.id for person in people if person.left_at}
    return Overview(
        ready=[person for person in found if person.ready],
        waiting=waiting,
        shared=shared(person.completion.blocking for person in waiting),
        rows=[_row(record, completions, left) for record in register],
    )


def candidates(here: Here) -> list[Candidate]:
    """Everyone of the cohort, by name; six statements however many people there are."""
    people = cohorts.enrolments(here.cohort.id)
    completions = progress.of_people(here, people)
    last = {record.certificate.enrolment_id: record for record in records.in_cohort(here.cohort.id)}
    return [Candidate(person, completions[person.id], last.get(person.id)) for person in people]


def eligible(here: Here) -> list[Candidate]:
    """Who can be given a certificate now and has none."""
    return [candidate for candidate in candidates(here) if candidate.ready]


def shared(sentences: Iterable[tuple[str, ...]]) -> list[tuple[str, int]]:
    """What stops more than one person, in the order of the day, with the number of people."""
    return [
        (sentence, people)
        for sentence, people in Counter(s for own in sentences for s in own).items()
        if people > 1
    ]


def _row(record: Record, completions: dict[int, Completion], left: set[int]) -> Row:
    """Compared with the register of now; only what counts can be untrue."""
    if record.status is not Status.VALID:
        return Row(record)
    enrolment_id = record.certificate.enrolment_id
    now = completions[enrolment_id]
    change = composing.change(record.facts, now.attended_minutes, now.planned_minutes, now.unit_minutes)
    if not change and not now.complete:
        change = "Die Voraussetzungen sind nicht mehr erfüllt"
    reasons = ("nimmt nicht mehr teil",) if enrolment_id in left else now.reasons
    return Row(record, change, "; ".join(reason.rstrip(".") for reason in reasons))
