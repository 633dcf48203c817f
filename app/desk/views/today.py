"""The home of staff: what needs doing today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access import Permission, desk_standings
from app.accounts import outbox
from app.desk import rules, wording
from app.desk.blueprint import bp
from app.desk.rules import CohortFacts, Duty
from app.desk.today import cohorts_of
from app.web.gate import gate, staff
from app.web.navigation import desk_nav


@bp.get("/heute")
@gate(Permission.WATCH_COHORT, staff)
def today(_user: Any) -> ResponseReturnValue:
    """What needs doing: for organisers over all cohorts, for trainers over theirs."""
    desk = bool(desk_standings(current_user.role_names))
    cohorts = cohorts_of(current_user)
    home = rules.home(cohorts, clock.now(), desk=desk)
    return render_template(
        "desk/today.html",
        desk=desk,
        desk_nav=desk_nav(desk=desk),
        day=clock.today(),
        cohorts=cohorts,
        home=home,
        todo=[(cohort, _lines(cohort, duties)) for cohort, duties in home.todo],
        troubled=outbox.troubled() if desk else 0,
        wording=wording,
    )


def _lines(cohort: CohortFacts, duties: Sequence[Duty]) -> list[wording.Line]:
    return [wording.line(cohort, duty) for duty in duties]
