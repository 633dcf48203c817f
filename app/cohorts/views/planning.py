"""Changing the dates and times of a cohort, as long as nobody's attendance is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts import rules, service, wording
from app.cohorts.blueprint import bp
from app.cohorts.forms import PlanForm, plan_form
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import CourseDay
from app.cohorts.page import desk_page, zone_of
from app.cohorts.rules import DatedDay, DatedSlot, PlanProblem
from app.extensions import transaction
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/tagesplan")
@gate(Permission.MANAGE_COHORT, cohort_for)
def plan(here: Here, cohort_id: int) -> ResponseReturnValue:
    days = service.days(cohort_id)
    form = plan_form(days, zone_of(here))()
    return _plan_page(here, days, form, rules.plan_problems(_as_it_is(days)))


@bp.post("/kohorten/<int:cohort_id>/tagesplan")
@gate(Permission.MANAGE_COHORT, cohort_for)
def save_plan(here: Here, cohort_id: int) -> ResponseReturnValue:
    days = service.days(cohort_id)
    form = plan_form(days, zone_of(here))()
    if not form.validate():
        return _plan_page(here, days, form, []), 422
    wanted = form.read(days, zone_of(here))
    problems = rules.plan_problems(wanted)
    if rules.errors_in(problems):
        form.form_errors += [wording.plan_sentence(problem, wanted) for problem in rules.errors_in(problems)]
        return _plan_page(here, days, form, problems), 422
    dates, slots = _by_id(days, wanted)
    try:
        with transaction():
            service.replan(cohort_id, dates, slots)
    except service.RegisterBegun:
        flash("Inzwischen ist Anwesenheit erfasst. Der Tagesplan bleibt, wie er ist.", "fehler")
        return redirect(url_for("cohorts.show", cohort_id=cohort_id), 303)
    flash("Der Tagesplan ist geändert.", "erfolg")
    for problem in problems:
        flash(wording.plan_sentence(problem, wanted), "hinweis")
    return redirect(url_for("cohorts.show", cohort_id=cohort_id), 303)


def _by_id(
    days: Sequence[CourseDay], wanted: Sequence[DatedDay]
) -> tuple[dict[int, date], dict[int, DatedSlot]]:
    """Dates by day id and slots by slot id; computed from rows, so before the transaction expires them."""
    pairs = list(zip(days, wanted, strict=True))
    slots = {slot.id: new for day, dated in pairs for slot, new in zip(day.slots, dated.slots, strict=True)}
    return {day.id: dated.date for day, dated in pairs}, slots


def _as_it_is(days: Sequence[CourseDay]) -> list[DatedDay]:
    return [
        DatedDay(
            day.date,
            day.name,
            tuple(DatedSlot(slot.starts_at, slot.ends_at, slot.kind, slot.title) for slot in day.slots),
        )
        for day in days
    ]


def _plan_page(here: Here, days: Sequence[CourseDay], form: PlanForm, problems: Sequence[PlanProblem]) -> str:
    hints = [wording.plan_sentence(problem, _as_it_is(days)) for problem in problems if problem.hint]
    fixed = service.register_begun(here.cohort.id)
    return desk_page(here, "plan.html", tab="cohorts.show", days=days, form=form, hints=hints, fixed=fixed)
