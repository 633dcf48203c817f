"""What must be true when the training day is over: every save, every confirmed page, thirty right PDFs."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2
from sqlalchemy import func, select

from app.certificates.models import Certificate
from app.extensions import db
from app.progress.models import PageRead
from bench import checking, script
from bench.installation import Group, opened
from bench.people import Organiser, Participant
from bench.report import Section


def check(
    section: Section, data: Path, group: Group, people: Sequence[Participant], organiser: Organiser
) -> None:
    """Add every count."""
    by_name = checking.enrolments(data, group.id)
    section.count("people enrolled", len(people), len(by_name))
    section.count("page views a person", script.VIEWS, _same(len(person.times["view"]) for person in people))
    section.count("saves a person", script.SAVES, _same(len(person.times["save"]) for person in people))
    known = [person for person in people if person.name in by_name]
    checking.answers(section, data, {by_name[person.name]: person.sent for person in known})
    _pages(section, data, [(by_name[person.name], person) for person in known])
    _documents(section, data, group, people, organiser)


def _same(numbers: Iterable[int]) -> int:
    """The number if all are alike, else -1."""
    found = set(numbers)
    return found.pop() if len(found) == 1 else -1


def _pages(section: Section, data: Path, people: Sequence[tuple[int, Participant]]) -> None:
    with opened(data):
        rows = db.session.execute(select(PageRead.enrolment_id, PageRead.page)).all()
    wanted = sorted((enrolment_id, key) for enrolment_id, person in people for key in person.confirmed)
    section.count("completions", script.COMPLETIONS * len(people), len(rows))
    section.count("completions as they were confirmed", 1, int(wanted == sorted(map(tuple, rows))))


def _documents(
    section: Section, data: Path, group: Group, people: Sequence[Participant], organiser: Organiser
) -> None:
    """Each person's PDF bears their name and nobody else's; the archive holds the same documents."""
    texts = {person.name: _text(person.certificate) for person in people}
    own = sum(_plain(name) in text for name, text in texts.items())
    strange = sum(_plain(other) in text for name, text in texts.items() for other in texts if other != name)
    section.count("PDFs with the right name", len(people), own)
    section.count("PDFs with somebody else's name", 0, strange)
    with opened(data):
        valid = select(func.count(Certificate.id)).where(
            Certificate.cohort_id == group.id, Certificate.valid_key.is_not(None)
        )
        section.count("valid certificates in the database", len(people), int(db.session.scalar(valid) or 0))
    with zipfile.ZipFile(io.BytesIO(organiser.archive)) as archive:
        packed = {archive.read(name) for name in archive.namelist()}
    section.count("documents in the archive", len(people), len(packed & {p.certificate for p in people}))


def _text(document: bytes) -> str:
    pdf = pypdfium2.PdfDocument(document)
    try:
        return _plain(" ".join(page.get_textpage().get_text_range() for page in pdf))
    finally:
        pdf.close()


def _plain(text: str) -> str:
    """Comparable whatever the line breaks and the composition of letters."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text.replace("￾", "-")))
