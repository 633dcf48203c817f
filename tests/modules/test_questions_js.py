"""order.js and matrix.js in a real Chromium against the application, and the same questions without any script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.server import serving
from tests.modules.doors import course
from tests.quizzes.questions import FILES

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
pytestmark = pytest.mark.browser


class Desk:
    """Anna at a browser on the page with the questions."""

    def __init__(self, chromium, client, address: str, path: str, **options) -> None:
        # So high that nothing has to be scrolled: a page that moves under the mouse loses what it drags.
        self.context = chromium.new_context(viewport={"width": 1000, "height": 3000}, **options)
        (cookie,) = client._cookies.values()
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        self.url, self.problems = address + path, []
        self.page = self.open()

    def open(self):
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(self.url)
        page.wait_for_timeout(300)
        return page

    def block(self, block_id: str, page=None):
        return (page or self.page).locator(f"#{block_id}")


@pytest.fixture
def desk_with(app, cast, pinned, client_for, chromium) -> Iterator:
    """`desk_with(javaScriptEnabled=False)`"""
    pinned(FILES)
    desks: list[Desk] = []
    client = client_for(cast.anna)
    path = course(cast, "seite/ankommen/fragen-1")
    assert client.get(path).status_code == 200
    with serving(app) as address:

        def make(**options) -> Desk:
            desks.append(Desk(chromium, client, address, path, **options))
            return desks[-1]

        yield make
        for desk in desks:
            desk.context.close()
            assert not desk.problems


@pytest.fixture
def desk(desk_with) -> Desk:
    return desk_with()


def order_of(block) -> list[str]:
    return block.locator("[data-order] > li").evaluate_all("all => all.map(one => one.dataset.text)")


def test_steps_move_by_keyboard_and_it_is_said(desk: Desk, saved, cast) -> None:
    block = desk.block("qu-order")
    first, second, *_ = order_of(block)
    down = block.get_by_role("button", name=f"„{first}“ nach unten")
    down.focus()
    desk.page.keyboard.press("Enter")
    assert order_of(block)[:2] == [second, first]
    expect(down).to_be_focused()
    expect(block.locator("p[role=status]")).to_have_text(f"„{first}“ steht jetzt auf Platz 2 von 4.")
    expect(block.locator("[data-up]").first).to_have_attribute("aria-disabled", "true")
    expected = order_of(block)
    block.get_by_role("button", name="Antwort abgeben").click()
    answered = desk.block("qu-order").locator(".order--answered .order__text")
    expect(answered).to_have_text(expected)
    assert sorted(saved(cast.anna, "qu-order")["places"].values()) == [1, 2, 3, 4]


def test_steps_move_by_dragging(desk: Desk) -> None:
    block = desk.block("qu-order")
    before = order_of(block)
    handle = block.locator(".order__handle").first.bounding_box()
    target = block.locator("[data-order] > li").nth(2).bounding_box()
    x = handle["x"] + handle["width"] / 2
    desk.page.mouse.move(x, handle["y"] + handle["height"] / 2)
    desk.page.mouse.down()
    desk.page.mouse.move(x, target["y"] + target["height"] - 4, steps=8)
    desk.page.mouse.up()
    assert order_of(block) == [before[1], before[2], before[0], before[3]]
    expect(block.locator("p[role=status]")).to_contain_text("Platz 3 von 4")


def test_an_order_that_was_not_handed_in_comes_back(desk: Desk) -> None:
    block = desk.block("qu-order")
    first = order_of(block)[0]
    block.get_by_role("button", name=f"„{first}“ nach unten").click()
    expected = order_of(block)
    desk.page.wait_for_timeout(1500)
    desk.page.close()
    again = desk.open()
    expect(desk.block("qu-order", again).locator("[data-saved]")).to_contain_text("wiederhergestellt")
    again.wait_for_timeout(100)
    assert order_of(desk.block("qu-order", again)) == expected


def test_who_moves_nothing_leaves_no_draft(desk: Desk) -> None:
    desk.page.close()
    again = desk.open()
    expect(desk.block("qu-order", again).locator("[data-saved]")).to_have_text("")


def test_cards_go_where_their_list_says(desk: Desk) -> None:
    block = desk.block("qu-matrix")
    card = block.locator("[data-stack] > li").first
    text = card.get_attribute("data-card")
    card.locator("select").select_option("verändern / Person")
    cell = block.locator('[data-cell="verändern / Person"]')
    expect(cell.locator("[data-card]")).to_have_attribute("data-card", text)
    expect(block.locator("p[role=status]")).to_have_text(f"„{text}“ liegt jetzt in verändern / Person.")
    expect(block.get_by_text("Noch 3 von 4 Karten.")).to_be_visible()
    cell.locator("select").select_option("")
    expect(block.locator("[data-stack] > li")).to_have_count(4)


def test_with_arrow_keys_a_card_waits_until_its_list_is_left(desk: Desk) -> None:
    block = desk.block("qu-matrix")
    field = block.locator("[data-stack] select").first
    field.focus()
    field.press("e")  # a letter chooses the first cell of that name
    field.evaluate(
        "one => { one.selectedIndex = 1; one.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    expect(block.locator("[data-stack] > li")).to_have_count(4)
    desk.page.keyboard.press("Tab")
    expect(block.locator('[data-cell="erkennen / Person"] [data-card]')).to_have_count(1)
    expect(block.locator("[data-stack] select").first).to_be_focused()


def test_cards_can_be_dragged_and_handed_in(desk: Desk, saved, cast) -> None:
    block = desk.block("qu-matrix")
    cells = ["erkennen / Person", "erkennen / Beziehungen", "verändern / Person", "verändern / Beziehungen"]
    for left, name in zip((3, 2, 1, 0), cells, strict=True):
        cell = block.locator(f'[data-cell="{name}"]')
        block.locator("[data-stack] > li label").first.drag_to(cell)
        expect(cell.locator("[data-card]")).to_have_count(1)
        expect(block.locator("[data-stack] > li")).to_have_count(left)
    expect(block.get_by_text("Alle Karten liegen.")).to_be_visible()
    block.get_by_role("button", name="Antwort abgeben").click()
    expect(desk.block("qu-matrix").get_by_text("noch nicht ganz")).to_be_visible()
    assert set(saved(cast.anna, "qu-matrix")["cells"].values()) == set(cells)


def test_a_choice_leads_to_the_next_scene(desk: Desk) -> None:
    desk.block("qu-game").get_by_role("button", name="Klein anfangen").click()
    desk.page.wait_for_url("**#qu-game-szene")
    expect(desk.page.get_by_role("heading", name="Der erste Donnerstag")).to_be_in_viewport()


def test_without_any_script(desk_with) -> None:
    desk = desk_with(java_script_enabled=False)
    block = desk.block("qu-order")
    expect(block.get_by_text("Geben Sie jedem Schritt einen Platz von 1 bis 4.")).to_be_visible()
    expect(block.locator("select")).to_have_count(4)
    for place in range(4):
        block.locator("select").nth(place).select_option(str(place + 1))
    block.get_by_role("button", name="Antwort abgeben").click()
    expect(desk.block("qu-order").get_by_text("Ihre Reihenfolge")).to_be_visible()
    cards = desk.block("qu-matrix").locator("select")
    for place in range(4):
        cards.nth(place).select_option(index=place + 1)
    desk.block("qu-matrix").get_by_role("button", name="Antwort abgeben").click()
    expect(desk.block("qu-matrix").get_by_text("So liegen die Karten")).to_be_visible()
    desk.block("qu-game").get_by_role("button", name="Erst alles planen").click()
    expect(desk.page.get_by_role("heading", name="Fünf Wochen später")).to_be_visible()
