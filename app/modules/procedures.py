"""The run of a procedure as one person sees it: on the page, on the projector, and as numbers for a phone that asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from markupsafe import Markup

from app import clock
from app.access import Permission, may
from app.cohorts.loaders import LARGEST_ID, Here
from app.course.blocks.ablauf import ForWhom, Procedure
from app.course.model import Block
from app.groups import service as groups
from app.modules import stations
from app.quizzes import procedures, runs
from app.quizzes.forms import whole
from app.quizzes.runs import Actor, Deed, Run
from app.web import german

LABELS = {
    Deed.BEGIN: "Beginnen",
    Deed.ON: "Weiter",
    Deed.BACK: "Zurück",
    Deed.PAUSE: "Anhalten",
    Deed.RESUME: "Weiterlaufen",
    Deed.RESET: "Von vorn",
    Deed.MODERATE: "Ich moderiere",
    Deed.RELEASE: "Moderation abgeben",
}
_RARE = (Deed.BACK, Deed.RESET, Deed.RELEASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """A procedure and whose run of it is meant. `group`: the id of a small group, None where there is none."""

    here: Here
    block: Procedure
    group: int | None
    scope: str
    actor: Actor
    projected: bool = False

    @property
    def run(self) -> Run:
        return procedures.run_of(self.here.cohort.id, self.block, self.scope)

    def address(self, endpoint: str = "modules.procedure") -> str:
        """Where this run is asked for and moved on. Only staff must say which group they mean."""
        chosen = self.group if self.actor.staff else None
        view = "leinwand" if self.projected and endpoint == "modules.procedure" else None
        cohort_id, block_id = self.here.cohort.id, self.block.id
        return url_for(endpoint, cohort_id=cohort_id, block_id=block_id, gruppe=chosen, ansicht=view)


def seen(here: Here, block: Procedure, *, projected: bool = False) -> Seen:
    """The run this person means: their own, their group's, or the one everybody goes along with."""
    group = _group(here, block) if block.for_whom is ForWhom.GROUP else None
    scope = procedures.scope_of(block, here, group)
    return Seen(here, block, group, scope, procedures.actor_of(here, scope), projected)


def panel(here: Here, block: Block) -> Markup:
    """The run as a part of its block; "" for blocks of other kinds."""
    if not isinstance(block, Procedure):
        return Markup("")
    found = seen(here, block)
    values = picture(found, found.run)
    return Markup(render_template("modules/_procedure.html", **values))  # noqa: S704 - rendered with autoescape


def picture(found: Seen, run: Run) -> dict[str, Any]:
    """Everything the templates show of a run."""
    steps, now = found.block.steps, clock.now()
    current = runs.current(run, steps)
    left = runs.remaining(run, steps, now)
    deeds = [(deed.value, LABELS[deed]) for deed in runs.offered(found.actor, run, steps)]
    return {
        "found": found,
        "here": found.here,
        "block": found.block,
        "run": run,
        "current": current,
        "upcoming": steps[run.step] if 0 < run.step < len(steps) else None,
        "over": runs.over(run, steps),
        "left": left,
        "left_words": in_minutes(left),
        "running": runs.running(run, steps),
        "mine": bool(found.actor.enrolment_id) and run.moderator == found.actor.enrolment_id,
        "deeds": [deed for deed in deeds if deed[0] not in _RARE],
        "rare_deeds": [deed for deed in deeds if deed[0] in _RARE],
        "groups": _groups(found),
        "warning": _warning(found),
        "at": german.time(now, found.here.cohort.time_zone),
    }


def numbers(found: Seen, run: Run) -> dict[str, Any]:
    """The same for a script, which draws the rest."""
    steps, now = found.block.steps, clock.now()
    current = runs.current(run, steps)
    return {
        "step": run.step,
        "steps": len(steps),
        "title": (current.title or f"Schritt {run.step}") if current else "",
        "minutes": current.minutes if current else 0,
        "remaining": runs.remaining(run, steps, now),
        "running": runs.running(run, steps),
        "version": run.version,
        "now": now.isoformat(),
    }


def in_minutes(seconds: int | None) -> str:
    """Whole minutes, for a page that stands still: noch 4 Minuten."""
    if seconds is None:
        return ""
    if seconds == 0:
        return "Zeit ist um"
    minutes = -(-seconds // 60)
    if seconds < 60:
        return "noch weniger als eine Minute"
    return "noch 1 Minute" if minutes == 1 else f"noch {minutes} Minuten"


def _group(here: Here, block: Procedure) -> int | None:
    """The person's own group, or the one that staff ask for."""
    own = here.enrolment.id if here.enrolment else 0
    asked = whole(request.args.get("gruppe", ""), LARGEST_ID)
    if asked and may(Permission.WATCH_COHORT, here.standings):
        return asked if asked in {group.id for group in _at(here, block)} else abort(404)
    return groups.id_at(own, _station(here, block)) if own else None


def _warning(found: Seen) -> str:
    """Said at the buttons of somebody who only looks at the page: these are no preview."""
    if found.actor.enrolment_id or not found.actor.staff or found.projected:
        return ""
    if found.block.for_whom is ForWhom.ME:
        return (
            "Diese Knöpfe wirken: Was Sie drücken, sehen alle Trainer:innen und die Organisation. "
            "Teilnehmende gehen den Ablauf jeweils für sich, bei ihnen ändert sich nichts."
        )
    if found.block.for_whom is ForWhom.GROUP and not found.group:
        return (
            "Diese Knöpfe wirken wirklich: Der Ablauf geht bei allen weiter, die in keiner Kleingruppe sind."
        )
    return "Diese Knöpfe wirken wirklich: Der Ablauf geht auf den Telefonen der Teilnehmenden weiter."


def _groups(found: Seen) -> list[groups.Group]:
    """For staff: whose runs there are besides."""
    if not found.actor.staff or found.block.for_whom is not ForWhom.GROUP:
        return []
    return _at(found.here, found.block)


def _at(here: Here, block: Procedure) -> list[groups.Group]:
    return groups.in_cohort(here.cohort.id, _station(here, block))


def _station(here: Here, block: Block) -> str:
    found = stations.of_block(here.course, block.id)
    return found[0] if found else ""
