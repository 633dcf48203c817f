"""Runs of procedures in and out of the database; what may happen to one is said in `runs`."""

from __future__ import annotations

from sqlalchemy import Select, and_, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.access import Permission, may
from app.cohorts.loaders import Here
from app.cohorts.models import Enrolment
from app.course.blocks.ablauf import ForWhom, Procedure
from app.extensions import db
from app.quizzes import runs
from app.quizzes.models import ProcedureRun
from app.quizzes.runs import Actor, Deed, Run

EVERYBODY = "alle"

_KEY = (
    ProcedureRun.cohort_id == bindparam("cohort"),
    ProcedureRun.block_id == bindparam("block"),
    ProcedureRun.scope == bindparam("whose"),
)


def _query() -> Select[ProcedureRun, int, str]:
    # Who has left the cohort moderates no more.
    there = and_(Enrolment.id == ProcedureRun.moderator_enrolment_id, Enrolment.left_at.is_(None))
    query = select(ProcedureRun, Enrolment.id, Enrolment.name).outerjoin(Enrolment, there)
    return query.where(*_KEY)


_RUN = (
    _query()
)  # built once: putting it together costs more than running it, and every phone asks every few seconds
_LOCKED = _query().with_for_update(of=ProcedureRun).execution_options(populate_existing=True)
_WRITE = update(ProcedureRun).where(*_KEY)


def scope_of(block: Procedure, here: Here, group_id: int | None = None) -> str:
    """Whose run this person sees. Whoever is in no small group (`group_id`) goes along with everybody."""
    if block.for_whom is ForWhom.ME and here.enrolment and here.enrolment.id:
        return f"person:{here.enrolment.id}"
    if block.for_whom is ForWhom.GROUP and group_id:
        return f"gruppe:{group_id}"
    return EVERYBODY


def actor_of(here: Here, scope: str) -> Actor:
    """What this person is to the run of this scope."""
    own = here.enrolment.id if here.enrolment else 0
    staff = may(Permission.WATCH_COHORT, here.standings)
    return Actor(own or 0, staff, alone=scope.startswith("person:"))


def run_of(cohort_id: int, block: Procedure, scope: str) -> Run:
    """How far a run is (one statement)."""
    return _found(_RUN, cohort_id, block, scope) or Run(clock.now())


def act(cohort_id: int, block: Procedure, scope: str, deed: Deed, version: int, actor: Actor) -> Run | None:
    """Do it, if the person saw the run as it is: who pressed on an older `version` changes nothing. None: not allowed.

    Call inside a transaction.
    """
    _begin(cohort_id, block, scope)
    run = _found(_LOCKED, cohort_id, block, scope)
    if run is None:
        raise RuntimeError("the run was deleted while it was being changed")
    if version != run.version:
        return run
    if not runs.allowed(actor, run, deed):
        return None
    changed = runs.after(run, deed, actor, block.steps, clock.now())
    if changed != run:
        _write(cohort_id, block, scope, changed)
    return changed


def _found(query: Select[ProcedureRun, int, str], cohort_id: int, block: Procedure, scope: str) -> Run | None:
    found = db.session.execute(query, _key(cohort_id, block, scope)).one_or_none()
    if found is None:
        return None
    row, moderator, name = found
    return Run(
        started_at=row.step_started_at,
        step=min(row.step, len(block.steps) + 1),  # an author may have taken steps away
        left=row.paused_seconds_left,
        moderator=moderator,
        moderator_name=name or "",
        version=row.version,
    )


def _begin(cohort_id: int, block: Procedure, scope: str) -> None:
    """A row to be locked, whoever comes first."""
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    row = {"cohort_id": cohort_id, "block_id": block.id, "scope": scope}
    new = dialect.insert(ProcedureRun).values(**row, step=0, step_started_at=clock.now(), version=0)
    db.session.execute(new.on_conflict_do_nothing())


def _write(cohort_id: int, block: Procedure, scope: str, run: Run) -> None:
    statement = _WRITE.values(
        step=run.step,
        step_started_at=run.started_at,
        paused_seconds_left=run.left,
        moderator_enrolment_id=run.moderator,
        version=run.version,
    )
    key = _key(cohort_id, block, scope)
    db.session.execute(statement, key, execution_options={"synchronize_session": False})


def _key(cohort_id: int, block: Procedure, scope: str) -> dict[str, object]:
    return {"cohort": cohort_id, "block": block.id, "whose": scope}
