"""What a page of the course needs, read with three statements: facts about the person, slots, answers.

Whoever takes no part (`here.enrolment` is None: trainers, organisers) sees a preview: nobody's answers, no standing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from markupsafe import Markup

from app import clock
from app.cohorts.loaders import Here
from app.cohorts.models import Enrolment
from app.course.model import Block, Page, Prose
from app.modules import agenda, common, procedures, stations, teamwork
from app.modules.stations import Address, Station, Walked
from app.modules.teamwork import Refused
from app.progress import service as progress
from app.progress.facts import Own
from app.quizzes import learner
from app.quizzes import service as quizzes
from app.quizzes.learner import Learner
from app.quizzes.rendering import SmallGroup, render_block
from app.quizzes.values import Body, Saved
from app.web.navigation import course_nav, preview_nav


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that could not be saved: which block, what was in it, what is wrong, on which version it was typed."""

    block_id: str
    body: Body
    errors: Mapping[str, str]
    base_version: int


@dataclass(frozen=True, slots=True)
class Notebook:
    """Everything a person has written, and their thread through the course."""

    answers: Mapping[str, Saved]
    learner: Learner


def enrolment_of(here: Here) -> Enrolment:
    """The participant's enrolment; the gate lets nobody else through."""
    if here.enrolment is None:
        raise LookupError("the gate for LEARN lets only participants through")
    return here.enrolment


def notebook_of(here: Here) -> Notebook:
    """One statement; empty for a preview."""
    if here.enrolment is None:
        return Notebook({}, learner.build(here.course, {}))
    enrolment_id = here.enrolment.id
    answers = quizzes.answers_of(enrolment_id)
    return Notebook(answers, learner.build(here.course, answers, enrolment_id))


def address_in(here: Here) -> Address:
    """Where stations are: "module/page" or "fall/slug". Slugs are plain, so one look at the map serves them all."""
    root = url_for("modules.way", cohort_id=here.cohort.id)

    def address(key: str) -> str:
        if key.startswith("fall/"):
            return f"{root}fall/lesen/{key[5:]}"
        return f"{root}seite/{key}"

    return address


def stations_of(here: Here, own: Own | None, current: str = "") -> list[Station]:
    """The way of this cohort."""
    return stations.way(here.way, _walked(own), address_in(here), current)


def beside_of(here: Here, own: Own | None, current: str = "") -> list[Station]:
    """What of the course is not on the way, for self-study."""
    return stations.beside(here.course, here.way, _walked(own), address_in(here), current)


def line_of(here: Here, own: Own | None, current: str) -> tuple[list[Station], bool]:
    """The stations among which this one stands, and whether that is the way of the cohort."""
    line = stations_of(here, own, current)
    on_the_way = any(station.current for station in line)
    return (line, True) if on_the_way else (beside_of(here, own, current), False)


def _walked(own: Own | None) -> Walked:
    return Walked(own.pages, own.done) if own else Walked()


def frame(here: Here) -> dict[str, Any]:
    """What every page of a course shows around its text; no statement."""
    preview = here.enrolment is None
    nav = preview_nav(here.cohort.id, desk=here.desk) if preview else course_nav(here.cohort.id)
    return {
        "here": here,
        "course": here.course,
        "cohort": here.cohort,
        "course_nav": nav,
        "preview": preview,
    }


def margin(here: Here) -> dict[str, Any]:
    """The frame, where the person stands and what runs now (two statements)."""
    own = progress.own(here)
    return frame(here) | {"own": own, "now": agenda.at(own.slots, clock.now())}


def surroundings(here: Here) -> dict[str, Any]:
    """The same for a page that may be a preview; then nobody stands anywhere."""
    return frame(here) | {"own": None, "now": None} if here.enrolment is None else margin(here)


def parts_of(
    here: Here, notebook: Notebook, page: Page, typed: Typed | None = None, refused: Refused | None = None
) -> list[dict[str, Any]]:
    """The page's parts as HTML, in order: prose as it was compiled, blocks with the person's answers."""
    team = teamwork.team_at(here, page)
    here = with_someone(here)
    shown: list[dict[str, Any]] = []
    for part in page.parts:
        if isinstance(part, Prose):
            shown.append({"prose": part.html, "block": "", "picture": "", "live": False})
            continue
        own = notebook.answers.get(part.id)
        sheet = team.sheet(here, part)
        saved = team.saved(part) if sheet else own
        panel = procedures.panel(here, part)
        if typed and typed.block_id == part.id:
            html = _block_with(part, here, saved, notebook.learner, typed, sheet, panel)
        else:
            html = render_block(part, here, saved, notebook.learner, sheet=sheet, panel=panel)
        said = refused if refused and refused.block_id == part.id else None
        html = teamwork.note(here, part, team, own, notebook.learner, said) + html
        picture = common.placed(here, part)
        shown.append({"prose": "", "block": html, "picture": picture, "live": bool(panel)})
    return shown


def with_someone(here: Here) -> Here:
    """A block is always somebody's; in a preview it belongs to a person who is not in the database and never will be."""
    return here if here.enrolment else replace(here, enrolment=Enrolment(id=0))


def _block_with(
    block: Block,
    here: Here,
    saved: Saved | None,
    known: Learner,
    typed: Typed,
    sheet: SmallGroup | None,
    panel: Markup,
) -> Markup:
    """The block with what somebody typed and what is wrong with it."""
    told = typed.body, typed.errors
    return render_block(
        block, here, saved, known, *told, base_version=typed.base_version, sheet=sheet, panel=panel
    )
