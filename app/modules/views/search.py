"""Search in the course and, for participants alone, in what they wrote themselves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.course.model import Course
from app.course.search import Entry, Hit, entries, entry, search
from app.editions import service as editions
from app.modules import portfolio
from app.modules.blueprint import bp
from app.modules.reading import Notebook, address_in, frame, notebook_of
from app.modules.stations import Address
from app.web.gate import gate

MOST = 30


@bp.get("/kurs/<int:cohort_id>/suche")
@gate(Permission.READ_COURSE, cohort_for)
def look_up(here: Here, cohort_id: int) -> ResponseReturnValue:
    query = " ".join(request.args.get("q", "").split())[:200]
    among = [found for found in _index(here.cohort.edition_digest) if _there(here.course, found.place)]
    hits, every = _hits(among, query)
    own = search(_written(notebook_of(here), here), query) if query and here.enrolment else []
    return render_template(
        "modules/search.html",
        query=query,
        hits=hits[:MOST],
        more=max(0, len(hits) - MOST),
        every=every,
        own=own[:MOST],
        address=_address(here),
        **frame(here),
    )


def _hits(among: Iterable[Entry], query: str) -> tuple[list[Hit], bool]:
    """What has every word of the query; if nothing has, what has any of them."""
    known = list(among)
    hits = search(known, query)
    return (hits, True) if hits else (search(known, query, every=False), False)


@lru_cache(maxsize=8)
def _index(digest: str) -> tuple[Entry, ...]:
    return entries(editions.course(digest))


def _there(course: Course, place: str) -> bool:
    """Whether this cohort's way has the page (a term always is)."""
    folder, slug = place.split("/", 1)
    if folder == "glossar":
        return True
    return bool(course.find_case(slug) if folder == "fall" else course.find_page(folder, slug))


def _written(notebook: Notebook, here: Here) -> list[Entry]:
    """What the person wrote, station by station; their questions and keywords where they wrote them down."""
    chapters = portfolio.chapters(here.course, notebook.answers, notebook.learner)
    found = []
    for page in (page for chapter in chapters for page in chapter.pages):
        texts = [note.text for each in page.entries for note in each.notes]
        found.append(entry(page.key, page.page.title, "Ihr Lernheft", " · ".join(texts)))
    for question in notebook.learner.opening_questions:
        found.append(entry("lernheft", question.wording_now, "Ihre Ausgangsfrage", ""))
    for wish in notebook.learner.wishes:
        found.append(entry("lernheft", wish.text, "Ihr Wunsch", ""))
    for keyword in notebook.learner.keywords:
        found.append(entry("lernheft", keyword.text, "Ihr Schlagwort", ""))
    return found


def _address(here: Here) -> Address:
    """Where an entry's place is."""
    stations = address_in(here)

    def address(place: str) -> str:
        if place == "lernheft":
            return url_for("modules.portfolio", cohort_id=here.cohort.id)
        if place.startswith("glossar/"):
            return f"{url_for('modules.glossary', cohort_id=here.cohort.id)}#{place[8:]}"
        return stations(place)

    return address
