"""A cohort's own way through a course: which modules in which order, all pages or the core, which cases. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.course.model import Case, Course, Module, PageKind


@dataclass(frozen=True, slots=True)
class Way:
    """What was chosen. `modules` (slugs in their order) and `cases`: None stands for all, also those of later editions.

    `counting`: ids of the Lernstopps on the way when the cohort began; before that None, then all of them count.
    """

    core: bool = False
    modules: tuple[str, ...] | None = None
    cases: tuple[str, ...] | None = None
    counting: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """How long a way is. Pages only, unless said: a case is worked on within the time of an exercise."""

    stations: int
    readings: int
    reading_minutes: int
    minutes: int
    cases: int
    case_minutes: int


WHOLE = Way()


def read(text: str) -> Way:
    """The way that `write` wrote; the whole course where nothing (or nothing readable) is written."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        found = {}
    if not isinstance(found, dict):
        return WHOLE
    return Way(
        core=found.get("core") is True,
        modules=_names(found, "modules"),
        cases=_names(found, "cases"),
        counting=_names(found, "counting"),
    )


def _names(found: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
    names = found.get(key)
    return tuple(str(name) for name in names) if isinstance(names, list) else None


def write(way: Way) -> str:
    """A short text to be kept; "" for the whole course."""
    chosen: dict[str, Any] = {"core": True} if way.core else {}
    for key, names in (("modules", way.modules), ("cases", way.cases), ("counting", way.counting)):
        if names is not None:
            chosen[key] = list(names)
    return json.dumps(chosen, separators=(",", ":")) if chosen else ""


def plain(course: Course, way: Way) -> Way:
    """The same choice said as shortly as possible: only what this course has, None where it is all of it."""
    modules = tuple(slug for slug in way.modules or () if course.find_module(slug))
    cases = tuple(case.slug for case in course.cases if case.slug in (way.cases or ()))
    return replace(
        way,
        modules=None if modules in ((), tuple(module.slug for module in course.modules)) else modules,
        cases=None if way.cases is None or len(cases) == len(course.cases) else cases,
    )


def tailored(course: Course, way: Way) -> Course:
    """The course as this way goes: modules keep their number and title, pages and cases are the chosen ones.

    A case is on the way where one of its modules is. If nothing of the way is left in this course, all of it is.
    """
    way = plain(course, way)
    if not way.core and way.modules is None and way.cases is None:
        return course
    modules = tuple(module for module in _modules(course, way) if module.pages)
    if not modules:
        return course
    return replace(
        course,
        modules=modules,
        cases=tuple(case for case in course.cases if _offered(case, way, modules)),
        contents=_contents(course, modules),
    )


def _modules(course: Course, way: Way) -> list[Module]:
    slugs = way.modules or [module.slug for module in course.modules]
    chosen = [module for module in map(course.find_module, slugs) if module]
    return [_core_of(module) for module in chosen] if way.core else chosen


def _core_of(module: Module) -> Module:
    pages = tuple(page for page in module.pages if page.core)
    return replace(module, pages=pages, minutes=sum(page.minutes for page in pages))


def _offered(case: Case, way: Way, modules: tuple[Module, ...]) -> bool:
    chosen = way.cases is None or case.slug in way.cases
    return chosen and any(module.slug in case.modules for module in modules)


def _contents(course: Course, modules: tuple[Module, ...]) -> tuple[str, ...]:
    """What a certificate says was covered: the author's lines speak of all pages, so a shorter way names its modules."""
    complete = sum(len(module.pages) for module in modules) == len(list(course.stations()))
    return course.contents if complete or not course.contents else tuple(m.title for m in modules)


def has_core(course: Course) -> bool:
    """Whether some pages, but not all, are the core."""
    core = {page.core for _, page in course.stations()}
    return core == {True, False}


def stops(course: Course) -> tuple[tuple[Module, str], ...]:
    """The Lernstopps along the way: module and id of the block."""
    return tuple(
        (module, block.id)
        for module, page in course.stations()
        for block in page.blocks
        if block.kind == "lernstopp"
    )


def extent(course: Course) -> Extent:
    """How long this (tailored) course is."""
    pages = [page for _, page in course.stations()]
    readings = [page.minutes for page in pages if page.kind is PageKind.PAGE]
    return Extent(
        stations=len(pages),
        readings=len(readings),
        reading_minutes=sum(readings),
        minutes=sum(page.minutes for page in pages),
        cases=len(course.cases),
        case_minutes=sum(case.minutes for case in course.cases),
    )
