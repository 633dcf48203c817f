"""Carrying out one change of a day: the transaction, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.accounts.models import User
from app.cohorts.loaders import Here
from app.cohorts.models import Cohort
from app.cohorts.page import zone_of
from app.extensions import db, transaction
from app.schedule import doubts, effects, history, needs, service, wording
from app.schedule.days import DateTaken, NotOver, RegisterBegun
from app.schedule.doubts import Doubtful
from app.schedule.forms import Asking
from app.schedule.rules import Change, Day
from app.schedule.service import Applied, Overtaken, Refused

Doer = Callable[[int, int, Change, User], Applied]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing was saved. `asks`: it can be, once it is crossed that it is really meant."""

    messages: Sequence[str]
    asks: bool = False

    def say(self, form: Asking) -> None:
        """Put it into the form."""
        form.form_errors, form.asks = list(self.messages), self.asks


Again = Callable[[Trouble], str]  # the page once more, with what speaks against it


def typed_version() -> int:
    """The version of the day that the form was made on; -1 where it does not say."""
    found = request.form.get("version", "")
    return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else -1


def carry_out(
    here: Here, day_id: int, change: Change, again: Again, do: Doer = service.apply
) -> ResponseReturnValue:
    """Do it and go to the day, or show the page again: 422 where the plan would be wrong, 409 where it has changed."""
    cohort_id, author_id, unit_minutes = here.cohort.id, current_user.id, here.course.unit_minutes
    try:
        with transaction():
            applied = do(day_id, typed_version(), change, db.session.get_one(User, author_id))
            said = effects.of(cohort_id, applied, unit_minutes)
            _ask(cohort_id, day_id, applied, unit_minutes)
    except (Doubtful, NotOver, Overtaken, Refused) as error:
        trouble = Trouble(troubles(here, error), isinstance(error, Doubtful))
        return again(trouble), status_of(error)
    if applied.change_id is None:
        flash("Es hat sich nichts geändert.", "hinweis")
    for sentence in said:
        flash(sentence, "hinweis")
    return redirect(address_of_day(cohort_id, day_id, applied.change_id), 303)


def is_sure() -> bool:
    """Whether it is crossed that it is really meant."""
    return "wirklich" in request.form


def _ask(cohort_id: int, day_id: int, applied: Applied, unit_minutes: int) -> None:
    """Raises Doubtful."""
    after = service.days_by_id(cohort_id)
    before = {**after, day_id: applied.before}
    questions = doubts.of_times(applied.before, applied.after, unit_minutes)
    found = needs.of(db.session.get_one(Cohort, cohort_id), before.values(), after.values())
    begun = needs.has_begun(before.values(), clock.now())
    if begun and found.harder and _was_so(cohort_id, day_id, applied, before):
        begun = False
    doubts.ask([*questions, *doubts.of_needs(found, begun=begun)], sure=is_sure())


def _was_so(cohort_id: int, day_id: int, applied: Applied, before: Mapping[int, Day]) -> bool:
    """Whether as much was needed already since the cohort began, so that the change only gives back what was there."""
    begin, cohort = needs.beginning(before.values()), db.session.get_one(Cohort, cohort_id)
    if begin is None or applied.change_id is None:
        return False
    after = {**before, day_id: applied.after}.values()
    known = history.known_since(day_id, begin, applied.change_id)
    return any(not needs.of(cohort, {**before, day_id: day}.values(), after).harder for day in known)


def address_of_day(cohort_id: int, day_id: int, change_id: int | None = None) -> str:
    """The day's page; it says first what this change did."""
    return url_for("schedule.day", cohort_id=cohort_id, day_id=day_id, geaendert=change_id)


def troubles(here: Here, error: Exception) -> list[str]:
    """Why nothing was saved."""
    if isinstance(error, Refused):
        return [wording.problem(day, problem) for day, problem in error.problems]
    if isinstance(error, Doubtful):
        return error.questions
    if isinstance(error, NotOver):
        return [wording.not_over(error.ends_at, zone_of(here))]
    if isinstance(error, DateTaken):
        return [wording.date_taken(error.name)]
    last = error.change if isinstance(error, Overtaken) else None
    if last:
        return [wording.overtaken(last.sentence, last.author, last.at, zone_of(here))]
    return [wording.REGISTER_BEGUN if isinstance(error, RegisterBegun) else wording.OVERTAKEN]


def status_of(error: Exception) -> int:
    """422 for what cannot be, 409 for what has become impossible meanwhile."""
    return 409 if isinstance(error, Doubtful | NotOver | Overtaken | RegisterBegun) else 422
