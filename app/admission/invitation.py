"""Letters about a place in a cohort: with a personal link, or with the place on the waiting list."""

from __future__ import annotations

from app.accounts import letters
from app.accounts.models import User
from app.admission.models import Waiting
from app.cohorts import log, people, service
from app.cohorts.log import Deed
from app.cohorts.models import Cohort, Enrolment
from app.extensions import db
from app.web import german
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
_INVITED = """Guten Tag {name},

Sie sind eingeladen: {title}.
{when}
Mit diesem persönlichen Link kommen Sie hinein, auf jedem Gerät und ohne Passwort:
{link}

Bitte heben Sie ihn auf und geben Sie ihn nicht weiter. Wer ihn hat, sieht Ihr Lernheft.
Haben Sie früher schon einen Link bekommen, gilt nur noch dieser.
"""
_STAFF = """Guten Tag {name},

Sie sind eingeladen: {title}.
{when}
Melden Sie sich bitte mit Ihrer E-Mail-Adresse und Ihrem Passwort an:
{link}
"""
_SEAT = """Guten Tag {name},

Sie haben jetzt einen Platz: {title}.
{when}
Ihr bisheriger persönlicher Link gilt weiter. Hier geht es los:
{link}
"""
_WAITING = """Guten Tag {name},

Sie stehen auf der Warteliste: {title}.
{when}
Wird ein Platz frei, vergibt ihn die Organisation in der Reihenfolge der Liste. Dann bekommen Sie eine E-Mail mit
Ihrem persönlichen Link. Bis dahin brauchen Sie nichts zu tun.
"""

_SUBJECTS = {_INVITED: "Einladung", _STAFF: "Einladung", _SEAT: "Ihr Platz"}


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


def invite(enrolment: Enrolment, cohort: Cohort, by: User, when: str | None = None) -> bool:
    """The letter of an organiser, with a new personal link: the old one stops working. False without an address.

    `when` as `dates_of` says it, where it is known already. Call inside a transaction.
    """
    if not enrolment.email or enrolment.left_at:
        return False
    text, link = _STAFF, public_url("security.login")
    if people.can_have_link(enrolment):
        secret = people.fresh_link(enrolment)
        text, link = _INVITED, public_url("accounts.personal_link", secret=secret)
    log.note_person(Deed.INVITED, enrolment, by)
    _write(text, enrolment, cohort, link, dates_of(cohort) if when is None else when)
    return True


def write_seat(enrolment: Enrolment, cohort: Cohort) -> None:
    """The letter to someone with an account who has a place here now; their link goes on working."""
    if enrolment.email and letters.can_send():
        _write(_SEAT, enrolment, cohort, public_url("modules.way", cohort_id=cohort.id), dates_of(cohort))


def write_waiting(waiting: Waiting, cohort: Cohort) -> None:
    """The letter to someone who waits for a seat. Call inside a transaction."""
    body = _WAITING.format(name=waiting.name, title=cohort.title, when=dates_of(cohort))
    letters.write(waiting.email or "", f"Warteliste: {cohort.title}"[:200], body, waiting)


def dates_of(cohort: Cohort) -> str:
    """A line that says when and where, or ""."""
    days = service.days(cohort.id)
    if not days:
        return f"{cohort.place}\n"
    when = german.weekday(days[0].date) if len(days) == 1 else german.span(days[0].date, days[-1].date)
    begins = f", Beginn {german.time(days[0].slots[0].starts_at)} Uhr" if days[0].slots else ""
    return f"{when}{begins}, {cohort.place}\n"


def _write(text: str, enrolment: Enrolment, cohort: Cohort, link: str, when: str = "") -> None:
    body = text.format(name=enrolment.name, title=cohort.title, link=link, when=when)
    subject = _SUBJECTS.get(text, "Ihr persönlicher Link")
    letters.write(enrolment.email or "", f"{subject}: {cohort.title}"[:200], body, enrolment)
