"""Finding certificates. Lists never load the PDFs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.certificates.composing import Facts, read
from app.certificates.models import Certificate
from app.certificates.rules import Status, is_number
from app.cohorts.models import Enrolment
from app.extensions import db


@dataclass(frozen=True)
class Record:
    """A certificate as pages show it: what was frozen, and what became of it."""

    certificate: Certificate

    @cached_property
    def facts(self) -> Facts:
        return read(self.certificate.facts)

    @property
    def status(self) -> Status:
        return self.certificate.status

    @property
    def replaced_by(self) -> str:
        """The number of the certificate that counts instead, or nothing."""
        return self.certificate.successor.number if self.certificate.successor else ""

    @property
    def new_name(self) -> str:
        """The name on the certificate that counts instead, if it is another one."""
        name = read(self.certificate.successor.facts).name if self.certificate.successor else ""
        return "" if name == self.facts.name else name


def in_cohort(cohort_id: int) -> list[Record]:
    """The cohort's register of certificates, in the order of issue, also of people who left."""
    query = _certificates().where(Certificate.cohort_id == cohort_id).order_by(Certificate.id)
    return [Record(certificate) for certificate in db.session.scalars(query)]


def issued_for(enrolment_id: int) -> list[Certificate]:
    """Everything ever issued to this person here, the latest first."""
    query = _certificates().where(Certificate.enrolment_id == enrolment_id).order_by(Certificate.id.desc())
    return list(db.session.scalars(query))


def find(cohort_id: int, number: str) -> Record | None:
    if not is_number(number):
        return None
    query = _certificates().where(Certificate.cohort_id == cohort_id, Certificate.number == number)
    return _record(query)


def find_by_code(code: str) -> Record | None:
    """The certificate with this code (normalised)."""
    return _record(_certificates().where(Certificate.code == code))


def holder(certificate: Certificate) -> int:
    """The user whose certificate this is."""
    query = select(Enrolment.user_id).where(Enrolment.id == certificate.enrolment_id)
    return int(db.session.execute(query).scalar_one())


def documents(cohort_id: int) -> list[tuple[str, str, bytes]]:
    """Number, name and PDF of every certificate of the cohort that counts."""
    query = (
        select(Certificate.number, Certificate.facts, Certificate.pdf)
        .where(Certificate.cohort_id == cohort_id, Certificate.valid_key.is_not(None))
        .order_by(Certificate.id)
    )
    return [(number, read(facts).name, pdf) for number, facts, pdf in db.session.execute(query)]


def _certificates() -> Select[Certificate]:
    return select(Certificate).options(joinedload(Certificate.successor))


def _record(query: Select[Certificate]) -> Record | None:
    found = db.session.scalar(query.execution_options(populate_existing=True))
    return Record(found) if found else None
