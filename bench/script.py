"""Who does what on the training day of docs/performance.md: 38 page views and 120 saves a person, module by module.

The workload was written for eight modules; the course has three so far. Numbers of requests are the same: of
each module more pages are opened, and quiz questions are answered twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice

from app.course.model import Block, Course, Module

WARM_UPS, TEXTS, AUTOSAVES, QUIZ_ANSWERS, CASE_TEXTS = 8, 16, 4, 40, 2
MODULE_VIEWS, PLAN_VIEWS, CASE_VIEWS, COMPLETIONS = 24, 10, 3, 8
VIEWS = 1 + MODULE_VIEWS + PLAN_VIEWS + CASE_VIEWS
SAVES = WARM_UPS + TEXTS * AUTOSAVES + QUIZ_ANSWERS + CASE_TEXTS * AUTOSAVES
OVERVIEWS = 720  # the organiser looks every 30 s for six hours


View = tuple[str, str]  # name of the view, key of the station if it shows one


@dataclass(frozen=True, slots=True)
class Save:
    """The n-th form of this block."""

    block: Block
    revision: int


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the day: pages are opened, forms are saved, stations are confirmed."""

    views: tuple[View, ...]
    saves: tuple[Save, ...]
    confirmed: tuple[str, ...]


def parts(course: Course) -> list[Part]:
    """The same for everyone; modules one after the other, the case at the end of the last one."""
    saves = list(_saves(course))
    per_module = MODULE_VIEWS // len(course.modules)
    found = []
    for number, module in enumerate(course.modules):
        own = {block.id for page in module.pages for block in page.blocks}
        last = number == len(course.modules) - 1
        plans = [("modules.plan", "")] * _share(PLAN_VIEWS, len(course.modules), number)
        views = [*([("modules.way", "")] if number == 0 else []), *_pages(module, per_module), *plans]
        views += _cases(course) if last else []
        mine = [save for save in saves if save.block.id in own or (last and save.block.kind == "fall")]
        keys = [page.slug for page in module.pages][: _share(COMPLETIONS, len(course.modules), number)]
        found.append(Part(tuple(views), tuple(mine), tuple(f"{module.slug}/{key}" for key in keys)))
    return found


def _share(total: int, among: int, number: int) -> int:
    """The part of `total` that falls to this one, so that the sum is right."""
    return total // among + (number < total % among)


def _pages(module: Module, count: int) -> Iterator[View]:
    """The pages that have most to answer, in order."""
    chosen = sorted(module.pages, key=lambda page: -len(page.blocks))[:count]
    yield from (("modules.page", f"{module.slug}/{page.slug}") for page in module.pages if page in chosen)


def _cases(course: Course) -> list[View]:
    return [("modules.case", f"fall/{case.slug}") for case in islice(cycle(course.cases), CASE_VIEWS)]


def _saves(course: Course) -> Iterator[Save]:
    """Warm-ups once, texts and Lernstopps four times, quiz questions in turn, the case's texts."""
    warm_ups = _of(course, _is_warm_up)[:WARM_UPS]
    stops = _of(course, lambda block: block.kind == "lernstopp")
    texts = _of(course, lambda block: block.kind == "freitext" and block not in warm_ups)
    quiz = _of(course, lambda block: block.kind in ("frage", "zuordnung"))
    yield from (Save(block, 1) for block in warm_ups)
    for block in [*stops, *texts][:TEXTS]:
        yield from (Save(block, revision) for revision in range(1, AUTOSAVES + 1))
    yield from (Save(quiz[n % len(quiz)], n // len(quiz) + 1) for n in range(QUIZ_ANSWERS))
    case = _of(course, lambda block: block.kind == "fall")[0]
    yield from (Save(case, revision) for revision in range(1, CASE_TEXTS * AUTOSAVES + 1))


def _is_warm_up(block: Block) -> bool:
    return block.kind in ("wuensche", "schlagworte", "lernfragen") or (
        block.kind == "freitext" and block.id.startswith("w")
    )


def _of(course: Course, wanted: Callable[[Block], bool]) -> list[Block]:
    return [block for block in course.blocks if wanted(block)]
