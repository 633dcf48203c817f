"""What the tests of certificates need again and again, in few words."""

from __future__ import annotations

import io
import re
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import date

import pypdfium2
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.certificates import composing, service
from app.certificates.composing import Facts, Occasion, Seal
from app.certificates.models import Certificate
from app.certificates.service import Verifying
from app.cohorts import service as cohorts
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Attendance
from app.extensions import db, transaction
from app.quizzes import service as quizzes
from tests.support.cast import Cast, Person
from tests.support.client import PageClient

LIST = "/kohorten/{}/bescheinigungen"
CONTENT = (0, 2, 4)  # the slots of the cast's plan that count
VERIFYING = Verifying(address=lambda code: f"http://localhost/pruefen/{code}", page="localhost/pruefen")


def complete(app: Flask, cast: Cast, person: Person, slots: tuple[int, ...] = CONTENT) -> None:
    """This person was there in these slots and has worked on both Lernstopps."""
    with app.app_context(), transaction():
        olga = db.session.get_one(User, cast.olga.user_id)
        enrolment = cohorts.find_enrolment(cast.nord, person.enrolment_id)
        by_id = {slot.id: slot for slot in cohorts.slots(cast.nord)}
        assert enrolment
        for at in slots:
            cohorts.mark(by_id[cast.slots[at]], enrolment, Attendance.PRESENT, 0, olga)
        for block in ("l1-1", "l2-1"):
            key = uuid.uuid4().hex
            quizzes.record(
                enrolment.id, block, {"acknowledged": True}, client_id=key, base_version=0, done=True
            )
    with app.app_context():
        db.session.remove()


def url(cast: Cast, rest: str = "") -> str:
    return LIST.format(cast.nord) + rest


def one(cast: Cast, person: Person, deed: str = "ausstellen") -> str:
    return url(cast, f"/{person.enrolment_id}/{deed}")


def issue(client: PageClient, cast: Cast, person: Person) -> Issued:
    """Issue by the form and give back what was stored."""
    assert client.post_form(one(cast, person)).status_code == 303
    return stored(client.application, person)[-1]


@dataclass(frozen=True)
class Issued:
    """A row, copied out of its session."""

    id: int
    number: str
    code: str
    facts: Facts
    json: str
    pdf: bytes
    pdf_sha256: str
    conforms: bool
    valid_key: str | None
    replaces_id: int | None
    issued_by: str
    revoked_reason: str | None
    replace_reason: str | None


def stored(app: Flask, person: Person | None = None) -> list[Issued]:
    """All certificates (of this person), in the order of issue."""
    with app.app_context():
        query = select(Certificate).order_by(Certificate.id)
        if person:
            query = query.where(Certificate.enrolment_id == person.enrolment_id)
        found = [_copy(row) for row in db.session.scalars(query)]
        db.session.remove()
    return found


def _copy(row: Certificate) -> Issued:
    same = {name: getattr(row, name) for name in Issued.__dataclass_fields__ if name not in ("facts", "json")}
    return Issued(**same, facts=composing.read(row.facts), json=row.facts)


def here_of(cast: Cast, person: Person) -> Here:
    """The cohort as this member of staff stands to it; inside an app context."""
    found = cohort_for(db.session.get_one(User, person.user_id), cast.nord)
    assert found
    return found.value


def issue_directly(cast: Cast, person: Person, **how: bool) -> service.Issued:
    """By the service, in a transaction; inside an app context."""
    here, by = here_of(cast, cast.olga), db.session.get_one(User, cast.olga.user_id)
    with transaction():
        return service.issue(here, person.enrolment_id, by, VERIFYING, **how)


def facts(name: str = "Anna Kolb", **changes: object) -> Facts:
    """Words of a certificate; `changes` are fields of Occasion or Seal."""
    occasion = {
        "course_title": "Sozialraumorientierung in der Kinder- und Jugendhilfe",
        "course_subtitle": "Vom Fall zum Feld",
        "contents": (
            "Sozialraum verstehen: vier Zugänge zum Raum",
            "Fünf Prinzipien",
            "Fallwerkstatt „Kita“",
        ),
        "cohort_title": "Kita-Team Nord",
        "place": "Bildungshaus Am See",
        "dates": (date(2026, 7, 3),),
        "attended_minutes": 345,
        "planned_minutes": 360,
        "unit_minutes": 45,
    }
    seal = {
        "number": "2026-0001",
        "code": "7K4M-9TXB-2QWE-RHJN-PAVC",
        "verify_address": "https://lernen.example.org/pruefen/7K4M-9TXB-2QWE-RHJN-PAVC",
        "verify_page": "lernen.example.org/pruefen",
        "issuer_name": "Kreis Musterland",
        "issuer_address": "Jugendamt\nAm Markt 1\n01234 Musterstadt",
        "issued_on": date(2026, 7, 3),
    }
    for key, value in changes.items():
        (occasion if key in occasion else seal)[key] = value
    return composing.compose(name, "participation", Occasion(**occasion), Seal(**seal))  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
    """The words of all pages, blanks collapsed."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return squeezed(" ".join(pages).replace("\ufffe", "-"))  # pdfium's sign for a hyphen at the end of a line


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
