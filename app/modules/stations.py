"""The way as a list of stations, and where on it a person goes on. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from app.course.model import Case, Course, Module, Page, PageKind


@dataclass(frozen=True, slots=True)
class Station:
    """A stop on the way, as the layouts draw it. `key` names it in the facts: "module/page" or "fall/slug"."""

    key: str
    kind: str
    title: str
    href: str
    minutes: int
    done: bool
    current: bool
    module_title: str


# (key) -> address
Address = Callable[[str], str]


def key_of(module: Module, page: Page) -> str:
    return f"{module.slug}/{page.slug}"


def key_of_case(case: Case) -> str:
    return f"fall/{case.slug}"


def way(course: Course, read: Collection[str], address: Address, current: str = "") -> list[Station]:
    """Every station in order; a case stands at the end of the first module that offers it."""
    offered: set[str] = set()
    stations: list[Station] = []
    for module in course.modules:
        heading = f"{module.number} · {module.title}"
        pages: list[tuple[str, Page]] = [(key_of(module, page), page) for page in module.pages]
        cases = [case for case in course.cases if module.slug in case.modules and case.slug not in offered]
        offered |= {case.slug for case in cases}
        pages[_before_last_stop(module) :] = [
            *((key_of_case(case), case) for case in cases),
            *pages[_before_last_stop(module) :],
        ]
        stations += [_station(key, page, heading, read, address, current) for key, page in pages]
    return stations


def _before_last_stop(module: Module) -> int:
    """Where a case belongs: before the module's last Lernstopp, so that the module still ends with it."""
    last = module.pages[-1] if module.pages else None
    ends_with_stop = last is not None and last.kind is PageKind.REFLECTION
    return len(module.pages) - 1 if ends_with_stop else len(module.pages)


def _station(
    key: str, page: Page, heading: str, read: Collection[str], address: Address, current: str
) -> Station:
    title = f"Lernstopp: {page.title}" if page.kind is PageKind.REFLECTION else page.title
    if isinstance(page, Case):
        title = f"Fallwerkstatt: {page.title}"
    return Station(
        key=key,
        kind=page.kind.value,
        title=title,
        href=address(key),
        minutes=page.minutes,
        done=key in read,
        current=key == current,
        module_title=heading,
    )


def resume(stations: list[Station]) -> Station | None:
    """Where to go on: the first open station after the last one that is done; None at the end of the way."""
    done = [number for number, station in enumerate(stations) if station.done]
    after = stations[done[-1] + 1 :] if done else stations
    return next((station for station in after if not station.done), None) or next(
        (station for station in stations if not station.done), None
    )


def neighbours(stations: list[Station], key: str) -> tuple[Station | None, Station | None]:
    """The stations before and after this one."""
    keys = [station.key for station in stations]
    place = keys.index(key)
    before = stations[place - 1] if place else None
    after = stations[place + 1] if place + 1 < len(stations) else None
    return before, after
