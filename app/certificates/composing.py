"""The words of a certificate: composed once, frozen as canonical JSON, read by the PDF and whoever verifies."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from itertools import groupby
from typing import Any

from app.web import german

TITLE = "Teilnahmebescheinigung"
STATEMENT = "hat an der folgenden Fortbildung teilgenommen:"
_OWN = ("number", "code", "verify_address", "issued_on", "issued_on_text", "replaces")
REMARK = "Diese Bescheinigung belegt die Teilnahme. Sie enthält keine Bewertung."


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything a certificate says. Read back from records of any age, so a new field needs a default."""

    version: int = 1
    kind: str
    title: str
    name: str
    statement: str
    course_title: str
    course_subtitle: str
    cohort_title: str
    place: str
    dates: tuple[str, ...]  # ISO
    period: str
    dates_text: str
    units_attended: str
    units_planned: str
    units_text: str
    contents: tuple[str, ...]
    remark: str
    issuer_name: str
    issuer_address: str
    issue_place: str
    issued_on: str  # ISO
    issued_on_text: str
    number: str
    code: str  # as people read it, in groups
    verify_address: str
    verify_page: str
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What was attended: the course as this cohort had it."""

    course_title: str
    course_subtitle: str
    contents: tuple[str, ...]
    cohort_title: str
    place: str
    dates: tuple[date, ...]
    attended_minutes: int
    planned_minutes: int
    unit_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What makes this document this one: number, code, where it is verified, who issued it and when."""

    number: str
    code: str
    verify_address: str
    verify_page: str
    issuer_name: str
    issuer_address: str
    issued_on: date
    replaces: str = ""


def compose(name: str, kind: str, occasion: Occasion, seal: Seal) -> Facts:
    """Every word of a certificate of participation."""
    attended = units(occasion.attended_minutes, occasion.unit_minutes)
    planned = units(occasion.planned_minutes, occasion.unit_minutes)
    return Facts(
        kind=kind,
        title=TITLE,
        name=name,
        statement=STATEMENT,
        course_title=occasion.course_title,
        course_subtitle=occasion.course_subtitle,
        cohort_title=occasion.cohort_title,
        place=occasion.place,
        dates=tuple(day.isoformat() for day in occasion.dates),
        period=german.span(min(occasion.dates), max(occasion.dates)) if occasion.dates else "",
        dates_text=dates_text(occasion.dates),
        units_attended=attended,
        units_planned=planned,
        units_text=_units_text(attended, planned, occasion),
        contents=occasion.contents,
        remark=REMARK,
        **_sealed(seal),
    )


def corrected(facts: Facts, name: str, seal: Seal) -> Facts:
    """The same words with another name, as a document of its own."""
    return replace(facts, name=name, **_sealed(seal))


def _sealed(seal: Seal) -> dict[str, Any]:
    own = {field.name: getattr(seal, field.name) for field in fields(seal)}
    return own | {
        "issued_on": seal.issued_on.isoformat(),
        "issued_on_text": german.day(seal.issued_on),
        "issue_place": issue_place(seal.issuer_address),
    }


def units(minutes: int, unit_minutes: int) -> str:
    """Whole or half units, rounded down, so that never too much is certified."""
    return german.decimal(german.certified_units(minutes, unit_minutes))


def _units_text(attended: str, planned: str, occasion: Occasion) -> str:
    """Nothing for a course without planned time (self-study)."""
    if not occasion.planned_minutes:
        return ""
    return f"{attended} von {planned} Unterrichtseinheiten (UE) zu je {occasion.unit_minutes} Minuten"


def change(facts: Facts, attended_minutes: int, planned_minutes: int, unit_minutes: int) -> str:
    """In what the register of today differs from what is certified; nothing if it says the same."""
    attended, planned = units(attended_minutes, unit_minutes), units(planned_minutes, unit_minutes)
    if (attended, planned) == (facts.units_attended, facts.units_planned):
        return ""
    if planned == facts.units_planned:
        return f"Anwesenheit geändert: bescheinigt {facts.units_attended}, jetzt {attended} UE"
    certified = f"{facts.units_attended} von {facts.units_planned}"
    return f"Anwesenheit geändert: bescheinigt {certified}, jetzt {attended} von {planned} UE"


def says_the_same(one: Facts, other: Facts) -> bool:
    """Whether two certificates differ in nothing but what makes each a document of its own."""
    return _words(one) == _words(other)


def _words(facts: Facts) -> dict[str, Any]:
    return {key: value for key, value in asdict(facts).items() if key not in _OWN}


def dates_text(days: Sequence[date]) -> str:
    """5. Juli 2026; 5. und 6. Juli 2026; 30. Juni und 1. Juli 2026."""
    months = []
    for _, group in groupby(sorted(days), key=lambda day: (day.year, day.month)):
        of_month = list(group)
        numbers = german.words([f"{day.day}." for day in of_month])
        months.append(f"{numbers} {german.day(of_month[0]).split(' ', 1)[1]}")
    return "; ".join(months)


def typeable(address: str) -> str:
    """An address as one types it: without https:// and without a slash at the end."""
    return address.split("://", 1)[-1].rstrip("/")


def issue_place(address: str) -> str:
    """The town in an address: what stands after the postal code, or nothing."""
    found = re.search(r"^(?:[A-Z]{1,2}-)?\d{4,5} +(\S.*)$", address, re.MULTILINE)
    return found.group(1).strip() if found else ""


def canonical(facts: Facts) -> str:
    """The one way to write these facts as JSON."""
    return json.dumps(asdict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Facts:
    """The facts in a record; keys of a later version are passed over."""
    found = json.loads(text)
    known = {field.name for field in fields(Facts)}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in found.items()
    }
    return Facts(**{key: value for key, value in values.items() if key in known})


def lines(facts: Facts) -> list[tuple[str, str]]:
    """What is certified, line by line, as the verification page and the preview show it."""
    several = len(facts.dates) > 1
    found = [
        ("Name", facts.name),
        ("Fortbildung", facts.course_title),
        ("Untertitel", facts.course_subtitle),
        ("Kohorte", facts.cohort_title),
        ("Zeitraum" if several else "Datum", facts.period),
        ("Kurstage", facts.dates_text if several else ""),
        ("Ort", facts.place),
        ("Umfang", facts.units_text),
        ("Ausgestellt von", facts.issuer_name),
        ("Anschrift", facts.issuer_address),
        ("Ausgestellt am", facts.issued_on_text),
        ("Nummer", facts.number),
        ("Ersetzt Nummer", facts.replaces),
    ]
    return [(label, value) for label, value in found if value]
