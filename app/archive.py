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
    if not database.exists():
        return _stop(f"Im Datenordner {settings.data} liegt keine Datenbank. Stimmt FELDWEG_DATA?")
    if target.exists() or not target.absolute().parent.is_dir():
        reason = "gibt es schon" if target.exists() else "liegt in einem Ordner, den es nicht gibt"
        return _stop(f"{target} {reason}. Bitte nennen Sie eine neue Datei in einem vorhandenen Ordner.")
    with tempfile.TemporaryDirectory(dir=settings.data) as folder:
        copy = Path(folder) / _DATABASE
        copy_sqlite(database, copy)
        _pack(target, {_DATABASE: copy} | {name: settings.data / name for name in _KEYS})
    with tempfile.TemporaryDirectory(dir=settings.data) as folder:
        answers = _unpack(target, Path(folder))
    print(
        f"Gesichert nach {target}: {answers} Antworten, Datenbank geprüft. Die Datei enthält die Schlüssel: gut verwahren!"
    )
    return 0


def _pack(target: Path, files: dict[str, Path]) -> None:
    """Write the files under their names, and a manifest of their hashes, readable by the owner only."""
    hashes = {name: _sha256(path) for name, path in files.items()}
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
        target.chmod(0o600)
        for name, path in files.items():
            archive.write(path, name)
        archive.writestr(
            _MANIFEST, json.dumps({"made_at": clock.now().isoformat(), "sha256": hashes}, indent=2)
        )


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
        except FileNotFoundError:
            return _stop(f"{source} gibt es nicht.")
        except (BadBackup, OSError) as error:
            return _stop(f"{source} lässt sich nicht zurückspielen: {error}")
        aside = Path(
            tempfile.mkdtemp(
                prefix=f"vor-restore-{clock.local(clock.now()):%Y%m%d-%H%M%S}-", dir=settings.data
            )
        )
        (aside / "keys").mkdir(mode=0o700)
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
