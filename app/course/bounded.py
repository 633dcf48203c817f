"""Reads the files of a tree in a child process that is killed when one of them takes too long."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from app.course.draft import is_media
from app.course.limits import SECONDS_PER_COURSE
from app.course.source import SourceTree

_ROOT = Path(__file__).resolve().parents[2]
# Starting Python and importing takes part of a second; a loaded machine may need much more.
_SECONDS_TO_START = 30.0


def pages_too_slow(tree: SourceTree, seconds_per_page: float) -> tuple[str, ...]:
    """The paths of the text files that cannot be read within `seconds_per_page`.

    After each of them the child is killed and a new one goes on with the rest. If all of it takes too long,
    the files not reached count as too slow. Raises RuntimeError if no child can be started.
    """
    slow: list[str] = []
    waiting = {path: tree.text(path) for path in tree.files if not is_media(path)}
    deadline = time.monotonic() + SECONDS_PER_COURSE
    while waiting:
        if time.monotonic() > deadline:
            return (*slow, *waiting)
        stuck = _first_stuck(waiting, seconds_per_page, deadline)
        if stuck is None:
            break
        slow.append(stuck)
        done = list(waiting)[: list(waiting).index(stuck) + 1]
        waiting = {path: text for path, text in waiting.items() if path not in done}
    return tuple(slow)


def _first_stuck(files: dict[str, str], seconds: float, deadline: float) -> str | None:
    """Runs a child over the files in their order; the one it could not get past, or None."""
    command = [sys.executable, "-m", "app.course.worker"]
    # The command holds nothing a user wrote; the files go in through a pipe.
    child = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    assert child.stdin is not None  # noqa: S101 - asked for above
    assert child.stdout is not None  # noqa: S101 - asked for above
    try:
        reports = _reports(child.stdout)
        threading.Thread(target=_send, args=(child.stdin, files), daemon=True).start()
        return _watch(reports, files, seconds, deadline)
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def _send(pipe: IO[bytes], files: dict[str, str]) -> None:
    try:
        with pipe:
            pipe.write(json.dumps(list(files.items())).encode("utf-8"))
    except OSError:
        # The child was killed or died; `_watch` sees that for itself.
        return


def _reports(pipe: IO[bytes]) -> queue.Queue[bytes]:
    """A queue of what the child says, line by line, and b"" at its end."""
    reports: queue.Queue[bytes] = queue.Queue()

    def listen() -> None:
        for line in iter(pipe.readline, b""):
            reports.put(line.strip())
        reports.put(b"")

    threading.Thread(target=listen, daemon=True).start()
    return reports


def _watch(reports: queue.Queue[bytes], paths: Iterable[str], seconds: float, deadline: float) -> str | None:
    # The child says one word when it is ready to begin and one after each file.
    if not _next(reports, _SECONDS_TO_START):
        raise RuntimeError("the process that checks courses could not be started")
    for path in paths:
        if time.monotonic() > deadline or not _next(reports, seconds):
            return path
    return None


def _next(reports: queue.Queue[bytes], seconds: float) -> bytes:
    try:
        return reports.get(timeout=seconds)
    except queue.Empty:
        return b""
