"""Who can be given a certificate, who has one, and what one would look like."""

from __future__ import annotations

from flask import Response, abort, make_response
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.certificates import pdf, records, service
from app.certificates.blueprint import bp, desk_page
from app.certificates.composing import lines
from app.certificates.overview import overview
from app.cohorts import service as cohorts
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Enrolment
from app.web.downloads import name_file
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/bescheinigungen")
@gate(Permission.ISSUE_CERTIFICATES, cohort_for)
def cohort(here: Here, cohort_id: int) -> ResponseReturnValue:
    return desk_page(here, "cohort.html", found=overview(here))


@bp.get("/kohorten/<int:cohort_id>/bescheinigungen/<int:enrolment_id>/vorschau")
@gate(Permission.ISSUE_CERTIFICATES, cohort_for)
def preview(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    return preview_page(here, person_of(cohort_id, enrolment_id))


@bp.get("/kohorten/<int:cohort_id>/bescheinigungen/<int:enrolment_id>/vorschau.pdf")
@gate(Permission.ISSUE_CERTIFICATES, cohort_for)
def preview_pdf(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    _, facts = service.preview(here, person_of(cohort_id, enrolment_id))
    answer = make_response(pdf.document(facts, service.organisation().logo, preview=True).data)
    return _inline(answer, "application/pdf", f"Vorschau-{enrolment_id}.pdf")


@bp.get("/kohorten/<int:cohort_id>/bescheinigungen/<int:enrolment_id>/vorschau.png")
@gate(Permission.ISSUE_CERTIFICATES, cohort_for)
def preview_picture(here: Here, cohort_id: int, enrolment_id: int) -> ResponseReturnValue:
    _, facts = service.preview(here, person_of(cohort_id, enrolment_id))
    answer = make_response(pdf.picture(facts, service.organisation().logo, preview=True))
    return _inline(answer, "image/png", f"Vorschau-{enrolment_id}.png")


def preview_page(here: Here, person: Enrolment) -> str:
    """The preview, or every reason why there is nothing to issue yet."""
    own, facts = service.preview(here, person)
    given = records.issued_for(person.id)
    return desk_page(
        here,
        "preview.html",
        person=person,
        reasons=own.completion.reasons,
        facts=lines(facts),
        contents=facts.contents,
        last=records.Record(given[0]) if given else None,
        conforms=pdf.document(facts, service.organisation().logo, preview=True).conforms,
    )


def person_of(cohort_id: int, enrolment_id: int) -> Enrolment:
    person = cohorts.find_enrolment(cohort_id, enrolment_id)
    if person is None:
        abort(404)
    return person


def _inline(answer: Response, kind: str, name: str) -> Response:
    answer.content_type = kind
    name_file(answer, name, inline=True)
    return answer
