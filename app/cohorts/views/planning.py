"""Changing the dates and times of a cohort; slots that somebody is recorded for stay."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import Permission
from app.accounts.models import User
from app.cohorts import log, rules, service, wording
from app.cohorts.blueprint import bp
from app.cohorts.forms import PlanForm, plan_form
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.log import Deed
from app.cohorts.models import CourseDay
from app.cohorts.page import desk_page, zone_of
from app.cohorts.rules import DatedDay, DatedSlot, PlanProblem
from app.extensions import db, transaction
from app.web import german
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/tagesplan")
@gate(Permission.MANAGE_COHORT, cohort_for)
def plan(here: Here, cohort_id: int) -> ResponseReturnValue:
    days, frozen = service.days(cohort_id), service.recorded_slots(cohort_id)
    form = plan_form(days, zone_of(here), frozen)()
    return _plan_page(here, days, frozen, form, rules.plan_problems(_as_it_is(days)))


@bp.post("/kohorten/<int:cohort_id>/tagesplan")
@gate(Permission.MANAGE_COHORT, cohort_for)
def save_plan(here: Here, cohort_id: int) -> ResponseReturnValue:
    days, frozen = service.days(cohort_id), service.recorded_slots(cohort_id)
    form = plan_form(days, zone_of(here), frozen)()
    if not form.validate():
        return _plan_page(here, days, frozen, form, []), 422
    overtaken = _overtaken(days, frozen)
    if overtaken:
        form.form_errors += overtaken
        return _plan_page(here, days, frozen, form, []), 409
    wanted = form.read(days, zone_of(here))
    problems = rules.plan_problems(wanted)
    if rules.errors_in(problems):
        form.form_errors += [wording.plan_sentence(problem, wanted) for problem in rules.errors_in(problems)]
        return _plan_page(here, days, frozen, form, problems), 422
    try:
        _save(here, days, wanted)
    except service.RegisterBegun:
        flash("Inzwischen ist Anwesenheit erfasst. Der Tagesplan ist nicht geändert.", "fehler")
        return redirect(url_for("cohorts.plan", cohort_id=cohort_id), 303)
    for problem in problems:
        flash(wording.plan_sentence(problem, wanted), "hinweis")
    return redirect(url_for("cohorts.show", cohort_id=cohort_id), 303)


def _save(here: Here, days: Sequence[CourseDay], wanted: Sequence[DatedDay]) -> None:
    """Change the plan and let people join until the last day that moved. Raises RegisterBegun."""
    dates, slots = _by_id(days, wanted)
    zone, cohort_id, author_id = zone_of(here), here.cohort.id, current_user.id
    moves = [(day.date, dated.date, day.name) for day, dated in zip(days, wanted, strict=True)]
    until = rules.extended_join_until(
        [(old, new) for old, new, _ in moves],
        rules.last_day_before(here.cohort.join_until, zone),
        min(dates.values(), default=None),
    )
    with transaction():
        changed = service.replan(cohort_id, dates, slots)
        if changed:
            log.note(Deed.REPLANNED, cohort_id, db.session.get_one(User, author_id), wording.moved(moves))
        if until:
            service.extend_joining(cohort_id, rules.end_of(until, zone))
    if not changed:
        flash("Es hat sich nichts geändert.", "hinweis")
        return
    flash("Der Tagesplan ist geändert.", "erfolg")
    if until:
        flash(f"Beitreten ist jetzt bis einschließlich {german.day(until)} möglich.", "hinweis")


def _overtaken(days: Sequence[CourseDay], frozen: Container[int]) -> list[str]:
    """Slots that could still be changed on the form as it was sent, but are recorded by now."""
    late = [
        slot for day in days for slot in day.slots if slot.id in frozen and f"from_{slot.id}" in request.form
    ]
    return [wording.overtaken(slot.title) for slot in late]


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


def _plan_page(
    here: Here,
    days: Sequence[CourseDay],
    frozen: Container[int],
    form: PlanForm,
    problems: Sequence[PlanProblem],
) -> str:
    hints = [wording.plan_sentence(problem, _as_it_is(days)) for problem in problems if problem.hint]
    return desk_page(here, "plan.html", tab="cohorts.show", days=days, form=form, hints=hints, frozen=frozen)
