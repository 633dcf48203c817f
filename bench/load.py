"""Sends requests over keep-alive connections, one thread each, and notes how long each took.

Runs as a process of its own (`python -m bench.load`), so that it does not share the server's interpreter or
processor: a Job as JSON comes in, an Outcome as JSON goes out.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, field

from app.settings import ROOT
from bench import machine
from bench.report import percentile

_TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Sender:
    """One connection. In `body`, @N@ is the number of this request, counted on from `first`."""

    path: str
    cookie: str = ""
    body: str = ""
    first: int = 0
    twice: bool = False  # sends each request a second time, as after a lost reply

    def request(self, number: int) -> bytes:
        body = self.body.replace("@N@", str(number)).encode()
        lines = [f"{'POST' if body else 'GET'} {self.path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"Cookie: {self.cookie}"] if self.cookie else []
        if body:
            lines += ["Accept: application/json", "Content-Type: application/x-www-form-urlencoded"]
            lines += [f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True, slots=True)
class Job:
    """Until `seconds` are over or each sender has sent `most`. `together`: all start each request at once."""

    port: int
    senders: list[Sender]
    seconds: float = 60.0
    most: int = 1_000_000_000
    together: bool = False


@dataclass(slots=True)
class Outcome:
    """`done`: successful requests of each sender (not counting repetitions)."""

    milliseconds: list[float] = field(default_factory=list)
    failures: int = 0
    done: list[int] = field(default_factory=list)
    wall: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.wall

    def percentile(self, share: float) -> float:
        return percentile(self.milliseconds, share)


def send(job: Job) -> Outcome:
    """Let a process of its own send this."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], cwd=ROOT, input=json.dumps(asdict(job)), text=True,
        capture_output=True, check=True, timeout=job.seconds + _TIMEOUT,
    )  # fmt: skip
    return Outcome(**json.loads(done.stdout))


class _Line:
    """A keep-alive connection that speaks just enough HTTP."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), _TIMEOUT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def status(self, request: bytes) -> int:
        """Send it, read the whole reply, return its status; 0 if the connection broke."""
        try:
            self._socket.sendall(request)
            reply = self._read(b"")
        except OSError:
            return 0
        return int(reply[9:12] or 0)

    def _read(self, reply: bytes) -> bytes:
        while (end := reply.find(b"\r\n\r\n")) < 0:
            reply += self._more()
        length = 0
        for line in reply[:end].lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line[15:])
        while len(reply) < end + 4 + length:
            reply += self._more()
        return reply

    def _more(self) -> bytes:
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError
        return data

    def close(self) -> None:
        self._socket.close()


def run(job: Job) -> Outcome:
    """Send it all from this process."""
    outcome, lock = Outcome(done=[0] * len(job.senders)), threading.Lock()
    lines = [_Line(job.port) for _ in job.senders]
    start = threading.Barrier(len(lines) + 1)
    every = threading.Barrier(len(lines)) if job.together else None

    def one(place: int) -> None:
        start.wait()
        times, failures, done = _one(job, job.senders[place], lines[place], every)
        with lock:
            outcome.milliseconds += times
            outcome.failures += failures
            outcome.done[place] = done

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(lines))]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    outcome.wall = time.perf_counter() - began
    for line in lines:
        line.close()
    return outcome


def _one(
    job: Job, sender: Sender, line: _Line, every: threading.Barrier | None
) -> tuple[list[float], int, int]:
    """Times of what succeeded, how many failed, how many different requests succeeded."""
    times: list[float] = []
    failures, done, until = 0, 0, time.perf_counter() + job.seconds
    for number in range(sender.first, sender.first + job.most):
        if every:
            every.wait()
        elif time.perf_counter() > until:
            break
        request, before = sender.request(number), failures
        for _ in range(2 if sender.twice else 1):
            began = time.perf_counter()
            if line.status(request) in (200, 204, 303):
                times.append((time.perf_counter() - began) * 1000)
            else:
                failures += 1
        done += failures == before
    return times, failures, done


def main() -> None:
    os.sched_setaffinity(0, {machine.CLIENT_CPU})
    given = json.load(sys.stdin)
    senders = [Sender(**sender) for sender in given.pop("senders")]
    print(json.dumps(asdict(run(Job(senders=senders, **given)))))


if __name__ == "__main__":
    main()
