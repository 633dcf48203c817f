"""What changes for learners when one course takes the place of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from app.course.model import Block, Course, Page, Prose


@dataclass(frozen=True, slots=True)
class Difference:
    """Names in the order of the new course (removed: of the old). What moved may be changed as well."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.moved)


@dataclass(frozen=True, slots=True)
class KindChange:
    """A block that became another kind under the same id, so its old answers would fit no more."""

    id: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Pages are named "module/page", cases "cases/slug", blocks by their id."""

    pages: Difference
    blocks: Difference
    kind_changes: tuple[KindChange, ...]

    def __bool__(self) -> bool:
        return bool(self.pages or self.blocks or self.kind_changes)


def compare(old: Course, new: Course) -> Changes:
    """What was added, changed, removed and moved on the way from `old` to `new`."""
    old_blocks, new_blocks = _blocks(old), _blocks(new)
    kinds = tuple(
        KindChange(name, old_blocks[name].kind, block.kind)
        for name, block in new_blocks.items()
        if name in old_blocks and old_blocks[name].kind != block.kind
    )
    return Changes(
        pages=_pages_difference(_pages(old), _pages(new)),
        blocks=_blocks_difference(old_blocks, new_blocks, _places(old), _places(new)),
        kind_changes=kinds,
    )


def _pages(course: Course) -> dict[str, Page]:
    stations = {f"{module.slug}/{page.slug}": page for module, page in course.stations()}
    return stations | {f"cases/{case.slug}": case for case in course.cases}


def _blocks(course: Course) -> dict[str, Block]:
    """Blocks without their line, which says nothing about what learners see."""
    return {block.id: replace(block, line=0) for block in course.blocks}


def _places(course: Course) -> dict[str, str]:
    return {block.id: name for name, page in _pages(course).items() for block in page.blocks}


def _text_of(page: Page) -> Page:
    """A page with nothing but what its own text decides: blocks are compared on their own."""
    parts = tuple(part for part in page.parts if isinstance(part, Prose))
    return replace(page, parts=parts, path="")


def _pages_difference(old: Mapping[str, Page], new: Mapping[str, Page]) -> Difference:
    both = [name for name in new if name in old]
    changed = tuple(name for name in both if _text_of(old[name]) != _text_of(new[name]))
    return _difference(old, new, changed, _out_of_order([name for name in old if name in new], both))


def _blocks_difference(
    old: Mapping[str, Block],
    new: Mapping[str, Block],
    old_places: Mapping[str, str],
    new_places: Mapping[str, str],
) -> Difference:
    both = [name for name in new if name in old]
    changed = tuple(name for name in both if old[name] != new[name])
    stayed = [name for name in both if old_places[name] == new_places[name]]
    shuffled = {
        name
        for place in {new_places[name] for name in stayed}
        for name in _out_of_order(
            [name for name in old if name in stayed and old_places[name] == place],
            [name for name in stayed if new_places[name] == place],
        )
    }
    moved = tuple(name for name in both if name not in stayed or name in shuffled)
    return _difference(old, new, changed, moved)


def _difference(
    old: Mapping[str, object], new: Mapping[str, object], changed: tuple[str, ...], moved: tuple[str, ...]
) -> Difference:
    return Difference(
        added=tuple(name for name in new if name not in old),
        changed=changed,
        removed=tuple(name for name in old if name not in new),
        moved=moved,
    )


def _out_of_order(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """The names that have to be taken elsewhere to turn the order `old` into `new`; as few as possible."""
    matches = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {name for match in matches for name in new[match.b : match.b + match.size]}
    return tuple(name for name in new if name not in kept)
