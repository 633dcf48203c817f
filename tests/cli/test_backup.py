"""`feldweg.py backup` and `restore`: everything comes back; a damaged file is refused before anything is touched."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest

from app.database import serving_alone
from tests.cli.conftest import Run


def editions(data: Path) -> int:
    connection = sqlite3.connect(data / "feldweg.db")
    try:
        return int(connection.execute("SELECT count(*) FROM edition").fetchone()[0])
    finally:
        connection.close()


@pytest.fixture
def saved(run: Run, course: Path, tmp_path: Path) -> Path:
    run("publish", course)
    target = tmp_path / "sicherung.zip"
    done = run("backup", target)
    assert (done.returncode, "Datenbank geprüft" in done.stdout) == (0, True)
    return target


def test_restore_brings_back_database_and_keys(run: Run, course: Path, data: Path, saved: Path) -> None:
    key = (data / "keys" / "answers.key").read_bytes()
    page = course / "ankommen" / "schauen.md"
    page.write_text(page.read_text() + "\nMehr.\n")
    run("publish", course)
    assert editions(data) == 2
    (data / "keys" / "answers.key").write_bytes(b"x" * 32)
    done = run("restore", saved)
    assert done.returncode == 0
    assert editions(data) == 1
    assert (data / "keys" / "answers.key").read_bytes() == key
    kept = next(data.glob("vor-restore-*"))
    assert editions(kept) == 2


def test_the_backup_is_for_its_owner_only(saved: Path) -> None:
    assert saved.stat().st_mode & 0o077 == 0


def test_a_backup_is_never_overwritten(run: Run, saved: Path) -> None:
    before = saved.read_bytes()
    assert run("backup", saved).returncode == 2
    assert saved.read_bytes() == before


@pytest.mark.parametrize("damage", ["cut", "swapped", "not a zip", "foreign"])
def test_a_damaged_backup_is_refused(run: Run, data: Path, saved: Path, tmp_path: Path, damage: str) -> None:
    bad = tmp_path / "bad.zip"
    if damage == "cut":
        bad.write_bytes(saved.read_bytes()[:-500])
    elif damage == "not a zip":
        bad.write_text("guten Tag")
    else:
        with zipfile.ZipFile(saved) as source, zipfile.ZipFile(bad, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                target.writestr(
                    name, content + b"x" if name == "feldweg.db" and damage == "swapped" else content
                )
            if damage == "foreign":
                target.writestr("../draussen.txt", "x")
    done = run("restore", bad)
    assert (done.returncode, done.stdout) == (2, "")
    assert "lässt sich nicht zurückspielen" in done.stderr
    assert editions(data) == 1
    assert not list(data.glob("vor-restore-*"))


def test_nothing_is_restored_under_a_running_feldweg(run: Run, data: Path, saved: Path) -> None:
    before = (data / "feldweg.db").read_bytes()
    with serving_alone(data):
        done = run("restore", saved)
    assert (done.returncode, done.stdout) == (2, "")
    assert "läuft schon ein Feldweg" in done.stderr
    assert (data / "feldweg.db").read_bytes() == before


def test_a_folder_without_a_database_is_named(run: Run, tmp_path: Path) -> None:
    done = run("backup", tmp_path / "neu.zip")
    assert (done.returncode, "liegt keine Datenbank" in done.stderr) == (2, True)
    assert not (tmp_path / "neu.zip").exists()


def test_a_missing_target_folder_is_named(run: Run, saved: Path, tmp_path: Path) -> None:
    done = run("backup", tmp_path / "nirgends" / "neu.zip")
    assert (done.returncode, "Ordner, den es nicht gibt" in done.stderr) == (2, True)


def test_a_missing_backup_is_named(run: Run, saved: Path, tmp_path: Path) -> None:
    done = run("restore", tmp_path / "fehlt.zip")
    assert (done.returncode, "gibt es nicht" in done.stderr) == (2, True)
