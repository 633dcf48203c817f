"""Letters with a personal link."""

from __future__ import annotations

from app.accounts import letters
from app.cohorts import people
from app.cohorts.models import Cohort, Enrolment
from app.extensions import db
from app.web.addresses import public_url

_WELCOME = """Guten Tag {name},

Sie sind angemeldet: {title}.

Mit diesem persönlichen Link kommen Sie jederzeit wieder hinein, ohne Passwort:
{link}

Bitte geben Sie ihn nicht weiter. Wer ihn hat, sieht Ihr Lernheft.
"""
_AGAIN = """Guten Tag {name},

Sie sind schon angemeldet: {title}. Eben hat jemand mit Ihrer E-Mail-Adresse noch einmal beitreten wollen.

Wenn Sie das waren: Mit diesem neuen persönlichen Link geht es weiter. Der alte gilt nicht mehr.
{link}

Wenn Sie es nicht waren, brauchen Sie nichts zu tun. Ihre Texte sieht niemand.
"""


def write(enrolment: Enrolment, cohort: Cohort, secret: str) -> None:
    """The letter to someone who has just joined. Call inside a transaction."""
    _write(_WELCOME, enrolment, cohort, public_url("accounts.personal_link", secret=secret))


def write_again(cohort_id: int, enrolment_id: int) -> None:
    """The letter to someone enrolled already; staff are sent to their sign-in. Call inside a transaction."""
    enrolment = people.find_enrolment(cohort_id, enrolment_id)
    if enrolment is None or enrolment.left_at or not enrolment.email:
        return
    cohort = db.session.get_one(Cohort, cohort_id)
    try:
        link = public_url("accounts.personal_link", secret=people.new_link(enrolment, "selbst, per E-Mail"))
    except people.HasPassword:
        link = public_url("security.login")
    _write(_AGAIN, enrolment, cohort, link)


def _write(text: str, enrolment: Enrolment, cohort: Cohort, link: str) -> None:
    body = text.format(name=enrolment.name, title=cohort.title, link=link)
    letters.write(enrolment.email or "", f"Ihr persönlicher Link: {cohort.title}"[:200], body)
