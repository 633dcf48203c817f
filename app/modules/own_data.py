"""What Feldweg keeps about somebody's place in a cohort beside their texts, for their own copy (DSGVO Art. 15 and 20)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.attendance.models import Objection
from app.cohorts.models import AttendanceMark, Enrolment, ScheduledSlot
from app.extensions import db
from app.review.models import ReviewCard


def of(enrolment: Enrolment) -> dict[str, Any]:
    """Registration, every entry of the register (also those that do not count), objections, learning cards; as JSON.

    Three statements.
    """
    return {
        "anmeldung": {
            "name": enrolment.name,
            "e_mail": enrolment.email,
            "traeger": enrolment.funder,
            "angemeldet": _when(enrolment.joined_at),
        },
        "anwesenheit": _marks(enrolment.id),
        "einsprueche": _objections(enrolment.id),
        "lernkarten": _cards(enrolment.id),
    }


def _marks(enrolment_id: int) -> list[dict[str, Any]]:
    query = select(AttendanceMark, ScheduledSlot).join(
        ScheduledSlot, ScheduledSlot.id == AttendanceMark.slot_id
    )
    rows = db.session.execute(
        query.where(AttendanceMark.enrolment_id == enrolment_id).order_by(AttendanceMark.id)
    )
    return [
        _about(slot)
        | {
            "zustand": mark.state,
            "minuten": mark.minutes,
            "weg": mark.way,
            "zaehlt": mark.counts,
            "eingetragen": _when(mark.recorded_at),
            "von": mark.recorded_by,
            "bemerkung": mark.remark,
        }
        for mark, slot in rows
    ]


def _objections(enrolment_id: int) -> list[dict[str, Any]]:
    query = select(Objection, ScheduledSlot).join(ScheduledSlot, ScheduledSlot.id == Objection.slot_id)
    rows = db.session.execute(query.where(Objection.enrolment_id == enrolment_id).order_by(Objection.id))
    return [
        _about(slot)
        | {
            "satz": objection.sentence,
            "eingelegt": _when(objection.at),
            "stattgegeben": objection.granted,
            "begruendung": objection.reason,
            "entschieden": _when(objection.decided_at),
        }
        for objection, slot in rows
    ]


def _about(slot: ScheduledSlot) -> dict[str, Any]:
    return {"abschnitt": slot.title, "beginn": _when(slot.starts_at)}


def _cards(enrolment_id: int) -> list[dict[str, Any]]:
    query = select(ReviewCard).where(ReviewCard.enrolment_id == enrolment_id).order_by(ReviewCard.term_slug)
    return [
        {
            "begriff": card.term_slug,
            "stufe": card.step,
            "faellig": _when(card.due_on),
            "zuerst": _when(card.first_on),
            "zuletzt": _when(card.last_on),
        }
        for card in db.session.scalars(query)
    ]


def _when(moment: datetime | date | None) -> str | None:
    return moment.isoformat() if moment else None
