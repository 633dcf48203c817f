"""The day plan on a participant's phone."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.modules import agenda
from app.modules.blueprint import bp
from app.modules.reading import desk_of
from app.web.gate import gate


@bp.get("/kurs/<int:cohort_id>/plan")
@gate(Permission.LEARN, cohort_for)
def plan(here: Here, cohort_id: int) -> ResponseReturnValue:
    around = desk_of(here).around()
    days = agenda.by_day(around["own"].slots, here.cohort.time_zone)
    modules = {module.slug: module for module in here.course.modules}
    return render_template(
        "modules/plan.html",
        days=days,
        modules=modules,
        moment=clock.now(),
        today=clock.today(),
        **around,
    )
