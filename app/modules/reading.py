"""What a participant's page needs, read with three statements: facts about the person, slots, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app import clock
from app.cohorts.loaders import Here
from app.cohorts.models import Enrolment
from app.course.model import Page, Prose
from app.modules import agenda, stations
from app.modules.stations import Station
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
class Desk:
    """Everything about the person and the cohort that a page shows around its text."""

    here: Here
    own: Own
    answers: Mapping[str, Saved]
    learner: Learner

    def stations(self, current: str = "") -> list[Station]:
        return stations.way(self.here.course, self.own.pages, self.address, current)

    def address(self, key: str) -> str:
        """The address of a station: "module/page" or "fall/slug"."""
        module, _, slug = key.partition("/")
        cohort_id = self.here.cohort.id
        if module == "fall":
            return url_for("modules.case", cohort_id=cohort_id, slug=slug)
        return url_for("modules.page", cohort_id=cohort_id, module=module, page=slug)

    @property
    def now(self) -> agenda.Now:
        return agenda.at(self.own.slots, clock.now())

    def around(self, current: str = "") -> dict[str, Any]:
        """The variables of the reader's layout and its margin."""
        return {
            "here": self.here,
            "course": self.here.course,
            "cohort": self.here.cohort,
            "course_nav": course_nav(self.here.cohort.id),
            "stations": self.stations(current),
            "own": self.own,
            "now": self.now,
        }


def enrolment_of(here: Here) -> Enrolment:
    """The participant's enrolment; the gate lets nobody else through."""
    if here.enrolment is None:
        raise LookupError("the gate for LEARN lets only participants through")
    return here.enrolment


def desk_of(here: Here) -> Desk:
    """Three statements."""
    enrolment = enrolment_of(here)
    answers = quizzes.answers_of(enrolment.id)
    known = learner.build(here.course, answers, enrolment.id)
    return Desk(here, progress.own(here), answers, known)


def parts_of(desk: Desk, page: Page, typed: Typed | None = None) -> list[Any]:
    """The page's parts as HTML, in order: prose as it was compiled, blocks with the person's answers."""
    shown = []
    for part in page.parts:
        if isinstance(part, Prose):
            shown.append({"prose": part.html, "block": ""})
            continue
        saved = desk.answers.get(part.id)
        if typed and typed.block_id == part.id:
            html = render_block(
                part,
                desk.here,
                saved,
                desk.learner,
                typed.body,
                typed.errors,
                base_version=typed.base_version,
            )
        else:
            html = render_block(part, desk.here, saved, desk.learner)
        shown.append({"prose": "", "block": html})
    return shown
