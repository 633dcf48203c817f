"""The actual times of a day in one screen, to be confirmed in the evening and corrected later."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.cohorts.page import desk_page
from app.schedule import days, rules, wording
from app.schedule.actual_form import ConfirmForm, confirm_form
from app.schedule.blueprint import bp
from app.schedule.page import Spot, spot
from app.schedule.rules import Day
from app.schedule.views.doing import Trouble, carry_out
from app.web.gate import gate


@bp.get("/kohorten/<int:cohort_id>/tagesplan/<int:day_id>/ist-zeiten")
@gate(Permission.CHANGE_PLAN, cohort_for)
def confirm(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    found = spot(here, day_id)
    if not found.begun:
        return _not_yet(here, found)
    return _page(here, found, confirm_form(found.day, found.zone)(), found.day)


@bp.post("/kohorten/<int:cohort_id>/tagesplan/<int:day_id>/ist-zeiten", endpoint="save_actual")
@gate(Permission.CHANGE_PLAN, cohort_for)
def save(here: Here, cohort_id: int, day_id: int) -> ResponseReturnValue:
    found = spot(here, day_id)
    if not found.begun:
        return _not_yet(here, found), 409
    form = confirm_form(found.day, found.zone)()
    actual = form.actual(found.day, found.zone, clock.now())
    if actual is None:
        return _page(here, found, form, None), 422
    if "rechnen" in request.form:
        form.show(actual, found.zone)
        form.form_errors = _wrong(found, actual)
        return _page(here, found, form, actual), 422 if form.form_errors else 200

    def change(day: Day) -> Day:
        """As typed on the day that the form was made on, so that the same form sent twice asks for the same."""
        return (form.knows(day) and form.actual(day, found.zone, clock.now())) or actual

    def again(trouble: Trouble) -> str:
        trouble.say(form)
        return _again_page(here, day_id, form, actual)

    return carry_out(here, day_id, change, again, days.confirm)


def _wrong(found: Spot, actual: Day) -> list[str]:
    """Why a day of these times could not be confirmed."""
    days = {**found.days, found.row.id: actual}
    wrong = rules.errors(list(days.values()), list(found.days.values()), found.zone)
    return [wording.problem(day, problem) for day, problem in wrong]


def _again_page(here: Here, day_id: int, typed: ConfirmForm, actual: Day) -> str:
    """The form as typed, for the slots there are now; what came since is as it is."""
    found = spot(here, day_id)
    form = confirm_form(found.day, found.zone)()
    form.form_errors, form.asks = typed.form_errors, typed.asks
    for slot in found.day.slots:
        if f"from_{slot.id}" not in request.form:
            for name, value in zip(("from", "to"), slot.times, strict=True):
                form[f"{name}_{slot.id}"].data = clock.local(value, found.zone).time()
            form[f"off_{slot.id}"].data = slot.cancelled_at is not None
    return _page(here, found, form, actual)


def _not_yet(here: Here, found: Spot) -> str:
    sentence = wording.not_yet(found.day)
    return desk_page(here, "schedule/not_yet.html", tab="schedule.plan", spot=found, sentence=sentence)


def _page(here: Here, found: Spot, form: ConfirmForm, actual: Day | None) -> str:
    # The sum is all that is seen while one types, so it says what is wrong, too.
    wrong = [said for each in form.errors.values() for said in each] if "rechnen" in request.form else []
    return desk_page(
        here,
        "schedule/confirm.html",
        tab="schedule.plan",
        spot=found,
        form=form,
        sum=wording.units_of(found.day, actual, here.course.unit_minutes, wrong),
        kinds=wording.KINDS,
        waits=found.day.held[-1].ends_at if found.day.held and not found.over else None,
    )
