"""Module page and durable save as a share of a bare Flask on the same server, measured in alternation."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench import checking, installation, places, raw, servers, writing
from bench.browser import Browser
from bench.installation import Group
from bench.load import Job, Outcome, Sender, send
from bench.plan import Plan
from bench.report import Section
from bench.servers import Server

CONNECTIONS = (1, 16)
PAGE = "herkunft-und-prinzipien/fuenf-prinzipien"  # 20 kB, a text and a field, in the middle of the course
BLOCK = "a3-5"  # a field nobody of the installation has written into yet
PAGE_NAME, SAVE, HELLO, TEMPLATE = "page", "save", "hello", "template"


@dataclass(slots=True)
class Samples:
    """Everything measured of one target at one number of connections, by round."""

    cpu: list[float] = field(default_factory=list)  # ms a request
    rate: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p95: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    failures: int = 0

    def add(self, outcome: Outcome, cpu: float) -> None:
        requests = len(outcome.milliseconds)
        self.cpu.append(cpu * 1000 / max(requests, 1))
        self.rate.append(outcome.rate)
        for share, values in ((0.5, self.p50), (0.95, self.p95), (0.99, self.p99)):
            values.append(outcome.percentile(share))
        self.failures += outcome.failures


Key = tuple[str, int]


@dataclass(slots=True)
class Bench:
    """The servers, the participants' browsers, and what was sent so far."""

    servers: dict[str, Server]
    group: Group
    browsers: list[Browser]
    sent: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def senders(self, target: str, count: int) -> list[Sender]:
        if target in (HELLO, TEMPLATE):
            return [Sender("/") for _ in range(count)]
        return [self._sender(target, place) for place in range(count)]

    def _sender(self, target: str, place: int) -> Sender:
        cookie, cohort_id = self.browsers[place].cookie, self.group.id
        if target == PAGE_NAME:
            return Sender(places.page(cohort_id, PAGE), cookie)
        body = save_body(place, self.browsers[place].token)
        return Sender(places.answer(cohort_id, BLOCK), cookie, body, first=self.sent[place])

    def note(self, outcome: Outcome) -> None:
        for place, done in enumerate(outcome.done):
            self.sent[place] += done


def save_form(place: int, number: str) -> writing.Fields:
    """What this person writes into BLOCK for the n-th time."""
    block = installation.course()[1].find_block(BLOCK)
    if block is None:
        raise LookupError(BLOCK)
    form = writing.fields(block[1], f"P{place}", 2)
    return [(name, f"{value} Nr. {number}") for name, value in form]


def save_body(place: int, token: str) -> str:
    """The form, url-encoded, with @N@ where the number of the save goes."""
    technical = [
        ("version", "@N@"),
        ("client_id", "bench-@N@-00000"),
        ("autosave", "1"),
        ("csrf_token", token),
    ]
    return urlencode([*save_form(place, "@N@"), *technical], safe="@")


def measure(folder: Path, plan: Plan) -> Section:
    """All rounds."""
    data = folder / "throughput"
    app = installation.create(data)
    group = installation.add_cohort(app, 30, halfway=max(CONNECTIONS))
    installation.close(app)
    samples: dict[Key, Samples] = defaultdict(Samples)
    commits: list[float] = []
    with ExitStack() as stack:
        bench = _start(stack, folder, data, group)
        for number in range(plan.rounds):
            _round(bench, plan, samples, backwards=bool(number % 2))
            commits.append(raw.commits(folder, plan.seconds / 2))
        for browser in bench.browsers:
            browser.close()
    section = Section("Module page and durable save, of a bare Flask on the same server")
    _report(section, samples, commits)
    section.count("requests that failed", 0, sum(sample.failures for sample in samples.values()))
    _check(section, data, bench)
    return section


