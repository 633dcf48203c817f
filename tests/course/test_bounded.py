"""No file keeps the process busy: reading happens in a child that can be killed."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from app.course import bounded
from app.course.compile import compile_bounded, compile_course
from app.course.source import from_mapping
from tests.course.sample import page, sample

SLOW = page("[" * 60000)


def test_the_same_as_in_this_process() -> None:
    tree, known = from_mapping(sample(page=page("<b>")))
    assert compile_bounded(tree, known=known) == compile_course(tree, known)


def test_an_empty_tree() -> None:
    tree, _ = from_mapping({})
    assert [problem.code for problem in compile_bounded(tree).problems] == ["file_missing"]


def test_a_slow_page_is_named_and_the_others_are_still_checked() -> None:
    tree, _ = from_mapping(sample(page=SLOW, stop="kaputt", **{"eins/auch.md": SLOW}))
    started = time.monotonic()
    result = compile_bounded(tree, seconds_per_page=0.05)
    assert time.monotonic() - started < 20
    assert result.course is None
    assert [(problem.path, problem.code) for problem in result.problems] == [
        ("eins/auch.md", "page_too_slow"),
        ("eins/halt.md", "front_matter_missing"),
        ("eins/seite.md", "page_too_slow"),
    ]


def test_when_all_takes_too_long_the_rest_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "SECONDS_PER_COURSE", 0)
    tree, _ = from_mapping(sample())
    slow = bounded.pages_too_slow(tree, 2.0)
    assert "eins/seite.md" in slow


def test_a_child_that_does_not_start_is_no_fault_of_the_course(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    tree, _ = from_mapping(sample())
    with pytest.raises(RuntimeError):
        bounded.pages_too_slow(tree, 2.0)


def test_no_child_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def remember(*args: object, **kwargs: object) -> subprocess.Popen[bytes]:
        children.append(popen(*args, **kwargs))  # type: ignore[call-overload]
        return children[-1]

    monkeypatch.setattr(bounded.subprocess, "Popen", remember)
    tree, _ = from_mapping(sample(page=SLOW))
    assert bounded.pages_too_slow(tree, 0.05) == ("eins/seite.md",)
    assert len(children) == 2
    assert all(child.returncode is not None for child in children)
