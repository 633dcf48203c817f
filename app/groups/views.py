"""The desk's side of small groups: draw or pick them, give out codes, show a result to the room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts import service as cohorts
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Enrolment
from app.course.model import Page
from app.extensions import transaction
from app.groups import places, present, rules, service, sheets
from app.groups.places import Place
from app.groups.service import Group
from app.quizzes import learner
from app.quizzes.entries import Note
from app.quizzes.kinds import kind_of
from app.web.gate import gate
from app.web.navigation import cohort_tabs, desk_nav

bp = Blueprint("groups", __name__, template_folder="templates")
_WROTE = "Eine Gruppe hat schon geschrieben."


@bp.get("/kohorten/<int:cohort_id>/gruppen")
@gate(Permission.WATCH_COHORT, cohort_for)
def index(here: Here, cohort_id: int) -> ResponseReturnValue:
    found = places.gathering(here.course, here.way, service.in_cohort(cohort_id))
    return render_template("groups/index.html", places=found, **_frame(here))


@bp.get("/kohorten/<int:cohort_id>/gruppen/bilden")
@gate(Permission.WATCH_COHORT, cohort_for)
def form(here: Here, cohort_id: int) -> ResponseReturnValue:
    return _form(here, _place(here, request.args.get("station", "")))


@bp.post("/kohorten/<int:cohort_id>/gruppen/losen")
@gate(Permission.WATCH_COHORT, cohort_for)
def draw(here: Here, cohort_id: int) -> ResponseReturnValue:
    place = _place(here, request.form.get("station", ""))
    people = [person.id for person in _people(here) if str(person.id) in request.form.getlist("person")]
    count = request.form.get("anzahl", type=int) or 0
    slot = request.form.get("abschnitt", type=int)
    error = _draw_error(len(people), count)
    if error:
        return _form(here, place, error=error), 422
    if place.groups and not place.wrote and "ersetzen" not in request.form:
        # What the trainer chose stays; the groups that are there, their codes with them, go only after a second word.
        return _form(here, place, ask=True), 409
    slot_id = slot if slot in {one.id for one in cohorts.slots(cohort_id)} else None
    with transaction():
        drawn = service.draw(cohort_id, place.key, slot_id, people, count)
    if drawn:
        flash("Die Gruppen sind gelost. Sie können einzelne Personen noch umsetzen.", "erfolg")
    else:
        flash(f"{_WROTE} Setzen Sie einzelne Personen um, statt neu zu losen.", "fehler")
    return redirect(url_for("groups.form", cohort_id=cohort_id, station=place.key), 303)


@bp.post("/kohorten/<int:cohort_id>/gruppen/umsetzen")
@gate(Permission.WATCH_COHORT, cohort_for)
def pick(here: Here, cohort_id: int) -> ResponseReturnValue:
    place = _place(here, request.form.get("station", ""))
    wanted = {
        person.id: request.form.get(f"gruppe-{person.id}", type=int) or 0
        for person in _people(here)
        if f"gruppe-{person.id}" in request.form
    }
    with transaction():
        service.pick(cohort_id, place.key, wanted)
    flash("Die Gruppen sind geändert.", "erfolg")
    return redirect(url_for("groups.form", cohort_id=cohort_id, station=place.key), 303)


@bp.post("/kohorten/<int:cohort_id>/gruppen/aufloesen")
@gate(Permission.WATCH_COHORT, cohort_for)
def dissolve(here: Here, cohort_id: int) -> ResponseReturnValue:
    place = _place(here, request.form.get("station", ""))
    with transaction():
        gone = service.dissolve(cohort_id, place.key)
    if gone:
        flash("Die Gruppen sind aufgelöst. Alle schreiben wieder für sich.", "erfolg")
    else:
        flash(f"{_WROTE} Ihr Blatt bleibt, deshalb bleiben auch die Gruppen.", "fehler")
    return redirect(url_for("groups.index", cohort_id=cohort_id), 303)


@bp.get("/kohorten/<int:cohort_id>/gruppen/leinwand")
@gate(Permission.WATCH_COHORT, cohort_for)
def who_with_whom(here: Here, cohort_id: int) -> ResponseReturnValue:
    """All groups of a station for the projector; `?codes=nein` without the codes by which a phone joins."""
    place = _place(here, request.args.get("station", ""))
    codes = request.args.get("codes") != "nein"
    return render_template("groups/who.html", here=here, place=place, codes=codes)


@bp.get("/kohorten/<int:cohort_id>/gruppen/<int:group_id>/leinwand")
@gate(Permission.WATCH_COHORT, cohort_for)
def projection(here: Here, cohort_id: int, group_id: int) -> ResponseReturnValue:
    group = service.find(cohort_id, group_id) or abort(404)
    place = _place(here, group.station)
    return render_template(
        "groups/projection.html",
        here=here,
        group=group,
        page=place.page,
        notes=list(_notes(here, place.page, group)),
    )


def _notes(here: Here, page: Page, group: Group) -> Iterator[Note]:
    """What stands on the group's sheets, in the order of the page."""
    written = sheets.sheets_of([group.id])
    nobody = learner.build(here.course, {})
    for block in page.blocks:
        saved = written.get((group.id, block.id))
        if saved:
            yield from kind_of(block).notes(block, saved.body, nobody)


def _form(here: Here, place: Place, error: str = "", *, ask: bool = False) -> str:
    people, slots = _people(here), cohorts.slots(here.cohort.id)
    there = present.today(here.cohort, slots)
    member_of = {person.id: group.id for group in place.groups for person in group.people}
    chosen = _chosen(people, there)
    return render_template(
        "groups/form.html",
        place=place,
        people=people,
        there=there,
        chosen=chosen,
        left_out=[person for person in people if person.id not in chosen],
        count=request.form.get("anzahl", "") or str(max(2, -(-len(chosen) // 4))),
        slots=[slot for slot in slots if slot.content_minutes],
        slot_id=request.form.get("abschnitt", type=int) or next((g.slot_id for g in place.groups), None),
        member_of=member_of,
        error=error,
        ask=ask,
        most=rules.MOST_GROUPS,
        **_frame(here),
    )


def _chosen(people: Sequence[Enrolment], there: set[int]) -> set[int]:
    """Who is ticked: what was sent; else who is here, or everybody before anybody is (or when all are asked for)."""
    everybody = {person.id for person in people}
    if request.method == "POST":
        return everybody & {int(one) for one in request.form.getlist("person") if one.isdecimal()}
    return everybody if "alle" in request.args else everybody & there or everybody


def _draw_error(people: int, count: int) -> str:
    if people < 2:
        return "Bitte wählen Sie mindestens zwei Personen aus."
    if not 1 <= count <= rules.MOST_GROUPS:
        return f"Bitte schreiben Sie bei der Zahl der Gruppen eine Zahl von 1 bis {rules.MOST_GROUPS}."
    if count > people:
        return f"Für {count} Gruppen sind {people} Personen zu wenig. Bitte wählen Sie weniger Gruppen."
    return ""


def _place(here: Here, key: str) -> Place:
    """The station with this key; 404 if there is none where groups work."""
    found = places.gathering(here.course, here.way, service.in_cohort(here.cohort.id, key) if key else ())
    return next((place for place in found if place.key == key), None) or abort(404)


def _people(here: Here) -> Sequence[Enrolment]:
    return cohorts.enrolments(here.cohort.id)


def _frame(here: Here) -> dict[str, object]:
    return {
        "here": here,
        "cohort": here.cohort,
        "desk_nav": desk_nav(desk=here.desk),
        "tabs": cohort_tabs(here.cohort.id, desk=here.desk),
    }
