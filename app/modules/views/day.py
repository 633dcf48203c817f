"""The day plan on a participant's phone."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Permission
from app.cohorts import ending
from app.cohorts.loaders import Here, cohort_for
from app.modules import agenda
from app.modules.blueprint import bp
from app.modules.reading import frame
from app.quizzes import service as quizzes
from app.schedule import calendar
from app.web.gate import gate

_NEWS_FOR = timedelta(days=1)  # so long a change of the plan stands at its top


@bp.get("/kurs/<int:cohort_id>/plan")
@gate(Permission.LEARN, cohort_for)
def plan(here: Here, cohort_id: int) -> ResponseReturnValue:
    moment, zone, off = clock.now(), here.cohort.time_zone, here.cohort.cancelled_at is not None
    today = clock.today(ZoneInfo(zone))
    slots = calendar.slots_with_days([cohort_id])
    held = [slot for slot in slots if slot.cancelled_at is None]
    return render_template(
        "modules/plan.html",
        days=agenda.by_day(slots, zone),
        content_minutes=sum(slot.content_minutes for slot in held),
        now=agenda.at([] if off else held, moment),
        changes=calendar.changes_since(cohort_id, moment - _NEWS_FOR, today),
        brief=agenda.brief,
        reason=ending.reason(cohort_id) if off else "",
        modules={module.slug: module for module in here.way.modules if module.pages},
        wishes=_wishes(here),
        moment=moment,
        today=today,
        **frame(here),
    )


def _wishes(here: Here) -> list[tuple[str, list[str]]]:
    """What people shared with the group, by person; those who share read it here (one statement)."""
    shared = quizzes.shared_wishes(here.cohort.id)
    by_person = groupby(shared, lambda wish: (wish.enrolment_id, wish.name))
    return [(name, [wish.text for wish in wishes]) for (_, name), wishes in by_person]
