"""Every example of docs/authoring.md compiles, and every message it quotes is the one an author gets.

A fence is marked `feldweg` and then: the path of a file; `text` or `block` for what stands on a page; `tagesplan` for
what stands at the end of course.yaml; `seite` for a page with a mistake, followed by the message as a quote.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.course.blocks import kinds
from app.course.compile import compile_course
from app.course.messages import WORDING, sentence, suggestion
from app.course.model import Problem
from app.course.source import from_mapping
from tests.course.sample import FRONT, SVG

GUIDE = (Path(__file__).parents[2] / "docs" / "authoring.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```feldweg ([^\n]+)\n(.*?)^```\n(?:\n> ([^\n]*)\n)?", re.DOTALL | re.MULTILINE)
EXAMPLES = [(found[1], found[2], found[3]) for found in FENCE.finditer(GUIDE)]

WITHIN = {"text", "block", "tagesplan", "seite"}
FILES = {mark: text for mark, text, _ in EXAMPLES if mark not in WITHIN and " " not in mark}
FIRST = ("course.yaml", "ankommen/module.yaml", "ankommen/willkommen.md", "ankommen/lernstopp-1.md")


def named(mark: str) -> list[str]:
    return [text for name, text, _ in EXAMPLES if name == mark]


def problems(**changes: str) -> list[Problem]:
    """The problems of the guide's own course with a page `probe` and these files."""
    files = {path: text for path, text in FILES.items() if path != "ankommen/beispiel.md"}
    files["ankommen/module.yaml"] = 'titel: "A"\nminuten: 32\nseiten: [willkommen, probe, lernstopp-1]\n'
    files |= {"ankommen/probe.md": FRONT + "Text\n", "media/platz.svg": SVG} | changes
    tree, known = from_mapping({path: text.encode() for path, text in files.items()})
    return list(compile_course(tree, known).problems)


def test_the_first_course_works_as_it_stands() -> None:
    tree, known = from_mapping({path: FILES[path].encode() for path in FIRST})
    compiled = compile_course(tree, known)
    assert compiled.problems == ()
    assert compiled.course is not None


def test_all_files_together_are_a_course() -> None:
    assert problems() == []
    assert problems(**{"ankommen/probe.md": FILES["ankommen/beispiel.md"]}) == []
    (full,) = named("course.yaml voll")
    assert problems(**{"course.yaml": full}) == []


@pytest.mark.parametrize("body", named("text") + named("block"))
def test_what_stands_on_a_page(body: str) -> None:
    assert problems(**{"ankommen/probe.md": FRONT + body}) == []


@pytest.mark.parametrize("plan", named("tagesplan"))
def test_day_plans(plan: str) -> None:
    assert problems(**{"course.yaml": FILES["course.yaml"] + plan}) == []


@pytest.mark.parametrize(
    ("page", "message"), [(text, said) for mark, text, said in EXAMPLES if mark == "seite"]
)
def test_mistakes(page: str, message: str) -> None:
    found = [p for p in problems(**{"ankommen/probe.md": page}) if p.path == "ankommen/probe.md"]
    assert [f"{sentence(problem)} {suggestion(problem)}" for problem in found] == [message]


def test_every_kind_of_block_is_shown() -> None:
    shown = set(re.findall(r"^::: ([a-z]+) ", GUIDE, re.MULTILINE))
    assert set(kinds()) <= shown
    assert all(f"### {kind}\n" in GUIDE for kind in kinds())


def test_the_message_about_encoding_is_quoted_exactly() -> None:
    assert "> {} {}\n".format(*WORDING["encoding"]) in GUIDE


def test_links_within_the_guide_lead_somewhere() -> None:
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"^```.*?^```", "", GUIDE, flags=re.DOTALL | re.MULTILINE), re.MULTILINE
    )
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE.split("## In fünf")[0])) <= anchors
