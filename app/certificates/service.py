"""Issuing, replacing and revoking. Words, PDF, number and code are written together or not at all.

Every function that changes something is called inside a transaction and decides on what it reads there. The
enrolment's row is locked first, so two people issuing for the same person get the same certificate.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.accounts.models import User
from app.certificates import composing, pdf, records, rules
from app.certificates.composing import Facts, Occasion, Seal
from app.certificates.models import Certificate, CertificateKind, CertificateYear
from app.certificates.overview import Candidate as Candidate
from app.certificates.overview import candidates as candidates
from app.certificates.overview import eligible as eligible
from app.certificates.records import Record as Record
from app.certificates.records import issued_for as issued_for
from app.cohorts import codes
from app.cohorts import service as cohorts
from app.cohorts.loaders import Here
from app.cohorts.models import Enrolment
from app.extensions import db
from app.progress import service as progress
from app.progress.facts import Own
from app.settings import Organisation

KIND = CertificateKind.PARTICIPATION
PENDING_NUMBER = "wird beim Ausstellen vergeben"
PENDING_CODE = "····-····-····-····-····"


class NotEligible(Exception):
    """No certificate can be issued; `reasons` are sentences."""

    def __init__(self, name: str, reasons: tuple[str, ...]) -> None:
        super().__init__(reasons)
        self.name, self.reasons = name, reasons


class NotValid(Exception):
    """The certificate was replaced or revoked before, so it stays as it is."""

    def __init__(self, record: Record) -> None:
        super().__init__(record.status)
        self.record = record


class Unchanged(Exception):
    """The new certificate would say what the old one says."""


@dataclass(frozen=True, slots=True)
class Verifying:
    """Where anyone can verify: the address for a code, and the page to type one."""

    address: Callable[[str], str]
    page: str


@dataclass(frozen=True, slots=True)
class Issued:
    """`new` is False if the same had been done before."""

    certificate: Certificate
    new: bool


def issue(here: Here, enrolment_id: int, by: User, verifying: Verifying, *, again: bool = False) -> Issued:
    """The certificate of this person; the one they have, or a new one.

    `again`: also after a revocation. Raises NotEligible, LookupError, pdf.CannotPrint.
    """
    enrolment = _locked(here.cohort.id, enrolment_id)
    given = records.issued_for(enrolment.id)
    if given and given[0].status is rules.Status.VALID:
        return Issued(given[0], new=False)
    if given and not again:
        raise NotEligible(enrolment.name, (f"Die Bescheinigung {given[0].number} wurde widerrufen.",))
    own = _eligible(here, enrolment)
    facts = composing.compose(_name(enrolment, given), KIND, occasion(here, own), _seal(verifying))
    cohorts.fix_name(enrolment)
    return Issued(_store(enrolment, facts, by), new=True)


def replace(
    here: Here, number: str, name: str, reason: str, by: User, verifying: Verifying, *, fresh: bool = False
) -> Issued:
    """A certificate with the corrected name; the old one says so. Sent twice, it is done once.

    `fresh`: times and course are taken from the register again. Raises NotValid, NotEligible, Unchanged,
    LookupError.
    """
    old, enrolment = _both_locked(here, number)
    successor = old.certificate.successor
    if successor and composing.read(successor.facts).name == name and successor.replace_reason == reason:
        return Issued(successor, new=False)
    if old.status is not rules.Status.VALID:
        raise NotValid(old)
    seal = _seal(verifying, replaces=old.certificate.number)
    if fresh:
        facts = composing.compose(name, KIND, occasion(here, _eligible(here, enrolment)), seal)
    else:
        facts = composing.corrected(old.facts, name, seal)
    if composing.says_the_same(old.facts, facts):
        raise Unchanged(number)
    old.certificate.valid_key = None
    cohorts.correct_name(enrolment, name)
    new = _store(enrolment, facts, by, replaces=old.certificate.id, reason=reason)
    return Issued(new, new=True)


def revoke(here: Here, number: str, reason: str, by: User) -> Record:
    """It no longer counts; the record stays. Raises NotValid, LookupError."""
    record, _ = _both_locked(here, number)
    if record.status is not rules.Status.VALID:
        raise NotValid(record)
    certificate = record.certificate
    certificate.revoked_at, certificate.revoked_by = clock.now(), by.name
    certificate.revoked_reason, certificate.valid_key = reason, None
    db.session.flush()
    return record


def preview(here: Here, enrolment: Enrolment) -> tuple[Own, Facts]:
    """What the certificate would say if it were issued now; nothing is stored."""
    own, issuer = progress.of_person(here, enrolment.id), organisation()
    seal = Seal(
        number=PENDING_NUMBER,
        code=PENDING_CODE,
        verify_address="",
        verify_page="",
        issuer_name=issuer.name,
        issuer_address=issuer.address,
        issued_on=clock.today(),
    )
    name = _name(enrolment, records.issued_for(enrolment.id))
    return own, composing.compose(name, KIND, occasion(here, own), seal)


def organisation() -> Organisation:
    found: Organisation = current_app.extensions["feldweg"].settings.organisation
    return found


def occasion(here: Here, own: Own) -> Occasion:
    """What this person attended, as it is certified."""
    zone = ZoneInfo(here.cohort.time_zone)
    days = {clock.local(slot.starts_at, zone).date() for slot in own.slots if slot.content_minutes}
    return Occasion(
        course_title=here.course.title,
        course_subtitle=here.course.subtitle,
        contents=here.way.contents,
        cohort_title=here.cohort.title,
        place=here.cohort.place,
        dates=tuple(sorted(days)),
        attended_minutes=own.completion.attended_minutes,
        planned_minutes=own.completion.planned_minutes,
        unit_minutes=here.course.unit_minutes,
    )


def _name(enrolment: Enrolment, given: list[Certificate]) -> str:
    """As it was certified last (it may have been corrected since joining), or as the person gave it."""
    return composing.read(given[0].facts).name if given else enrolment.name


def _locked(cohort_id: int, enrolment_id: int) -> Enrolment:
    query = select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.id == enrolment_id)
    found = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise LookupError(enrolment_id)
    return found


def _both_locked(here: Here, number: str) -> tuple[Record, Enrolment]:
    found = records.find(here.cohort.id, number)
    if found is None:
        raise LookupError(number)
    enrolment = _locked(here.cohort.id, found.certificate.enrolment_id)
    again = records.find(here.cohort.id, number)  # what was true before the lock may no longer be
    return again or found, enrolment


def _eligible(here: Here, enrolment: Enrolment) -> Own:
    own = progress.of_person(here, enrolment.id)
    left = (f"{enrolment.name} ist nicht mehr in der Kohorte.",) if enrolment.left_at else ()
    if left or not own.completion.complete:
        raise NotEligible(enrolment.name, left + own.completion.reasons)
    return own


def _seal(verifying: Verifying, replaces: str = "") -> Seal:
    today, code, issuer = clock.today(), rules.new_code(), organisation()
    return Seal(
        number=_next_number(today.year),
        code=codes.grouped(code),
        verify_address=verifying.address(codes.grouped(code)),
        verify_page=composing.typeable(verifying.page),
        issuer_name=issuer.name,
        issuer_address=issuer.address,
        issued_on=today,
        replaces=replaces,
    )


def _next_number(year: int) -> str:
    """Counted in one statement that holds the year's row until the commit, so no number is given twice."""
    postgres = db.session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if postgres else sqlite.insert)(CertificateYear).values(year=year, last=1)
    counted = insert.on_conflict_do_update(
        index_elements=[CertificateYear.year], set_={"last": CertificateYear.last + 1}
    ).returning(CertificateYear.last)
    return rules.number(year, db.session.execute(counted).scalar_one())


def _store(
    enrolment: Enrolment, facts: Facts, by: User, *, replaces: int | None = None, reason: str | None = None
) -> Certificate:
    printed = pdf.document(facts, organisation().logo)
    certificate = Certificate(
        enrolment_id=enrolment.id,
        cohort_id=enrolment.cohort_id,
        kind=facts.kind,
        number=facts.number,
        code=codes.normalise(facts.code),
        facts=composing.canonical(facts),
        pdf=printed.data,
        pdf_sha256=hashlib.sha256(printed.data).hexdigest(),
        conforms=printed.conforms,
        issued_at=clock.now(),
        issued_by=by.name,
        issued_by_id=by.id,
        valid_key=rules.valid_key(enrolment.id, facts.kind),
        replaces_id=replaces,
        replace_reason=reason,
    )
    db.session.add(certificate)
    db.session.flush()
    return certificate
