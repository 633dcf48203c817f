"""From starting the process to the first page, and the memory it takes, idle and after many requests."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from bench import installation, places, servers
from bench.browser import Browser
from bench.installation import Group
from bench.load import Job, Sender, send
from bench.plan import Plan
from bench.report import Section
from bench.throughput import PAGE

_CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Started:
    """From starting the process to its first page, in seconds."""

    passed: float
    cpu: float


def measure(folder: Path, plan: Plan) -> Section:
    data = folder / "start"
    app = installation.create(data)
    group = installation.add_cohort(app, 30, halfway=_CONNECTIONS)
    installation.close(app)
    section = Section("Start and memory (whole installation: one process)")
    cookie = _cookie(data, group)
    bare, feldweg = [], []
    for _ in range(plan.starts):
        bare.append(_bare_start(folder))
        feldweg.append(_start(data, group, cookie))
    section.row("bare Flask + SQLAlchemy, start to first page", [one.passed for one in bare], "s")
    section.row("Feldweg, start to first module page", [one.passed for one in feldweg], "s", gate=2, aim=1.2)
    section.row("bare Flask + SQLAlchemy, CPU until then", [one.cpu for one in bare], "s")
    section.row("Feldweg, CPU until then", [one.cpu for one in feldweg], "s")
    ratios = [mine.cpu / base.cpu for base, mine in zip(bare, feldweg, strict=True)]
    section.row("Feldweg ÷ bare Flask + SQLAlchemy, CPU", ratios, "×", gate=2)
    _memory(section, folder, data, group, plan)
    return section


def _cookie(data: Path, group: Group) -> str:
    with servers.feldweg(data) as server:
        browser = Browser(server.port)
        browser.enter(group.members[0].secret)
        browser.close()
    return browser.cookie


def _bare_start(folder: Path) -> Started:
    with servers.baseline("page", folder) as server:
        return _first(server, "/", "")


def _start(data: Path, group: Group, cookie: str) -> Started:
    with servers.feldweg(data) as server:
        return _first(server, places.page(group.id, PAGE), cookie)


def _first(server: servers.Server, path: str, cookie: str) -> Started:
    browser = Browser(server.port)
    browser.get(path, **({"Cookie": cookie} if cookie else {}))
    started = Started(time.perf_counter() - server.began, server.cpu_seconds)
    browser.close()
    if browser.failures:
        raise RuntimeError(browser.failures[0])
    return started


def _memory(section: Section, folder: Path, data: Path, group: Group, plan: Plan) -> None:
    with servers.baseline("hello", folder) as server:
        _first(server, "/", "")
        section.row("bare Flask, idle (PSS)", server.pss_mib, "MiB")
    with servers.feldweg(data) as server:
        browsers = [Browser(server.port) for _ in range(_CONNECTIONS)]
        path = places.page(group.id, PAGE)
        for browser, member in zip(browsers, group.members, strict=False):
            browser.enter(member.secret)
        browsers[0].get(path)
        idle = server.pss_mib
        senders = [Sender(path, browser.cookie) for browser in browsers]
        outcome = send(Job(server.port, senders, seconds=300, most=plan.many // _CONNECTIONS))
        busy = server.pss_mib
        for browser in browsers:
            browser.close()
    done = len(outcome.milliseconds)
    section.row("Feldweg, idle after the first page (PSS)", idle, "MiB", gate=110, aim=80)
    section.row(f"after {done:,} page views", busy, "MiB")
    section.row(f"growth over {done:,} page views", 100 * (busy - idle) / idle, "%", gate=15, aim=5)
    section.count("page views that failed while memory was watched", 0, outcome.failures)
