"""Certificates a second through the service, as the organiser's button issues them, and the first one.

The issuing runs in a process of its own (`python -m bench.certificates FOLDER COHORT…`): there, nothing is warm.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models import User
from app.certificates import service as certificates
from app.certificates.models import Certificate
from app.cohorts import service as cohorts
from app.cohorts.loaders import cohort_for
from app.extensions import db, transaction
from app.settings import ROOT
from bench import installation
from bench.installation import EMAIL
from bench.plan import Plan
from bench.report import Section

PEOPLE = 30


def measure(folder: Path, plan: Plan) -> Section:
    data = folder / "certificates"
    app = installation.create(data)
    groups = [
        installation.add_cohort(app, PEOPLE, first=number * PEOPLE, ready=True)
        for number in range(plan.cohorts)
    ]
    installation.close(app)
    command = [sys.executable, "-m", "bench.certificates", str(data), *(str(group.id) for group in groups)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=600)
    found = json.loads(done.stdout)
    section = Section(f"Certificates, {plan.cohorts} cohorts of {PEOPLE}, one transaction each")
    section.row("the first one of a process", found["first"], "ms", gate=300)
    rates = [1000 / cpu for cpu in found["cpu"]]
    section.row("certificates a second of CPU", rates, "/s", gate=100, aim=250, at_least=True)
    section.row("CPU of one", found["cpu"], "ms")
    section.row("a cohort of thirty, time passed", [ms / 1000 for ms in found["wall"]], "s", gate=0.5)
    _check(section, data, [member.name for group in groups for member in group.members])
    return section


def _check(section: Section, data: Path, names: list[str]) -> None:
    with installation.opened(data):
        rows = db.session.execute(select(Certificate.facts, Certificate.number, Certificate.conforms)).all()
        certified = [json.loads(facts)["name"] for facts, *_ in rows]
        section.count("certificates", len(names), len(rows))
        section.count("people with exactly one certificate", len(names), len(set(certified) & set(names)))
        section.count("different numbers", len(names), len({number for _, number, _ in rows}))
        section.count("PDF/UA-1 and PDF/A-2a", len(names), sum(conforms for *_, conforms in rows))


def issue(data: Path, cohort_ids: list[int]) -> dict[str, object]:
    """Issue for everyone; milliseconds of the first, and by cohort: CPU of one, time passed for all."""
    first, cpu, wall = 0.0, [], []
    with installation.opened(data):
        for cohort_id in cohort_ids:
            people = [person.id for person in cohorts.enrolments(cohort_id)]
            if not first:
                began = time.perf_counter()
                _issue(cohort_id, people.pop(0))
                first = (time.perf_counter() - began) * 1000
            began, busy = time.perf_counter(), time.process_time()
            for enrolment_id in people:
                _issue(cohort_id, enrolment_id)
            cpu.append((time.process_time() - busy) * 1000 / len(people))
            wall.append((time.perf_counter() - began) * 1000 * PEOPLE / len(people))
    return {"first": first, "cpu": cpu, "wall": wall}


def _issue(cohort_id: int, enrolment_id: int) -> None:
    """As the view does it."""
    verifying = certificates.Verifying(
        lambda code: f"https://example.org/pruefen/{code}", "example.org/pruefen"
    )
    olga = accounts.find_by_email(EMAIL)
    user_id = olga.id if olga else 0
    with transaction():
        by = db.session.get_one(User, user_id)
        found = cohort_for(by, cohort_id)
        if found is None:
            raise LookupError(cohort_id)
        certificates.issue(found.value, enrolment_id, by, verifying)


if __name__ == "__main__":
    print(json.dumps(issue(Path(sys.argv[1]), [int(number) for number in sys.argv[2:]])))
