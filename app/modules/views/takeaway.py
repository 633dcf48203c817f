"""The Lernheft to take along: as PDF, and as text files with all data. Only its owner can make it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Response
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.modules import lernheft_pdf, lernheft_zip, own_data, takeaway
from app.modules.blueprint import bp
from app.modules.reading import Notebook, enrolment_of, notebook_of
from app.modules.takeaway import Cover, Document
from app.modules.teamwork import teams_of
from app.quizzes import histories
from app.web.downloads import name_file
from app.web.gate import gate

_EDITION_LENGTH = 12  # as much of the digest as people compare


@bp.get("/kurs/<int:cohort_id>/lernheft.pdf")
@gate(Permission.LEARN, cohort_for)
def lernheft_as_pdf(here: Here, cohort_id: int) -> ResponseReturnValue:
    printed = lernheft_pdf.typeset_document(_document(here, notebook_of(here)))
    return _attachment(here, printed.data, "application/pdf", "pdf")


@bp.get("/kurs/<int:cohort_id>/lernheft.zip")
@gate(Permission.LEARN, cohort_for)
def lernheft_as_zip(here: Here, cohort_id: int) -> ResponseReturnValue:
    notebook, now, own = notebook_of(here), clock.now(), enrolment_of(here)
    document = _document(here, notebook)
    every = histories.of_person(own.id)
    data = lernheft_zip.data(document, here.course, notebook.answers, every, now, teams_of(here).sheets())
    data |= own_data.of(own)
    return _attachment(here, lernheft_zip.packed(document, data, now), "application/zip", "zip")


def _document(here: Here, notebook: Notebook) -> Document:
    cohort, course = here.cohort, here.course
    cover = Cover(
        name=enrolment_of(here).name,
        course=course.title,
        subtitle=course.subtitle,
        cohort=cohort.title,
        place=cohort.place,
        edition=cohort.edition_digest[:_EDITION_LENGTH],
        on=clock.today(ZoneInfo(cohort.time_zone)),
    )
    sheets = teams_of(here).sheets()
    return takeaway.compose(course, notebook.answers, notebook.learner, cover, sheets)


def _attachment(here: Here, content: bytes, kind: str, ending: str) -> Response:
    """The file's name says of which course it is, not whose: others may see it in a list of downloads."""
    answer = Response(content, mimetype=kind)
    name_file(answer, f"lernheft-{here.course.slug}.{ending}")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
