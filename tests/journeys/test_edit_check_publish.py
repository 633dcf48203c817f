"""Someone writes the course: a page is edited with a mistake, checked, mended, published, and used by a new cohort.

The commands run as a person runs them, in processes of their own beside the running server; so the clock runs, too.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from app import clock
from tests.journeys import setting
from tests.journeys.conftest import NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import Device, Visitor

ROOT = Path(__file__).parents[2]
MODULE, PAGE = "sozialraum-verstehen", "was-ist-ein-sozialraum"
NEW = "Auch der Weg zum Briefkasten gehört dazu."
MOMENT = r"\d{1,2}\. \w+ \d{4}, \d\d:\d\d Uhr"
MISTAKE = "\n::: freitxt {#neu-1}\nWo beginnt Ihr Weg?\n:::\n"


def run(app: Flask, *arguments: object) -> subprocess.CompletedProcess[str]:
    """`feldweg.py …` on this installation."""
    values = app.extensions["feldweg"].settings
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONWARNINGS"}
    environment |= {
        "FELDWEG_DATA": str(values.data),
        "DATABASE_URL": values.database_url,
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "app", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.usefixtures("real_time")
def test_from_the_folder_to_a_new_cohort(
    app: Flask, device: Device, visit: NewVisitor, tmp_path: Path
) -> None:
    scene = setting.set_up(app, clock.today())
    folder = tmp_path / "kurs"
    shutil.copytree(setting.COURSE, folder)
    page = folder / MODULE / f"{PAGE}.md"
    good = page.read_text()

    first = run(app, "check", folder)
    assert (first.returncode, "Fehler:" in first.stdout) == (0, False), first.stdout
    refused(app, folder, page, good)
    page.write_text(good + f"\n{NEW}\n")
    assert run(app, "check", folder).returncode == 0
    published = run(app, "publish", folder, "--note", "Ein Satz mehr über Wege", "--as", "Karin Schreiber")
    assert published.returncode == 0, published.stderr
    assert published.stdout.startswith(f"Neue Fassung {scene.edition + 1}: Sozialraumorientierung")
    again = run(app, "publish", folder)
    assert again.stdout.startswith(f"Unverändert, das ist schon Fassung {scene.edition + 1}")

    new = makes_a_cohort_on_the_new_edition(visit(device), scene)
    reads(visit(device), new, "Nora Thiel", sees_it=True)
    reads(visit(device), scene, "Emre Şahin", sees_it=False)


def refused(app: Flask, folder: Path, page: Path, good: str) -> None:
    """A block with a misspelt name: check says where and what was meant; publish changes nothing."""
    page.write_text(good + MISTAKE)
    line = 1 + next(at for at, text in enumerate(page.read_text().splitlines()) if "freitxt" in text)
    checked = run(app, "check", folder)
    assert checked.returncode == 1
    said = next(text for text in checked.stdout.splitlines() if text.startswith(f"{page}:{line}: Fehler: "))
    assert "freitxt" in said
    assert "freitext" in checked.stdout.split(said, 1)[1].splitlines()[1], "the nearest name is not suggested"
    broken = run(app, "publish", folder)
    assert broken.returncode == 1
    assert f"{page}:{line}: Fehler: " in broken.stdout
    assert "Nicht veröffentlicht." in broken.stdout


def makes_a_cohort_on_the_new_edition(olga: Visitor, scene: Scene) -> Scene:
    page = olga.page
    olga.sign_in(setting.OLGA, setting.PASSWORD)
    olga.follow("Fassungen", page.get_by_role("navigation", name="Hauptnavigation"))
    olga.at("Fassungen")
    rows = page.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    expect(rows).to_have_count(2)
    for row, number in ((rows.first, scene.edition + 1), (rows.last, scene.edition)):
        expect(row.get_by_role("cell").first).to_have_text(
            re.compile(rf"^\s*Fassung {number} vom {MOMENT}\s*$")
        )
    expect(rows.first).to_contain_text("Ein Satz mehr über Wege")
    expect(rows.first).to_contain_text("Karin Schreiber")
    expect(rows.first.get_by_role("cell").last).to_have_text("0")
    expect(rows.last.get_by_role("cell").last).to_have_text("1")
    olga.look("fassungen")
    olga.follow(re.compile("."), rows.first)
    olga.at("Sozialraumorientierung in der Kinder- und Jugendhilfe")
    news = page.get_by_role("region", name="Was ist neu")
    expect(news).to_contain_text("Was ist ein Sozialraum?")
    expect(news.get_by_role("listitem")).to_have_count(1)
    olga.look("fassung")
    chooses_among_the_editions(olga, scene)
    olga.follow(re.compile("Diesen Plan nehmen.*Sozialraumorientierung, ein Tag"))
    expect(page.locator(".lead + p")).to_have_text(re.compile(rf"^Fassung {scene.edition + 1} vom {MOMENT}$"))
    page.get_by_label("Titel der Kohorte").fill("Mit dem neuen Satz")
    page.get_by_label("Ort oder „online“").fill("online")
    page.get_by_label("Datum: Tag").fill((clock.today() + timedelta(days=30)).isoformat())
    olga.press("Kohorte anlegen")
    olga.at("Mit dem neuen Satz")
    code = page.locator("dd .num").inner_text()
    return Scene(scene.app, int(page.url.rsplit("/", 1)[1]), code, scene.edition + 1)


def chooses_among_the_editions(olga: Visitor, scene: Scene) -> None:
    """One list for the course, the newest first; the edition that was looked at is the one that is taken."""
    page = olga.page
    newest = f"Fassung {scene.edition + 1} vom {MOMENT}"
    olga.follow("Kohorte mit dieser Fassung anlegen")
    olga.at("Neue Kohorte")
    choice = page.get_by_label("Andere Fassung dieses Kurses")
    expect(choice).to_have_value(str(scene.edition + 1))
    expect(choice.locator("option")).to_have_text([
        re.compile(rf"^{newest} \(neueste\): Ein Satz mehr über Wege$"),
        re.compile(rf"^Fassung {scene.edition} vom {MOMENT}$"),
    ])  # fmt: skip
    section = page.get_by_role("region", name="Sozialraumorientierung in der Kinder- und Jugendhilfe")
    shown = section.locator("h2 + p")
    expect(shown).to_have_text(re.compile(rf"^{newest}: Ein Satz mehr über Wege$"))
    olga.look("kohorte-fassung-waehlen")
    choice.select_option(str(scene.edition))
    olga.press("Tagespläne dieser Fassung zeigen")
    expect(choice).to_have_value(str(scene.edition))
    expect(shown).to_have_text(re.compile(rf"^Fassung {scene.edition} vom {MOMENT}$"))
    choice.select_option(str(scene.edition + 1))
    olga.press("Tagespläne dieser Fassung zeigen")
    expect(shown).to_have_text(re.compile(rf"^{newest}: Ein Satz mehr über Wege$"))


def reads(reader: Visitor, scene: Scene, name: str, *, sees_it: bool) -> None:
    """Joins by the link, as everybody does, and reads the page that was edited."""
    page = reader.open(f"/beitreten/{scene.code}")
    page.get_by_label("Ihr Name, wie er auf der Bescheinigung stehen soll").fill(name)
    reader.press("Beitreten")
    reader.at(f"Willkommen, {name}")
    reader.open(scene.page(MODULE, PAGE))
    reader.at("Was ist ein Sozialraum?")
    expect(page.locator(".prosa", has_text=NEW)).to_have_count(1 if sees_it else 0)
    reader.look("neue-fassung" if sees_it else "alte-fassung")
