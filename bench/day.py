"""The workload "Ein Fortbildungstag" over HTTP: thirty people, their organiser, and what it cost the server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import installation, script, servers
from bench.afterwards import check
from bench.people import Organiser, Participant
from bench.plan import Plan
from bench.report import Section, percentile
from bench.servers import Server

PEOPLE = 30


@dataclass(slots=True)
class Clock:
    """CPU seconds of the server and time passed, by what was done."""

    server: Server
    cpu: dict[str, float] = field(default_factory=dict)
    wall: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        cpu, began = self.server.cpu_seconds, time.perf_counter()
        yield
        self.cpu[what] = self.cpu.get(what, 0) + self.server.cpu_seconds - cpu
        self.wall[what] = self.wall.get(what, 0) + time.perf_counter() - began


def measure(folder: Path, plan: Plan) -> list[Section]:
    return [_day(folder / f"day-{connections}", connections) for connections in plan.days]


def _day(data: Path, connections: int) -> Section:
    app = installation.create(data)
    group = installation.add_cohort(app, 0)
    installation.close(app)
    with servers.feldweg(data) as server, ThreadPoolExecutor(connections) as pool:
        clock, organiser = Clock(server), Organiser(server.port, group.id)
        people = [Participant(server.port, group, number) for number in range(PEOPLE)]

        def everyone(deed: Callable[[Participant], None]) -> None:
            list(pool.map(deed, people))

        _arrive(clock, organiser, everyone)
        parts = script.parts(installation.course()[1])
        for part in parts:
            with clock.of("day"):
                _part(organiser, pool, people, part, script.OVERVIEWS // len(parts))
        with clock.of("pages after handing in a quiz question"):
            everyone(Participant.see_results)
        _finish(clock, organiser, everyone)
        for person in [*people, organiser]:
            person.close()
    section = _report(clock, people, organiser, connections)
    check(section, data, group, people, organiser)
    return section


Everyone = Callable[[Callable[[Participant], None]], None]


def _arrive(clock: Clock, organiser: Organiser, everyone: Everyone) -> None:
    with clock.of("sign-in by password"):
        organiser.sign_in()
    with clock.of("joining"):
        everyone(Participant.join)


def _part(
    organiser: Organiser,
    pool: ThreadPoolExecutor,
    people: Sequence[Participant],
    part: script.Part,
    looks: int,
) -> None:
    """All open the pages of the part, then all save; the organiser looks on meanwhile."""
    watching = pool.submit(organiser.look, looks)
    list(pool.map(lambda person: person.read(part), people))
    list(pool.map(lambda person: person.write(part), people))
    watching.result()


def _finish(clock: Clock, organiser: Organiser, everyone: Everyone) -> None:
    with clock.of("register"):
        organiser.keep_register()
    with clock.of("issuing"):
        organiser.issue()
    with clock.of("downloads"):
        everyone(Participant.fetch_certificate)
        organiser.export()


def _report(clock: Clock, people: Sequence[Participant], organiser: Organiser, connections: int) -> Section:
    modules = len(installation.course()[1].modules)
    said = f"{connections} connection{'s' if connections > 1 else ''}"
    section = Section(f"A training day, {said} (course of {modules} modules)")
    parts = ("day", "register", "issuing", "downloads")
    section.row("CPU of the day without log-ins", sum(clock.cpu[part] for part in parts), "s", gate=10, aim=6)
    for part, seconds in clock.cpu.items():
        section.row(f"  {part}", seconds, "s", note=f"{clock.wall[part]:.1f} s passed")
    for kind in ("view", "save"):
        times = [ms for person in people for ms in person.times[kind]]
        section.row(f"{len(times):,} {kind}s: p50", percentile(times, 0.5), "ms")
        section.row(f"{len(times):,} {kind}s: p95", percentile(times, 0.95), "ms")
        section.row(f"{len(times):,} {kind}s: p99", percentile(times, 0.99), "ms")
    section.row("issuing thirty certificates, time passed", clock.wall["issuing"], "s", gate=0.5)
    section.count("answers that were not as expected", 0, sum(len(p.failures) for p in [*people, organiser]))
    for failure in [line for person in [*people, organiser] for line in person.failures][:5]:
        section.count(failure, 0, 1)
    return section
