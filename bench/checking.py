"""Looks into the database afterwards: every save is there once, in its last version, and nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, text

from app.cohorts.models import Enrolment
from app.extensions import db
from app.quizzes import service as quizzes
from app.quizzes.models import Answer, AnswerRevision
from bench.installation import opened
from bench.report import Section
from bench.writing import Fields, kept_texts, sent_texts


@dataclass(slots=True)
class Sent:
    """What one person sent into one block: how many different forms, and the last of them."""

    revisions: int = 0
    last: Fields | None = None

    def add(self, form: Fields) -> None:
        self.revisions, self.last = self.revisions + 1, form


Book = Mapping[int, Mapping[str, Sent]]  # enrolment id -> block id -> what was sent


def answers(section: Section, data: Path, book: Book) -> None:
    """Count what is right, person by person and block by block."""
    wanted = [(person, block_id, sent) for person, sents in book.items() for block_id, sent in sents.items()]
    with opened(data):
        kept = {person: quizzes.answers_of(person) for person in book}
        right = newest = numbered = 0
        for person, block_id, sent in wanted:
            saved = kept[person].get(block_id)
            history = quizzes.history(person, block_id)
            right += bool(saved and kept_texts(saved.body) == sent_texts(sent.last or []))
            newest += bool(saved and saved.version == sent.revisions)
            versions = sorted(revision.version or 0 for revision in history)
            numbered += versions == list(range(1, sent.revisions + 1))
        section.count("last text of every field is there and equal", len(wanted), right)
        section.count("its version is the number of saves", len(wanted), newest)
        section.count("every revision is there exactly once, in order", len(wanted), numbered)
        section.count("answers in the database", len(wanted), _heads(book))
        section.count(
            "revisions in the database", sum(sent.revisions for *_, sent in wanted), _revisions(book)
        )
        sound = db.session.scalar(text("PRAGMA integrity_check")) == "ok"
        section.count("the database file is sound", 1, int(sound))


def block(section: Section, data: Path, block_id: str, wanted: Mapping[int, tuple[int, Fields]]) -> None:
    """The same for one block into which many people saved often: enrolment id -> (saves, last form)."""
    with opened(data):
        numbered = newest = 0
        for person, (saves, last) in wanted.items():
            versions = sorted(revision.version or 0 for revision in quizzes.history(person, block_id))
            numbered += versions == list(range(1, saves + 1))
            saved = quizzes.answers_of(person).get(block_id)
            newest += bool(saved and saved.version == saves and kept_texts(saved.body) == sent_texts(last))
    section.count(f"people with every save in {block_id} exactly once", len(wanted), numbered)
    section.count(f"people whose last text in {block_id} is there", len(wanted), newest)


def enrolments(data: Path, cohort_id: int) -> dict[str, int]:
    """Name -> enrolment id."""
    with opened(data):
        rows = db.session.execute(
            select(Enrolment.name, Enrolment.id).where(Enrolment.cohort_id == cohort_id)
        )
        return dict(rows.tuples().all())


def _heads(book: Book) -> int:
    query = select(func.count(Answer.id)).where(Answer.enrolment_id.in_(book))
    return int(db.session.scalar(query) or 0)


def _revisions(book: Book) -> int:
    query = select(func.count(AnswerRevision.id)).join(Answer, Answer.id == AnswerRevision.answer_id)
    return int(db.session.scalar(query.where(Answer.enrolment_id.in_(book))) or 0)
