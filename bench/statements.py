"""SQL statements of each page in cohorts of 5, 30 and 300 people, and what a page view costs as all of it grows."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.accounts import service as accounts
from app.extensions import db
from bench import installation, places
from bench.installation import EMAIL, Group
from bench.plan import Plan
from bench.report import Section
from bench.throughput import BLOCK, PAGE, save_form

SIZES = (5, 30, 300)
_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
_STOP = "sozialraum-verstehen/lernstopp-1"
_NOT_COUNTED = ("PRAGMA", "BEGIN")
Where = Callable[[int], str]


def _of(view: str) -> Where:
    return lambda cohort_id: places.place(view, cohort_id=cohort_id)


LEARNERS: dict[str, Where] = {
    "way": _of("modules.way"),
    "page": lambda cohort_id: places.page(cohort_id, PAGE),
    "Lernstopp": lambda cohort_id: places.page(cohort_id, _STOP),
    "plan": _of("modules.plan"),
    "Lernheft": _of("modules.portfolio"),
    "Nachweise": _of("modules.records"),
}
DESK: dict[str, Where] = {
    "register": _of("attendance.matrix"),
    "people": _of("admission.people"),
    "matrix": _of("progress.cohort"),
    "certificates": _of("certificates.cohort"),
    "live": _of("live.show"),
}
_MATRIX = {"gate": 4}
_PAGE = {"gate": 5, "aim": 4}


@dataclass(slots=True)
class Visitor:
    """Someone signed in, in this process."""

    client: FlaskClient
    statements: list[str]
    saves: int = 0
    token: str = ""

    def get(self, path: str) -> int:
        """Open a page; the number of statements it took."""
        self.statements.clear()
        answer = self.client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return len(self.statements)

    def save(self, cohort_id: int) -> int:
        """Save the next version of BLOCK in the background."""
        if not self.token:
            html = self.client.get(places.page(cohort_id, PAGE)).get_data(as_text=True)
            self.token = _TOKEN.findall(html)[0]
        form = dict(save_form(0, str(self.saves))) | {"version": str(self.saves), "autosave": "1"}
        form |= {"client_id": f"in-process-{self.saves}", "csrf_token": self.token}
        self.statements.clear()
        answer = self.client.post(
            places.answer(cohort_id, BLOCK), data=form, headers={"Accept": "application/json"}
        )
        if answer.status_code not in (200, 204):
            raise RuntimeError(f"save: {answer.status_code}")
        self.saves += 1
        return len(self.statements)


@contextmanager
def watched(app: Flask) -> Iterator[list[str]]:
    """The statements that run on this application's database, without BEGIN and PRAGMA."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(_NOT_COUNTED):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def visitor(app: Flask, user_id: int, seen: list[str]) -> Visitor:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = installation.session_key(app, user_id), True
    return Visitor(client, seen)


def measure(folder: Path, _plan: Plan) -> Section:
    """The table of statements."""
    app = installation.create(folder / "statements")
    groups = {size: installation.add_cohort(app, size, ready=True) for size in SIZES}
    counts: dict[str, list[int]] = defaultdict(list)
    cpu: dict[str, list[float]] = defaultdict(list)
    with watched(app) as seen:
        for group in groups.values():
            _visit(app, group, seen, counts, cpu)
    installation.close(app)
    section = Section(
        "SQL statements a page, in cohorts of 5, 30 and 300 people (BEGIN and PRAGMA not counted)"
    )
    for name, found in counts.items():
        limits = _PAGE if name in LEARNERS else _MATRIX if name == "matrix" else {}
        said = f"{'/'.join(map(str, found))}; CPU {'/'.join(f'{ms:.1f}' for ms in cpu[name])} ms"
        section.row(name, max(found), "statements", note=said, **limits)
        section.count(f"different numbers of statements for {name}", 1, len(set(found)))
    return section


def _visit(
    app: Flask, group: Group, seen: list[str], counts: dict[str, list[int]], cpu: dict[str, list[float]]
) -> None:
    with app.app_context():
        olga = accounts.find_by_email(EMAIL)
        organiser_id = olga.id if olga else 0
        db.session.remove()
    learner = visitor(app, group.members[0].user_id, seen)
    desk = visitor(app, organiser_id, seen)
    for who, pages in ((learner, LEARNERS), (desk, DESK)):
        for name, path in pages.items():
            _note(lambda who=who, path=path: who.get(path(group.id)), name, counts, cpu)  # type: ignore[misc]
    _note(lambda: learner.save(group.id), "save", counts, cpu)


def _note(
    ask: Callable[[], int], name: str, counts: dict[str, list[int]], cpu: dict[str, list[float]]
) -> None:
    """Once to warm up, then three times."""
    ask()
    times = []
    for _ in range(3):
        began = time.process_time()
        found = ask()
        times.append((time.process_time() - began) * 1000)
    counts[name].append(found)
    cpu[name].append(min(times))
