"""Empty sheets for a room without phones: all of a module, or of a day, in one print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app import clock
from app.access import Permission
from app.cohorts import service as cohorts
from app.cohorts.loaders import Here, cohort_for
from app.course.model import Module, Page
from app.modules import common, stations
from app.modules.blueprint import bp
from app.modules.reading import frame, notebook_of, with_someone
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import render_block
from app.web import german
from app.web.gate import gate

_ROOM_TO_WRITE = re.compile(
    r'<textarea|<input type="(?:text|date|checkbox|radio)"|<select|paper-choice|paper__line'
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One block as an empty sheet; `named`: with lines for a name and a date."""

    page: Page
    html: Markup
    named: bool


@dataclass(frozen=True, slots=True)
class Pack:
    """What can be printed at once. `key` and `value` ask for it: modul=feld, tag=3."""

    key: str
    value: str
    title: str
    modules: tuple[Module, ...]


@bp.get("/kurs/<int:cohort_id>/blaetter")
@gate(Permission.WATCH_COHORT, cohort_for)
def papers(here: Here, cohort_id: int) -> ResponseReturnValue:
    """What there is to print; with `?modul=` or `?tag=` the sheets themselves."""
    packs = [*_modules(here), *_days(here)]
    asked = next((key for key in ("modul", "tag") if key in request.args), "")
    if not asked:
        return render_template("modules/papers.html", packs=packs, **frame(here))
    pack = next((p for p in packs if (p.key, p.value) == (asked, request.args[asked])), None) or abort(404)
    pages = _pages(here, pack.modules)
    return render_template(
        "modules/papers_print.html",
        pack=pack,
        papers=list(_papers(here, pages)),
        assets=common.assets([block for page in pages for block in page.blocks]),
        **frame(here),
    )


def _modules(here: Here) -> Iterator[Pack]:
    for module in here.way.modules:
        if module.pages:
            yield Pack("modul", module.slug, f"Modul {module.number}: {module.title}", (module,))


def _days(here: Here) -> Iterator[Pack]:
    """The days whose slots name modules of the way, in their order."""
    known = {module.slug: module for module in here.way.modules if module.pages}
    zone = ZoneInfo(here.cohort.time_zone)
    for day_id, slots in groupby(cohorts.slots(here.cohort.id), lambda slot: slot.day_id):
        of_day = list(slots)
        slugs = dict.fromkeys(slug for slot in of_day for slug in slot.module_slugs if slug in known)
        if slugs:
            title = german.weekday(clock.local(of_day[0].starts_at, zone).date())
            yield Pack("tag", str(day_id), title, tuple(known[slug] for slug in slugs))


def _pages(here: Here, modules: Sequence[Module]) -> list[Page]:
    """Their stations on the way, cases where they are met."""
    chosen = {module.slug for module in modules}
    return [page for module, pages in stations.places(here.way) if module.slug in chosen for _, page in pages]


def _papers(here: Here, pages: Sequence[Page]) -> Iterator[Paper]:
    someone, learner = with_someone(here), notebook_of(replace(here, enrolment=None)).learner
    for page in pages:
        for block in page.blocks:
            html = render_block(block, someone, None, learner, paper=True)
            if _ROOM_TO_WRITE.search(str(html)):
                yield Paper(page, html, named=not kind_of(block).nameless)
