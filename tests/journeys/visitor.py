"""Someone at a browser of their own, who sees when anything is wrong with a page."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.support.client import check_page

# Where the pictures of the pages go, to be looked at by people; without it none are taken.
PICTURES = os.environ.get("FELDWEG_TEST_PICTURES", "")
# All rules of axe, best practices too; those of WCAG 2.2 that it leaves out by itself are switched on.
_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
_CONTRAST = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
_AXE = Axe()
# Bars that stay while the page scrolls lie over something else at every scroll position; axe would judge by chance what
# lies under them, and leave out what it cannot see. So they stand in their place while it looks.
_LOOSEN = """() => {
  for (const each of document.body.querySelectorAll("*")) {
    const { position } = getComputedStyle(each);
    if (position !== "fixed" && position !== "sticky") continue;
    each.dataset.loosened = each.style.position;
    each.style.position = position === "fixed" ? "static" : "relative";
  }
}"""
_FASTEN = """() => {
  for (const each of document.querySelectorAll("[data-loosened]")) {
    each.style.position = each.dataset.loosened;
    delete each.dataset.loosened;
  }
}"""


@dataclass(frozen=True)
class Device:
    """What a person holds in their hand or sits at."""

    name: str
    width: int
    height: int
    touch: bool

    @property
    def options(self) -> dict[str, Any]:
        return {
            "viewport": {"width": self.width, "height": self.height},
            "has_touch": self.touch,
            "is_mobile": self.touch,
            "locale": "de-DE",
            "timezone_id": "Europe/Berlin",
            "reduced_motion": "reduce",
        }


PHONE = Device("telefon", 390, 844, touch=True)
DESK = Device("rechner", 1280, 900, touch=False)


class Visitor:
    """`look()` at a page is what every journey does at every place; everything else that happens is watched."""

    def __init__(self, browser: Browser, address: str, device: Device, *, script: bool = True) -> None:
        self.address, self.device, self.script = address, device, script
        self.context = browser.new_context(
            **device.options, base_url=address, java_script_enabled=script, accept_downloads=True
        )
        self.context.set_default_timeout(10_000)
        self.trouble: list[str] = []
        self._forgiven: list[str] = []
        self._document: Response | None = None
        watch = self.context.on
        watch("request", self._asked)
        watch("response", self._answered)
        watch("requestfailed", self._failed)
        watch("console", self._said)
        watch("weberror", lambda error: self.trouble.append(f"script error: {error.error}"))
        self.page = self.context.new_page()

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != urlsplit(self.address).netloc:
            self.trouble.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.resource_type == "document" and response.status not in (302, 303):
            self._document = response
        if response.status >= 400:
            self.trouble.append(_named(response))

    def _failed(self, request: Request) -> None:
        # A page that is left, and a download, end requests under way: that is no failure. The other is the test's doing.
        if request.failure not in ("net::ERR_ABORTED", "net::ERR_INTERNET_DISCONNECTED"):
            self.trouble.append(f"{request.failure} for {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # What Chromium says about an answer of 4xx was judged with the answer.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.trouble.append(f"console: {message.text}")

    @contextmanager
    def expecting(self, status: int) -> Iterator[None]:
        """An answer with this status belongs to the story, and must come."""
        with self.page.expect_response(lambda response: response.status == status) as waiting:
            yield
        self._forgiven.append(_named(waiting.value))

    def close(self) -> None:
        self.context.close()

    # What a person does

    def open(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press the one button with this name."""
        (within or self.page).get_by_role("button", name=name, exact=isinstance(name, str)).click()

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        (within or self.page).get_by_role("link", name=name, exact=isinstance(name, str)).click()

    def sign_in(self, email: str, password: str) -> None:
        """As staff; leads to what is to be done today."""
        self.open("/anmelden")
        self.page.get_by_label("E-Mail").fill(email)
        self.page.get_by_label("Passwort").fill(password)
        self.press("Anmelden")
        self.at("Heute")

    def enter(self, link: str, name: str) -> None:
        """By the personal link; leads to the way."""
        self.open(link)
        self.press(f"Als {name} weiterlernen")
        expect(self.page.get_by_role("heading", name="Ihr Weg")).to_be_visible()

    def block(self, block_id: str) -> Locator:
        return self.page.locator(f"section.block#{block_id}")

    def at(self, heading: str | re.Pattern[str]) -> None:
        """The page with this heading is there."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    # What every page must be like

    def look(self, name: str = "", *, dark: bool = True) -> None:
        """The page as it stands: axe in light and dark, nothing to scroll sideways, well-formed, no trouble so far."""
        place = self.glance(name)
        if self.script:  # axe needs it; the same page with JavaScript is looked at elsewhere
            self._ask_axe(place, name, dark=dark)
        self.untroubled(place)

    def glance(self, name: str = "") -> str:
        """The same without axe, for what is mostly seen elsewhere; says where that was."""
        page = self.page
        page.wait_for_load_state()
        place = f"{urlsplit(page.url).path} ({self.device.name}, {name or 'ohne Bild'})"
        wide = page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]")
        assert max(wide) <= self.device.width, f"{place}: {max(wide)} px wide on {self.device.width} px"
        assert self._document is not None
        check_page(self._document.text(), place)
        self.untroubled(place)
        return place

    def _ask_axe(self, place: str, name: str, *, dark: bool) -> None:
        page = self.page
        page.evaluate(_LOOSEN)
        findings = _AXE.run(page, options=_RULES).response["violations"]
        pale: list[dict[str, Any]] = []
        if dark:
            page.emulate_media(color_scheme="dark")
            pale = _AXE.run(page, options=_CONTRAST).response["violations"]
            page.emulate_media(color_scheme="light")
        page.evaluate(_FASTEN)
        if name and PICTURES:
            self.picture(name)
        assert not findings, f"{place}: {_words(findings)}"
        assert not pale, f"{place}, dark: {_words(pale)}"

    def untroubled(self, place: str = "") -> None:
        left = Counter(self.trouble) - Counter(self._forgiven)
        assert not left, f"{place}: {list(left.elements())}"

    def picture(self, name: str) -> None:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        before = self.page.evaluate("[scrollX, scrollY]")
        self.page.evaluate("scrollTo(0, 0)")
        self.page.screenshot(path=Path(PICTURES) / f"{name}-{self.device.name}.png", full_page=True)
        self.page.evaluate("(before) => scrollTo(...before)", before)


def _named(response: Response) -> str:
    return f"{response.status} for {response.request.method} {response.url}"


def _words(findings: list[dict[str, Any]]) -> str:
    """axe's findings, short enough to be read."""
    return "; ".join(
        f"{finding['id']}: {finding['help']} "
        + " | ".join(f"{node['target']} {node['html'][:160]}" for node in finding["nodes"][:3])
        for finding in findings
    )
