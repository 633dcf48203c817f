"""Doing whatever a block asks for with nothing but a keyboard: Tab from field to field, type, choose, hand in."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 200
ENDS = ("von", "bis")
_AT = """(block) => {
  const at = document.activeElement;
  if (!block.contains(at)) return null;
  const box = at.closest("label") ?? block.querySelector(`label[for="${at.id}"]`);
  return {
    tag: at.tagName, type: at.type ?? "", name: at.name ?? "", value: at.value ?? "", checked: at.checked ?? false,
    label: (box?.textContent ?? at.textContent).trim(), open: at.closest("details")?.open ?? true,
    one: at.type === "radio" && [...block.querySelectorAll(`input[name="${CSS.escape(at.name)}"]`)].some((e) => e.checked && e.value),
  };
}"""
_FIRST = "a[href], button, input:not([type=hidden]), textarea, select, summary"


class Typist:
    """Fills one block; `typed` is what was written, so that it can be looked for afterwards."""

    def __init__(self, page: Page, block: Locator, mark: str) -> None:
        self.page, self.block, self.mark = page, block, mark
        self.typed: list[str] = []

    def fill(self) -> None:
        """From the first field of the form to its last."""
        form = self.block.locator("form[data-answer]").first
        form.locator(_FIRST).locator("visible=true").first.focus()
        for _ in range(MOST_STOPS):
            at = form.evaluate(_AT)
            if at is None:
                return
            self._meet(at)
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead out of {self.mark}")

    def hand_in(self) -> None:
        """Enter on the form's own button; the page comes back with the answer saved."""
        button = self.block.locator("form[data-answer] button[type=submit]").last
        button.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        expect(self.block.locator(".error-summary")).to_have_count(0)

    def _meet(self, at: dict[str, Any]) -> None:
        press = self.page.keyboard.press
        if at["tag"] == "SUMMARY" and not at["open"] and not self.typed:
            press("Enter")
        elif at["type"] == "date":
            self.page.keyboard.type("12122030")  # the same day whether the month or the day comes first
        elif at["tag"] == "TEXTAREA" or at["type"] in ("text", "search"):
            if at["name"] in ENDS:  # of a net: two of the nodes that were written down above
                self.page.keyboard.type(self.typed[ENDS.index(at["name"])])
            elif not at["value"]:
                self._write()
        elif at["type"] == "radio" and not at["one"]:
            press("ArrowUp" if at["checked"] else "Space")
        elif at["type"] == "checkbox" and not at["checked"] and "weglassen" not in at["label"]:
            press("Space")
        elif at["tag"] == "SELECT" and not at["value"]:
            press("ArrowDown")

    def _write(self) -> None:
        words = f"{self.mark} {len(self.typed) + 1}"
        self.page.keyboard.type(words)
        self.typed.append(words)


def play(page: Page, block: Locator) -> int:
    """A scenario to one of its endings, always by the first choice; how many choices that took."""
    for count in range(40):
        choices = block.locator("button[name=wahl]")
        if not choices.count():
            return count
        choices.first.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    raise AssertionError("this scenario does not end")
