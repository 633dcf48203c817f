"""All days of a cohort, and the days themselves: one more, another date, none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access import Permission
from app.accounts.models import User
from app.cohorts import rules as cohort_rules
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.models import Cohort
from app.cohorts.page import desk_page, zone_of
from app.extensions import db, transaction
from app.schedule import days as days_of
from app.schedule import doubts, effects, history, needs, rerun, rules, service, wording
from app.schedule.blueprint import bp
from app.schedule.forms import DayForm, NewDayForm, RemoveForm
from app.schedule.page import spot
from app.schedule.rules import Day, Slot
from app.schedule.views.doing import address_of_day, is_sure, status_of, troubles, typed_version
from app.web import german
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/tagesplan")
@gate(Permission.CHANGE_PLAN, cohort_for)
def plan(here: Here, cohort_id: int) -> ResponseReturnValue:
    days = service.days_by_id(cohort_id)
    form = _new_day_form(here, days)
    form.name.data = f"Tag {len(days) + 1}"
    return _plan_page(here, form, days)


@bp.post("/kohorten/<int:cohort_id>/tagesplan")
@gate(Permission.MANAGE_COHORT, cohort_for)
def add_day(here: Here, cohort_id: int) -> ResponseReturnValue:
    days = service.days_by_id(cohort_id)
    form = _new_day_form(here, days)
    if not form.validate():
        return _plan_page(here, form, days), 422
    day = form.day(_slots_like(here, days, form.source.data, form.date.data))
    author_id = current_user.id
    try:
        with transaction():
            _ask(here.cohort, days, day)
            placed = days_of.add(cohort_id, day, db.session.get_one(User, author_id))
    except (days_of.DateTaken, doubts.Doubtful, service.Refused) as error:
        status = _say(here, form, error)
        return _plan_page(here, form, service.days_by_id(cohort_id)), status
    _joining(placed.join_until)
    return redirect(address_of_day(cohort_id, placed.day_id, placed.change_id), 303)


@bp.get("/kohorten/<int:cohort_id>/tagesplan/<int:day_id>/tag")
@gate(Permission.MANAGE_COHORT, cohort_for)
def edit_day(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    day = spot(here, day_id).day
    form = DayForm()
    form.date.data, form.name.data, form.place.data = day.date, day.name, day.place
    return _day_page(here, day_id, form)


@bp.post("/kohorten/<int:cohort_id>/tagesplan/<int:day_id>/tag")
@gate(Permission.MANAGE_COHORT, cohort_for)
def save_day(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    before = spot(here, day_id).day.date
    form = DayForm()
    if not form.validate():
        return _day_page(here, day_id, form), 422
    author_id, unit_minutes, zone = current_user.id, here.course.unit_minutes, zone_of(here)
    try:
        with transaction():
            author = db.session.get_one(User, author_id)
            if form.date.data != before:
                doubts.ask(doubts.of_date(form.date.data, clock.today(zone)), sure=is_sure())
            applied, until = days_of.change(day_id, typed_version(), form.day(), author)
            said = effects.of(cohort_id, applied, unit_minutes)
    except (
        days_of.DateTaken,
        days_of.RegisterBegun,
        doubts.Doubtful,
        service.Overtaken,
        service.Refused,
    ) as error:
        status = _say(here, form, error)
        return _day_page(here, day_id, form), status
    if applied.change_id is None:
        flash("Es hat sich nichts geändert.", "hinweis")
    for sentence in said:
        flash(sentence, "hinweis")
    _joining(until)
    return redirect(address_of_day(cohort_id, day_id, applied.change_id), 303)


@bp.post("/kohorten/<int:cohort_id>/tagesplan/<int:day_id>/entfernen")
@gate(Permission.MANAGE_COHORT, cohort_for)
def remove_day(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    day, sure = spot(here, day_id).day, RemoveForm()
    form = DayForm(formdata=None)
    form.date.data, form.name.data, form.place.data = day.date, day.name, day.place
    if not sure.validate():
        return _day_page(here, day_id, form, sure), 422
    author_id = current_user.id
    try:
        with transaction():
            days_of.remove(cohort_id, day_id, typed_version(), db.session.get_one(User, author_id))
    except (days_of.RegisterBegun, service.Overtaken) as error:
        status = _say(here, sure, error)
        return _day_page(here, day_id, form, sure), status
    flash(f"{wording.day_of(day)} ist entfernt.", "erfolg")
    return redirect(url_for("schedule.plan", cohort_id=cohort_id), 303)


def _say(here: Here, form: Any, error: Exception) -> int:
    """Put into the form why it could not be done; gives the status."""
    messages = troubles(here, error)
    if isinstance(error, days_of.DateTaken):
        form.date.errors = messages
    else:
        form.form_errors, form.asks = messages, isinstance(error, doubts.Doubtful)
    return status_of(error)


def _ask(cohort: Cohort, days: Mapping[int, Day], day: Day) -> None:
    """Raises Doubtful where one more day is hardly meant, or makes it harder for people who have begun."""
    found = needs.of(cohort, days.values(), [*days.values(), day])
    begun = needs.has_begun(days.values(), clock.now())
    questions = doubts.of_date(day.date, clock.today(ZoneInfo(cohort.time_zone)))
    doubts.ask([*questions, *doubts.of_needs(found, begun=begun)], sure=is_sure())


def _joining(until: Any) -> None:
    if until:
        flash(f"Beitreten ist jetzt bis einschließlich {german.day(until)} möglich.", "hinweis")


def _new_day_form(here: Here, days: Mapping[int, Day]) -> NewDayForm:
    form = NewDayForm()
    copies = [(f"tag:{day_id}", f"wie {wording.day_of(day)}") for day_id, day in days.items()]
    plans = [
        (f"kurs:{plan.id}:{at}", f"aus dem Kurs: {plan.title}, {day.name}")
        for plan in here.course.day_plans
        for at, day in enumerate(plan.days)
    ]
    form.offer([(source, words + _need(here, days, source)) for source, words in [*copies, *plans]])
    return form


def _need(here: Here, days: Mapping[int, Day], source: str) -> str:
    """What everybody would need with one more day like this one, where that is something else than now."""
    when = clock.today(zone_of(here))
    day = Day(date=when, name="", slots=_slots_like(here, days, source, when))
    found = needs.of(here.cohort, days.values(), [*days.values(), day])
    return f". {wording.would_need(found)}" if found.differ else ""


def _slots_like(here: Here, days: Mapping[int, Day], source: str, when: date) -> tuple[Slot, ...]:
    """The slots of this template on this date; the form offers only what there is."""
    zone = zone_of(here)
    kind, _, rest = source.partition(":")
    if kind == "tag":
        return rules.copied(rerun.as_planned(days[int(rest)], zone), when, zone)
    if kind == "kurs":
        plan_id, _, at = rest.rpartition(":")
        plan = here.course.find_day_plan(plan_id)
        if plan is None:
            abort(404)
        one = cohort_rules.lay_plan(plan, [when] * len(plan.days), zone)[int(at)]
        return tuple(rules.from_dated(slot) for slot in one.slots)
    return ()


def _plan_page(here: Here, form: NewDayForm, days: Mapping[int, Day]) -> str:
    zone = zone_of(here)
    found = rules.problems(list(days.values()), zone)
    latest, changes = history.latest(here.cohort.id, wording.NAMED)
    known = "schedule.calendar" in current_app.view_functions
    return desk_page(
        here,
        "schedule/plan.html",
        tab="schedule.plan",
        days=days,
        confirmed=service.confirmed(here.cohort.id),
        form=form,
        latest=latest,
        more=changes - len(latest),
        brief=wording.brief,
        hints=[wording.problem(day, problem) for day, problem in found],
        total=sum(day.content_minutes for day in days.values()),
        unit_minutes=here.course.unit_minutes,
        today=clock.today(zone),
        kinds=wording.KINDS,
        calendar=url_for("schedule.calendar", cohort_id=here.cohort.id) if known else "",
    )


def _day_page(here: Here, day_id: int, form: DayForm, sure: RemoveForm | None = None) -> str:
    return desk_page(
        here,
        "schedule/edit_day.html",
        tab="schedule.plan",
        spot=spot(here, day_id),
        form=form,
        sure=sure or RemoveForm(formdata=None),
        recorded=days_of.recorded(day_id),
    )
