"""`feldweg.py publish` and `export`: the same content is the same edition; a broken course changes nothing."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_publishing_twice_is_one_edition(run: Run, course: Path) -> None:
    first, second = run("publish", course), run("publish", course)
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout.startswith("Neue Fassung 1: Kleiner Kurs")
    assert second.stdout.startswith("Unverändert, das ist schon Fassung 1")


def test_a_changed_page_is_a_new_edition(run: Run, course: Path) -> None:
    run("publish", course)
    page = course / "ankommen" / "schauen.md"
    page.write_text(page.read_text() + "\nNoch ein Satz.\n")
    assert run("publish", course).stdout.startswith("Neue Fassung 2")


def test_a_broken_course_is_refused_and_nothing_changes(run: Run, course: Path) -> None:
    run("publish", course)
    page = course / "ankommen" / "schauen.md"
    good = page.read_text()
    page.write_text(good + "\n::: freitext {#offen}\nWas?\n")
    done = run("publish", course)
    assert done.returncode == 1
    assert "Nicht veröffentlicht" in done.stdout
    assert "schauen.md:" in done.stdout
    page.write_text(good)
    assert run("publish", course).stdout.startswith("Unverändert, das ist schon Fassung 1")


def test_export_gives_back_the_same_bytes(run: Run, course: Path, tmp_path: Path) -> None:
    run("publish", course)
    assert run("export", tmp_path / "heraus").returncode == 0
    assert contents(tmp_path / "heraus") == contents(course)


def test_export_never_overwrites(run: Run, course: Path) -> None:
    run("publish", course)
    done = run("export", course)
    assert (done.returncode, "gibt es schon" in done.stderr) == (2, True)


def test_exporting_an_unknown_edition(run: Run, course: Path, tmp_path: Path) -> None:
    run("publish", course)
    assert run("export", tmp_path / "x", "--edition", 7).returncode == 2
    assert not (tmp_path / "x").exists()
