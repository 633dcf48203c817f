"""The letter that tells somebody what was decided about their objection."""

from __future__ import annotations

from app.accounts import letters
from app.attendance.own.objections import Raised
from app.cohorts.models import Cohort
from app.extensions import db
from app.web import german

_BODY = """Guten Tag {name},

über Ihren Einspruch zu „{slot}“ ({day}) in „{cohort}“ ist entschieden: {decision}.

Ihr Satz: {sentence}

Begründung: {reason}

Entschieden von {by}. Ihre Anwesenheit sehen Sie hier:
{href}

Wenn Feldweg Sie dort nicht kennt, öffnen Sie bitte zuerst Ihren persönlichen Link
und danach diese Adresse noch einmal.
"""


def write(raised: Raised, href: str) -> bool:
    """Write it if there is an address and a mail server. Call inside the transaction that decided."""
    if not raised.person.email or not letters.can_send():
        return False
    cohort = db.session.get_one(Cohort, raised.slot.cohort_id)
    body = _BODY.format(
        name=raised.person.name,
        slot=raised.slot.title,
        day=german.weekday(raised.slot.starts_at),
        cohort=cohort.title,
        decision="stattgegeben" if raised.objection.granted else "abgelehnt",
        sentence=raised.objection.sentence,
        reason=raised.objection.reason,
        by=raised.objection.decided_by,
        href=href,
    )
    letters.write(raised.person.email, f"Ihr Einspruch: {cohort.title}"[:200], body, raised.person)
    return True
