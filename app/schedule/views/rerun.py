"""A re-run: a new cohort from an existing one, first looked at, then made."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission, Role
from app.accounts import service as accounts
from app.accounts.models import User
from app.cohorts import rules as register_rules
from app.cohorts import service as cohorts
from app.cohorts.forms import MISSING_DATE
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.page import desk_page, zone_of
from app.editions import service as editions
from app.editions.models import Edition
from app.extensions import db, transaction
from app.schedule import rerun as service
from app.schedule.blueprint import bp
from app.schedule.rerun_form import RerunForm, rerun_form
from app.schedule.rules import Day
from app.web.gate import gate

_LOOK = "rechnen"  # the button that only shows what would become of it
_FAR = "Mit diesem ersten Kurstag lägen die übrigen außerhalb des Kalenders. Bitte prüfen Sie das Jahr."


@dataclass(frozen=True, slots=True)
class Basis:
    """What a re-run starts from."""

    days: list[Day]
    own: Edition
    newest: Edition
    zone: ZoneInfo

    def edition(self, edition_id: int) -> Edition:
        return self.newest if edition_id == self.newest.id else self.own


@bp.get("/kohorten/<int:cohort_id>/wiederholen")
@gate(Permission.MANAGE_COHORT, cohort_for)
def rerun(here: Here, cohort_id: int) -> ResponseReturnValue:
    basis = _basis(here)
    form = _form(basis)
    until = register_rules.last_day_before(here.cohort.join_until, basis.zone)
    form.fill(here.cohort, [person.id for person in cohorts.trainers(cohort_id)], until)
    form.join_until.data = None  # the old one is over, or will be
    form.edition.data, form.form_key.data = basis.own.id, uuid.uuid4().hex
    return _page(here, basis, form)


@bp.post("/kohorten/<int:cohort_id>/wiederholen")
@gate(Permission.MANAGE_COHORT, cohort_for)
def save_rerun(here: Here, cohort_id: int) -> ResponseReturnValue:
    basis = _basis(here)
    form = _form(basis)
    looking = _LOOK in request.form or not form.is_laid
    stale = form.is_stale
    if (looking or stale) and not _lay(basis, form):
        return _page(here, basis, form), 422
    if looking and form.title.data == here.cohort.title and form.begin.data:
        form.propose_title(service.title_on(here.cohort.title, form.begin.data))
    if stale and not looking:
        form.say_stale()
        return _page(here, basis, form, service.laid(basis.days, form.dates(), basis.zone)), 422
    if not form.validate() or not form.complete():
        return _page(here, basis, form), 422
    days = service.laid(basis.days, form.dates(), basis.zone)
    problems = service.errors(days, basis.zone)
    if problems:
        form.form_errors += problems
        return _page(here, basis, form, days), 422
    if looking:
        return _page(here, basis, form, days)
    made_id = _make(here, basis, form, days)
    flash(
        "Die neue Kohorte ist angelegt. Als Nächstes: Plan prüfen, Online-Links eintragen, Menschen einladen.",
        "erfolg",
    )
    return redirect(url_for("cohorts.show", cohort_id=made_id), 303)


def _basis(here: Here) -> Basis:
    zone = zone_of(here)
    own = editions.find(here.cohort.edition_id)
    if own is None:  # editions are never deleted
        raise LookupError(here.cohort.edition_id)
    same = [edition for edition in editions.newest_by_course() if edition.course_slug == own.course_slug]
    return Basis(service.plan_of(here.cohort.id, zone), own, same[0] if same else own, zone)


def _form(basis: Basis) -> RerunForm:
    form = rerun_form(basis.days)()
    form.offer(accounts.staff_with(Role.TRAINER))
    form.offer_editions(basis.own, basis.newest)
    return form


def _lay(basis: Basis, form: RerunForm) -> bool:
    """Count the dates from the first day that was typed; False, with a sentence, where that does not go."""
    if not basis.days:
        return True
    if form.begin.data is None:
        form.begin.errors = [MISSING_DATE]
        return False
    try:
        form.lay(service.dates_from(basis.days, form.begin.data))
    except OverflowError:
        form.begin.errors = [_FAR]
        return False
    return True


def _make(here: Here, basis: Basis, form: RerunForm, days: Sequence[Day]) -> int:
    author_id, edition_id, source_id = current_user.id, form.edition.data, here.cohort.id
    last = form.join_until.data or days[-1].date
    details = cohorts.Details(
        title=form.title.data or "",
        place=form.place.data or "",
        trainer_ids=form.trainers.data or [],
        attendance_percent=form.attendance_percent.data or 0,
        reflections=form.reflections.data,
        join_until=register_rules.end_of(last, basis.zone),
        seats=form.seats.data,
    )
    key = (form.form_key.data or uuid.uuid4().hex)[:64]
    with transaction():
        edition = db.session.get_one(Edition, edition_id)
        order = service.Order(source_id=source_id, edition=edition, details=details, days=days, form_key=key)
        return service.make(order, db.session.get_one(User, author_id))


def _page(here: Here, basis: Basis, form: RerunForm, days: Sequence[Day] = ()) -> str:
    hints = service.hints(days, basis.zone) if days else []
    if days:
        hints += service.busy(form.trainers.data or [], [day.date for day in days])
    course = editions.course(basis.edition(form.edition.data).digest)
    missing = service.missing_modules(course, here.cohort.way)
    if missing:
        hints.append(
            f"Diese Fassung hat nicht mehr alle Module des Kurswegs; es fehlt: {', '.join(missing)}."
        )
    return desk_page(
        here, "schedule/rerun.html", tab="cohorts.show", form=form, source=basis.days, days=days, hints=hints
    )
