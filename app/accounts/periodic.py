"""Jobs that come round again: rooms higher up hand them in, the postman's thread does them between two rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(slots=True)
class Job:
    """`find` only reads and says what is to be done (by id), `do` does one of these inside a transaction of its own, so
    that nobody who is saving waits long. `done_at`: when it last went well."""

    name: str
    every: timedelta
    find: Callable[[datetime], Iterable[int]]
    do: Callable[[int, datetime], object]
    done_at: datetime | None = None


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    """Do this at the next round and from then on every so often. The same name again replaces the job."""
    _jobs[job.name] = job


def due(now: datetime) -> list[Job]:
    """The jobs whose time has come."""
    return [job for job in _jobs.values() if job.done_at is None or now - job.done_at >= job.every]
