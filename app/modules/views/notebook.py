"""What belongs to the learner: the Lernheft, and where they stand for the certificate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.modules import portfolio as lernheft
from app.modules.blueprint import bp
from app.modules.reading import address_in, enrolment_of, frame, margin, notebook_of
from app.modules.teamwork import teams_of
from app.progress import service as progress
from app.progress.pages import register
from app.progress.rules import Criterion
from app.quizzes.learner import STATES, WISH_STATES
from app.quizzes.rendering import block_page
from app.web.gate import gate


@bp.get("/kurs/<int:cohort_id>/lernheft")
@gate(Permission.LEARN, cohort_for)
def portfolio(here: Here, cohort_id: int) -> ResponseReturnValue:
    written = notebook_of(here)
    return render_template(
        "modules/portfolio.html",
        name=enrolment_of(here).name,
        learner=written.learner,
        states=STATES,
        wish_states=WISH_STATES,
        chapters=lernheft.chapters(here.course, written.answers, written.learner, teams_of(here).sheets()),
        orphans=lernheft.orphans(here.course, written.answers),
        address=address_in(here),
        today=clock.today(ZoneInfo(here.cohort.time_zone)),
        **frame(here),
    )


@bp.get("/kurs/<int:cohort_id>/nachweise")
@gate(Permission.LEARN, cohort_for)
def records(here: Here, cohort_id: int) -> ResponseReturnValue:
    around = margin(here)
    completion, rows = around["own"].completion, register(here, around["own"])
    return render_template(
        "modules/records.html",
        rows=rows,
        criteria=[_told(criterion, _stops(here)) for criterion in completion.criteria],
        untold=[
            sentence
            for sentence in completion.blocking
            if not any(row.slot.title in sentence for row in rows)
        ],
        certificates=_issued(enrolment_of(here).id),
        **around,
    )


def _told(criterion: Criterion, ways_to: Mapping[str, str]) -> tuple[Criterion, str, list[tuple[str, str]]]:
    """The criterion's sentence up to where it names what follows as links, and these; nothing is said twice."""
    text = criterion.sentence.removeprefix(f"{criterion.title}: ")
    open_ones = () if criterion.fulfilled else criterion.missing
    to_do = [(words, ways_to[words]) for words in open_ones if words in ways_to]
    end = min((text.index(words) for words, _ in to_do if words in text), default=len(text))
    return criterion, f"{text[:1].upper()}{text[1:end]}".rstrip(), to_do


def _stops(here: Here) -> dict[str, str]:
    """Where to find a Lernstopp, by the words that name it as missing."""
    found = progress.stops(here)
    return {
        stop.words: f"{block_page(here.course, here.cohort.id, stop.block_id)}#{stop.block_id}"
        for stop in found
    }


def _issued(enrolment_id: int) -> list[dict[str, Any]]:
    """What the certificates room has issued to this person; rooms of one floor do not import each other."""
    given: Callable[[int], list[dict[str, Any]]] | None = current_app.extensions.get("feldweg_issued")
    return given(enrolment_id) if given else []
