"""The way as a list of stations, and where on it a person goes on. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from app.course.model import Case, Course, Module, Page, PageKind

# Titles that do not say it themselves are announced as what they are.
_ANNOUNCED = {PageKind.REFLECTION: "Lernstopp", PageKind.CASE: "Fallwerkstatt"}


@dataclass(frozen=True, slots=True)
class Station:
    """A stop on the way, as the layouts draw it. `key` names it in the facts: "module/page" or "fall/slug".

    `walked`: the person has been here; `done` is what the sign says and asks more of a Lernstopp.
    """

    key: str
    kind: str
    title: str
    href: str
    minutes: int
    done: bool
    walked: bool
    current: bool
    module_title: str


@dataclass(frozen=True, slots=True)
class Leg:
    """The stations of one module; without headings of their own, because the leg has one."""

    title: str
    stations: tuple[Station, ...]
    open: bool

    @property
    def done(self) -> int:
        return sum(station.done for station in self.stations)


@dataclass(frozen=True, slots=True)
class Walked:
    """What is known of a person's way: pages they went on from, blocks that count as done."""

    pages: Collection[str] = field(default_factory=frozenset)
    blocks: Collection[str] = field(default_factory=frozenset)


# (key) -> address
Address = Callable[[str], str]
Places = list[tuple[str, Page]]


def places(course: Course) -> Iterator[tuple[Module, Places]]:
    """Module by module what stands on the way, with its keys; a case in the first module that offers it."""
    offered: set[str] = set()
    for module in course.modules:
        cases = [case for case in course.cases if module.slug in case.modules and case.slug not in offered]
        offered |= {case.slug for case in cases}
        pages: Places = [(f"{module.slug}/{page.slug}", page) for page in module.pages]
        at = _before_last_stop(module)
        pages[at:at] = [(f"fall/{case.slug}", case) for case in cases]
        yield module, pages


def _before_last_stop(module: Module) -> int:
    """Where a case belongs: before the module's last Lernstopp, so that the module still ends with it."""
    ends_with_stop = bool(module.pages) and module.pages[-1].kind is PageKind.REFLECTION
    return len(module.pages) - 1 if ends_with_stop else len(module.pages)


def find(course: Course, key: str) -> Page | None:
    """What stands on the way under this key."""
    return next((page for _, pages in places(course) for known, page in pages if known == key), None)


def of_block(course: Course, block_id: str) -> tuple[str, Page] | None:
    """The key and page of the station where this block is met."""
    everywhere = (place for _, pages in places(course) for place in pages)
    return next((place for place in everywhere if any(b.id == block_id for b in place[1].blocks)), None)


def way(course: Course, walked: Walked, address: Address, current: str = "") -> list[Station]:
    """Every station in order."""
    return [
        _station(key, page, f"{module.number} · {module.title}", walked, address, current)
        for module, pages in places(course)
        for key, page in pages
    ]


def beside(
    course: Course, tailored: Course, walked: Walked, address: Address, current: str = ""
) -> list[Station]:
    """Every station of the course that the tailored one leaves out: open for self-study."""
    on_the_way = {key for _, pages in places(tailored) for key, _ in pages}
    every = [] if tailored is course else way(course, walked, address, current)
    return [station for station in every if station.key not in on_the_way]


def _station(key: str, page: Page, heading: str, walked: Walked, address: Address, current: str) -> Station:
    stops = [block.id for block in page.blocks if block.kind == "lernstopp" and not isinstance(page, Case)]
    been = key in walked.pages
    done = all(block_id in walked.blocks for block_id in stops) if stops else been
    return Station(
        key=key,
        kind=page.kind.value,
        title=title_of(page),
        href=address(key),
        minutes=page.minutes,
        done=done,
        walked=been or done,
        current=key == current,
        module_title=heading,
    )


def title_of(page: Page) -> str:
    """The page's title, with what kind of station it is unless it begins with that word."""
    word = _ANNOUNCED.get(page.kind, "")
    return page.title if page.title.casefold().startswith(word.casefold()) else f"{word}: {page.title}"


def resume(stations: Sequence[Station]) -> Station | None:
    """Where to go on: the first open station after the last one that is walked; None at the end of the way."""
    walked = [number for number, station in enumerate(stations) if station.walked]
    after = stations[walked[-1] + 1 :] if walked else stations
    return next((s for s in (*after, *stations) if not s.walked), None)


def legs(stations: Sequence[Station], go_on: Station | None) -> list[Leg]:
    """The way by modules; only the one where the person goes on lies open (at the end of the way all do)."""
    return [
        Leg(
            title,
            tuple(replace(station, module_title="") for station in leg),
            go_on is None or go_on.module_title == title,
        )
        for title, leg in groupby(stations, lambda station: station.module_title)
    ]


def neighbours(stations: Sequence[Station], key: str) -> tuple[Station | None, Station | None]:
    """The stations before and after this one."""
    place = [station.key for station in stations].index(key)
    before = stations[place - 1] if place else None
    after = stations[place + 1] if place + 1 < len(stations) else None
    return before, after
