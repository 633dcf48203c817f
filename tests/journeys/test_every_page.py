"""Every page of the course on a phone, as somebody sees it who has written nothing yet."""

from __future__ import annotations

import pytest
import yaml

from tests.journeys import setting
from tests.journeys.conftest import NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import PHONE

MODULES = yaml.safe_load((setting.COURSE / "course.yaml").read_text())["module"]


@pytest.mark.parametrize("module", MODULES)
def test_every_page_of_a_module(module: str, scene: Scene, visit: NewVisitor) -> None:
    _, course = setting.real_course()
    reader = visit(PHONE)
    reader.enter(setting.enrol(scene, "Anna Kolb")[1], "Anna Kolb")
    found = next(each for each in course.modules if each.slug == module)
    assert len(found.pages) >= 8
    for page in found.pages:
        reader.open(scene.page(module, page.slug))
        reader.at(page.title)
        reader.look(f"seite-{module}-{page.slug}")
