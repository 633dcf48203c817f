"""Letters that remind somebody of what they resolved: a row until its day, then a letter that says nothing but where."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from app import clock
from app.accounts import letters
from app.accounts.periodic import Job
from app.cohorts.models import Cohort, Enrolment
from app.extensions import db
from app.quizzes.models import Reminder

_FIRST_HOUR = 7  # nobody is woken by Feldweg
_LATEST = timedelta(days=3)
_SUBJECT = "Ihr Vorsatz: {title}"
_BODY = """Guten Tag {name},

heute ist der Tag, den Sie sich für Ihren Vorsatz ausgesucht haben. Schauen Sie doch kurz hinein:
{link}

Wenn Feldweg Sie dort nicht kennt, öffnen Sie bitte zuerst Ihren persönlichen Link
und danach diese Adresse noch einmal.
"""


def keep(enrolment_id: int, block_id: str, due_on: date | None, link: str) -> None:
    """Remember the day, or forget it if there is none or it has come: nobody gets two letters. Call inside a transaction."""
    own = Reminder.enrolment_id == enrolment_id, Reminder.block_id == block_id
    db.session.execute(delete(Reminder).where(*own))
    if due_on and due_on > clock.today():
        db.session.add(Reminder(enrolment_id=enrolment_id, block_id=block_id, due_on=due_on, link=link))
    db.session.flush()


def due(now: datetime) -> list[int]:
    """The reminders whose day has come; none at night, and none as long as no letter could be sent. Reads only."""
    if not letters.can_send() or clock.local(now).hour < _FIRST_HOUR:
        return []
    return list(db.session.scalars(select(Reminder.id).where(Reminder.due_on <= clock.local(now).date())))


def write(reminder_id: int, now: datetime) -> bool:
    """Put the letter into the outbox if somebody is to get it, and forget the reminder. Call inside a transaction."""
    reminder = db.session.get(Reminder, reminder_id)
    if reminder is None:
        return False
    person = db.session.get_one(Enrolment, reminder.enrolment_id)
    # A letter that comes weeks late, because there was no mail server, would only puzzle.
    is_late = reminder.due_on < clock.local(now).date() - _LATEST
    wanted = bool(person.email) and person.left_at is None and not is_late
    if wanted:
        title = db.session.get_one(Cohort, person.cohort_id).title
        body = _BODY.format(name=person.name, link=reminder.link)
        letters.write(person.email or "", _SUBJECT.format(title=title)[:200], body, person)
    db.session.delete(reminder)
    db.session.flush()
    return wanted


JOB = Job("reminders", timedelta(minutes=15), due, write)
