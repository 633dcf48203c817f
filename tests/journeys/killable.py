"""A Chromium of its own, with a profile that survives when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error

from tests.support.browser import ARGUMENTS, CHROMIUM


@contextmanager
def killable(chromium: Browser, profile: Path) -> Iterator[tuple[BrowserContext, Callable[[], None]]]:
    """Its context, and what kills it as if the power went."""
    port = profile / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    command = [
        str(CHROMIUM),
        *ARGUMENTS,
        "--headless",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        "about:blank",
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        browser = chromium.browser_type.connect_over_cdp(f"http://127.0.0.1:{_port(port)}")
        yield browser.contexts[0], lambda: _kill(process)
        with suppress(Error):  # killed already
            browser.close()
    finally:
        _kill(process)
        process.wait()


def _port(file: Path) -> str:
    """Chromium writes it down when it is ready."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if file.exists() and file.read_text().count("\n"):
            return file.read_text().splitlines()[0]
        time.sleep(0.05)
    raise TimeoutError("Chromium did not start")


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
