"""What a page weighs for somebody who opens it for the first time, and again."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

from bench import installation, places, servers
from bench.browser import Browser, Reply
from bench.plan import Plan
from bench.report import Section
from bench.throughput import PAGE

# Stylesheets, scripts, pictures; and the modules that feldweg.js loads when there is something to answer.
_PARTS = re.compile(
    r'<link rel="stylesheet" href="([^"]+)"|<(?:script|img)\b[^>]* src="([^"]+)"|data-(?:answers|drafts)="([^"]+)"'
)


def measure(folder: Path, _plan: Plan) -> Section:
    data = folder / "weight"
    app = installation.create(data)
    group = installation.add_cohort(app, 5)
    installation.close(app)
    with servers.feldweg(data) as server:
        browser = Browser(server.port)
        browser.enter(group.members[0].secret)
        path = places.page(group.id, PAGE)
        page = browser.get(path, **{"Accept-Encoding": "gzip"})
        addresses = [next(filter(None, found)) for found in _PARTS.findall(page.text)]
        own = [address for address in addresses if not urlsplit(address).netloc]
        parts = {address: browser.get(address, **{"Accept-Encoding": "gzip"}) for address in own}
        warm = browser.get(
            path, 200, 304, **{"Accept-Encoding": "gzip", "If-None-Match": page.headers.get("etag", '"-"')}
        )
        browser.close()
    section = Section("Weight of a module page with a field to answer")
    _report(section, page, parts, warm)
    section.row("third-party requests", len(addresses) - len(own), "", gate=0, aim=0)
    section.count("parts that could not be fetched", 0, len(browser.failures))
    return section


def _report(section: Section, page: Reply, parts: dict[str, Reply], warm: Reply) -> None:
    replies = [page, *parts.values()]
    scripts = [reply for address, reply in parts.items() if urlsplit(address).path.endswith(".js")]
    section.row("cold, as served", _kb(replies), "kB", gate=60, aim=30)
    section.row("cold, if everything were served with gzip", sum(map(_zipped, replies)) / 1000, "kB")
    section.row("requests, cold", len(replies), "", gate=6, aim=4)
    section.row("HTML alone", _kb([page]), "kB", note=f"gzip {_zipped(page) / 1000:.1f} kB")
    styles = [reply for reply in parts.values() if reply not in scripts]
    section.row("CSS", _kb(styles), "kB", note=f"gzip {sum(map(_zipped, styles)) / 1000:.1f} kB")
    section.row("JavaScript, with gzip", sum(map(_zipped, scripts)) / 1000, "kB", gate=15, aim=6)
    kept = sum("immutable" in reply.headers.get("cache-control", "") for reply in parts.values())
    section.row("requests, warm", 1 + len(parts) - kept, "", gate=1, aim=1)
    section.row("warm, as served", _kb([warm]), "kB", gate=10, note=f"status {warm.status}")


def _kb(replies: list[Reply]) -> float:
    return sum(reply.weight for reply in replies) / 1000


def _zipped(reply: Reply) -> int:
    """With headers, as it would weigh with gzip."""
    if reply.headers.get("content-encoding") == "gzip":
        return reply.weight
    return reply.weight - len(reply.body) + len(gzip.compress(reply.body, 6))