def _start(stack: ExitStack, folder: Path, data: Path, group: Group) -> Bench:
    feldweg = stack.enter_context(servers.feldweg(data))
    hello = stack.enter_context(servers.baseline("hello", folder))
    template = stack.enter_context(servers.baseline("page", folder))
    browsers = []
    for member in group.members[: max(CONNECTIONS)]:
        browser = Browser(feldweg.port)
        browser.enter(member.secret)
        browser.get(places.page(group.id, PAGE))
        browsers.append(browser)
    running = {HELLO: hello, TEMPLATE: template, PAGE_NAME: feldweg, SAVE: feldweg}
    return Bench(running, group, browsers)


def _round(bench: Bench, plan: Plan, samples: dict[Key, Samples], *, backwards: bool) -> None:
    """Every target at every number of connections once."""
    keys = [(target, count) for count in CONNECTIONS for target in bench.servers]
    for target, count in keys[::-1] if backwards else keys:
        server = bench.servers[target]
        before = server.cpu_seconds
        outcome = send(Job(server.port, bench.senders(target, count), seconds=plan.seconds))
        samples[target, count].add(outcome, server.cpu_seconds - before)
        if target == SAVE:
            bench.note(outcome)


def _report(section: Section, samples: dict[Key, Samples], commits: list[float]) -> None:
    hello = samples[HELLO, 16]
    section.row("raw sqlite3 commits, synchronous FULL", commits, "/s")
    for target, name in (
        (HELLO, "bare Flask hello"),
        (TEMPLATE, "session + 1 query + 20 kB template"),
        (PAGE_NAME, "module page"),
        (SAVE, "durable save"),
    ):
        section.row(f"{name}, CPU a request, 16 connections", samples[target, 16].cpu, "ms")
        section.row(f"{name}, throughput, 16 connections", samples[target, 16].rate, "/s")
    for target, name, gate, aim in (
        (TEMPLATE, "session + 1 query + 20 kB template", None, None),
        (PAGE_NAME, "module page", 20, 33),
        (SAVE, "durable save", 15, 27),
    ):
        pairs = list(zip(hello.cpu, samples[target, 16].cpu, strict=True))
        shares = [100 * base / mine for base, mine in pairs]
        section.row(f"{name}: CPU, share of hello", shares, "%", gate=gate, aim=aim, at_least=True)
        shares = [100 * m / b for b, m in zip(hello.rate, samples[target, 16].rate, strict=True)]
        section.row(f"{name}: throughput, share of hello", shares, "%")
    pairs = zip(samples[TEMPLATE, 16].cpu, samples[PAGE_NAME, 16].cpu, strict=True)
    shares = [100 * base / mine for base, mine in pairs]
    section.row("module page: CPU, share of session + 1 query + template", shares, "%")
    rates = [100 * mine / base for base, mine in zip(commits, samples[SAVE, 16].rate, strict=True)]
    uneven = max(commits) > 3 * min(commits)
    said = "others use the disk: not to be trusted" if uneven else ""
    section.row("saves, share of raw commits", rates, "%", gate=8, aim=13, at_least=True, note=said)
    _latencies(section, samples)


def _latencies(section: Section, samples: dict[Key, Samples]) -> None:
    for target, name, gate, aim in ((PAGE_NAME, "module page", 100, 60), (SAVE, "durable save", 80, 45)):
        for count in CONNECTIONS:
            sample, many = samples[target, count], count > 1
            where = f"{name}, {count} connection{'s' if many else ''}"
            one = {} if many or target == SAVE else {"gate": 4, "aim": 2}
            section.row(f"{where}: p50", sample.p50, "ms")
            section.row(f"{where}: p95", sample.p95, "ms", **one)
            section.row(f"{where}: p99", sample.p99, "ms", **({"gate": gate, "aim": aim} if many else {}))


def _check(section: Section, data: Path, bench: Bench) -> None:
    wanted = {
        bench.group.members[place].enrolment_id: (done, save_form(place, str(done - 1)))
        for place, done in bench.sent.items()
    }
    checking.block(section, data, BLOCK, wanted)
    section.count("people who saved", max(CONNECTIONS), len(wanted))
