#!/usr/bin/env python3
"""The one door to Feldweg: sets up what it needs in .venv, then does what it is told.

    python3 feldweg.py            start, with the real course and a demo cohort
    python3 feldweg.py test       run the tests
    python3 feldweg.py --help     everything else

Standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST:
        return _stop(
            f"Feldweg braucht Python {OLDEST[0]}.{OLDEST[1]} oder neuer, hier läuft {sys.version.split()[0]}."
        )
    testing = arguments[:1] == ["test"]
    python = _python()
    lock = ROOT / ("requirements-dev.lock" if testing else "requirements.lock")
    if not _is_installed(lock, python):
        problem = _install(lock, python)
        if problem:
            return _stop(problem)
    module = ["tests.run", *arguments[1:]] if testing else ["app", *arguments]
    command = [str(python), "-m", *module]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if os.name == "nt" or testing:
        return subprocess.call(command, cwd=ROOT if testing else None, env=environment)  # noqa: S603
    os.execve(command[0], command, environment)  # noqa: S606  # so that a signal reaches the server itself
    return 0


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _stamp(lock: Path) -> Path:
    return VENV / f"installed-{lock.stem}"


def _fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def _is_installed(lock: Path, python: Path) -> bool:
    """Whether this lock, or the larger one for tests, was installed as it stands now."""
    candidates = {lock, ROOT / "requirements-dev.lock"}
    return python.exists() and any(
        _stamp(candidate).exists() and _stamp(candidate).read_text() == _fingerprint(candidate)
        for candidate in candidates
    )


def _install(lock: Path, python: Path) -> str:
    """Make .venv and install the locked packages; returns a German sentence when that fails."""
    print("Feldweg richtet sich ein (einmalig, etwa eine halbe Minute) …", flush=True)
    try:
        if not python.exists():
            shutil.rmtree(VENV, ignore_errors=True)
            venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, OSError, SystemExit):
        return (
            f"Die Python-Umgebung {VENV} ließ sich nicht anlegen. Unter Debian und Ubuntu fehlt meist ein Paket:\n"
            "    sudo apt install python3-venv"
        )
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.call([*pip, "-r", str(lock)]):  # noqa: S603
        return "Die Pakete ließen sich nicht installieren; die Ursache steht darüber. Ist eine Internetverbindung da?"
    _stamp(lock).write_text(_fingerprint(lock))
    return ""


def _stop(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
