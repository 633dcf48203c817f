"""The letter that tells somebody that their certificate is there."""

from __future__ import annotations

from app.accounts import letters
from app.certificates.composing import read
from app.certificates.models import Certificate
from app.cohorts import service as cohorts

_BODY = """Guten Tag {name},

Ihre {title} Nr. {number} für „{course}“ liegt bereit.

Hier laden Sie sie herunter:
{href}

Wenn Feldweg Sie dort nicht kennt, öffnen Sie bitte zuerst Ihren persönlichen Link
und danach diese Adresse noch einmal.

Wer die Echtheit prüfen möchte, liest den QR-Code auf der Bescheinigung oder öffnet:
{verify}

{issuer}
"""


def write(certificate: Certificate, href: str) -> bool:
    """Write it if there is an address and a mail server. Call inside the transaction that issued."""
    enrolment = cohorts.find_enrolment(certificate.cohort_id, certificate.enrolment_id)
    if enrolment is None or not enrolment.email or not letters.can_send():
        return False
    facts = read(certificate.facts)
    body = _BODY.format(
        name=facts.name,
        title=facts.title,
        number=facts.number,
        course=facts.course_title,
        href=href,
        verify=facts.verify_address,
        issuer=facts.issuer_name,
    )
    letters.write(enrolment.email, f"Ihre {facts.title} {facts.number}", body, enrolment)
    return True
