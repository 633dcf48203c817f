"""Server processes on free ports of this machine: Feldweg as its users start it, and the baselines."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.settings import ROOT
from bench import machine
from bench.baselines import THREADS

_LONGEST_START = 60


class DidNotStart(RuntimeError):
    """The server ended before it was ready; the message is the end of what it wrote."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that accepts requests. `began`: when its process was started (monotonic clock)."""

    process: subprocess.Popen[str]
    port: int
    began: float

    @property
    def cpu_seconds(self) -> float:
        return machine.cpu_seconds(self.process.pid)

    @property
    def pss_mib(self) -> float:
        return machine.pss_mib(self.process.pid)


@contextmanager
def feldweg(data: Path) -> Iterator[Server]:
    """Feldweg on this data folder, by its own command."""
    port = free_port()
    environment = _environment() | {"FELDWEG_DATA": str(data), "FELDWEG_THREADS": str(THREADS)}
    command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
    with _running(command, port, environment, data.parent, "Feldweg läuft") as server:
        yield server


@contextmanager
def baseline(name: str, folder: Path) -> Iterator[Server]:
    """`hello` or `page` of bench.baselines."""
    port = free_port()
    command = [sys.executable, "-m", "bench.baselines", name, str(port)]
    with _running(command, port, _environment(), folder, "ready") as server:
        yield server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment() -> dict[str, str]:
    """Ours without any setting of Feldweg, so that the figures do not depend on who runs this."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FELDWEG_", "DATABASE_"))
    }
    return kept | {"PYTHONPATH": str(ROOT)}


@contextmanager
def _running(
    command: list[str], port: int, environment: dict[str, str], folder: Path, sign: str
) -> Iterator[Server]:
    log = folder / f"server-{port}.log"
    with log.open("w") as errors:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            os.sched_setaffinity(process.pid, {machine.SERVER_CPU})
            _await(process, sign, began, log)
            yield Server(process, port, began)
        finally:
            _stop(process)


def _await(process: subprocess.Popen[str], sign: str, began: float, log: Path) -> None:
    """Read what the server prints until it says that it listens."""
    assert process.stdout is not None
    for line in process.stdout:
        if sign in line:
            return
        if time.perf_counter() > began + _LONGEST_START:
            break
    raise DidNotStart(log.read_text()[-2000:])


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
