"""A list on its way into a cohort: what each line would do, and doing it. Nothing is kept between the two."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from email_validator import EmailNotValidError, validate_email

from app.accounts.models import User
from app.admission import enrolling, rules, waiting
from app.admission.csv_reading import MOST_ROWS, Row
from app.admission.enrolling import TakenIn
from app.admission.rules import Judged, Known, Line
from app.admission.service import open_seats
from app.cohorts import people, places
from app.cohorts.models import Cohort
from app.cohorts.places import Newcomer
from app.web.forms import tidy

_FIELD = re.compile(r"z-([1-9][0-9]{0,5})-name")


def from_rows(rows: Iterable[Row], form_key: str) -> list[Line]:
    """The lines of a list that was just read."""
    return [_line(row, form_key) for row in rows]


def from_form(fields: Mapping[str, str], form_key: str) -> list[Line]:
    """The lines as the preview sends them back."""
    numbers = [int(found[1]) for name in fields if (found := _FIELD.fullmatch(name))][:MOST_ROWS]
    lines = []
    for number in numbers:
        start = f"z-{number}-"
        row = Row(
            number,
            fields[f"{start}name"],
            fields.get(f"{start}email", ""),
            fields.get(f"{start}traeger", ""),
            fields.get(f"{start}roh", "")[:2000],
            _doubt(fields, start),
        )
        made = _line(row, form_key)
        lines.append(replace(made, left_out=f"{start}weg" in fields, other_person=f"{start}andere" in fields))
    return lines


def _doubt(fields: Mapping[str, str], start: str) -> str:
    """What was odd about a line, until somebody says that it is right so, or changes it."""
    now = ";".join(fields.get(f"{start}{name}", "") for name in ("name", "email", "traeger"))
    if f"{start}stimmt" in fields or now != fields.get(f"{start}war"):
        return ""
    return fields.get(f"{start}zweifel", "")[:1000]


def _line(row: Row, form_key: str) -> Line:
    tidied = replace(row, name=tidy(row.name), email=tidy(row.email), funder=tidy(row.funder))
    fault = rules.fault_of(tidied, email_is_right=_is_address(tidied.email))
    return Line(tidied, broken=fault, form_key=places.hashed(_key(form_key, row.number)))


def _key(form_key: str, number: int) -> str:
    return f"{form_key}:{number}"


def _is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return len(text) <= 254


def judge(cohort: Cohort, lines: Sequence[Line]) -> list[Judged]:
    """What would happen to each line now."""
    known = [
        Known(
            person.name, person.email or "", left=person.left_at is not None, form_key=person.form_key or ""
        )
        for person in people.everyone(cohort.id)
    ]
    known += [
        Known(each.name, each.email or "", waits=True, form_key=each.form_key or "")
        for each in waiting.queue(cohort.id)
    ]
    return rules.judge(lines, known, open_seats(cohort))


def state(cohort: Cohort) -> str:
    """Changes whenever somebody comes, goes or is called otherwise, or the seats change."""
    said = [str(open_seats(cohort))]
    said += [f"{each.id} {each.name} {each.email} {each.left_at}" for each in people.everyone(cohort.id)]
    said += [f"{each.id} {each.name}" for each in waiting.queue(cohort.id)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:24]


def take_in(cohort_id: int, found: Iterable[Judged], form_key: str, by: User) -> TakenIn:
    """Those of the lines that are to be taken in. Call inside a transaction."""
    newcomers = [
        Newcomer(
            name=each.row.name,
            email=each.row.email or None,
            funder=each.row.funder,
            other_person=each.line.other_person,
            form_key=_key(form_key, each.row.number),
        )
        for each in found
        if each.verdict in rules.TAKEN
    ]
    return enrolling.take_in(cohort_id, newcomers, by)
