"""Everything by keyboard: the skip link, a Lernstopp, a question, a matching. One always sees where one is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import setting
from tests.journeys.conftest import Hour, NewVisitor
from tests.journeys.setting import Scene
from tests.journeys.visitor import Device, Visitor

QUESTION = "Wie bleibe ich mit dem Sportverein im Kontakt?"
# What has the focus must show a ring of at least 2 px (or its label or box must), stand within the window, and nothing
# may lie over all of it: its middle, or one of its corners, is on top.
_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return { problem: "nothing has the focus" };
  const name = `${at.tagName.toLowerCase()} ${at.getAttribute("name") ?? ""} ${(at.textContent || at.value || "").trim().slice(0, 40)}`;
  const rings = [at, at.closest("label"), at.closest(".choice")].filter(Boolean).filter((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== "rgba(0, 0, 0, 0)";
  });
  if (!rings.length) return { problem: `no ring: ${name}` };
  const box = rings[0].getBoundingClientRect();
  const dots = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]];
  const free = dots.some(([x, y]) => {
    const top = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
    return top && (rings[0].contains(top) || top.contains(at));
  });
  return { problem: free ? "" : `hidden behind something or outside: ${name}` };
}"""


@pytest.fixture
def bela(scene: Scene, device: Device, visit: NewVisitor) -> tuple[Visitor, int]:
    """Somebody with an opening question and a keyword, signed in; and the enrolment's id."""
    enrolment, link = setting.enrol(scene, "Bela Öztürk")
    setting.write(scene, enrolment, "w1-2", {"items": [{"id": "a1", "text": QUESTION}]})
    found = visit(device)
    found.enter(link, "Bela Öztürk")
    return found, enrolment


