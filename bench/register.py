"""The register and the home of staff: SQL statements and CPU of each page and save while the installation grows."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from sqlalchemy import select

from app.accounts import service as accounts
from app.cohorts import service as cohorts
from app.cohorts.models import CourseDay
from app.extensions import db
from bench import installation
from bench.growth import growing
from bench.installation import EMAIL, Group
from bench.places import place
from bench.plan import Plan
from bench.report import Section
from bench.statements import Visitor, visitor, watched

_COHORT = 30
_HOME = "home of the organiser"
_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
_KNOWN = re.compile(r'name="known_(\d+)"[^>]* value="(\d*)"')


@dataclass(slots=True)
class Office:
    """An installation with so many people, its organiser, and one day of one cohort of thirty."""

    people: int
    folder: Path
    group: Group
    organiser: Visitor
    day: int
    slot: int
    states: cycle[str] = field(default_factory=lambda: cycle(("present", "excused")))
    sent: int = 0

    def matrix(self) -> Callable[[], int]:
        return self._page("attendance.matrix")

    def day_page(self) -> Callable[[], int]:
        return self._page("attendance.day", day_id=self.day)

    def home(self) -> Callable[[], int]:
        path = place("desk.today")
        return lambda: self.organiser.get(path)

    def _page(self, view: str, **values: int) -> Callable[[], int]:
        path = place(view, cohort_id=self.group.id, **values)
        return lambda: self.organiser.get(path)

    def slot_save(self) -> Callable[[], int]:
        """Everybody's entry changes. The page before it is not counted."""
        path = place("attendance.slot", cohort_id=self.group.id, slot_id=self.slot)
        html = self.organiser.client.get(path).get_data(as_text=True)
        form = {"csrf_token": _TOKEN.findall(html)[0]}
        state = next(self.states)
        for person, known in _KNOWN.findall(html):
            form |= {f"known_{person}": known, f"state_{person}": state}
        return lambda: self._post(path, 303, data=form)

    def sync(self) -> Callable[[], int]:
        """Thirty entries of a phone, each of which changes something."""
        path = place("attendance.sync", cohort_id=self.group.id, day_id=self.day)
        now = self.organiser.client.get(path).get_json()
        marks, state = now["marks"][str(self.slot)], next(self.states)
        self.sent += 1
        operations = [
            {
                "operation": f"bench-{self.people}-{self.sent}-{person['id']}",
                "slot": self.slot,
                "person": person["id"],
                "state": state,
                "known": marks.get(str(person["id"]), [0])[0],
            }
            for person in now["people"]
        ]
        headers = {"X-CSRFToken": now["token"]}
        return lambda: self._post(path, 200, json={"operations": operations}, headers=headers)

    def _post(self, path: str, expected: int, **sent: object) -> int:
        self.organiser.statements.clear()
        answer = self.organiser.client.post(path, **sent)
        refused = answer.is_json and {each["result"] for each in answer.get_json()["answers"]} != {"saved"}
        if answer.status_code != expected or refused:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return len(self.organiser.statements)


# What is measured -> how an office makes ready for it, and how many of the pages of a round it gets.
ACTIONS: dict[str, tuple[Callable[[Office], Callable[[], int]], float]] = {
    "matrix of a cohort": (Office.matrix, 0.25),
    "register of a day": (Office.day_page, 0.25),
    "slot save, 30 people": (Office.slot_save, 0.1),
    "sync of 30 operations": (Office.sync, 0.1),
    _HOME: (Office.home, 0.1),
}


def measure(folder: Path, plan: Plan) -> Section:
    """Cohorts of thirty are added until the installation has so many people; yesterday was everybody's training day."""
    times: dict[tuple[str, int], list[float]] = defaultdict(list)
    counts: dict[str, list[set[int]]] = {name: [] for name in ACTIONS}
    with ExitStack() as stack:
        offices = _grow(stack, folder, plan.crowds)
        for office in offices:
            for name, (prepare, _) in ACTIONS.items():
                counts[name].append({_warm(prepare, office)} | {prepare(office)() for _ in range(2)})
        for number in range(plan.rounds):
            for office in offices[::-1] if number % 2 else offices:
                for name, (prepare, share) in ACTIONS.items():
                    mean = _mean(prepare, office, max(2, round(plan.views * share)))
                    times[name, office.people].append(mean)
    return _report(plan, times, counts)


def _report(
    plan: Plan, times: dict[tuple[str, int], list[float]], counts: dict[str, list[set[int]]]
) -> Section:
    small, *others = plan.crowds
    sizes = "/".join(f"{size:,}" for size in plan.crowds)
    section = Section(f"Register and home of the organiser at {sizes} people (cohorts of {_COHORT})")
    for name, found in counts.items():
        every = set().union(*found)
        limit = {"gate": 12} if name == _HOME else {}
        said = "/".join("–".join(map(str, sorted(each))) for each in found)
        section.row(f"{name}, SQL", max(every), "statements", note=said, **limit)
        section.count(f"different numbers of statements for {name}", 1, len(every))
        section.row(f"{name}, CPU at {small}", times[name, small], "ms")
        for size in others:
            pairs = zip(times[name, small], times[name, size], strict=True)
            # The home of an organiser lists every cohort that matters: it may grow, its statements may not.
            gate = {} if name == _HOME else {"gate": 1.25}
            section.row(
                f"{name}, CPU at {size:,} ÷ at {small}", [big / base for base, big in pairs], "×", **gate
            )
    return section


def _warm(prepare: Callable[[Office], Callable[[], int]], office: Office) -> int:
    """The first one loads what stays in memory; what the next one asks is counted."""
    prepare(office)()
    return prepare(office)()


def _mean(prepare: Callable[[Office], Callable[[], int]], office: Office, often: int) -> float:
    """CPU milliseconds of one, without what makes it ready."""
    spent = 0.0
    for _ in range(often):
        act = prepare(office)
        began = time.process_time()
        act()
        spent += time.process_time() - began
    return spent * 1000 / often


def _grow(stack: ExitStack, folder: Path, sizes: tuple[int, ...]) -> list[Office]:
    offices: list[Office] = []
    for size, data, app, group in growing(folder / "register", sizes, _COHORT, halfway=0, learning=False):
        with app.app_context():
            olga = accounts.find_by_email(EMAIL)
            day = db.session.scalars(select(CourseDay.id).where(CourseDay.cohort_id == group.id)).one()
            slot = next(slot.id for slot in cohorts.slots(group.id) if slot.content_minutes)
            organiser_id = olga.id if olga else 0
            db.session.remove()
        seen = stack.enter_context(watched(app))
        offices.append(Office(size, data, group, visitor(app, organiser_id, seen), day, slot))
        stack.callback(installation.close, app)
    return offices
