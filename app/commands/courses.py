"""Checking, publishing and taking out courses."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from sqlalchemy import select

from app.commands.common import Given, ready_app, stop
from app.course.compile import compile_bounded
from app.course.fix import fix_missing_ids
from app.course.messages import sentence, suggestion
from app.course.model import Problem, Severity
from app.course.source import SourceTree, from_folder
from app.course.totals import in_words
from app.editions import service as editions
from app.editions.models import Edition
from app.extensions import db, transaction


def check(given: Given) -> int:
    """Print every problem of a course folder."""
    found = _read_folder(given.folder)
    if found is None:
        return 2
    tree, problems = found
    if given.fix:
        for path, data in fix_missing_ids(tree).items():
            (given.folder / path).write_bytes(data)
            print(f"{path}: fehlende Kennungen ergänzt", file=sys.stderr)
        tree, problems = from_folder(given.folder)
    compiled = compile_bounded(tree, known=problems)
    problems = sorted({*problems, *compiled.problems})
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if given.json:
        print(json.dumps([_as_json(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        _print_problems(problems, given.folder)
        print(_summary(len(errors), len(problems) - len(errors)))
        if compiled.course:
            print("", *in_words(compiled.course), sep="\n")
    return 1 if errors else 0


def publish(given: Given) -> int:
    """Publish a folder as an edition; nothing changes when it has errors."""
    found = _read_folder(given.folder)
    if found is None:
        return 2
    tree, problems = found
    compiled = compile_bounded(tree, known=problems)
    errors = [problem for problem in {*problems, *compiled.problems} if problem.severity is Severity.ERROR]
    if errors or compiled.course is None:
        _print_problems(sorted(errors), given.folder)
        print("Nicht veröffentlicht. Bitte beheben Sie zuerst diese Fehler; es hat sich nichts geändert.")
        return 1
    app = ready_app()
    with app.app_context(), transaction():
        done = editions.publish(tree, compiled.course, given.author, given.note)
        number, digest = done.edition.id, done.edition.digest
    state = "Neue Fassung" if done.new else "Unverändert, das ist schon Fassung"
    print(f"{state} {number}: {compiled.course.title} (Prüfsumme {digest[:12]})")
    return 0


def export(given: Given) -> int:
    """Write the sources of an edition into a new folder."""
    app = ready_app()
    with app.app_context():
        edition = db.session.scalar(
            select(Edition).where(Edition.id == given.edition) if given.edition
            else select(Edition).order_by(Edition.id.desc()).limit(1)
        )  # fmt: skip
        if edition is None:
            return stop("Diese Fassung gibt es nicht. Welche es gibt, steht in Feldweg unter „Fassungen“.")
        if given.folder.exists():
            return stop(f"{given.folder} gibt es schon. Bitte nennen Sie einen neuen Ordner.")
        tree = editions.source_of(edition.id)
    for path, data in tree.files.items():
        target = given.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    print(f"{len(tree.files)} Dateien nach {given.folder} geschrieben.")
    return 0


def _read_folder(folder: Path) -> tuple[SourceTree, list[Problem]] | None:
    if not folder.is_dir():
        stop(f"{folder} ist kein Ordner. Nennen Sie den Ordner, in dem course.yaml liegt.")
        return None
    return from_folder(folder)


def _print_problems(problems: list[Problem], folder: Path) -> None:
    for problem in problems:
        word = "Fehler" if problem.severity is Severity.ERROR else "Hinweis"
        place = os.path.join(folder, problem.path)  # noqa: PTH118  # keeps the way the person typed it
        print(f"{place}:{problem.line}: {word}: {sentence(problem)}")
        advice = suggestion(problem)
        if advice:
            print(f"    {advice}")


def _summary(errors: int, hints: int) -> str:
    if not errors and not hints:
        return "Alles in Ordnung."
    said = "1 Hinweis" if hints == 1 else f"{hints} Hinweise"
    return f"{errors} Fehler, {said}." if errors else f"Keine Fehler, {said}."


def _as_json(problem: Problem) -> dict[str, str | int]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "path": problem.path,
        "line": problem.line,
        "message": sentence(problem),
        "suggestion": suggestion(problem),
    }
