"""Thirty people save at the same instant, again and again; some of them twice, as after a lost reply."""

from __future__ import annotations

from pathlib import Path

from bench import checking, installation, places, servers
from bench.browser import Browser
from bench.load import Job, Sender, send
from bench.plan import Plan
from bench.report import Section
from bench.throughput import BLOCK, PAGE, save_body, save_form

PEOPLE = 30
_TWICE = 5  # every fifth person


def measure(folder: Path, plan: Plan) -> Section:
    data = folder / "together"
    app = installation.create(data)
    group = installation.add_cohort(app, PEOPLE)
    installation.close(app)
    with servers.feldweg(data) as server:
        senders = []
        for place, member in enumerate(group.members):
            browser = Browser(server.port)
            browser.enter(member.secret)
            browser.get(places.page(group.id, PAGE))
            browser.close()
            path = places.answer(group.id, BLOCK)
            body = save_body(place, browser.token)
            senders.append(Sender(path, browser.cookie, body, twice=place % _TWICE == 0))
        outcome = send(Job(server.port, senders, most=plan.storms, together=True))
    section = Section(f"{PEOPLE} people saving at the same instant, {plan.storms} times")
    section.row("p50", outcome.percentile(0.5), "ms")
    section.row("p99", outcome.percentile(0.99), "ms", gate=100)
    section.row("slowest", max(outcome.milliseconds), "ms")
    section.row("until all thirty are answered", outcome.wall * 1000 / plan.storms, "ms")
    section.count("saves that failed", 0, outcome.failures)
    wanted = {
        member.enrolment_id: (plan.storms, save_form(place, str(plan.storms - 1)))
        for place, member in enumerate(group.members)
    }
    checking.block(section, data, BLOCK, wanted)
    return section
