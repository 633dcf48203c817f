"""Every problem is provoked once, stands where the mistake is, and is said in German."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.course import messages
from app.course.model import Problem
from tests.course.problems_of_boards import BOARDS
from tests.course.problems_of_files import FILES
from tests.course.problems_of_pages import PAGES
from tests.course.problems_of_procedures import PROCEDURES
from tests.course.problems_of_questions import QUESTIONS
from tests.course.problems_of_sheets import SHEETS
from tests.course.sample import compiled, found, page, sample

PROVOKED = FILES | PAGES | BOARDS | QUESTIONS | PROCEDURES | SHEETS
# These need a folder, a child process or a parser that fails; their own tests provoke them.
ELSEWHERE = {
    "folder_missing", "file_unreadable", "symlink", "tree_too_large", "too_many_files",
    "page_too_slow", "text_unreadable",
}  # fmt: skip
CORE = Path(messages.__file__).parent


def test_the_sample_has_no_problem() -> None:
    assert found(sample()) == []


@pytest.mark.parametrize("code", PROVOKED)
def test_problem_has_its_place(code: str) -> None:
    files, path, line = PROVOKED[code]
    assert (path, line, code) in found(files)


@pytest.mark.parametrize("code", PROVOKED)
def test_problem_is_said_in_full(code: str) -> None:
    files, _, _ = PROVOKED[code]
    for problem in compiled(files).problems:
        said = messages.sentence(problem) + " " + messages.suggestion(problem)
        assert "‹" not in said, "a parameter is missing"
        assert "{{" not in said
        assert messages.sentence(problem).endswith((".", ")."))
        assert messages.suggestion(problem)


def test_every_wording_is_provoked() -> None:
    assert set(PROVOKED) | ELSEWHERE == set(messages.WORDING)
    assert not set(PROVOKED) & ELSEWHERE


def test_every_code_in_the_source_has_a_wording() -> None:
    noted = {"error", "warning", "refuse", "Problem"}
    for path in CORE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or ast.unparse(call.func).split(".")[-1] not in noted:
                continue
            codes = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            for code in codes:
                assert code in messages.WORDING or code in ("", "yaml_"), f"{path.name}: {code}"


def test_a_near_name_is_suggested() -> None:
    files, _, _ = PAGES["block_unknown"]
    (problem,) = [problem for problem in compiled(files).problems if problem.code == "block_unknown"]
    assert messages.sentence(problem) == "Einen Block „fraqe“ gibt es nicht."
    assert messages.suggestion(problem).startswith(
        "Meinten Sie „frage“? Möglich sind: ablauf, arbeitsblatt, fall, frage, "
    )


def test_an_unknown_code_does_not_raise() -> None:
    problem = Problem("a.md", 1, "no_such_code")
    assert "no_such_code" in messages.sentence(problem)


def test_braces_of_an_author_are_shown_as_they_are() -> None:
    problem = Problem("a.md", 1, "unknown_term", parameters=(("name", "{0.__class__}"),))
    assert "{0.__class__}" in messages.sentence(problem)


def said(files: dict[str, bytes], code: str) -> str:
    (found_one,) = [problem for problem in compiled(files).problems if problem.code == code]
    return messages.sentence(found_one) + " " + messages.suggestion(found_one)


def test_a_number_is_advised_in_the_way_of_its_place() -> None:
    block = sample(page=page("::: freitext {#t1 minuten=zehn}\nWas?\n:::\n"))
    assert said(block, "number_invalid").endswith("in Ziffern, zum Beispiel minuten=10.")
    front = sample(page="---\ntitel: T\nminuten: zwölf\n---\nText\n")
    assert said(front, "number_invalid").endswith("in Ziffern, zum Beispiel minuten: 10.")


def test_slips_are_named() -> None:
    short = sample(page=page(":: freitext {#t1}\nWas?\n:::\n"))
    assert said(short, "fence_short").startswith("Hier fehlt ein Doppelpunkt: „::: freitext {#t1}“.")
    bare = sample(page=page("::: freitext {t1}\nWas?\n:::\n"))
    assert said(bare, "id_without_hash").startswith("Vor die Kennung gehört ein #: {#t1}.")
    quote = sample(module='titel: "Eins\nminuten: 20\nseiten: ["a"]\n')
    assert said(quote, "yaml_quote").startswith("In Zeile 1 beginnt ein Anführungszeichen, das nicht")
    picture = sample(page=page("![b](medien:Mein Bild.PNG)\n"))
    assert "um in mein-bild.png, und schreiben Sie hier medien:mein-bild.png." in said(
        picture, "picture_blank"
    )


def test_quotation_marks_in_a_title_become_inner_ones() -> None:
    problem = Problem("a.md", 1, "plan_empty", parameters=(("plan", "Tag „Eins“"),))
    assert messages.sentence(problem) == "Der Tagesplan „Tag ‚Eins‘“ ist leer."
