"""What a participant's page needs, read with three statements: facts about the person, slots, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from app import clock
from app.cohorts.loaders import Here
from app.cohorts.models import Enrolment
from app.course.model import Block, Page, Prose
from app.modules import agenda, stations
from app.modules.stations import Address, Station, Walked
from app.progress import service as progress
from app.progress.facts import Own
from app.quizzes import learner
from app.quizzes import service as quizzes
from app.quizzes.learner import Learner
from app.quizzes.rendering import render_block
from app.quizzes.values import Body, Saved
from app.web.navigation import course_nav


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
    """One statement."""
    enrolment_id = enrolment_of(here).id
    answers = quizzes.answers_of(enrolment_id)
    return Notebook(answers, learner.build(here.course, answers, enrolment_id))


def address_in(here: Here) -> Address:
    """Where stations are: "module/page" or "fall/slug"."""
    cohort_id = here.cohort.id

    def address(key: str) -> str:
        module, _, slug = key.partition("/")
        if module == "fall":
            return url_for("modules.case", cohort_id=cohort_id, slug=slug)
        return url_for("modules.page", cohort_id=cohort_id, module=module, page=slug)

    return address


def stations_of(here: Here, own: Own, current: str = "") -> list[Station]:
    return stations.way(here.course, Walked(own.pages, own.done), address_in(here), current)


def frame(here: Here) -> dict[str, Any]:
    """What every page of a course shows around its text; no statement."""
    return {
        "here": here,
        "course": here.course,
        "cohort": here.cohort,
        "course_nav": course_nav(here.cohort.id),
    }


def margin(here: Here) -> dict[str, Any]:
    """The frame, where the person stands and what runs now (two statements)."""
    own = progress.own(here)
    return frame(here) | {"own": own, "now": agenda.at(own.slots, clock.now())}


def parts_of(here: Here, notebook: Notebook, page: Page, typed: Typed | None = None) -> list[dict[str, Any]]:
    """The page's parts as HTML, in order: prose as it was compiled, blocks with the person's answers."""
    shown = []
    for part in page.parts:
        if isinstance(part, Prose):
            shown.append({"prose": part.html, "block": ""})
            continue
        saved = notebook.answers.get(part.id)
        if typed and typed.block_id == part.id:
            html = _block_with(part, here, saved, notebook.learner, typed)
        else:
            html = render_block(part, here, saved, notebook.learner)
        shown.append({"prose": "", "block": html})
    return shown


def _block_with(block: Block, here: Here, saved: Saved | None, known: Learner, typed: Typed) -> Markup:
    """The block with what somebody typed and what is wrong with it."""
    return render_block(block, here, saved, known, typed.body, typed.errors, base_version=typed.base_version)
