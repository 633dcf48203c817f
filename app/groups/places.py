"""The stations of a course where small groups can work. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.course.model import Block, Course, Page
from app.groups.service import Group, gathers


@dataclass(frozen=True, slots=True)
class Place:
    """A station where small groups can work, with its groups; `on_way`: the cohort goes past it."""

    key: str
    page: Page
    on_way: bool
    groups: tuple[Group, ...] = ()

    @property
    def wrote(self) -> bool:
        return any(group.wrote for group in self.groups)


def gathering(course: Course, way: Course, groups: Sequence[Group] = ()) -> list[Place]:
    """All stations of the course with a block for small groups, in its order, cases last; `way`: what is gone of it."""
    walked = {key for key, _ in _stations(way)}
    return [
        Place(key, page, key in walked, tuple(group for group in groups if group.station == key))
        for key, page in _stations(course)
        if any(map(gathers, page.blocks))
    ]


def of_block(places: Sequence[Place], block: Block) -> Place | None:
    """Where this block stands, if small groups work there."""
    return next((place for place in places if any(b.id == block.id for b in place.page.blocks)), None)


def _stations(course: Course) -> list[tuple[str, Page]]:
    pages: list[tuple[str, Page]] = [
        (f"{module.slug}/{page.slug}", page) for module, page in course.stations()
    ]
    return [*pages, *((f"fall/{case.slug}", case) for case in course.cases)]
