"""What people do with their phones in several journeys: come in, save, look again, take something home."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pypdfium2
from playwright.sync_api import Locator, expect

from tests.journeys import setting
from tests.journeys.conftest import NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import PHONE, Visitor

SAVED = re.compile("^gespeichert ")


def comes_in(visit: NewVisitor, scene: Scene, name: str) -> Visitor:
    """Somebody new in the cohort, signed in on a phone of their own."""
    _, link = setting.enrol(scene, name)
    found = visit(PHONE)
    found.enter(link, name)
    return found


def turns_to(visitor: Visitor, scene: Scene, module: str, page: str, block: str) -> Locator:
    """A block on its page."""
    visitor.open(scene.page(module, page))
    return visitor.block(block)


def saves(visitor: Visitor, block: Locator, button: str = "Speichern") -> None:
    """With its button; the page that comes then says so."""
    with visitor.page.expect_navigation():
        visitor.press(button, block)
    expect(block.locator("[data-saved]")).to_have_text(SAVED)


def looks_again(visitor: Visitor) -> None:
    """The phone is taken up again: what is kept fresh asks at once instead of at its next turn."""
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def chooses(group: Locator, word: str) -> None:
    """A word of a segmented control, or a step of a scale."""
    group.get_by_label(word, exact=True).check()


def takes(visitor: Visitor, link: str, folder: Path) -> Path:
    """A file downloaded by this link."""
    with visitor.page.expect_download() as waiting:
        visitor.follow(link)
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def words_of(pdf: Path) -> str:
    """The words of all pages, blanks collapsed, without the places where a long word may break."""
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    pages = [each.get_textpage().get_text_range() for each in document]
    document.close()
    text = " ".join(pages).replace("\ufffe", "-").replace("\u200b", "")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
