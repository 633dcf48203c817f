"""The list of cohorts, one cohort at a glance, its poster, and changing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access import Permission, Role, desk_standings
from app.accounts import service as accounts
from app.accounts.models import User
from app.cohorts import codes, ending, log, register, rules, seats, service, way_wording, wording
from app.cohorts.blueprint import bp
from app.cohorts.forms import DetailsForm
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.log import Deed
from app.cohorts.models import CourseDay, ScheduledSlot
from app.cohorts.page import desk_page, meets_today, qr_picture, zone_of
from app.course import tailor
from app.editions import service as editions
from app.extensions import db, transaction
from app.web.addresses import public_url
from app.web.gate import gate, staff
from app.web.navigation import desk_nav

_LAST_EVENTS = 5  # on the overview


@bp.get("/kohorten")
@gate(Permission.WATCH_COHORT, staff)
def index(_user: Any) -> ResponseReturnValue:
    today = clock.today()
    found = service.cohort_list(current_user)
    cancelled = [item for item in found if item.cohort.cancelled_at]
    listed = [item for item in found if item not in cancelled]
    over = [item for item in listed if item.last and item.last < today]
    current = [item for item in listed if item not in over][::-1]
    desk = bool(desk_standings(current_user.role_names))
    return render_template(
        "cohorts/index.html",
        current=current,
        over=over,
        cancelled=cancelled,
        today=today,
        desk=desk,
        desk_nav=desk_nav(desk=desk),
    )


@bp.get("/kohorten/<int:cohort_id>")
@gate(Permission.WATCH_COHORT, cohort_for)
def show(here: Here, cohort_id: int) -> ResponseReturnValue:
    days = service.days(cohort_id)
    slots = [slot for day in days for slot in day.slots]
    people, trainers = service.enrolments(cohort_id), service.trainers(cohort_id)
    due = [slot for slot in slots if slot.content_minutes and slot.starts_at <= clock.now()]
    tallies = register.tally(people, due, register.marks(cohort_id))
    steps = rules.next_steps(
        trainers=len(trainers),
        people=len(people),
        open_slots=[number for number, each in tallies.items() if each.recorded < each.expected],
        ends_at=slots[-1].ends_at if slots else None,
        now=clock.now(),
    )
    return desk_page(
        here,
        "cohorts/show.html",
        tab="cohorts.show",
        **_planned(here, days),
        slots={slot.id: slot for slot in slots},
        people=people,
        trainers=trainers,
        tallies=tallies,
        steps=steps,
        edition=editions.find(here.cohort.edition_id),
        now=clock.now(),
        **_asked(here, slots),
        events=log.of_cohort(cohort_id, _LAST_EVENTS) if here.desk else [],
        deeds=wording.DEEDS,
        **_way_in(here),
    )


def _planned(here: Here, days: Sequence[CourseDay]) -> dict[str, Any]:
    return {"days": days, "meets_today": meets_today(here, [day.date for day in days])}


def _asked(here: Here, slots: Sequence[ScheduledSlot]) -> dict[str, str]:
    """What the cohort goes, and what of it is asked for."""
    return {
        "course_way": way_wording.short(here.course, tailor.read(here.cohort.way)),
        "rule": _rule(here, sum(slot.content_minutes for slot in slots)),
    }


def _rule(here: Here, planned: int) -> str:
    return wording.attendance_rule(here.cohort.attendance_percent, planned, here.course.unit_minutes)


@bp.get("/kohorten/<int:cohort_id>/verlauf")
@gate(Permission.MANAGE_PEOPLE, cohort_for)
def history(here: Here, cohort_id: int) -> ResponseReturnValue:
    """Everything that was done to this cohort and its people."""
    events = log.of_cohort(cohort_id)
    return desk_page(here, "cohorts/history.html", tab="cohorts.show", events=events, deeds=wording.DEEDS)


def _way_in(here: Here) -> dict[str, Any]:
    code = codes.grouped(here.cohort.join_code)
    address = public_url("admission.join", code=code)
    return {
        "join_code": code,
        "join_address": address,
        "join_qr": qr_picture(address),
        "join_over": here.cohort.join_until <= clock.now(),
        "called_off": ending.reason(here.cohort.id) if here.cohort.cancelled_at else "",
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
    form, slots = _details_form(), service.slots(cohort_id)
    trainer_ids = [person.id for person in service.trainers(cohort_id)]
    form.fill(here.cohort, trainer_ids, rules.last_day_before(here.cohort.join_until, zone_of(here)))
    return _edit_page(here, form, slots)


@bp.post("/kohorten/<int:cohort_id>/aendern")
@gate(Permission.MANAGE_COHORT, cohort_for)
def save(here: Here, cohort_id: int) -> ResponseReturnValue:
    form, slots = _details_form(), service.slots(cohort_id)
    form.first_day = clock.local(slots[0].starts_at, zone_of(here)).date() if slots else None
    if not form.validate() or not _rule_may_change(here, form, slots):
        return _edit_page(here, form, slots), 422
    zone, until, author_id = zone_of(here), here.cohort.join_until, current_user.id
    details = service.Details(
        title=form.title.data or "",
        place=form.place.data or "",
        trainer_ids=form.trainers.data or [],
        attendance_percent=form.attendance_percent.data or 0,
        reflections=form.reflections.data,
        join_until=rules.end_of(form.join_until.data, zone) if form.join_until.data else until,
        seats=form.seats.data,
    )
    with transaction():
        changed = service.change(cohort_id, details)
        if changed:
            names = ", ".join(wording.FIELDS[name] for name in changed)
            log.note(Deed.CHANGED, cohort_id, db.session.get_one(User, author_id), names)
    flash("Die Kohorte ist geändert.", "erfolg")
    _name_too_few_seats(cohort_id, details.seats)
    return redirect(url_for("cohorts.show", cohort_id=cohort_id), 303)


def _name_too_few_seats(cohort_id: int, wanted: int | None) -> None:
    """Fewer seats than people is allowed, and said."""
    people = seats.taken(cohort_id)
    if wanted is not None and people > wanted:
        flash(
            f"{people} Personen nehmen schon teil, Plätze gibt es {wanted}. Alle bleiben dabei; "
            "neue kommen auf die Warteliste.",
            "hinweis",
        )


def _edit_page(here: Here, form: DetailsForm, slots: Sequence[ScheduledSlot]) -> str:
    rule = _rule(here, sum(slot.content_minutes for slot in slots))
    return desk_page(here, "cohorts/edit.html", tab="cohorts.show", form=form, meaning=f"Bisher gilt: {rule}")


def _details_form() -> DetailsForm:
    form = DetailsForm()
    form.offer(accounts.staff_with(Role.TRAINER))
    return form


def _rule_may_change(here: Here, form: DetailsForm, slots: Sequence[ScheduledSlot]) -> bool:
    """Once a cohort has begun, its rule changes only in favour of participants (completion-rules.md)."""
    begun = bool(slots) and slots[0].starts_at <= clock.now()
    before = here.cohort.attendance_percent, here.cohort.reflections
    if begun and rules.rule_is_harder(before, (form.attendance_percent.data or 0, form.reflections.data)):
        message = "Die Kohorte hat begonnen. Die Regel darf jetzt nur noch leichter werden, nicht strenger."
        form.form_errors.append(message)
        return False
    return True
