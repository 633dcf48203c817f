"""Every page, case and sheet of the whole course, as somebody sees it who has written nothing yet; and what surrounds it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from app.course.model import Block, Course, Page
from app.quizzes import readable
from tests.journeys import setting
from tests.journeys.conftest import NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import DESK, PHONE, Device, Visitor

MODULES = yaml.safe_load((setting.COURSE / "course.yaml").read_text())["module"]
READER = "Anna Kolb"


@pytest.fixture
def course() -> Course:
    return setting.real_course()[1]


@pytest.fixture
def reader(scene: Scene, visit: NewVisitor, device: Device) -> Visitor:
    found = visit(device)
    found.enter(setting.enrol(scene, READER)[1], READER)
    return found


def looks_at(visitor: Visitor, path: str, page: Page, name: str) -> None:
    """All rules of axe on either device; whether the colours also do in the dark is asked once, on the phone."""
    visitor.open(path)
    visitor.at(page.title)
    visitor.look(name, dark=visitor.device is PHONE)


def blocks_of(course: Course, module: str) -> Iterator[Block]:
    found = course.find_module(module)
    assert found
    for page in found.pages:
        yield from page.blocks


@pytest.mark.parametrize("module", MODULES)
def test_every_page_of_a_module(module: str, scene: Scene, course: Course, reader: Visitor) -> None:
    found = course.find_module(module)
    assert found and len(found.pages) >= 7
    for page in found.pages:
        looks_at(reader, scene.page(module, page.slug), page, f"seite-{module}-{page.slug}")


def test_every_case(scene: Scene, course: Course, reader: Visitor) -> None:
    assert len(course.cases) >= 9
    for case in course.cases:
        looks_at(reader, f"{scene.way}fall/lesen/{case.slug}", case, f"fall-{case.slug}")


@pytest.mark.parametrize("module", [*MODULES, "cases"])
def test_every_empty_sheet(module: str, scene: Scene, course: Course, visit: NewVisitor) -> None:
    """What a trainer prints for a room without a network; on a phone it fits as well."""
    reader = visit(PHONE)
    reader.enter(setting.enrol(scene, READER)[1], READER)
    cases = [block for case in course.cases for block in case.blocks]
    blocks = cases if module == "cases" else list(blocks_of(course, module))
    assert len(blocks) >= 9
    for block in blocks:
        page = reader.open(f"{scene.way}blatt/{block.id}?leer=1")
        assert page.locator(f"section.block#{block.id}").count() == 1, block.id
        reader.glance(f"blatt-{block.id}")


def test_everything_around_the_course(scene: Scene, course: Course, reader: Visitor) -> None:
    """What a participant finds besides the pages: the places of the menu, search, cards, common pictures."""
    places = {
        "": course.title,
        "plan": "Tagesplan",
        "lernheft": "Lernheft",
        "lernheft/loeschen": "Lernheft löschen",
        "nachweise": "Nachweise",
        "lernkarten": "Lernkarten",
        "suche": "Suche",
        "suche?q=sozialr%C3%A4ume": "Suche",
        "glossar": "Glossar",
        "literatur": "Literatur",
    }
    for path, heading in places.items():
        reader.open(scene.way + path)
        reader.at(heading)
        reader.look(f"rund-{path.partition('?')[0].replace('/', '-') or 'weg'}", dark=reader.device is PHONE)
    for path in _shared(course):
        reader.open(scene.way + path)
        reader.look(f"rund-{path.replace('/', '-')}", dark=False)


def _shared(course: Course) -> list[str]:
    """Addresses of what people make together or read of each other."""
    found = [f"gemeinsam/{block.id}" for block in course.blocks if block.together]
    found += [f"beitraege/{block.id}" for block in course.blocks if readable.for_the_group(block)]
    assert len(found) >= 14
    return found


def test_everything_at_the_desk(scene: Scene, course: Course, visit: NewVisitor, device: Device) -> None:
    """The same cohort as those see it who organise and train it."""
    for name in (READER, "Bela Öztürk"):
        setting.enrol(scene, name)
    tarek, olga = visit(device), visit(device)
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    olga.sign_in(setting.OLGA, setting.PASSWORD)
    desk = f"/kohorten/{scene.cohort}"
    places = [
        (tarek, path)
        for path in ("", "/live", "/beitraege", "/gruppen", "/kursweg", "/teilnehmende", "/stand")
    ]
    for visitor, path in [*places, (olga, "/beitraege"), (olga, "/kursweg"), (olga, "/tagesplan")]:
        visitor.open(desk + path)
        visitor.look(f"tisch{path.replace('/', '-')}", dark=device is PHONE)
    for path in (*_of_the_desk(desk, course), *_projected(scene, desk, course)):
        tarek.open(path)
        tarek.look(dark=False)


def _of_the_desk(desk: str, course: Course) -> Iterator[str]:
    """Groups to be formed at every station where groups work; contributions to every block that trainers read."""
    for key, page in _stations(course):
        if any(block.group_work or getattr(block, "for_whom", "") == "gruppe" for block in page.blocks):
            yield f"{desk}/gruppen/bilden?station={key}"
    for block in course.blocks:
        if readable.shared_by_sight(block):
            yield f"{desk}/beitraege/{block.id}"


def _stations(course: Course) -> Iterator[tuple[str, Page]]:
    for module, page in course.stations():
        yield f"{module.slug}/{page.slug}", page
    for case in course.cases:
        yield f"fall/{case.slug}", case


def _projected(scene: Scene, desk: str, course: Course) -> Iterator[str]:
    for view in ("beitreten", "jetzt", "schlagworte"):
        yield f"{desk}/live/leinwand?zeigen={view}"
    for block in course.blocks:
        if block.kind == "ablauf":
            yield f"{scene.way}ablauf/{block.id}/leinwand"


def test_the_course_as_a_trainer_reads_it(scene: Scene, course: Course, visit: NewVisitor) -> None:
    """The preview: nothing can be filled in, but every page is there and fits."""
    tarek = visit(DESK)
    tarek.sign_in(setting.TAREK, setting.PASSWORD)
    for module, page in course.stations():
        tarek.open(scene.page(module.slug, page.slug))
        tarek.at(page.title)
        tarek.glance(f"vorschau-{module.slug}-{page.slug}")
