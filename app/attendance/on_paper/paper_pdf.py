"""The list to be signed, as PDF (PDF/UA-1 and PDF/A-2a in one file): a page or more for each day."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst
from flask import current_app

from app import clock
from app.attendance.names import list_key, split_name
from app.attendance.on_paper.halves import of_day
from app.attendance.on_paper.paper import EMPTY_ROWS
from app.cohorts import service
from app.cohorts.loaders import Here
from app.cohorts.models import CourseDay, ScheduledSlot
from app.cohorts.page import zone_of
from app.settings import Organisation
from app.web import german, typeset
from app.web.typeset import CannotPrint, Printed

_TEMPLATE = Path(__file__).parent / "paper.typ"
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_ROWS_WITHOUT_PEOPLE = 15


def document(here: Here, days: Sequence[CourseDay], names: Sequence[str], trainers: Sequence[str]) -> Printed:
    """The list of these days for people of these names, sorted here. Nothing but names stands in it.

    Days without content have nothing to sign and are left out. A logo that cannot be printed is left out, too.
    """
    organisation: Organisation = current_app.extensions["feldweg"].settings.organisation
    slots = service.all_slots(here.cohort.id)
    moment = datetime.combine(clock.today(), time(12), tzinfo=UTC)
    data = {
        "organisation": organisation.name,
        "logo": typeset.logo(organisation.logo),
        "course": here.course.title,
        "cohort": here.cohort.title,
        "trainers": list(trainers),
        "people": [list(split_name(name)) for name in sorted(names, key=list_key)],
        "empty": EMPTY_ROWS if names else _ROWS_WITHOUT_PEOPLE,
        "days": [day for day in (_day(here, day, slots) for day in days) if day["halves"]],
        "on": [moment.year, moment.month, moment.day],
    }
    try:
        return _typeset(data, moment)
    except CannotPrint:
        return _typeset(data | {"logo": ""}, moment)


def _typeset(data: dict[str, Any], moment: datetime) -> Printed:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    return typeset.document(_TEMPLATE, inputs, _STANDARDS, moment)


def _day(here: Here, day: CourseDay, slots: Sequence[ScheduledSlot]) -> dict[str, Any]:
    zone, unit = here.cohort.time_zone, here.course.unit_minutes
    parts = of_day(day, slots, zone_of(here))
    return {
        "name": day.name,
        "date": german.weekday(day.date),
        "place": day.place or here.cohort.place,
        "units": german.units(sum(part.minutes for part in parts), unit),
        "unit": unit,
        "halves": [
            {
                "name": part.name,
                "time": f"{german.time(part.starts_at, zone)}–{german.time(part.ends_at, zone)}",
                "units": german.units(part.minutes, unit),
            }
            for part in parts
        ],
    }


def file_name(title: str, days: Sequence[CourseDay]) -> str:
    """Teilnahmeliste Kohorte Nord 2026-07-03.pdf; without `days` for all of them."""
    safe = re.sub(r'[\\/:*?"<>|\s\x00-\x1f]+', " ", title).strip(" .")[:80] or "Kohorte"
    return " ".join(["Teilnahmeliste", safe, *(day.date.isoformat() for day in days)]) + ".pdf"
