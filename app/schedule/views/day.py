"""One day of the plan: as it is now, the quick deeds, a slot in full, a new slot, what was dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Permission
from app.cohorts import service as cohorts
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.page import desk_page
from app.schedule import rules, wording
from app.schedule.blueprint import bp
from app.schedule.forms import (
    NEW_MINUTES,
    Asking,
    DropForm,
    NewSlotForm,
    PlainForm,
    ResizeForm,
    ShiftForm,
    SlotForm,
    wall_time,
)
from app.schedule.page import Spot, day_page, spot
from app.schedule.rules import Change, Slot
from app.schedule.views.doing import Trouble, address_of_day, carry_out
from app.web.gate import gate


@dataclass(frozen=True, slots=True)
class Deed:
    """A quick deed: its form, and the change that the form asks for."""

    form: type[Asking]
    change: Callable[[Any, int], Change]


DEEDS: dict[str, Deed] = {
    "verschieben": Deed(
        ShiftForm,
        lambda form, slot_id: partial(
            rules.shift, slot_id=slot_id, minutes=form.minutes.data, fill=form.before.data
        ),
    ),
    "dauer": Deed(
        ResizeForm,
        lambda form, slot_id: partial(
            rules.resize, slot_id=slot_id, minutes=form.minutes.data, follow=form.follow.data == "mit"
        ),
    ),
    "tauschen": Deed(PlainForm, lambda _form, slot_id: partial(rules.swap, slot_id=slot_id)),
    "ausfallen": Deed(
        DropForm,
        lambda form, slot_id: partial(
            rules.drop, slot_id=slot_id, at=clock.now(), follow=form.follow.data == "mit"
        ),
    ),
}


@bp.get("/kohorten/<int:cohort_id>/tagesplan/<int:day_id>")
@gate(Permission.CHANGE_PLAN, cohort_for)
def day(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    return day_page(here, day_id)


@bp.get("/kohorten/<int:cohort_id>/tagesplan/<int:day_id>/abschnitt/<int:slot_id>")
@gate(Permission.CHANGE_PLAN, cohort_for)
def slot(here: Here, cohort_id: int, day_id: int, slot_id: int) -> ResponseReturnValue:
    found = spot(here, day_id)
    if found.slot(slot_id).cancelled_at:
        return _dropped(found, found.slot(slot_id))
    return _slot_page(here, day_id, slot_id)


@bp.post("/kohorten/<int:cohort_id>/tagesplan/<int:day_id>/abschnitt/<int:slot_id>")
@gate(Permission.CHANGE_PLAN, cohort_for)
def save_slot(here: Here, cohort_id: int, day_id: int, slot_id: int) -> ResponseReturnValue:
    found = spot(here, day_id)
    old, form = found.slot(slot_id), SlotForm()
    if old.cancelled_at:
        return _dropped(found, old)
    form.offer(here.course, old)
    wanted = form.wanted(old, found.day, found.zone) if form.validate() else None
    if wanted is None:
        return _slot_page(here, day_id, slot_id, form), 422
    change = partial(rules.edit, wanted=wanted, follow=form.follow.data)
    return carry_out(here, day_id, change, partial(_again, here, day_id, slot_id, form))


@bp.post(
    "/kohorten/<int:cohort_id>/tagesplan/<int:day_id>/abschnitt/<int:slot_id>/"
    "<any(verschieben,dauer,tauschen,ausfallen):deed>"
)
@gate(Permission.CHANGE_PLAN, cohort_for)
def do(here: Here, cohort_id: int, day_id: int, slot_id: int, deed: str) -> ResponseReturnValue:
    """One of DEEDS."""
    found = spot(here, day_id)
    if found.slot(slot_id).cancelled_at and deed != "ausfallen":
        return _dropped(found, found.slot(slot_id))
    form = DEEDS[deed].form(prefix=deed)
    if not form.validate():
        return _slot_page(here, day_id, slot_id, form), 422
    change = DEEDS[deed].change(form, slot_id)
    return carry_out(here, day_id, change, partial(_again, here, day_id, slot_id, form))


@bp.post("/kohorten/<int:cohort_id>/tagesplan/<int:day_id>/abschnitt/<int:slot_id>/aufnehmen")
@gate(Permission.CHANGE_PLAN, cohort_for)
def resume(here: Here, cohort_id: int, day_id: int, slot_id: int) -> ResponseReturnValue:
    spot(here, day_id).slot(slot_id)
    change = partial(rules.resume, slot_id=slot_id)

    def again(trouble: Trouble) -> str:
        return day_page(here, day_id, trouble.messages, asks_for=slot_id if trouble.asks else 0)

    return carry_out(here, day_id, change, again)


@bp.get("/kohorten/<int:cohort_id>/tagesplan/<int:day_id>/neu")
@gate(Permission.CHANGE_PLAN, cohort_for)
def new_slot(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    found = spot(here, day_id)
    form, before = NewSlotForm(), _before(found)
    form.offer(here.course, _empty(found, before))
    if before:
        form.start.data = wall_time(before.ends_at, found.zone)
        form.room.data, form.online.data, form.link.data = before.room, before.online, before.link
    form.minutes.data, form.follow.data = NEW_MINUTES, True
    return _new_page(here, found, form)


@bp.post("/kohorten/<int:cohort_id>/tagesplan/<int:day_id>/neu")
@gate(Permission.CHANGE_PLAN, cohort_for)
def insert(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    found = spot(here, day_id)
    form, empty = NewSlotForm(), _empty(found, _before(found))
    form.offer(here.course, empty)
    wanted = form.wanted(empty, found.day, found.zone) if form.validate() else None
    if wanted is None:
        return _new_page(here, found, form), 422

    def again(trouble: Trouble) -> str:
        trouble.say(form)
        return _new_page(here, spot(here, day_id), form)

    change = partial(rules.insert, slot=wanted, follow=form.follow.data)
    return carry_out(here, day_id, change, again)


def _before(found: Spot) -> Slot | None:
    """The slot after which a new one shall come (`nach`); without that the last."""
    wanted = request.values.get("nach", type=int)
    held = found.day.held
    return next((slot for slot in held if slot.id == wanted), held[-1] if held else None)


def _empty(found: Spot, before: Slot | None) -> Slot:
    """What a new slot is before anything was typed."""
    start = before.ends_at if before else clock.instant(found.day.date, 9 * 60, found.zone)
    return Slot(starts_at=start, ends_at=start, kind="inhalt", title="")


def _dropped(found: Spot, slot: Slot) -> ResponseReturnValue:
    """Nothing to change about what does not take place."""
    flash(wording.is_dropped(slot.title), "hinweis")
    return redirect(address_of_day(found.row.cohort_id, found.row.id), 303)


def _again(here: Here, day_id: int, slot_id: int, form: Asking, trouble: Trouble) -> str:
    trouble.say(form)
    return _slot_page(here, day_id, slot_id, form)


def _slot_page(here: Here, day_id: int, slot_id: int, sent: Asking | None = None) -> str:
    """The slot with all its forms; `sent` is the one that could not be carried out."""
    found = spot(here, day_id)
    slot = found.slot(slot_id)
    forms: dict[str, Asking] = {name: deed.form(formdata=None, prefix=name) for name, deed in DEEDS.items()}
    edit = SlotForm(formdata=None)
    edit.offer(here.course, slot)
    edit.fill(slot, found.zone)
    forms["dauer"]["minutes"].data = slot.minutes
    forms["aendern"] = edit
    for name, form in forms.items():
        if sent is not None and type(sent) is type(form):
            forms[name] = sent
    return desk_page(
        here,
        "schedule/slot.html",
        tab="schedule.plan",
        spot=found,
        slot=slot,
        previous=rules.previous_of(found.day, slot_id),
        following=rules.next_of(found.day, slot_id),
        forms=forms,
        sent=sent,
        kinds=wording.KINDS,
        names=_names(here),
    )


def _new_page(here: Here, found: Spot, form: SlotForm) -> str:
    return desk_page(
        here,
        "schedule/new_slot.html",
        tab="schedule.plan",
        spot=found,
        form=form,
        before=_before(found),
        names=_names(here),
    )


def _names(here: Here) -> list[str]:
    """Who is usually meant by „mit wem“."""
    return [person.name for person in cohorts.trainers(here.cohort.id)]
