"""All checks, as `python3 feldweg.py test` runs them; what cannot run here is skipped and said aloud.

With CI=true nothing may be missing: a skip is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI") == "true"
POSTGRESQL = os.environ.get("FELDWEG_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


def main(arguments: list[str]) -> int:
    if arguments:  # a developer wants some tests, quickly
        return _run("pytest", [sys.executable, "-m", "pytest", *arguments])
    missing = _what_is_missing()
    for sentence in missing:
        print(f"ÜBERSPRUNGEN: {sentence}", flush=True)
    if missing and CI:
        print("In der CI darf nichts fehlen.")
        return 1
    failed = [name for name, command, extra in _steps() if _run(name, command, extra)]
    print(("Nicht bestanden: " + ", ".join(failed)) if failed else "Alle Prüfungen bestanden.")
    for sentence in missing:
        print(f"ÜBERSPRUNGEN: {sentence}")
    return 1 if failed else 0


def _steps() -> list[tuple[str, list[str], dict[str, str]]]:
    python = sys.executable
    pytest = [python, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider"]
    steps: list[tuple[str, list[str], dict[str, str]]] = [
        ("ruff", [python, "-m", "ruff", "check", "."], {}),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."], {}),
        ("mypy", [python, "-m", "mypy"], {}),
        ("djlint", [python, "-m", "djlint", "app", "--lint", "--quiet"], {}),
        ("Kurs prüfen", [python, "-m", "app", "check", "content/sozialraumorientierung"], {}),
        ("Tests auf SQLite", [*pytest, "-m", "not browser"], {}),
    ]
    if _postgresql():
        steps.append(
            ("Tests auf PostgreSQL", [*pytest, "-m", "not browser"], {"FELDWEG_TEST_DATABASE": POSTGRESQL})
        )
    if _chromium():
        steps.append(("Wege im Browser", [*pytest, "-m", "browser"], {}))
    return steps


def _what_is_missing() -> list[str]:
    missing = []
    if not _postgresql():
        missing.append("PostgreSQL auf 127.0.0.1:5432 antwortet nicht; geprüft wird nur auf SQLite.")
    if not _chromium():
        missing.append("Chromium ist nicht installiert; die Wege im Browser laufen nicht.")
    return missing


def _postgresql() -> bool:
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def _chromium() -> bool:
    return shutil.which("chromium") is not None


def _run(name: str, command: list[str], extra: dict[str, str] | None = None) -> int:
    print(f"— {name}", flush=True)
    began = time.monotonic()
    status = subprocess.call(command, cwd=ROOT, env={**os.environ, **(extra or {})})
    # pytest's 5: no test was collected, which for a part of the suite is a mistake as well
    print(
        f"  {name}: {'bestanden' if status == 0 else 'NICHT bestanden'} ({time.monotonic() - began:.0f} s)",
        flush=True,
    )
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
