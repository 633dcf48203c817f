"""Backup and restore: one ZIP with a consistent copy of the database, the keys, and a manifest of hashes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import tempfile
import zipfile
from pathlib import Path

from app import clock
from app.database import copy_sqlite
from app.settings import Settings

_DATABASE = "feldweg.db"
_KEYS = ("keys/session.key", "keys/answers.key")
_MANIFEST = "manifest.json"
_LARGEST = 20 * 1024**3


class BadBackup(Exception):
    """The file is no backup of Feldweg, or was damaged; a German sentence."""


def backup(settings: Settings, target: Path) -> int:
    """Write a backup to a new file and prove that it can be read; returns the exit status."""
    database = _sqlite_file(settings)
    if database is None:
        return _stop(
            "Diese Installation nutzt PostgreSQL. Bitte sichern Sie mit pg_dump, dazu den Ordner keys/."
        )
    if target.exists():
        return _stop(f"{target} gibt es schon. Bitte nennen Sie eine neue Datei.")
    with tempfile.TemporaryDirectory(dir=settings.data) as folder:
        copy = Path(folder) / _DATABASE
        copy_sqlite(database, copy)
        files = {_DATABASE: copy} | {name: settings.data / name for name in _KEYS}
        manifest = {
            "made_at": clock.now().isoformat(),
            "sha256": {name: _sha256(path) for name, path in files.items()},
        }
        with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
            target.chmod(0o600)
            for name, path in files.items():
                archive.write(path, name)
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=2))
    with tempfile.TemporaryDirectory(dir=settings.data) as folder:
        answers = _unpack(target, Path(folder))
    print(
        f"Gesichert nach {target}: {answers} Antworten, Datenbank geprüft. Die Datei enthält die Schlüssel: gut verwahren!"
    )
    return 0


def restore(settings: Settings, source: Path) -> int:
    """Replace database and keys by those of a backup; the present ones are moved aside. Returns the exit status."""
    database = _sqlite_file(settings)
    if database is None:
        return _stop(
            "Diese Installation nutzt PostgreSQL. Bitte spielen Sie mit pg_restore zurück, dazu keys/."
        )
    with tempfile.TemporaryDirectory(dir=settings.data) as folder:
        try:
            answers = _unpack(source, Path(folder))
        except (BadBackup, OSError) as error:
            return _stop(f"{source} lässt sich nicht zurückspielen: {error}")
        aside = settings.data / f"vor-restore-{clock.now():%Y%m%d-%H%M%S}"
        (aside / "keys").mkdir(parents=True, mode=0o700)
        for name in (_DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm", *_KEYS):
            if (settings.data / name).exists():
                (settings.data / name).rename(aside / name)
        for name in (_DATABASE, *_KEYS):
            (Path(folder) / name).rename(settings.data / name)
    print(f"Zurückgespielt: {answers} Antworten. Was vorher da war, liegt in {aside}.")
    return 0


def _unpack(source: Path, folder: Path) -> int:
    """Unpack and prove: names, sizes, hashes, SQLite's own checks. Returns the number of answers. Raises BadBackup."""
    try:
        with zipfile.ZipFile(source) as archive:
            expected = {_DATABASE, *_KEYS, _MANIFEST}
            if (
                set(archive.namelist()) != expected
                or sum(info.file_size for info in archive.infolist()) > _LARGEST
            ):
                raise BadBackup("Das ist keine Sicherung von Feldweg.")
            archive.extractall(folder)  # the names were compared with the four we expect
    except zipfile.BadZipFile as error:
        raise BadBackup("Die Datei ist beschädigt oder keine ZIP-Datei.") from error
    hashes = json.loads((folder / _MANIFEST).read_text())["sha256"]
    for name in (_DATABASE, *_KEYS):
        if _sha256(folder / name) != hashes.get(name):
            raise BadBackup(f"{name} ist beschädigt, die Prüfsumme stimmt nicht.")
        (folder / name).chmod(0o600)
    connection = sqlite3.connect(folder / _DATABASE)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise BadBackup("Die Datenbank darin ist beschädigt.")
        return int(connection.execute("SELECT count(*) FROM answer").fetchone()[0])
    finally:
        connection.close()


def _sqlite_file(settings: Settings) -> Path | None:
    prefix = "sqlite:///"
    return (
        Path(settings.database_url.removeprefix(prefix)) if settings.database_url.startswith(prefix) else None
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stop(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
