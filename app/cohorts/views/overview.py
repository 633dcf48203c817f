"""The list of cohorts, one cohort at a glance, its poster, and changing it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access import Permission, Role, desk_standings
from app.accounts import service as accounts
from app.cohorts import codes, register, rules, service
from app.cohorts.blueprint import bp
from app.cohorts.forms import DetailsForm
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.page import desk_page, qr_picture, zone_of
from app.editions import service as editions
from app.extensions import transaction
from app.web.addresses import public_url
from app.web.gate import gate, staff
from app.web.navigation import desk_nav


@bp.get("/kohorten")
@gate(Permission.WATCH_COHORT, staff)
def index(_user: Any) -> ResponseReturnValue:
    today = clock.today()
    listed = service.cohort_list(current_user)
    over = [item for item in listed if item.last and item.last < today]
    current = [item for item in listed if item not in over][::-1]
    desk = bool(desk_standings(current_user.role_names))
    return render_template(
        "cohorts/index.html", current=current, over=over, today=today, desk=desk, desk_nav=desk_nav(desk=desk)
    )


@bp.get("/kohorten/<int:cohort_id>")
@gate(Permission.WATCH_COHORT, cohort_for)
def show(here: Here, cohort_id: int) -> ResponseReturnValue:
    days = service.days(cohort_id)
    slots = [slot for day in days for slot in day.slots]
    people, trainers = service.enrolments(cohort_id), service.trainers(cohort_id)
    recorded = register.recorded_by_slot(cohort_id)
    due = [slot for slot in slots if slot.content_minutes and slot.starts_at <= clock.now()]
    steps = rules.next_steps(
        trainers=len(trainers),
        people=len(people),
        open_slots=[slot.id for slot in due if recorded.get(slot.id, 0) < len(people)],
        ends_at=slots[-1].ends_at if slots else None,
        now=clock.now(),
    )
    return desk_page(
        here,
        "show.html",
        tab="cohorts.show",
        days=days,
        slots={slot.id: slot for slot in slots},
        people=people,
        trainers=trainers,
        recorded=recorded,
        steps=steps,
        edition=editions.find(here.cohort.edition_id),
        now=clock.now(),
        **_way_in(here),
    )


def _way_in(here: Here) -> dict[str, Any]:
    code = codes.grouped(here.cohort.join_code)
    address = public_url("cohorts.join", code=code)
    return {
        "join_code": code,
        "join_address": address,
        "join_qr": qr_picture(address),
        "join_over": here.cohort.join_until <= clock.now(),
        "last_day_to_join": rules.last_day_before(here.cohort.join_until, zone_of(here)),
    }


@bp.get("/kohorten/<int:cohort_id>/plakat")
@gate(Permission.WATCH_COHORT, cohort_for)
def poster(here: Here, cohort_id: int) -> ResponseReturnValue:
    days = service.days(cohort_id)
    return render_template(
        "cohorts/poster.html", cohort=here.cohort, course=here.course, days=days, **_way_in(here)
    )


@bp.get("/kohorten/<int:cohort_id>/aendern")
@gate(Permission.MANAGE_COHORT, cohort_for)
def edit(here: Here, cohort_id: int) -> ResponseReturnValue:
    form = _details_form(cohort_id)
    trainer_ids = [person.id for person in service.trainers(cohort_id)]
    form.fill(here.cohort, trainer_ids, rules.last_day_before(here.cohort.join_until, zone_of(here)))
    return desk_page(here, "edit.html", tab="cohorts.show", form=form)


@bp.post("/kohorten/<int:cohort_id>/aendern")
@gate(Permission.MANAGE_COHORT, cohort_for)
def save(here: Here, cohort_id: int) -> ResponseReturnValue:
    form = _details_form(cohort_id)
    if not form.validate() or not _rule_may_change(here, form):
        return desk_page(here, "edit.html", tab="cohorts.show", form=form), 422
    zone, until = zone_of(here), here.cohort.join_until
    details = service.Details(
        title=form.title.data or "",
        place=form.place.data or "",
        trainer_ids=form.trainers.data or [],
        attendance_percent=form.attendance_percent.data or 0,
        reflections=form.reflections.data,
        join_until=rules.end_of(form.join_until.data, zone) if form.join_until.data else until,
    )
    with transaction():
        service.change(cohort_id, details)
    flash("Die Kohorte ist geändert.", "erfolg")
    return redirect(url_for("cohorts.show", cohort_id=cohort_id), 303)


def _details_form(cohort_id: int) -> DetailsForm:
    form = DetailsForm()
    form.offer(accounts.staff_with(Role.TRAINER))
    return form


def _rule_may_change(here: Here, form: DetailsForm) -> bool:
    """Once a cohort has begun, its rule changes only in favour of participants (completion-rules.md)."""
    slots = service.slots(here.cohort.id)
    begun = bool(slots) and slots[0].starts_at <= clock.now()
    before = here.cohort.attendance_percent, here.cohort.reflections
    if begun and rules.rule_is_harder(before, (form.attendance_percent.data or 0, form.reflections.data)):
        message = "Die Kohorte hat begonnen. Die Regel darf jetzt nur noch leichter werden, nicht strenger."
        form.form_errors.append(message)
        return False
    return True
