"""The way of a cohort: its organisers and trainers choose modules, their order, pages and cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access import Permission
from app.accounts.models import User
from app.cohorts import log, service, way_wording, ways
from app.cohorts.blueprint import bp
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.log import Deed
from app.cohorts.models import ScheduledSlot
from app.cohorts.page import desk_page
from app.cohorts.way_form import WayForm, way_form
from app.cohorts.way_wording import Planned
from app.course import tailor
from app.course.tailor import Way
from app.extensions import db, transaction
from app.web.gate import gate

_TRY = "rechnen"  # the button that only says what a choice would mean


@bp.get("/kohorten/<int:cohort_id>/kursweg")
@gate(Permission.SHAPE_COURSE, cohort_for)
def course_way(here: Here, cohort_id: int) -> ResponseReturnValue:
    form, way = way_form(here.course), _now(here)
    form.fill(way, ways.stamp(here.cohort.way))
    return _page(here, form, way, service.slots(cohort_id))


@bp.post("/kohorten/<int:cohort_id>/kursweg")
@gate(Permission.SHAPE_COURSE, cohort_for)
def shape(here: Here, cohort_id: int) -> ResponseReturnValue:
    form, slots, before = way_form(here.course), service.slots(cohort_id), _now(here)
    if not form.validate():
        return _page(here, form, before, slots), 422
    way = _wanted(here, form, before, slots)
    if _TRY in request.form:
        form.fill(way, form.made_on.data)
        return _page(here, form, way, slots, tried=True)
    if ways.certified(cohort_id):
        return _certified(here, form, way, slots)
    if form.made_on.data != ways.stamp(here.cohort.way):
        return _overtaken(here, form, way, slots)
    changed = way_wording.changes(here.course, before, way)
    if not changed:
        flash(way_wording.SAME, "hinweis")
        return redirect(url_for("cohorts.course_way", cohort_id=cohort_id), 303)
    author_id, made_on = current_user.id, form.made_on.data
    try:
        with transaction():
            ways.shape(cohort_id, way, made_on)
            log.note(Deed.SHAPED, cohort_id, db.session.get_one(User, author_id), changed)
    except ways.Overtaken:
        return _overtaken(here, form, way, slots)
    except ways.Certified:
        return _certified(here, form, way, slots)
    flash("Der Kursweg ist gespeichert.", "erfolg")
    return redirect(url_for("cohorts.course_way", cohort_id=cohort_id), 303)


def _now(here: Here) -> Way:
    return tailor.read(here.cohort.way)


def _wanted(here: Here, form: WayForm, before: Way, slots: Sequence[ScheduledSlot]) -> Way:
    """As it was filled in. What counted when the cohort began is kept: it never gets harder (completion-rules.md)."""
    begun = bool(slots) and slots[0].starts_at <= clock.now()
    counting = before.counting
    if counting is None and begun:
        counting = tuple(block_id for _, block_id in tailor.stops(here.way))
    return replace(tailor.plain(here.course, form.chosen()), counting=counting)


def _overtaken(here: Here, form: WayForm, way: Way, slots: Sequence[ScheduledSlot]) -> ResponseReturnValue:
    """Somebody else was faster: what was chosen stays on the page, and may be sent once more."""
    stands = way_wording.short(here.course, _now(here))
    form.form_errors.append(
        f"Inzwischen hat jemand anderes den Kursweg geändert (jetzt: {stands}). "
        "Ihre Auswahl steht noch hier. Speichern Sie noch einmal, wenn sie gelten soll."
    )
    form.fill(way, ways.stamp(here.cohort.way))
    return _page(here, form, way, slots, tried=True), 409


def _certified(here: Here, form: WayForm, way: Way, slots: Sequence[ScheduledSlot]) -> ResponseReturnValue:
    """What was chosen is shown, but the way stays as the certificates say it was."""
    form.form_errors.append(way_wording.CERTIFIED)
    form.fill(way, ways.stamp(here.cohort.way))
    return _page(here, form, way, slots, tried=True), 409


def _page(here: Here, form: WayForm, way: Way, slots: Sequence[ScheduledSlot], *, tried: bool = False) -> str:
    """`way`: what the summary is about; `tried`: it is not saved."""
    content = [slot for slot in slots if slot.content_minutes]
    planned = Planned(
        minutes=sum(slot.content_minutes for slot in content),
        modules=[(slot.title, slot.module_slugs) for slot in content],
        reflections=here.cohort.reflections,
    )
    return desk_page(
        here,
        "cohorts/course_way.html",
        tab="cohorts.show",
        form=form,
        tried=tried,
        meaning=way_wording.meaning(here.course, way, planned),
        begun=bool(slots) and slots[0].starts_at <= clock.now(),
        over=bool(slots) and slots[-1].ends_at <= clock.now(),
        certified=way_wording.CERTIFIED if ways.certified(here.cohort.id) else "",
    )
