"""What SQLite can do without Feldweg."""

from __future__ import annotations

import time
from pathlib import Path

from app.extensions import sqlite_module


def commits(folder: Path, seconds: float) -> float:
    """Commits a second of SQLite alone: WAL, synchronous FULL, one row of 200 bytes each."""
    connection = sqlite_module.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS answer (id INTEGER PRIMARY KEY, body BLOB)")
    body, done, began = b"x" * 200, 0, time.perf_counter()
    while time.perf_counter() < began + seconds:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO answer (body) VALUES (?)", (body,))
        connection.execute("COMMIT")
        done += 1
    rate = done / (time.perf_counter() - began)
    connection.close()
    return rate
