"""How a procedure runs: steps, their time, and who may turn the page. Pure; the rows are in `procedures`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.course.blocks.ablauf import Step


class Deed(StrEnum):
    """What can be done to a run; the values stand in forms."""

    BEGIN = "beginnen"
    ON = "weiter"
    BACK = "zurueck"
    PAUSE = "anhalten"
    RESUME = "weiterlaufen"
    RESET = "von-vorn"
    MODERATE = "moderieren"
    RELEASE = "abgeben"


@dataclass(frozen=True, slots=True)
class Run:
    """`step` counts from 1; 0: not begun, one more than there are: over. `left`: seconds, while it is paused.

    `moderator` is the enrolment of who moderates, None for nobody (then only staff can go on).
    """

    started_at: datetime
    step: int = 0
    left: int | None = None
    moderator: int | None = None
    moderator_name: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `enrolment_id` is 0 for somebody who takes no part; `alone`: it is their own run."""

    enrolment_id: int
    staff: bool
    alone: bool


def begun(run: Run) -> bool:
    return run.step > 0


def over(run: Run, steps: Sequence[Step]) -> bool:
    return run.step > len(steps)


def current(run: Run, steps: Sequence[Step]) -> Step | None:
    """The step that is being worked on."""
    return steps[run.step - 1] if 0 < run.step <= len(steps) else None


def remaining(run: Run, steps: Sequence[Step], now: datetime) -> int | None:
    """Seconds until the step's time is up, never less than 0; None where no time is set."""
    step = current(run, steps)
    if step is None or not step.minutes:
        return None
    if run.left is not None:
        return run.left
    # Rounded down on the way, so rounded up here: a step of five minutes begins with 5:00.
    passed = int((now - run.started_at).total_seconds())
    return min(max(0, step.minutes * 60 - passed), step.minutes * 60)


def running(run: Run, steps: Sequence[Step]) -> bool:
    """Whether a step is under way and its time, if it has one, passes."""
    return current(run, steps) is not None and run.left is None


def possible(run: Run, steps: Sequence[Step]) -> list[Deed]:
    """What makes sense now, the most probable first."""
    if not begun(run):
        return [Deed.BEGIN]
    if over(run, steps):
        return [Deed.BACK, Deed.RESET]
    found = [Deed.ON]
    if remaining(run, steps, run.started_at) is not None:
        found = [Deed.RESUME, Deed.ON] if run.left is not None else [Deed.ON, Deed.PAUSE]
    return [*found, Deed.BACK, Deed.RESET] if run.step > 1 else [*found, Deed.RESET]


def allowed(actor: Actor, run: Run, deed: Deed) -> bool:
    """Whether this person may do it now: staff always, others while they moderate."""
    mine = bool(actor.enrolment_id) and run.moderator == actor.enrolment_id
    if deed is Deed.MODERATE:
        return bool(actor.enrolment_id) and not actor.alone and run.moderator is None
    if deed is Deed.RELEASE:
        return run.moderator is not None and (mine or actor.staff)
    return mine or actor.staff or actor.alone


def offered(actor: Actor, run: Run, steps: Sequence[Step]) -> list[Deed]:
    """The buttons for this person."""
    deeds = [*possible(run, steps), Deed.MODERATE, Deed.RELEASE]
    return [deed for deed in deeds if allowed(actor, run, deed)]


def after(run: Run, deed: Deed, actor: Actor, steps: Sequence[Step], now: datetime) -> Run:
    """The run once this is done; the same run where it makes no sense (any more)."""
    if deed is Deed.MODERATE:
        return _next(run, moderator=actor.enrolment_id) if run.moderator is None else run
    if deed is Deed.RELEASE:
        return _next(run, moderator=None)
    if deed not in possible(run, steps):
        return run
    if deed is Deed.PAUSE:
        return _next(run, left=remaining(run, steps, now))
    if deed is Deed.RESUME:
        return _next(run, left=None, started_at=_as_if_begun(run, steps, now))
    step = {Deed.BEGIN: 1, Deed.ON: run.step + 1, Deed.BACK: min(run.step, len(steps) + 1) - 1}.get(deed, 0)
    return _next(run, step=step, left=None, started_at=now)


def _as_if_begun(run: Run, steps: Sequence[Step], now: datetime) -> datetime:
    """When the step would have begun if it had not been paused."""
    step = current(run, steps)
    whole = step.minutes * 60 if step else 0
    return now - timedelta(seconds=whole - min(run.left or 0, whole))


def _next(run: Run, **changes: object) -> Run:
    return replace(run, version=run.version + 1, **changes)  # type: ignore[arg-type]
