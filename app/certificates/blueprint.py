"""The blueprint, what its pages share, and what the room offers to others without their knowing it."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.blueprints import BlueprintSetupState

from app.certificates import composing, records, rules
from app.certificates.models import Certificate
from app.certificates.service import Verifying
from app.cohorts.loaders import Here
from app.web.addresses import public_url
from app.web.navigation import cohort_tabs, desk_nav

bp = Blueprint("certificates", __name__, template_folder="templates")


def desk_page(here: Here, template: str, **context: Any) -> str:
    """This template with what all desk pages of a cohort need."""
    home = url_for("certificates.cohort", cohort_id=here.cohort.id)
    tabs = cohort_tabs(here.cohort.id, desk=here.desk)
    for tab in tabs:  # pages below the list belong to it, too
        tab["current"] = tab["current"] or tab["href"] == home
    return render_template(
        f"certificates/{template}", here=here, desk_nav=desk_nav(desk=here.desk), tabs=tabs, **context
    )


def verifying() -> Verifying:
    """Where certificates issued in this request are verified."""
    return Verifying(
        address=lambda code: public_url("verification.show", code=code),
        page=public_url("verification.ask"),
    )


def document_url(certificate: Certificate) -> str:
    """Where its holder downloads it, for letters."""
    return public_url("certificates.pdf", cohort_id=certificate.cohort_id, number=certificate.number)


def file_name(number: str) -> str:
    return f"{composing.TITLE}-{number}.pdf"


def safe_name(text: str) -> str:
    """A person's name as part of a file's name."""
    return re.sub(r'[\\/:*?"<>|\s\x00-\x1f]+', " ", text).strip(" .")[:80] or "ohne Namen"


def issued(enrolment_id: int) -> list[dict[str, Any]]:
    """A person's certificates for their page of records, the latest first."""
    return [_issued(certificate) for certificate in records.issued_for(enrolment_id)]


def _issued(certificate: Certificate) -> dict[str, Any]:
    successor = certificate.successor
    return {
        "title": composing.read(certificate.facts).title,
        "number": certificate.number,
        "issued_at": certificate.issued_at,
        "href": url_for("certificates.pdf", cohort_id=certificate.cohort_id, number=certificate.number),
        "status": certificate.status.value,
        "note": f"ersetzt durch {successor.number}" if successor else "",
        "valid": certificate.status is rules.Status.VALID,
    }


@bp.record_once
def _offer(state: BlueprintSetupState) -> None:
    state.app.extensions["feldweg_issued"] = issued
