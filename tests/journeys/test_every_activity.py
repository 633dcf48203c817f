"""Every block of the whole course is done once, on a phone's width, by keyboard alone, and stands in the Lernheft then."""

from __future__ import annotations

import pytest
import yaml
from playwright.sync_api import expect

from app.course.model import Block
from app.quizzes.kinds import kind_of
from tests.journeys import setting
from tests.journeys.conftest import NewVisitor
from tests.journeys.keyboarding import Typist, play
from tests.journeys.setting import Scene
from tests.journeys.visitor import PHONE, Visitor

MODULES = yaml.safe_load((setting.COURSE / "course.yaml").read_text())["module"]
DOER = "Anna Kolb"
NAMELESS = ("umfrage",)  # nobody's, so in nobody's Lernheft


def does(visitor: Visitor, block: Block) -> list[str]:
    """Whatever the block asks for; the words that were written."""
    place = visitor.block(block.id)
    if block.kind == "planspiel":
        assert play(visitor.page, place) > 0
        return []
    typist = Typist(visitor.page, place, f"Wort {block.id}")
    typist.fill()
    typist.hand_in()
    if kind_of(block).by_attempt:
        expect(place.locator(".explanation")).to_be_visible()
        return []
    return [] if block.kind in NAMELESS else typist.typed


def does_all(visitor: Visitor, path: str, blocks: list[Block]) -> list[str]:
    written = []
    for block in blocks:
        visitor.open(path)
        written += does(visitor, block)
    return written


def stands_in_the_lernheft(visitor: Visitor, scene: Scene, written: list[str]) -> None:
    visitor.open(f"{scene.way}lernheft")
    text = visitor.page.locator("main").inner_text()
    assert [words for words in written if words not in text] == []


@pytest.mark.parametrize("module", MODULES)
def test_every_activity_of_a_module(module: str, scene: Scene, visit: NewVisitor) -> None:
    doer = visit(PHONE)
    doer.enter(setting.enrol(scene, DOER)[1], DOER)
    found = setting.real_course()[1].find_module(module)
    assert found
    written = []
    for page in found.pages:
        written += does_all(doer, scene.page(module, page.slug), list(page.blocks))
    assert len(written) > 10
    stands_in_the_lernheft(doer, scene, written)


def test_every_case(scene: Scene, visit: NewVisitor) -> None:
    doer = visit(PHONE)
    doer.enter(setting.enrol(scene, DOER)[1], DOER)
    written = []
    for case in setting.real_course()[1].cases:
        written += does_all(doer, f"{scene.way}fall/lesen/{case.slug}", list(case.blocks))
    assert len(written) > 100
    stands_in_the_lernheft(doer, scene, written)
