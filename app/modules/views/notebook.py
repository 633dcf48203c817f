"""What belongs to the learner: the Lernheft, and where they stand for the certificate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.modules import portfolio as lernheft
from app.modules.blueprint import bp
from app.modules.reading import desk_of, enrolment_of
from app.progress.pages import register
from app.quizzes.learner import STATES
from app.web.gate import gate


@bp.get("/kurs/<int:cohort_id>/lernheft")
@gate(Permission.LEARN, cohort_for)
def portfolio(here: Here, cohort_id: int) -> ResponseReturnValue:
    desk = desk_of(here)
    return render_template(
        "modules/portfolio.html",
        name=enrolment_of(here).name,
        learner=desk.learner,
        states=STATES,
        chapters=lernheft.chapters(here.course, desk.answers, desk.learner),
        orphans=lernheft.orphans(here.course, desk.answers),
        address_of=lambda page: next(
            (s.href for s in desk.stations() if s.key.endswith(f"/{page.slug}")), ""
        ),
        today=clock.today(),
        **desk.around(),
    )


@bp.get("/kurs/<int:cohort_id>/nachweise")
@gate(Permission.LEARN, cohort_for)
def records(here: Here, cohort_id: int) -> ResponseReturnValue:
    desk = desk_of(here)
    return render_template(
        "modules/records.html",
        rows=register(here, desk.own),
        certificates=_issued(enrolment_of(here).id),
        **desk.around(),
    )


def _issued(enrolment_id: int) -> list[dict[str, Any]]:
    """What the certificates room has issued to this person; rooms of one floor do not import each other."""
    given: Callable[[int], list[dict[str, Any]]] | None = current_app.extensions.get("feldweg_issued")
    return given(enrolment_id) if given else []
