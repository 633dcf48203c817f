"""The few places one can always go to, as the layouts want them: label, address, whether one is there."""

from __future__ import annotations

from typing import Any, TypedDict

from flask import request, url_for


class Place(TypedDict):
    label: str
    href: str
    current: bool


def course_nav(cohort_id: int) -> list[Place]:
    """A participant's four places."""
    return [
        _place("Mein Weg", "modules.way", "modules.page", "modules.case", cohort_id=cohort_id),
        _place("Tagesplan", "modules.plan", "schedule.own_calendar", cohort_id=cohort_id),
        _place("Lernheft", "modules.portfolio", cohort_id=cohort_id),
        _place("Nachweise", "modules.records", "attendance.own", cohort_id=cohort_id),
    ]


def desk_nav(*, desk: bool) -> list[Place]:
    """The places of staff; `desk` for organisers."""
    places = [_place("Heute", "desk.today"), _place("Kohorten", "cohorts.index")]
    if desk:
        places.append(_place("Neue Kohorte", "cohorts.create"))
        places.append(_place("Listen", "attendance.all_lists"))
    places.append(_place("Fassungen", "editions.index"))
    return [*places, _place("Postausgang", "desk.outbox")] if desk else places


def preview_nav(cohort_id: int, *, desk: bool) -> list[Place]:
    """Where staff can go while they look at a cohort's course: back to the cohort, and the desk's own places."""
    return [_place("Zur Kohorte", "cohorts.show", cohort_id=cohort_id), *desk_nav(desk=desk)]


def cohort_tabs(cohort_id: int, *, desk: bool) -> list[Place]:
    """The places within one cohort; `desk` for organisers."""
    places = [
        _place("Überblick", "cohorts.show", cohort_id=cohort_id),
        _place("Tagesplan", "schedule.plan", cohort_id=cohort_id),
        _place("Live", "live.show", cohort_id=cohort_id),
        _place("Gruppen", "groups.index", "groups.form", cohort_id=cohort_id),
        _place("Beiträge", "live.contributions", "live.contribution", cohort_id=cohort_id),
        _place("Teilnehmende", "admission.people", cohort_id=cohort_id),
        _place("Anwesenheit", "attendance.matrix", "attendance.slot", "attendance.day", cohort_id=cohort_id),
        _place("Stand", "progress.cohort", "progress.person", cohort_id=cohort_id),
    ]
    if desk:
        places.append(_place("Bescheinigungen", "certificates.cohort", cohort_id=cohort_id))
    return [*places, _place("Kurs ansehen", "modules.way", cohort_id=cohort_id)]


def _place(label: str, endpoint: str, *also: str, **values: Any) -> Place:
    return {
        "label": label,
        "href": url_for(endpoint, **values),
        "current": request.endpoint in (endpoint, *also),
    }
