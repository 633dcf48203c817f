"""A new cohort: first the course and its day plan, then everything else on one form."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access import Permission, Role
from app.accounts import service as accounts
from app.cohorts import rules, service, wording
from app.cohorts.blueprint import bp
from app.cohorts.forms import CORE, WHOLE, CreateForm, create_form
from app.cohorts.loaders import LARGEST_ID
from app.cohorts.rules import DatedDay
from app.course import tailor
from app.course.model import Course, DayPlan
from app.course.tailor import Way
from app.editions import service as editions
from app.editions.models import Edition
from app.extensions import transaction
from app.web import german
from app.web.gate import gate, staff
from app.web.navigation import desk_nav


@dataclass(frozen=True, slots=True)
class Basis:
    """What a new cohort is made from."""

    edition: Edition
    course: Course
    plan: DayPlan


@bp.get("/kohorten/neu")
@gate(Permission.MANAGE_COHORT, staff)
def create(_user: Any) -> ResponseReturnValue:
    basis = _basis(request.args.get("fassung", ""), request.args.get("plan", ""))
    if basis is None:
        return _choose()
    form = _form(basis)
    form.title.data = basis.course.title[:200]
    form.attendance_percent.data = max(50, basis.course.rule.attendance_percent)
    form.reflections.data = basis.course.rule.reflections
    form.way.data = CORE if basis.plan.core else WHOLE
    form.edition.data, form.plan.data, form.form_key.data = basis.edition.id, basis.plan.id, uuid.uuid4().hex
    return _page(basis, form)


@bp.post("/kohorten/neu")
@gate(Permission.MANAGE_COHORT, staff)
def save_new(_user: Any) -> ResponseReturnValue:
    basis = _basis(request.form.get("edition", ""), request.form.get("plan", ""))
    if basis is None:
        flash("Diese Fassung oder ihr Tagesplan ist nicht mehr da. Bitte wählen Sie neu.", "fehler")
        return redirect(url_for("cohorts.create"), 303)
    form = _form(basis)
    if not form.validate():
        return _page(basis, form), 422
    days = rules.lay_plan(basis.plan, form.dates())
    problems = rules.plan_problems(days)
    if rules.errors_in(problems):
        form.form_errors += [wording.plan_sentence(problem, days) for problem in rules.errors_in(problems)]
        return _page(basis, form), 422
    cohort_id = _create(basis, days, form)
    flash("Die Kohorte ist angelegt. Als Nächstes: Plakat drucken oder den Link verschicken.", "erfolg")
    if days[0].date < clock.today():
        flash(
            f"Der erste Kurstag ({german.day(days[0].date)}) liegt in der Vergangenheit. Stimmt das Datum?",
            "hinweis",
        )
    for problem in problems:
        flash(wording.plan_sentence(problem, days), "hinweis")
    return redirect(url_for("cohorts.show", cohort_id=cohort_id), 303)


def _create(basis: Basis, days: list[DatedDay], form: CreateForm) -> int:
    edition_id, author_id = basis.edition.id, current_user.id
    details = service.Details(
        title=form.title.data or "",
        place=form.place.data or "",
        trainer_ids=form.trainers.data or [],
        attendance_percent=form.attendance_percent.data or 0,
        reflections=form.reflections.data,
        join_until=rules.end_of(form.join_until.data or days[-1].date),
        seats=form.seats.data,
    )
    with transaction():
        edition = editions.find(edition_id)
        if edition is None:  # editions are never deleted
            raise LookupError(edition_id)
        made = service.create(
            edition,
            basis.plan.title,
            days,
            details,
            created_by_id=author_id,
            way=tailor.write(Way(core=form.way.data == CORE)),
            form_key=(form.form_key.data or uuid.uuid4().hex)[:64],
        )
        return made.id


def _basis(edition_id: str, plan_id: str) -> Basis | None:
    """The edition and day plan that were chosen; None if not both are there."""
    if not edition_id.isdecimal() or int(edition_id) > LARGEST_ID:
        return None
    edition = editions.find(int(edition_id))
    course = editions.course(edition.digest) if edition else None
    plan = course.find_day_plan(plan_id) if course else None
    return Basis(edition, course, plan) if edition and course and plan else None


def _form(basis: Basis) -> CreateForm:
    form = create_form(basis.plan)()
    form.trainers.choices = []
    if not tailor.has_core(basis.course):
        form.way.choices = form.way.choices[:1]
    form.offer(accounts.staff_with(Role.TRAINER))
    return form


def _choose() -> str:
    wanted = request.args.get("fassung", "")
    published = editions.editions()
    found = [edition for edition in published if str(edition.id) == wanted]
    offered = [
        (
            edition,
            editions.course(edition.digest),
            [other for other in published if other.course_slug == edition.course_slug],
        )
        for edition in found or editions.newest_by_course()
    ]
    return render_template("cohorts/choose.html", offered=offered, desk_nav=desk_nav(desk=True))


def _page(basis: Basis, form: CreateForm) -> str:
    percent, unit = max(50, basis.course.rule.attendance_percent), basis.course.unit_minutes
    meaning = "Vorgeschlagen ist: " + wording.attendance_rule(percent, basis.plan.content_minutes, unit)
    return render_template(
        "cohorts/create.html",
        basis=basis,
        form=form,
        meaning=meaning,
        lengths=[tailor.extent(tailor.tailored(basis.course, Way(core=core))) for core in (False, True)],
        desk_nav=desk_nav(desk=True),
    )
