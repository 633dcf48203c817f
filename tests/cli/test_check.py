"""`feldweg.py check`: all problems at once, with file and line; exit 1 with errors; nothing is changed."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import ROOT, Run


def test_a_good_course_is_in_order(run: Run, course: Path) -> None:
    done = run("check", course)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Alles in Ordnung.")


def test_the_real_course_has_no_errors(run: Run) -> None:
    done = run("check", ROOT / "content" / "sozialraumorientierung", "--json")
    assert done.returncode == 0
    assert {found["code"] for found in json.loads(done.stdout)} == {"gap_declared", "plan_too_short"}


def test_minutes_and_units_are_added_up(run: Run) -> None:
    done = run("check", ROOT / "content" / "sozialraumorientierung")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "Summe 720 Minuten 16 UE" in lines
    assert "Sozialraumorientierung, zwei Tage 720 Minuten 16 UE" in lines
    assert "Vorlage: Weiterbildungstag Kita, 05.07.2019 315 Minuten 7 UE" in lines


def test_all_problems_are_named_with_their_place(run: Run, course: Path) -> None:
    page = course / "ankommen" / "willkommen.md"
    page.write_text(page.read_text().replace("::: wuensche", "::: wunsche").replace("#w1-2", "#w1-1"))
    done = run("check", course)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert any(line.startswith(f"{page}:8: Fehler:") and "wunsche" in line for line in lines)
    assert any(line.startswith(f"{page}:16: Fehler:") and "w1-1" in line for line in lines)
    assert "wuensche" in done.stdout  # the nearest name is suggested
    assert lines[-1] == "2 Fehler, 0 Hinweise."


def test_json_says_the_same(run: Run, course: Path) -> None:
    (course / "feld" / "felder.md").unlink()
    done = run("check", course, "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert set(found[0]) == {"code", "severity", "path", "line", "message", "suggestion"}
    assert [(problem["path"], problem["severity"]) for problem in found] == [("feld/module.yaml", "error")]


def test_fix_writes_missing_ids_and_nothing_else(run: Run, course: Path) -> None:
    page = course / "ankommen" / "willkommen.md"
    before = page.read_text().replace("{#w1-3}", "")
    page.write_text(before)
    assert run("check", course).returncode == 1
    assert run("check", course, "--fix").returncode == 0
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), page.read_text().splitlines(), strict=True)
        if old != new
    ]
    assert len(changed) == 1
    assert changed[0][1].startswith("::: freitext {#")


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("check", tmp_path / "nirgends")
    assert (done.returncode, done.stdout) == (2, "")
    assert "ist kein Ordner" in done.stderr


def test_a_misspelt_command_is_explained_in_german(run: Run) -> None:
    done = run("chek")
    assert done.returncode == 2
    assert "Das hat Feldweg nicht verstanden" in done.stderr


def test_help_is_german_and_names_every_command(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(
        word in done.stdout
        for word in ("serve", "check", "publish", "export", "user", "backup", "restore", "test")
    )
    assert "usage" not in done.stdout
    assert "Aufruf:" in done.stdout
