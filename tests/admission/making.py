"""What the tests of this room share: a mail server that is set, letters as they were written, seats."""

from __future__ import annotations

import dataclasses

from flask import Flask
from sqlalchemy import select

from app.accounts.models import Letter
from app.cohorts.models import Cohort, CohortEvent
from app.extensions import db, transaction
from app.settings import Mail

MAIL = Mail(host="mail.example.org", port=25, user="", password="", sender="f@example.org", starttls=False)


def set_mail(app: Flask, mail: Mail = MAIL) -> None:
    """From now on letters can be sent."""
    feldweg = app.extensions["feldweg"]
    settings = dataclasses.replace(feldweg.settings, mail=mail)
    app.extensions["feldweg"] = dataclasses.replace(feldweg, settings=settings)


def letters(app: Flask) -> dict[str, str]:
    """recipient -> the last letter to them."""
    sealer = app.extensions["feldweg"].sealer
    rows = db.session.scalars(select(Letter).order_by(Letter.id))
    return {row.recipient: sealer.open(row.sealed_body, "letter") for row in rows}


def secret_in(body: str) -> str:
    return body.split("/mein/")[1].split()[0]


def set_seats(app: Flask, cohort_id: int, seats: int | None) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Cohort, cohort_id).seats = seats


def deeds(cohort_id: int) -> list[str]:
    """What the log says, the oldest first."""
    query = select(CohortEvent.deed).where(CohortEvent.cohort_id == cohort_id).order_by(CohortEvent.id)
    return list(db.session.scalars(query))
