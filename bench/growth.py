"""What a page view and a save cost one person while the installation around them grows."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from app.database import copy_sqlite
from bench import installation, places
from bench.installation import Group
from bench.plan import Plan
from bench.report import Section
from bench.statements import Visitor, visitor, watched
from bench.throughput import PAGE

_COHORT = 30


@dataclass(frozen=True, slots=True)
class Installed:
    """An installation with so many people, and its first participant."""

    people: int
    folder: Path
    group: Group
    someone: Visitor


def measure(folder: Path, plan: Plan) -> Section:
    """Cohorts of thirty are added until the installation has so many people."""
    times: dict[tuple[str, int], list[float]] = defaultdict(list)
    with ExitStack() as stack:
        installed = _grow(stack, folder, plan.crowds)
        for number in range(plan.rounds):
            for one in installed[::-1] if number % 2 else installed:
                _round(one, plan.views, times)
    section = Section(f"Growth: the same person while the installation grows (cohorts of {_COHORT})")
    small = plan.crowds[0]
    for name in ("page view", "save"):
        section.row(f"{name}, CPU at {small} people", times[name, small], "ms")
        for size in plan.crowds[1:]:
            pairs = zip(times[name, small], times[name, size], strict=True)
            ratios = [big / base for base, big in pairs]
            section.row(f"{name}, CPU at {size:,} ÷ at {small}", ratios, "×", gate=1.15)
    return section


def _grow(stack: ExitStack, folder: Path, sizes: tuple[int, ...]) -> list[Installed]:
    installed: list[Installed] = []
    for size, data, app, group in growing(folder / "growth", sizes, _COHORT):
        seen = stack.enter_context(watched(app))
        installed.append(Installed(size, data, group, visitor(app, group.members[0].user_id, seen)))
        stack.callback(installation.close, app)
    return installed


def growing(
    folder: Path, sizes: tuple[int, ...], cohort: int, **how: Any
) -> Iterator[tuple[int, Path, Flask, Group]]:
    """(people, its folder, its app, the first cohort) of installations; each is a copy of the one before, with more."""
    before, group, people = None, None, 0
    for size in sizes:
        data = folder / f"people-{size}"
        if before is None:
            app = installation.create(data)
        else:
            copy_sqlite(before / "feldweg.db", data / "feldweg.db")
            _copy_keys(before, data)
            app = installation.attach(data)
        for first in range(people, size, cohort):
            made = installation.add_cohort(app, cohort, first=first, **how)
            group = group or made
        if group is None:
            raise LookupError("no cohort")
        before, people = data, size
        yield size, data, app, group


def _copy_keys(source: Path, target: Path) -> None:
    for key in (source / "keys").iterdir():
        copy = target / "keys" / key.name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(key.read_bytes())


def _round(one: Installed, views: int, times: dict[tuple[str, int], list[float]]) -> None:
    path = places.page(one.group.id, PAGE)
    one.someone.get(path)
    times["page view", one.people].append(_mean(lambda: one.someone.get(path), views))
    one.someone.save(one.group.id)
    times["save", one.people].append(_mean(lambda: one.someone.save(one.group.id), views // 2))


def _mean(ask: Callable[[], int], often: int) -> float:
    """CPU milliseconds of one."""
    began = time.process_time()
    for _ in range(often):
        ask()
    return (time.process_time() - began) * 1000 / often