def tab_to(visitor: Visitor, wanted: Locator, most: int = 60) -> None:
    """Press Tab until there; every stop on the way must be seen."""
    seen = []
    for _ in range(most):
        visitor.page.keyboard.press("Tab")
        problem = visitor.page.evaluate(_FOCUS)["problem"]
        assert not problem, f"{problem} (after {seen[-3:]})"
        if wanted.evaluate("(each) => each === document.activeElement"):
            return
        seen.append(visitor.page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    raise AssertionError(f"Tab does not lead there: {seen}")


def skip_to_the_text(visitor: Visitor) -> None:
    visitor.page.keyboard.press("Tab")
    link = visitor.page.get_by_role("link", name="Zum Inhalt")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()


def test_the_skip_link_leads_past_the_way(scene: Scene, bela: tuple[Visitor, int]) -> None:
    visitor, _ = bela
    visitor.open(scene.page("sozialraum-verstehen", "was-ist-ein-sozialraum"))
    skip_to_the_text(visitor)
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert not visitor.page.evaluate(_FOCUS)["problem"]


def test_the_whole_page_can_be_walked_through(scene: Scene, bela: tuple[Visitor, int]) -> None:
    """From the first link to the last one of the foot, the menu of the account and the way included."""
    visitor, _ = bela
    page = visitor.open(scene.page("sozialraum-verstehen", "lernstopp-1"))
    tab_to(visitor, page.locator("footer").get_by_role("link").last, most=90)


def test_a_lernstopp(scene: Scene, hour: Hour, bela: tuple[Visitor, int]) -> None:
    visitor, enrolment = bela
    hour.strikes("10:20")
    page = visitor.open(scene.page("sozialraum-verstehen", "lernstopp-1"))
    stop, keys = visitor.block("l1-1"), page.keyboard
    skip_to_the_text(visitor)
    states = stop.get_by_role("group", name=QUESTION)
    tab_to(visitor, states.get_by_label("offen"))
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(states.get_by_label("verändert")).to_be_checked()
    tab_to(visitor, stop.get_by_label("Ihre Frage in neuer Fassung"))
    keys.type("Was hat der Verein davon?")
    tab_to(visitor, stop.get_by_label(re.compile("Was ist Ihnen in diesem Abschnitt")))
    keys.type("Zwei Zeilen:")
    keys.press("Enter")
    keys.type("die zweite.")
    tab_to(visitor, stop.get_by_label("Neues Schlagwort 1"))
    keys.type("Verein")
    tab_to(visitor, stop.get_by_role("button", name="Speichern"))
    keys.press("Enter")
    expect(stop.locator("[data-saved]")).to_have_text("gespeichert 10:20")
    body = setting.saved(scene, enrolment, "l1-1")
    assert body["states"] == {"w1-2_a1": "veraendert"}
    assert body["wording"] == {"w1-2_a1": "Was hat der Verein davon?"}
    assert body["entries"][0]["a"] == "Zwei Zeilen:\ndie zweite."
    assert [word["text"] for word in body["keywords"]] == ["Verein"]


def test_a_lernstopp_without_an_entry(scene: Scene, bela: tuple[Visitor, int]) -> None:
    visitor, enrolment = bela
    visitor.open(scene.page("sozialraum-verstehen", "lernstopp-1"))
    stop = visitor.block("l1-1")
    skip_to_the_text(visitor)
    tab_to(visitor, stop.get_by_role("button", name="Für mich bedacht, ohne Eintrag"))
    visitor.page.keyboard.press("Space")
    expect(stop.locator("[data-saved]")).to_contain_text("für mich bedacht, ")
    assert setting.saved(scene, enrolment, "l1-1")["acknowledged"] is True


def test_a_question_with_one_answer(scene: Scene, bela: tuple[Visitor, int]) -> None:
    visitor, _ = bela
    page = visitor.open(scene.page("sozialraum-verstehen", "wissensfragen-1"))
    block = visitor.block("q1-1")
    skip_to_the_text(visitor)
    choices = block.get_by_role("radio")
    tab_to(visitor, choices.first)
    page.keyboard.press("ArrowDown")
    expect(choices.nth(1)).to_be_checked()
    assert not page.evaluate(_FOCUS)["problem"]
    tab_to(visitor, block.get_by_role("button", name="Antwort abgeben"))
    page.keyboard.press("Enter")
    expect(block.locator("li.choice .feedback__word")).to_have_count(4)
    expect(block.get_by_text("Ihre Wahl:")).to_have_count(1)


def test_a_question_with_several_answers(scene: Scene, bela: tuple[Visitor, int]) -> None:
    visitor, _ = bela
    page = visitor.open(scene.page("sozialraum-verstehen", "wissensfragen-1"))
    block = visitor.block("q1-4")
    skip_to_the_text(visitor)
    boxes = block.get_by_role("checkbox")
    for at in (0, 2):
        tab_to(visitor, boxes.nth(at))
        page.keyboard.press("Space")
    tab_to(visitor, block.get_by_role("button", name="Antwort abgeben"))
    page.keyboard.press("Enter")
    expect(block.get_by_text("Ihre Wahl:")).to_have_count(2)


def test_a_matching(scene: Scene, bela: tuple[Visitor, int]) -> None:
    visitor, enrolment = bela
    page = visitor.open(scene.page("sozialraum-verstehen", "wissensfragen-1"))
    block = visitor.block("q1-5")
    skip_to_the_text(visitor)
    lists = block.get_by_role("combobox")
    expect(lists).to_have_count(4)
    for at in range(4):
        tab_to(visitor, lists.nth(at))
        page.keyboard.type("Lebenswelt" if at else "Sozialraum")
    tab_to(visitor, block.get_by_role("button", name="Antwort abgeben"))
    page.keyboard.press("Enter")
    expect(block.locator("li.pair .feedback__word")).to_have_count(4)
    chosen = setting.saved(scene, enrolment, "q1-5")["pairs"]
    assert sorted(chosen.values()) == ["Lebenswelt"] * 3 + ["Sozialraum"]


def test_what_is_missing_gets_the_focus(scene: Scene, bela: tuple[Visitor, int]) -> None:
    """After a refusal the focus is on the summary, and its link leads to the field."""
    visitor, _ = bela
    page = visitor.open(scene.page("sozialraum-verstehen", "wissensfragen-1"))
    block = visitor.block("q1-5")
    skip_to_the_text(visitor)
    tab_to(visitor, block.get_by_role("button", name="Antwort abgeben"))
    with visitor.expecting(422):
        page.keyboard.press("Enter")
    expect(block.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    link = block.get_by_role("alert").get_by_role("link").first
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(block.locator(link.get_attribute("href") or "")).to_be_focused()
    expect(block.locator("select:focus")).to_have_count(1)
    visitor.look("tastatur-fehlt-etwas")
